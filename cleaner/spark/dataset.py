"""Cleaning files into a dataset: in the order of the inputs, with the record of the run as a dataset beside it.

The record is written first and the clean rows last, both by Spark's committer: where `_SUCCESS` stands in the output,
all of both is there.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pyarrow as pa
from pyspark.core.broadcast import Broadcast
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.storagelevel import StorageLevel

from cleaner.corpus.find import RECORD_FOLDER, Source
from cleaner.corpus.formats.parquet import Parquet
from cleaner.corpus.formats.table import Rows
from cleaner.corpus.read import read_stream
from cleaner.corpus.record import RunRow
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.remote import RemotePath
from cleaner.corpus.run import Totals
from cleaner.errors import DocumentError, UsageError
from cleaner.spark.tasks import Work, rows_format

RECORD = f"{RECORD_FOLDER}/record"
"""Where the record stands in an output, in parts: put together in order, they are the `run.jsonl` of one machine."""
_LINES = pa.schema([("value", pa.string())])
_ROWS, _RECORD, _TOTALS = "rows", "record", "totals"


def clean_files(spark: SparkSession, work: Work, about: RunRow | None) -> Totals:
    """Clean the files of the work into a new dataset in its output folder; what happened, counted.

    The record is written unless there is nothing to say `about` the run. Meanwhile the rows lie on the executors'
    disks, so that no document is cleaned twice. Raises UsageError where the output is there already, or the inputs
    have not all the same columns.
    """
    output = spark_path(work.output)
    refuse_existing(spark, output, work.output)
    given = written = _LINES
    of_tables = isinstance(rows_format(work.tasks[0][0].source, work.reading), Parquet)
    if of_tables:
        given, written = _schemas(work)
    cleaning = partial(batches, given=given, written=written)
    made = over_tasks(spark, work, cleaning, _schema(written)).persist(StorageLevel.DISK_ONLY)
    try:
        totals = totals_of(made.where(F.col(_TOTALS).isNotNull()).select(_TOTALS))
        if about is not None:
            record = made.where(F.col(_RECORD).isNotNull()).select(F.col(_RECORD).alias("value"))
            first, last = _ends(about, totals.documents)
            lines = _line(spark, first).union(record).union(_line(spark, last))
            lines.write.text(f"{output}/{RECORD}")
        rows = made.where(F.col(_ROWS).isNotNull()).select(f"{_ROWS}.*").write.mode("append")
        if of_tables:
            rows.parquet(output)
        else:
            rows.text(output)
    finally:
        made.unpersist()
    return totals


def spark_path(path: Path) -> str:
    """How Spark calls a path; what is called s3:// everywhere else, it knows as s3a:// only."""
    if isinstance(path, RemotePath):
        url = str(path)
        return f"s3a://{url.removeprefix('s3://')}" if url.startswith("s3://") else url
    return f"file://{path.absolute()}"  # Hadoop takes a name as it is, and no escapes


def refuse_existing(spark: SparkSession, output: str, shown: Path) -> None:
    """Raises UsageError where there is something in the place of a dataset to be."""
    jvm, conf = spark.sparkContext._jvm, spark.sparkContext._jsc.hadoopConfiguration()
    assert jvm is not None
    path = jvm.org.apache.hadoop.fs.Path(output)
    system = path.getFileSystem(conf)
    if not system.exists(path):
        return
    whole = system.exists(jvm.org.apache.hadoop.fs.Path(f"{output}/_SUCCESS"))
    said = "is there already" if whole else "is there, and without _SUCCESS: a run that was cut off may have left it"
    raise UsageError(f"{shown}: {said}; a dataset goes to a new folder")


def over_tasks(
    spark: SparkSession, work: Work, run: Callable[[Work, int], Iterator[pa.RecordBatch]], schema: pa.Schema
) -> DataFrame:
    """What `run` makes of each task, in order; the work goes to each executor once."""
    shared = spark.sparkContext.broadcast(work)
    count = len(work.tasks)
    return spark.range(0, count, 1, count).mapInArrow(_running(shared, run), from_arrow_schema(schema))


def _running(
    shared: Broadcast[Work], run: Callable[[Work, int], Iterator[pa.RecordBatch]]
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def on_executor(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield from run(shared.value, number)

    return on_executor


def totals_of(frame: DataFrame) -> Totals:
    """What all tasks counted, in a column of bytes, in their order."""
    totals = Totals()
    for row in frame.collect():
        totals.merge(pickle.loads(bytes(row[0])))
    return totals


def _schemas(work: Work) -> tuple[pa.Schema, pa.Schema]:
    """What the first table that can be read becomes, and the same in the kinds of columns that Spark has. Raises
    UsageError where no table can be read, and where Spark has none of a kind.
    """
    fault = ""
    for source in (piece.source for task in work.tasks for piece in task):
        container = rows_format(source, work.reading)
        assert isinstance(container, Parquet), "all inputs of a dataset are of one kind"
        try:
            with read_stream(source.path) as handle:
                given = container.schema(handle)
            return given, to_arrow_schema(from_arrow_schema(given))
        except DocumentError as error:
            fault = f"{source.path}: {error}"
        except PySparkException as error:
            raise UsageError(f"{source.path}: Spark has no such columns ({error}); clean it on one machine") from None
    raise UsageError(fault)


def batches(work: Work, number: int, given: pa.Schema, written: pa.Schema) -> Iterator[pa.RecordBatch]:
    """What comes of a task: a row for each clean row, one for each chunk's rows of the record, and one for what the
    task has counted, in three columns of which the others are null.
    """
    totals = Totals()
    for source, done in work.do(number):
        totals.merge(done.totals)
        if done.piece is not None:
            yield _batch(_ROWS, _rows(source, done.piece, given, written), written)
        if done.rows:
            yield _batch(_RECORD, _texts([done.rows.removesuffix(b"\n")]), written)
    yield _batch(_TOTALS, pa.array([pickle.dumps(totals)], pa.binary()), written)


def _schema(written: pa.Schema) -> pa.Schema:
    return pa.schema([(_ROWS, pa.struct(list(written))), (_RECORD, pa.string()), (_TOTALS, pa.binary())])


def _batch(name: str, column: pa.Array, written: pa.Schema) -> pa.RecordBatch:
    schema = _schema(written)
    columns = [column if field.name == name else pa.nulls(len(column), field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _rows(source: Source, piece: bytes | Rows, given: pa.Schema, written: pa.Schema) -> pa.StructArray:
    """Clean rows as Spark takes them: of a table its own, of JSON Lines each line."""
    if isinstance(piece, Rows):
        if not piece.batch.schema.equals(given):
            raise UsageError(f"{source.path}: has other columns than the first file; clean them into two datasets")
        columns = [column.cast(field.type) for column, field in zip(piece.batch.columns, written, strict=True)]
    else:
        columns = [_texts(piece.removesuffix(b"\n").split(b"\n") if piece else [])]
    return pa.StructArray.from_arrays(columns, fields=list(written))


def _texts(lines: Sequence[bytes]) -> pa.Array:
    """Unsafe, as bytes that are not UTF-8 stay what they were."""
    return pa.array(lines, pa.binary()).cast(pa.string(), safe=False)


def _line(spark: SparkSession, text: str) -> DataFrame:
    return spark.range(0, 1, 1, 1).select(F.lit(text).alias("value"))


def _ends(about: RunRow, documents: int) -> tuple[str, str]:
    """The first and the last row of a record."""
    handle = io.BytesIO()
    RecordWriter(handle, Path(), about).end(documents)
    first, last = handle.getvalue().decode("utf-8").splitlines()
    return first, last
