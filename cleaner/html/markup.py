"""Where a block's text was set apart: headings, list items, quotations, links, emphasis; for Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from cleaner.html.tree import VERBATIM_TAGS
from cleaner.model import HEADING_TAGS, Mark

BULLET = "- "
"""What a list item's text begins with."""

Piece = tuple[str, HtmlElement, bool]
"""A text, the element it stands in, whether inside a link."""
Span = tuple[HtmlElement, int, int]
"""An inline element, its first piece and the piece after its last."""

_INLINE = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "code": "code",
    "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_ADDRESSES = ("http://", "https://", "mailto:")
_INDENT = 3  # spaces a level of a list; enough for "1. ", and one too many for "- ", which Markdown allows


def inline_marks(text: str, pieces: Sequence[Piece], spans: Sequence[Span]) -> tuple[Mark, ...]:
    """The marks of the inline elements in a block, outer before inner.

    `text` has the words of `pieces` in their order, with other white space; a span is an element, its first piece
    and the piece after its last.
    """
    wanted = [(element, first, end) for element, first, end in spans if element.tag == "a" or element.tag in _INLINE]
    if not wanted:
        return ()
    places = _places(text, pieces)
    marks = []
    for element, first, end in wanted:
        held = [place for place in places[first:end] if place is not None]
        if held and (mark := _inline_mark(element, held[0][0], held[-1][1])) is not None:
            marks.append(mark)
    return tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _inline_mark(element: HtmlElement, start: int, end: int) -> Mark | None:
    if element.tag != "a":
        return Mark(start, end, _INLINE[element.tag])
    target = (element.get("href") or "").strip()
    return Mark(start, end, "link", target) if target.lower().startswith(_ADDRESSES) else None


def _places(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int] | None]:
    """Where each piece's words stand in the text; None for white space."""
    places: list[tuple[int, int] | None] = []
    position = 0
    for piece, _, _ in pieces:
        start = -1
        for word in piece.split():
            if (found := text.find(word, position)) < 0:
                break
            start = found if start < 0 else start
            position = found + len(word)
        places.append((start, position) if start >= 0 else None)
    return places


def block_marks(text: str, block: HtmlElement) -> Iterator[Mark]:
    """What the whole of the text in a block-level element is: its marks, outer before inner."""
    size = len(text)
    within = [block, *block.iterancestors()]
    quotes = sum(element.tag == "blockquote" for element in within)
    if quotes:
        yield Mark(0, size, "quote", ">" * quotes)
    if text.startswith(BULLET) and (item := next((e for e in within if e.tag == "li"), None)) is not None:
        yield Mark(0, len(BULLET), "item", _bullet(item))
    if block.tag in HEADING_TAGS:
        yield Mark(0, size, "heading", block.tag[1])
    elif any(element.tag in VERBATIM_TAGS for element in within):
        yield Mark(0, size, "verbatim")
    elif block.tag == "table":
        yield Mark(0, size, "table")


def _bullet(item: HtmlElement) -> str:
    lists = [element for element in item.iterancestors() if element.tag in ("ul", "ol")]
    indent = " " * _INDENT * (len(lists) - 1)
    if not lists or lists[0].tag == "ul":
        return f"{indent}-"
    number = sum(1 for _ in item.itersiblings("li", preceding=True)) + 1
    return f"{indent}{number}."
