"""From a run record and the clean files back to the originals, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import groupby
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import AnyStr

from cleaner.corpus.compression import plain_name
from cleaner.corpus.formats import Change, chunks_of, entries_of, rewritten
from cleaner.corpus.outputs import ChangedError, CleanTexts, Outputs, reading_of
from cleaner.corpus.read import read_bytes, read_stream
from cleaner.corpus.record import DocumentRow, RunRow, read_record, read_run, record_root
from cleaner.corpus.write import replacing, write_atomically
from cleaner.errors import DocumentError, UsageError
from cleaner.model import JSONL, Removal


def restore_document(row: DocumentRow, base: Path, texts: CleanTexts | None = None, *, force: bool = False) -> bytes:
    """The original bytes of a document. Raises ChangedError if the files are not those of the run; with `force`
    what was removed is put back where it stood all the same, and a page is taken as it is.

    A text is put together from the clean file, or its place in `texts`, and the removals; a page, whose
    clean text does not hold it, is read from where it was and compared with its hash.
    """
    if row.kind == "html":
        data = read_bytes(base / row.source)
        if hashlib.sha256(data).hexdigest() != row.sha256 and not force:
            raise ChangedError(f"{row.source}: the page was changed since the run", "it cannot be restored")
        return data
    clean = read_bytes(base / row.output) if texts is None else texts.clean_bytes(row)
    return _checked(row, clean, force=force)


def _checked(row: DocumentRow, clean: bytes, *, force: bool) -> bytes:
    """The original bytes of a text, of which these are the clean ones."""
    digest = hashlib.sha256(clean).hexdigest()
    if digest == row.sha256:
        return clean  # held, or in place and not yet replaced when the run was cut off
    if digest != row.clean_sha256 and not force:
        raise ChangedError(
            f"{row.output}: was changed since the run", "restore --force puts the removed passages back into it"
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
    """Restore the inputs of a record below `target`; yields (input, "" or what went wrong).

    `documents` are glob patterns over their names, by default all; of a file of many documents, its own name.
    Raises UsageError for one that names none.
    """
    base, run = record_root(record), read_run(record)
    outputs = Outputs(base, run)
    unmatched = dict.fromkeys(documents)
    rows = (row for row in read_record(record) if isinstance(row, DocumentRow))
    for name, group in groupby(rows, attrgetter("input_name")):
        if documents:
            matching = [pattern for pattern in documents if fnmatchcase(name, pattern) or name == pattern]
            for pattern in matching:
                unmatched.pop(pattern, None)
            if not matching:
                continue
        rest = iter(group)
        row = next(rest)
        try:
            if row.number:
                restore_rows(row, rest, base, target / _safe(name), run, force=force)
            else:
                place = target / _safe(plain_name(name))
                write_atomically(place, restore_document(row, base, outputs.of(row), force=force))
        except DocumentError as error:
            yield name, str(error)
        else:
            yield name, ""
    if unmatched:
        raise UsageError(f"{', '.join(unmatched)}: no document of {record} has such a name")


def restore_rows(
    first: DocumentRow, rest: Iterator[DocumentRow], base: Path, target: Path, run: RunRow, *, force: bool
) -> None:
    """Write a file of many documents as it was, from its clean one: every text as it was, all else as it is there.

    Raises DocumentError as `restore_document` does, and where its texts are not in the clean file.
    """
    row: DocumentRow | None = first
    container = reading_of(run).format_of(base / first.output)
    if container is None or not container.keeps_rows or first.form == JSONL:
        raise DocumentError(f"{first.source}: is where it was, and unchanged by the run; copy it from there")
    with read_stream(base / first.output) as handle, replacing(target) as file:
        sink = container.sink(file)
        for chunk in chunks_of(container, handle):
            entries = entries_of(container, chunk)
            changes: list[Change | None] = []
            for entry in entries:
                change = None
                if row is not None and row.number == entry.number:
                    if row.kind == "html":
                        raise DocumentError(f"{row.doc}: was a page, which its clean text does not hold")
                    if row.removals and not row.held:
                        data = _checked(row, entry.content or b"", force=force)
                        change = Change(_row_text(row, data), row.removals)
                    row = next(rest, None)
                changes.append(change)
            sink.write(rewritten(container, chunk, entries, changes, target.name))
        sink.close()
        if row is not None:
            raise DocumentError(f"{row.output}: has no document {row.number} any more; restore from your own copy")


def _row_text(row: DocumentRow, data: bytes) -> str:
    """The original text of a row. Raises DocumentError where a forced restore did not lead to one."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise DocumentError(f"{row.doc}: what the record leads back to is no text; the record is damaged") from None


def _safe(name: str) -> PurePosixPath:
    """A document's name as a path below the target; a record is not trusted to stay inside."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise UsageError(f"{name!r} in the record leads out of the output folder; the record is damaged")
    return path
