"""A run again, from its record and what it wrote: nothing is decided a second time.

The text of a plain text is put together from its clean file and the removals; that of a page likewise, or, where no
clean text of it was written (it was held, or written as Markdown), extracted again and compared with the removals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.read import Reading, load, read_bytes
from cleaner.corpus.record import DocumentRow, FailureRow, RunRow, read_record, read_run, record_root
from cleaner.corpus.restore import JsonTexts, restore_document, spliced
from cleaner.errors import DocumentError
from cleaner.model import JSONL, MARKDOWN, Document, Result


@dataclass(frozen=True, slots=True)
class Replayed:
    """One document of a run as it was; `data` are a text's bytes, None for a page."""

    name: str
    result: Result
    data: bytes | None


def replay(record: Path) -> Iterator[Replayed | FailureRow]:
    """The documents of a record, in order; a failure for each that failed or cannot be put together any more.

    Raises UsageError for a broken record.
    """
    run, base = read_run(record), record_root(record)
    rows: JsonTexts | None = None
    for row in read_record(record):
        if isinstance(row, FailureRow):
            yield row
            continue
        if row.form == JSONL and rows is None and row.output:
            rows = JsonTexts(base / row.output)
        try:
            yield _page(row, run, base, rows) if row.kind == "html" else _text(row, base, rows)
        except DocumentError as error:
            yield FailureRow(row.doc, row.source, str(error).removeprefix(f"{row.output}: "))


def _text(row: DocumentRow, base: Path, rows: JsonTexts | None) -> Replayed:
    data = restore_document(row, base, rows)
    document = Document(data.decode(row.encoding, row.errors), row.doc, row.encoding, row.errors)
    return Replayed(row.doc, Result(document, row.removals, row.held), data)


def _page(row: DocumentRow, run: RunRow, base: Path, rows: JsonTexts | None) -> Replayed:
    if row.held or row.form == MARKDOWN:
        text = _extracted(row, run, base)
    else:
        clean = rows.clean_bytes(row) if rows is not None else read_bytes(base / row.output)
        removed = ((item.start, item.end, item.text) for item in row.removals)
        text = spliced(clean.decode("utf-8", "surrogatepass"), removed)
    if len(text) != row.chars or any(text[item.start : item.end] != item.text for item in row.removals):
        raise DocumentError(f"{row.output or row.source}: was changed since the run, or its program was")
    document = Document(text, row.doc, metadata=row.metadata, blocks=row.blocks, dropped=row.dropped)
    return Replayed(row.doc, Result(document, row.removals, row.held), None)


def _extracted(row: DocumentRow, run: RunRow, base: Path) -> str:
    data = restore_document(row, base)
    how = Reading(run.encoding or None, run.title, run.extractor)
    return load(data, row.source, how, is_html=True).document.text
