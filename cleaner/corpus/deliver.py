"""Writing what a run gives, with its record: a file for each document, or rows of one, or of the one it stood in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from cleaner.corpus.compression import is_compressed, packed
from cleaner.corpus.find import Source
from cleaner.corpus.formats import Change
from cleaner.corpus.forms import clean_bytes, json_row
from cleaner.corpus.read import read_bytes
from cleaner.corpus.record import DocumentRow, FailureRow
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.restore import put_back
from cleaner.corpus.run import Cleaned, Failed, failed
from cleaner.corpus.write import copy_atomically, write_atomically
from cleaner.errors import DocumentError
from cleaner.model import JSONL, TEXT

NO_PAGES_IN_PLACE = "a page cannot be cleaned in place; use -o OUT"
NO_PACKED_IN_PLACE = "a compressed file cannot be cleaned in place; use -o OUT"
NO_ROWS_IN_PLACE = "a file of many documents cannot be cleaned in place; use -o OUT"


class Output(Protocol):
    """Where clean documents go, and in which of the forms."""

    form: str
    in_place: bool

    def target(self, source: Source) -> Path:
        """The file in which a document's clean text stands."""

    def write(self, item: Cleaned, data: bytes) -> None:
        """Write a document, of which `data` are the clean bytes."""

    def pass_on(self, source: Source) -> None:
        """Deal with a document that is too large to be cleaned."""


class Files:
    """A file for each document. In place, the input itself, wholly old or wholly new."""

    def __init__(self, target_of: Callable[[Source], Path], form: str = TEXT, *, in_place: bool = False) -> None:
        self.target, self.form, self.in_place = target_of, form, in_place

    def write(self, item: Cleaned, data: bytes) -> None:
        target = self.target(item.source)
        if self.in_place:
            write_atomically(target, data, like=item.source.path)
        else:
            write_atomically(target, packed(data, target.name))

    def pass_on(self, source: Source) -> None:
        if not self.in_place and not is_compressed(self.target(source).name):
            with source.path.open("rb") as original:
                copy_atomically(original, self.target(source))


class Changes:
    """What becomes of the documents of one file of many, by row; their file is written by somebody else."""

    in_place = False

    def __init__(self, path: Path, form: str = TEXT) -> None:
        self._path, self.form = path, form
        self.made: dict[int, Change] = {}

    def target(self, source: Source) -> Path:  # noqa: ARG002 - the same for all
        return self._path

    def write(self, item: Cleaned, data: bytes) -> None:
        result, document = item.result, item.result.document
        text = data.decode(document.encoding, document.errors)
        self.made[item.source.row] = Change(text, () if result.held else result.removals)

    def pass_on(self, source: Source) -> None:
        pass


class Rows:
    """Rows of JSON in one file, which the caller owns; what is too large has none."""

    form = JSONL
    in_place = False

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self._handle, self._path = handle, path

    def target(self, source: Source) -> Path:  # noqa: ARG002 - the same for all
        return self._path

    def write(self, item: Cleaned, data: bytes) -> None:  # noqa: ARG002 - the row has its own form
        self._handle.write(json_row(item))

    def pass_on(self, source: Source) -> None:
        pass


def write_run(items: Iterable[Cleaned | Failed], output: Output, record: RecordWriter) -> Iterator[Cleaned | Failed]:
    """Write each document and its rows of the record as it comes, and hand it on.

    A held text is written unchanged, a held page not at all. In place, the record's rows are on disk before
    the file is replaced, so that every input is wholly old or wholly new, and restorable; what its
    clean text would not give back is left alone.
    """
    for item in items:
        if output.in_place and isinstance(item, Cleaned) and (reason := _no_way_back(item)):
            item = Failed(item.source, reason)  # noqa: PLW2901 - it became one
        if isinstance(item, Failed):
            if item.oversized:
                output.pass_on(item.source)
            record.failure(FailureRow(item.source.name, record.relative(item.source.path), item.reason))
        else:
            _write(item, output, record)
        yield item


def _no_way_back(item: Cleaned) -> str:
    """Why a document may not be replaced by its clean text, or ""."""
    if item.loaded.is_html:
        return NO_PAGES_IN_PLACE
    document = item.result.document
    if item.source.row:
        return NO_ROWS_IN_PLACE
    if put_back(item.result.data, item.result.removals, document.encoding, document.errors) != item.loaded.data:
        return "its clean text and the record would not give it back; please report this"
    try:
        unchanged = item.result.data == item.loaded.data or read_bytes(item.source.path) == item.loaded.data
    except DocumentError as error:
        return failed(item.source, error).reason
    return "" if unchanged else "was changed while it was cleaned; clean it again"


def _write(item: Cleaned, output: Output, record: RecordWriter) -> None:
    data = clean_bytes(item, output.form)
    record.document(document_row(item, output, data, record), item.result)
    if data is None or (output.in_place and data == item.loaded.data):
        return
    if output.in_place:
        record.sync()
    output.write(item, data)


def document_row(item: Cleaned, output: Output, data: bytes | None, record: RecordWriter) -> DocumentRow:
    """The record's row for a document whose clean bytes are `data` (None: nothing is written)."""
    document = item.result.document
    return DocumentRow(
        doc=item.source.name,
        source=record.relative(item.source.path),
        number=item.source.row,
        output=record.relative(output.target(item.source)) if data is not None else "",
        kind="html" if item.loaded.is_html else "text",
        form=output.form,
        encoding=document.encoding,
        errors=document.errors,
        sha256=item.loaded.digest,
        clean_sha256=hashlib.sha256(data).hexdigest() if data is not None else "",
        chars=len(document.text),
        removed_chars=item.result.removed_chars,
        held=item.result.held,
    )
