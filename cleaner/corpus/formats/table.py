"""Rows of Arrow tables: their documents, and the same rows with clean texts and what was removed from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cleaner.corpus.formats.columns import ADDED, REMOVALS, REMOVED_CHARS, text_column
from cleaner.corpus.formats.format import Change, Entry
from cleaner.errors import DocumentError
from cleaner.model import Removal

_TEXTS = ("string", "large_string", "string_view")
_REMOVAL = pa.struct(
    [
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("line", pa.int32()),
        ("rule", pa.string()),
        ("category", pa.string()),
        ("score", pa.float64()),
        ("text", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Consecutive rows that travel between processes; `head` goes with the first ones of a table."""

    batch: pa.RecordBatch
    head: dict[str, Any] | None = None
    """How the table is written."""
    ends_group: bool = False
    """Whether a group of rows ends here."""

    def __reduce__(self) -> tuple[Any, ...]:
        """As these rows alone: pyarrow would pickle the whole of what they are a slice of."""
        stream = pa.BufferOutputStream()
        columns = [_own(column) for column in self.batch.columns]
        with pa.ipc.new_stream(stream, self.batch.schema) as writer:
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=self.batch.schema))
        return _unpickled, (stream.getvalue().to_pybytes(), self.head, self.ends_group)


def _unpickled(data: bytes, head: dict[str, Any] | None, ends_group: bool) -> Rows:
    with pa.ipc.open_stream(data) as reader:
        return Rows(reader.read_next_batch(), head, ends_group)


def check_texts(schema: pa.Schema, name: str) -> None:
    """Raises DocumentError unless the column of this name holds texts."""
    kind = schema.field(text_column(schema.names, name)).type
    if str(_plain(kind)) not in _TEXTS:
        raise DocumentError(f"{name!r} holds no text but {kind}; name the text's column with --text-field, or cast it")


def entries(batch: pa.RecordBatch, name: str, first: int) -> list[Entry]:
    """A document for each row, in order; nulls have no content."""
    return [_entry(number, value) for number, value in enumerate(_values(_column(batch, name)), first)]


def _entry(number: int, value: bytes | None) -> Entry:
    try:
        if value is not None:
            value.decode("utf-8")
    except UnicodeDecodeError:  # which who writes a table has to see to, and not everybody does
        return Entry(number, None, "is not UTF-8; write the table anew")
    return Entry(number, value)


def rewritten(
    batch: pa.RecordBatch, name: str, changes: Sequence[Change | None], *, removals: bool = False
) -> pa.RecordBatch:
    """The rows with changed texts and the added columns; nothing is removed where there is no change."""
    schema = written_schema(batch.schema, removals=removals)
    columns = [
        _changed(column, changes) if field.name == name else column
        for field, column in zip(batch.schema, batch.columns, strict=True)
        if field.name not in _added(removals)
    ]
    columns.append(pa.array([change.removed_chars if change else 0 for change in changes], pa.int64()))
    if removals:
        rows = [[_removal(removal) for removal in change.removals] if change else [] for change in changes]
        columns.append(pa.array(rows, pa.list_(_REMOVAL)))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def written_schema(schema: pa.Schema, *, removals: bool) -> pa.Schema:
    """The schema of what `rewritten` gives, whatever the rows."""
    fields = [field for field in schema if field.name not in _added(removals)]
    fields.append(pa.field(REMOVED_CHARS, pa.int64()))
    if removals:
        fields.append(pa.field(REMOVALS, pa.list_(_REMOVAL)))
    return pa.schema(fields, schema.metadata)


def _added(removals: bool) -> tuple[str, ...]:
    return ADDED if removals else (REMOVED_CHARS,)


def empty(schema: pa.Schema) -> pa.RecordBatch:
    """No rows of this schema."""
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def bounded(batch: pa.RecordBatch, limit: int) -> Iterator[pa.RecordBatch]:
    """The batch in slices of at most so many bytes, unless one row has more."""
    if batch.num_rows < 2 or row_bytes(batch) <= limit:
        yield batch
    else:
        for half in halves(batch):
            yield from bounded(half, limit)


def halves(batch: pa.RecordBatch) -> tuple[pa.RecordBatch, ...]:
    """The batch in two, or nothing where it is one row."""
    middle = batch.num_rows // 2
    return (batch.slice(0, middle), batch.slice(middle)) if middle else ()


def row_bytes(batch: pa.RecordBatch) -> int:
    """Bytes that the rows take, without the dictionaries, which all slices share."""
    return sum((column.indices if _is_encoded(column.type) else _own(column)).nbytes for column in batch.columns)


def _own(column: pa.Array) -> pa.Array:
    """The column with nothing but its own bytes: views keep all of what they are taken out of."""
    whole = {"string_view": pa.large_string(), "binary_view": pa.large_binary()}.get(str(column.type))
    return column.cast(whole).cast(column.type) if whole else column


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    return batch.column(batch.schema.get_field_index(name))


def _is_encoded(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if _is_encoded(kind) else kind


def _values(column: pa.Array) -> list[bytes | None]:
    plain = column.dictionary_decode() if _is_encoded(column.type) else column
    return plain.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _changed(column: pa.Array, changes: Sequence[Change | None]) -> pa.Array:
    """A dictionary is made anew even where nothing changes here: it holds what changes elsewhere."""
    old = _values(column)
    new = [change.text.encode("utf-8") if change else value for value, change in zip(old, changes, strict=True)]
    kind = column.type
    if new == old and not _is_encoded(kind):
        return column
    # Unsafe, as bytes that are not UTF-8 stay what they were.
    texts = pa.array(new, pa.large_binary()).cast(_plain(kind), safe=False)
    if not _is_encoded(kind):
        return texts
    encoded = texts.dictionary_encode()
    return pa.DictionaryArray.from_arrays(
        encoded.indices.cast(kind.index_type), encoded.dictionary, ordered=kind.ordered
    )


def _removal(removal: Removal) -> dict[str, Any]:
    return {field.name: getattr(removal, field.name) for field in _REMOVAL}
