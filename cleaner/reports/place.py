"""Where a removal stands in its file: the one source of lines and columns for all formats."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from cleaner.model import Document, Removal
from cleaner.text.segment import Line, split_lines
from cleaner.text.source import SourceLines


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns are 1-based; columns count code points, without a byte order mark.

    `last` is the last line that has a part in it, `end_column` the one after its last character. Of a page,
    lines are those of its source at which the first and the last block begin (see `SourceLines`), and columns are None.
    """

    first: int
    last: int
    column: int | None = None
    end_column: int | None = None

    @property
    def lines(self) -> str:
        """The line, or the first and the last: "7" or "7-9"."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


class Places:
    """Finds places in one document; nothing is done before the first is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_page = bool(document.blocks)

    @cached_property
    def _lines(self) -> list[Line]:
        return split_lines(self._document.text)

    @cached_property
    def _starts(self) -> list[int]:
        """Where lines begin."""
        lines = self._lines
        starts = [line.start for line in lines] or [0]
        if lines and lines[-1].next > lines[-1].end:
            starts.append(lines[-1].next)
        return starts

    @cached_property
    def _source(self) -> SourceLines:
        return SourceLines(self._document.blocks)

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
            return Place(self._source.at(start), self._source.at(max(start, end - 1)))
        first, column = self._position(start)
        last, end_column = self._position(end)
        return Place(first, last, column, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = max(1, bisect_right(self._starts, offset))
        return line, max(1, offset - self._starts[line - 1] + 1)

    def of(self, number: int) -> int:
        """What the 1-based line `number` of the text, which is not blank, is called: of a page, by its source."""
        return self._source.at(self._lines[number - 1].start) if self._is_page else number

    def at(self, line: int) -> list[int]:
        """The lines of the text, in ascending order, that are called `line`; those that are not blank.

        Of a text that is one at most; of a page there may be many, or none.
        """
        if self._is_page:
            return [number for number, called in self._called if called == line]
        return [line] if 1 <= line <= len(self._lines) and not self._lines[line - 1].blank else []

    def near(self, line: int) -> list[int]:
        """Of a page, the nearest lines of its source, before and after this one, that something is called by."""
        called = {called for _, called in self._called}
        before, after = [each for each in called if each < line], [each for each in called if each > line]
        return [*([max(before)] if before else []), *([min(after)] if after else [])]

    @cached_property
    def _called(self) -> list[tuple[int, int]]:
        """The lines of a page's text that are not blank, each with what it is called."""
        return [(number, self._source.at(line.start)) for number, line in enumerate(self._lines, 1) if not line.blank]
