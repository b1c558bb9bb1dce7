"""A run again, from its record and what it wrote: nothing is decided a second time.

The text of a plain text is put together from its clean file and the removals; that of a page likewise, or, where no
clean text of it was written (it was held, or written as Markdown), extracted again and compared with the removals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.corpus.outputs import ChangedError, Outputs, reading_of
from cleaner.corpus.read import load, read_bytes
from cleaner.corpus.record import DocumentRow, FailureRow, RunRow, read_record, read_run, record_root
from cleaner.corpus.restore import restore_document, spliced
from cleaner.errors import DocumentError
from cleaner.model import MARKDOWN, Document, Result

_AGAIN = "run clean again for a report of it"


@dataclass(frozen=True, slots=True)
class Replayed:
    """One document of a run as it was; `data` are a text's bytes, None for a page or a row."""

    name: str
    result: Result
    data: bytes | None
    row: int = 0
    line: int = 0
    """Of a row, the line at which it stands in its file, 0 where that is unknown."""


def replay(record: Path) -> Iterator[Replayed | FailureRow]:
    """The documents of a record, in order; a failure for each that failed or cannot be put together any more.

    Raises UsageError for a broken record.
    """
    run, base = read_run(record), record_root(record)
    outputs = Outputs(base, run)
    for row in read_record(record):
        if isinstance(row, FailureRow):
            yield row
            continue
        try:
            item = _page(row, run, base, outputs) if row.kind == "html" else _text(row, base, outputs)
            yield replace(item, line=row.number) if row.number and outputs.is_line_by_line(row) else item
        except ChangedError as error:
            yield FailureRow(row.doc, row.source, f"{error.what.removeprefix(f'{row.output}: ')}; {_AGAIN}")
        except DocumentError as error:
            yield FailureRow(row.doc, row.source, str(error).removeprefix(f"{row.output}: "))


def _text(row: DocumentRow, base: Path, outputs: Outputs) -> Replayed:
    data = restore_document(row, base, outputs.of(row))
    document = Document(data.decode(row.encoding, row.errors), row.doc, row.encoding, row.errors)
    return Replayed(row.doc, Result(document, row.removals, row.held), None if row.number else data, row.number)


def _page(row: DocumentRow, run: RunRow, base: Path, outputs: Outputs) -> Replayed:
    if row.held or row.form == MARKDOWN:
        text = _extracted(row, run, base)
    else:
        texts = outputs.of(row)
        clean = texts.clean_bytes(row) if texts is not None else read_bytes(base / row.output)
        removed = ((item.start, item.end, item.text) for item in row.removals)
        try:
            text = spliced(clean.decode("utf-8", "surrogatepass"), removed)
        except UnicodeDecodeError:
            text = ""
    if len(text) != row.chars or any(text[item.start : item.end] != item.text for item in row.removals):
        raise ChangedError(f"{row.output or row.source}: was changed since the run, or its program was", _AGAIN)
    document = Document(text, row.doc, metadata=row.metadata, blocks=row.blocks, dropped=row.dropped)
    return Replayed(row.doc, Result(document, row.removals, row.held), None, row.number)


def _extracted(row: DocumentRow, run: RunRow, base: Path) -> str:
    if row.number:
        raise DocumentError(f"{row.source}: document {row.number} is a page there, and is not extracted again")
    return load(restore_document(row, base), row.source, reading_of(run), is_html=True).document.text
