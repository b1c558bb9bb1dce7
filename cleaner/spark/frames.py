"""Cleaning a data frame, of whatever source, over the same `clean_batches` as any other table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa
from pyspark.core.broadcast import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from cleaner.api import Cleaner
from cleaner.arrow import clean_batches
from cleaner.corpus.formats import table
from cleaner.model import TEXT_FIELD


def clean(
    frame: DataFrame, text_column: str = TEXT_FIELD, *, cleaner: Cleaner | None = None, removals: bool = False
) -> DataFrame:
    """The frame with clean texts and the columns that `cleaner.arrow.clean_batches` adds, partitions and their rows in
    the same order. Nothing is done before the frame is used.

    The rules go to each executor once, compiled; it needs no pack or configuration, but this program of the same
    version. Raises DocumentError where there is no such column, or it holds no texts.
    """
    schema = to_arrow_schema(frame.schema)
    table.check_texts(schema, text_column)
    made = (cleaner or Cleaner()).at(Path("-"))
    shared = frame.sparkSession.sparkContext.broadcast(made)
    written = from_arrow_schema(table.written_schema(schema, removals=removals))
    return frame.mapInArrow(_cleaning(shared, text_column, removals), written)


def _cleaning(
    shared: Broadcast[Cleaner], text_column: str, removals: bool
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return clean_batches(batches, text_column, cleaner=shared.value, removals=removals)

    return run
