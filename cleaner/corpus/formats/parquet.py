"""Parquet: tables with a column of texts, read and written a piece of a row group at a time.

Schema, its metadata (that of pandas among it) and the compression of each column are kept, and so are row groups, up
to the size of `LONGEST_GROUP`: those that are larger are split, because memory shall not grow with them. Encodings,
levels of compression, statistics and the like are those that pyarrow chooses.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.corpus.formats import table
from cleaner.corpus.formats.columns import ADDED
from cleaner.corpus.formats.format import CHUNK, Change, Chunk, Entry
from cleaner.corpus.formats.table import Rows
from cleaner.errors import DocumentError, UsageError

LONGEST_GROUP = 128 << 20
"""Bytes of rows, as they are in memory, that are gathered for one row group."""
_MOST_ROWS = 1 << 13
"""Rows that are decoded at once: what the metadata say about their size is not all, as values may be repeated."""


@dataclass(frozen=True, slots=True)
class Parquet:
    """Tables with their texts in the column `field`; with `removals`, what was removed goes to a column as well."""

    field: str = "text"
    removals: bool = False
    share: tuple[int, int] = (0, 1)
    """Which part of the row groups is read, and of how many: the others are somebody else's."""
    keeps_rows = True
    line_by_line = False
    packs = False

    def chunks(self, handle: BinaryIO) -> Iterator[Chunk]:
        """Rows of one row group each, and one chunk without rows if there is no row group. Raises UsageError for a
        stream that cannot be sought in.
        """
        if not handle.seekable():
            raise UsageError("standard input: Parquet is read from its end and cannot be piped; name a file")
        with _said():
            total = handle.seek(0, io.SEEK_END)
            # Old timestamps (INT96) reach beyond what nanoseconds of 64 bits can say, and would turn into others.
            file = pq.ParquetFile(handle, buffer_size=CHUNK, pre_buffer=False, coerce_int96_timestamp_unit="us")
            yield from self._chunks(file, total)

    def _reads(self, group: int, of: int) -> bool:
        part, parts = self.share
        return group * parts // of == part

    def schema(self, handle: BinaryIO) -> pa.Schema:
        """The schema of what is written for a stream. Raises DocumentError where it is not of this format."""
        with _said():
            schema = pq.read_schema(handle)
        table.check_texts(schema, self.field)
        return table.written_schema(schema, removals=self.removals)

    def _chunks(self, file: pq.ParquetFile, total: int) -> Iterator[Chunk]:
        table.check_texts(file.schema_arrow, self.field)
        is_begun = False
        first = 1
        for index in range(file.num_row_groups):
            last = first + file.metadata.row_group(index).num_rows
            if not self._reads(index, file.num_row_groups):
                first = last
                continue
            for batch in _batches(file, index):
                # Only now: of metadata that are damaged reading says so, and asking kills the process (pyarrow 26).
                head = None if is_begun else self._head(file)
                part = total * batch.num_rows // max(1, file.metadata.num_rows)
                yield Chunk(first, Rows(batch, head, first + batch.num_rows == last), part)
                first += batch.num_rows
                is_begun = True
            if first != last:  # the rows of a group that does not end would never be written
                raise DocumentError(f"row group {index + 1} lacks {last - first} of its rows; is it whole?")
        if not is_begun:
            yield Chunk(1, Rows(table.empty(file.schema_arrow), self._head(file)), 0)

    def _head(self, file: pq.ParquetFile) -> dict[str, Any]:
        """How the file was written, as far as that can be known: arguments of a ParquetWriter."""
        leaves = [
            file.metadata.row_group(0).column(i) for i in range(file.metadata.num_columns if file.num_row_groups else 0)
        ]
        paths = [leaf.path_in_schema for leaf in leaves]
        head = {
            "store_schema": b"ARROW:schema" in (file.metadata.metadata or {}),
            "use_compliant_nested_type": not any(".list.item" in path for path in paths),
            "use_deprecated_int96_timestamps": any(leaf.physical_type == "INT96" for leaf in leaves),
        }
        return {**head, "compression": self._compression(file, head, leaves)} if leaves else head

    def _compression(self, file: pq.ParquetFile, head: dict[str, Any], leaves: Sequence[Any]) -> dict[str, str]:
        """That of each leaf by its path in the output, where lists may have other names; new ones go with the text."""
        buffer = io.BytesIO()
        pq.ParquetWriter(buffer, table.written_schema(file.schema_arrow, removals=self.removals), **head).close()
        written = pq.ParquetFile(buffer).schema
        gone = tuple(name for name in ADDED[: 1 + self.removals] if name in file.schema_arrow.names)
        kept = [
            leaf.compression
            for leaf in leaves
            if leaf.path_in_schema not in gone and not leaf.path_in_schema.startswith(tuple(f"{n}." for n in gone))
        ]
        ours = next(leaf.compression for leaf in leaves if leaf.path_in_schema == self.field)
        found = kept + [ours] * (len(written) - len(kept))
        names = {"UNCOMPRESSED": "NONE"}
        return {written.column(i).path: names.get(compression, compression) for i, compression in enumerate(found)}

    def entries(self, chunk: Chunk) -> list[Entry]:
        return table.entries(chunk.data.batch, self.field, chunk.first)

    def rewritten(self, chunk: Chunk, entries: Sequence[Entry], changes: Sequence[Change | None]) -> Rows:  # noqa: ARG002 - the same for all
        rows: Rows = chunk.data
        return replace(rows, batch=table.rewritten(rows.batch, self.field, changes, removals=self.removals))

    def halves(self, chunk: Chunk) -> tuple[Chunk, ...]:
        rows: Rows = chunk.data
        parts = table.halves(rows.batch)
        if not parts:
            return ()
        one, two = parts
        return (
            Chunk(chunk.first, Rows(one, rows.head), 0),
            Chunk(chunk.first + one.num_rows, Rows(two, None, rows.ends_group), chunk.size),
        )

    def sink(self, handle: BinaryIO) -> ParquetSink:
        return ParquetSink(handle)

    def target_name(self, name: str) -> str:
        return name


@contextmanager
def _said() -> Iterator[None]:
    """What pyarrow cannot read is a DocumentError."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        said = str(error).strip().partition("\n")[0]
        raise DocumentError(f"cannot be read as Parquet ({said}); is it whole?") from None


def _batches(file: pq.ParquetFile, index: int) -> Iterator[pa.RecordBatch]:
    """The rows of a row group, about a chunk's worth at a time."""
    group = file.metadata.row_group(index)
    if not group.num_rows:
        next(file.iter_batches(1, [index], use_threads=False), None)  # says what is damaged
        yield table.empty(file.schema_arrow)
        return
    rows = min(_MOST_ROWS, max(1, CHUNK * group.num_rows // max(1, group.total_byte_size)))
    for batch in file.iter_batches(rows, [index], use_threads=False):
        yield from table.bounded(batch, 2 * CHUNK)


class ParquetSink:
    """Gathers rows until their row group ends, or is long enough."""

    def __init__(self, handle: BinaryIO) -> None:
        self._out = _Out(handle)
        self._writer: pq.ParquetWriter | None = None
        self._gathered: list[pa.RecordBatch] = []
        self._size = 0

    def write(self, piece: Rows, /) -> None:
        if self._writer is None:
            self._writer = self._out.taking(pq.ParquetWriter, self._out, piece.batch.schema, **(piece.head or {}))
        self._gathered.append(piece.batch)
        self._size += table.row_bytes(piece.batch)
        if piece.ends_group or self._size >= LONGEST_GROUP:
            group = pa.Table.from_batches(self._gathered).unify_dictionaries()
            self._out.taking(self._writer.write_table, group, row_group_size=group.num_rows or None)
            self._gathered, self._size = [], 0

    def close(self) -> None:
        if self._writer is not None:
            self._out.taking(self._writer.close)


class _Out:
    """A file for pyarrow, which asks where it is, what a pipe does not know.

    It takes only what is written while a sink is at work: a writer that nobody closes would write the end of its
    file when it is thrown away, and make half a table look whole.
    """

    closed = False

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._position = 0
        self._taking = False

    def taking(self, work: Any, *arguments: Any, **options: Any) -> Any:
        """Do something that writes."""
        self._taking = True
        try:
            return work(*arguments, **options)
        finally:
            self._taking = False

    def write(self, data: bytes) -> int:
        if self._taking:
            self._handle.write(data)
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """The handle is its owner's."""

    close = flush
