"""Where a removal stands in its document: the one source of lines and columns for all formats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from cleaner.model import Document, Removal
from cleaner.text.segment import split_lines


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns are 1-based; columns count code points, without a byte order mark.

    `last` is the last line that has a part in it, `end_column` the one after its last character.
    """

    first: int
    last: int
    column: int
    end_column: int


class Places:
    """Finds places in one document. Those of a page count in its extracted text."""

    def __init__(self, document: Document) -> None:
        lines = split_lines(document.text)
        self._starts = [line.start for line in lines] or [0]
        if lines and lines[-1].next > lines[-1].end:
            self._starts.append(lines[-1].next)

    def words(self, removal: Removal) -> Place:
        """Where the removed words stand, without the blanks and blank lines around them."""
        words = removal.text.strip()
        start = removal.start + len(removal.text) - len(removal.text.lstrip())
        return self.span(start, start + len(words))

    def span(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`; an end after a line end is the beginning of the next line."""
        first, column = self._position(start)
        last, end_column = self._position(end)
        return Place(first, last, column, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = max(1, bisect_right(self._starts, offset))
        return line, max(1, offset - self._starts[line - 1] + 1)
