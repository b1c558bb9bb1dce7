"""Cleaning Arrow record batches as they come, from pandas, polars, DuckDB or a dataset: see docs/tables.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from cleaner.api import Cleaner
from cleaner.corpus.deliver import Changes
from cleaner.corpus.find import Source
from cleaner.corpus.formats import table
from cleaner.corpus.forms import clean_bytes
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, clean_entries
from cleaner.model import TEXT_FIELD

_SOURCE = Source(Path("-"), "-")


def clean_batches(
    batches: Iterable[pa.RecordBatch],
    text_column: str = TEXT_FIELD,
    *,
    cleaner: Cleaner | None = None,
    removals: bool = False,
) -> Iterator[pa.RecordBatch]:
    """Each batch with clean texts, its other columns as they are, and the number of `removed_chars` at the end; with
    `removals`, what they were in a column of that name.

    A text that cannot be cleaned, or that would lose more than `max_removed` of itself, stays as it was, with 0
    removed characters, and so do nulls. By default all shipped rules are used. Raises DocumentError where there is no
    such column, or it holds no texts.
    """
    cleaner = cleaner or Cleaner()
    first = 1
    for batch in batches:
        table.check_texts(batch.schema, text_column)
        changes = Changes(_SOURCE.path)
        entries = table.entries(batch, text_column, first)
        for item in clean_entries(_SOURCE, entries, cleaner, Reading()):
            if isinstance(item, Cleaned) and (data := clean_bytes(item, changes.form)) is not None:
                changes.write(item, data)
        made = [changes.made.get(entry.number) for entry in entries]
        yield table.rewritten(batch, text_column, made, removals=removals)
        first += batch.num_rows
