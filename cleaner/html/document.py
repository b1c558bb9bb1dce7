"""A page as a document: its blocks as one text, a blank line between them."""

from __future__ import annotations

from dataclasses import replace

from cleaner.html.page import TITLE_RULE, Block, Page
from cleaner.model import Document, Dom, Mark, TextBlock


def page_document(page: Page, name: str, *, title: bool = False) -> Document:
    """With `title`, the page's title comes first, and is not said to be left out."""
    blocks, dropped = page.blocks, page.dropped
    headline = page.metadata.title
    if title and headline:
        dropped = tuple(item for item in dropped if item.rule != TITLE_RULE)
        if not blocks or blocks[0].text.strip() != headline:
            marks = (Mark(0, len(headline), "heading", "1"),)
            blocks = (Block(headline, Dom(tags=frozenset(("h1",))), marks=marks), *blocks)
    found: list[TextBlock] = []
    marks_: list[Mark] = []
    position = 0
    for block in blocks:
        found.append(TextBlock(position, block.dom, block.line))
        marks_ += (replace(mark, start=mark.start + position, end=mark.end + position) for mark in block.marks)
        position += len(block.text) + 2
    text = "\n\n".join([block.text for block in blocks]) + "\n"
    return Document(text, name, metadata=page.metadata, blocks=tuple(found), marks=tuple(marks_), dropped=dropped)
