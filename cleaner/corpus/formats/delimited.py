"""CSV and the like: rows of cells between commas, tabs, semicolons or bars, under a header.

Every cell but the text stays as it is, to the character: nothing is taken for a number or for missing. Encoding, byte
order mark, delimiter, line ends and blank lines are kept. What is not kept is which cells were in quotes: those are
that need it; and the last row ends its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO

from cleaner.corpus.formats.columns import REMOVED_CHARS, text_column
from cleaner.corpus.formats.format import CHUNK, Change, Chunk, Entry
from cleaner.corpus.formats.json_rows import LONGEST_LINE, PlainSink
from cleaner.errors import DocumentError

_DELIMITERS = ",\t;|"
_LONGEST_HEADER = 1 << 20
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a file is written; `text` is the place of the text's column, `gone` of those that are replaced."""

    encoding: str
    delimiter: str
    ending: str
    text: int
    gone: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of cells; a blank line has none. The first ones of a file go under its header."""

    layout: _Layout
    rows: list[list[str]]
    header: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Delimited:
    """Tables with their texts in the column `field`; in UTF-8, unless another encoding is named. The delimiter is the
    one that finds the field in the header, `delimiter` before others.
    """

    field: str = "text"
    encoding: str | None = None
    delimiter: str = ","
    keeps_rows = True
    line_by_line = False
    packs = True

    def chunks(self, handle: BinaryIO) -> Iterator[Chunk]:
        """Raises DocumentError, with the line, for a row with other than the header's number of cells."""
        csv.field_size_limit(LONGEST_LINE)
        encoding = self.encoding or "utf-8"
        stream = io.TextIOWrapper(handle, encoding, newline="")
        try:
            yield from self._chunks(_lines(stream), encoding)
        except UnicodeError:
            way = "convert the file" if self.encoding else "name its encoding with --encoding"
            raise DocumentError(f"is not {encoding}; {way}") from None
        finally:
            stream.detach()

    def _chunks(self, lines: Iterator[str], encoding: str) -> Iterator[Chunk]:
        head = _header(lines)
        mark = _MARK if head.startswith(_MARK) else ""
        delimiter, names = self._names(head.removeprefix(mark))
        gone = frozenset(index for index, name in enumerate(names) if name == REMOVED_CHARS)
        layout = _Layout(encoding, delimiter, _ending(head), text_column(names, self.field), gone)
        found = _Rows(layout, [], tuple(names), mark)
        first, size = 1, len(head)
        for row in _rows(lines, delimiter, len(names), 1 + _newlines(head)):
            found.rows.append(row)
            size += sum(map(len, row)) + max(1, len(row))
            if size >= CHUNK:
                yield Chunk(first, found, size)
                first += len(found.rows)
                found, size = _Rows(layout, []), 0
        if found.rows or found.header:
            yield Chunk(first, found, size)

    def _names(self, head: str) -> tuple[str, list[str]]:
        """The delimiter that finds the field in a header, else the one that finds most, and what it finds."""
        delimiters = dict.fromkeys(self.delimiter + _DELIMITERS)
        rows = (csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) for delimiter in delimiters)
        found = [(delimiter, next(row, [])) for delimiter, row in zip(delimiters, rows, strict=True)]
        return max(found, key=lambda pair: (self.field in pair[1], len(pair[1])))

    def entries(self, chunk: Chunk) -> list[Entry]:
        text = chunk.data.layout.text
        return [
            Entry(number, row[text].encode("utf-8", "surrogatepass") if row else None)
            for number, row in enumerate(chunk.data.rows, chunk.first)
        ]

    def rewritten(self, chunk: Chunk, entries: Sequence[Entry], changes: Sequence[Change | None]) -> bytes:  # noqa: ARG002 - the same for all
        found: _Rows = chunk.data
        layout = found.layout
        special = re.compile(f'[{re.escape(layout.delimiter)}"\r\n]')

        def line(cells: Sequence[str], last: str) -> str:
            kept = [cell for index, cell in enumerate(cells) if index not in layout.gone]
            quoted = ('"' + cell.replace('"', '""') + '"' if special.search(cell) else cell for cell in (*kept, last))
            return layout.delimiter.join(quoted) + layout.ending

        parts = [found.mark + line(found.header, REMOVED_CHARS)] if found.header else []
        for row, change in zip(found.rows, changes, strict=True):
            if not row:
                parts.append(layout.ending)
            elif change is None:
                parts.append(line(row, "0"))
            else:
                cells = [*row[: layout.text], change.text, *row[layout.text + 1 :]]
                parts.append(line(cells, str(change.removed_chars)))
        data = "".join(parts).encode(layout.encoding)
        # Some codecs put a byte order mark before whatever they encode.
        return data if found.header else data[len("".encode(layout.encoding)) :]

    def halves(self, chunk: Chunk) -> tuple[Chunk, ...]:
        found: _Rows = chunk.data
        middle = len(found.rows) // 2
        if not middle:
            return ()
        one, two = replace(found, rows=found.rows[:middle]), _Rows(found.layout, found.rows[middle:])
        return Chunk(chunk.first, one, 0), Chunk(chunk.first + middle, two, chunk.size)

    def sink(self, handle: BinaryIO) -> PlainSink:
        return PlainSink(handle)

    def target_name(self, name: str) -> str:
        return name


def _lines(stream: io.TextIOWrapper) -> Iterator[str]:
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise DocumentError(f"has a line of more than {LONGEST_LINE >> 20} million characters; is it CSV?")
        yield line


def _header(lines: Iterator[str]) -> str:
    """The first row, which is of several lines where a name in quotes is."""
    head = [next(lines, "")]
    quotes, size = head[0].count('"'), len(head[0])
    while quotes % 2 and size < _LONGEST_HEADER and (line := next(lines, "")):
        head.append(line)
        quotes, size = quotes + line.count('"'), size + len(line)
    if not head[0].strip():
        raise DocumentError("has no header; name the columns in the first line")
    return "".join(head)


def _ending(head: str) -> str:
    return "\r\n" if head.endswith("\r\n") else "\r" if head.endswith("\r") else "\n"


def _newlines(head: str) -> int:
    return head.count(_ending(head))


def _rows(lines: Iterator[str], delimiter: str, width: int, line: int) -> Iterator[list[str]]:
    """Rows of so many cells, or of none; the first one stands in the given line of the file."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        at = line + reader.line_num
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise DocumentError(f"line {at}: is no row ({error}); mend it") from None
        if row is None:
            return
        if row and len(row) != width:
            raise DocumentError(f"line {at}: has {len(row)} cells where the header has {width}; mend it")
        yield row
