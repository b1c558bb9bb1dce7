"""Where a removal stands in its file: the one source of lines and columns for all formats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from cleaner.model import Document, Removal
from cleaner.text.segment import split_lines


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns are 1-based; columns count code points, without a byte order mark.

    `last` is the last line that has a part in it, `end_column` the one after its last character. Of a page,
    lines are those of the source at which the first and the last block begin, and columns are None.
    """

    first: int
    last: int
    column: int | None = None
    end_column: int | None = None


class Places:
    """Finds places in one document; nothing is done before the first is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_page = bool(document.blocks)

    @cached_property
    def _starts(self) -> list[int]:
        """Where lines, or blocks, begin."""
        if self._is_page:
            return [block.start for block in self._document.blocks]
        lines = split_lines(self._document.text)
        starts = [line.start for line in lines] or [0]
        if lines and lines[-1].next > lines[-1].end:
            starts.append(lines[-1].next)
        return starts

    @cached_property
    def _lines(self) -> list[int]:
        """The lines of the source at which blocks begin; where one is unknown, it follows on the one before."""
        known = (block.line for block in self._document.blocks)
        return list(accumulate(known, lambda a, b: b or a, initial=1))[1:]

    def words(self, removal: Removal) -> Place:
        """Where the removed words stand, without the blanks and blank lines around them."""
        words = removal.text.strip()
        start = removal.start + len(removal.text) - len(removal.text.lstrip())
        return self.span(start, start + len(words))

    def line(self, removal: Removal) -> int:
        """The line on which the removed words begin: as `words` says, but of a text it is known already."""
        return self.words(removal).first if self._is_page else removal.line

    def span(self, start: int, end: int) -> Place:
        """The place of `text[start:end]`; an end after a line end is the beginning of the next line."""
        if self._is_page:
            return Place(self._source_line(start), self._source_line(max(start, end - 1)))
        first, column = self._position(start)
        last, end_column = self._position(end)
        return Place(first, last, column, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = max(1, bisect_right(self._starts, offset))
        return line, max(1, offset - self._starts[line - 1] + 1)

    def _source_line(self, offset: int) -> int:
        return self._lines[max(0, bisect_right(self._starts, offset) - 1)]
