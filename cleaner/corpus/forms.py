"""The forms in which clean text is written: as it is, as Markdown, or in rows of JSON with a page's metadata."""

from __future__ import annotations

from cleaner.corpus.run import Cleaned
from cleaner.model import MARKDOWN, TEXT

SUFFIXES = {TEXT: ".txt", MARKDOWN: ".md"}
"""What a page's name ends with when it is written."""


def clean_bytes(item: Cleaned, form: str) -> bytes | None:
    """What a writer writes for a document, in a row as its text: a held text unchanged, nothing for a held page.

    Markdown is made of pages only; the text of a text stays slices of its own bytes.
    """
    if item.result.held:
        return None if item.loaded.is_html else item.loaded.data
    if form == MARKDOWN and item.loaded.is_html:
        from cleaner.html.markdown import markdown

        return markdown(item.result).encode("utf-8", "surrogatepass")
    return item.result.data


def json_row(item: Cleaned) -> bytes:
    """A document as one line of JSON. Bytes that are no text of its encoding become escapes of lone surrogates."""
    result, document = item.result, item.result.document
    about = document.metadata
    row = {
        "doc": item.source.name,
        "title": about.title,
        "authors": about.authors,
        "date": about.date,
        "site": about.site,
        "language": about.language,
        "url": about.url,
        "text": document.text if result.held else result.text,
        "held": result.held,
        "removed_chars": result.removed_chars,
        "dropped_chars": sum(len(dropped.text) for dropped in document.dropped),
    }
    import json  # the other forms need none

    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"
