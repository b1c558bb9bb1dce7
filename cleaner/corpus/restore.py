"""From a run record and the clean files back to the originals, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import AnyStr

from cleaner.corpus.compression import plain_name
from cleaner.corpus.read import read_bytes, read_stream
from cleaner.corpus.record import DocumentRow, FailureRow, read_record, record_root
from cleaner.corpus.write import write_atomically
from cleaner.errors import DocumentError, UsageError
from cleaner.model import JSONL, Removal


class JsonTexts:
    """The clean texts of a file of JSON rows, which stand in the order of the record."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = self._read()

    def clean_bytes(self, row: DocumentRow) -> bytes:
        """The clean bytes of the next document that has a row. Raises DocumentError where it is gone."""
        for name, text in self._rows:
            if name == row.doc:
                return text.encode(row.encoding, row.errors)
        raise DocumentError(f"{self._path}: has no row for {row.doc} any more; restore it from your own copy")

    def _read(self) -> Iterator[tuple[str, str]]:
        try:
            with read_stream(self._path) as handle:
                for line in handle:
                    found = json.loads(line)
                    yield found["doc"], found["text"]
        except (ValueError, TypeError, KeyError):
            raise DocumentError(f"{self._path}: was changed since the run; restore from your own copy") from None


def restore_document(row: DocumentRow, base: Path, rows: JsonTexts | None = None, *, force: bool = False) -> bytes:
    """The original bytes of a document. Raises DocumentError if the files are not those of the run; with `force`
    what was removed is put back where it stood all the same, and a page is taken as it is.

    A text is put together from the clean file, or its row in `rows`, and the removals; a page, whose
    clean text does not hold it, is read from where it was and compared with its hash.
    """
    if row.kind == "html":
        data = read_bytes(base / row.source)
        if hashlib.sha256(data).hexdigest() != row.sha256 and not force:
            raise DocumentError(f"{row.source}: the page was changed since the run; it cannot be restored")
        return data
    clean = read_bytes(base / row.output) if rows is None else rows.clean_bytes(row)
    digest = hashlib.sha256(clean).hexdigest()
    if digest == row.sha256:
        return clean  # held, or in place and not yet replaced when the run was cut off
    if digest != row.clean_sha256 and not force:
        raise DocumentError(
            f"{row.output}: was changed since the run; restore --force puts the removed passages back into it"
        )
    data = put_back(clean, row.removals, row.encoding, row.errors)
    if hashlib.sha256(data).hexdigest() != row.sha256 and not force:
        raise DocumentError(f"{row.doc}: the record does not lead back to the original; the record is damaged")
    return data


def put_back(clean: bytes, removals: Sequence[Removal], encoding: str, errors: str) -> bytes:
    """The clean bytes with the removals in their places; b"" where these are no text of the encoding."""
    try:
        return spliced(clean, ((r.byte_start, r.byte_end, r.text.encode(encoding, errors)) for r in removals))
    except (LookupError, ValueError):
        return b""


def spliced(clean: AnyStr, removed: Iterable[tuple[int, int, AnyStr]]) -> AnyStr:
    """What is left of a text, and what was taken out of it, put together; (start, end, part), ascending."""
    parts: list[AnyStr] = []
    kept = position = 0
    for start, end, part in removed:
        stays = start - position
        parts += (clean[kept : kept + stays], part)
        kept, position = kept + stays, end
    parts.append(clean[kept:])
    return clean[:0].join(parts)


def restore_all(
    record: Path, target: Path, documents: Sequence[str] = (), *, force: bool = False
) -> Iterator[tuple[str, str]]:
    """Restore the documents of a record below `target`; yields (document, "" or what went wrong).

    `documents` are glob patterns over their names, by default all. Raises UsageError for one that names none.
    """
    base, rows = record_root(record), None
    unmatched = dict.fromkeys(documents)
    for row in read_record(record):
        if isinstance(row, FailureRow):
            continue
        if documents:
            matching = [pattern for pattern in documents if fnmatchcase(row.doc, pattern) or row.doc == pattern]
            for pattern in matching:
                unmatched.pop(pattern, None)
            if not matching:
                continue
        if row.form == JSONL and rows is None and row.output:
            rows = JsonTexts(base / row.output)
        try:
            write_atomically(
                target / _safe(row.doc if row.number else plain_name(row.doc)),
                restore_document(row, base, rows, force=force),
            )
        except DocumentError as error:
            yield row.doc, str(error)
        else:
            yield row.doc, ""
    if unmatched:
        raise UsageError(f"{', '.join(unmatched)}: no document of {record} has such a name")


def _safe(name: str) -> PurePosixPath:
    """A document's name as a path below the target; a record is not trusted to stay inside."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise UsageError(f"{name!r} in the record leads out of the output folder; the record is damaged")
    return path
