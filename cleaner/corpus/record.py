"""The run record: one JSON row per line, streamed, from which every view is made. `record_writer` writes it.

Rows, by their "row" key: `run` (first; what ran), then for each document `document` followed by its
`removal`s and, of a page, a `page` and what was `dropped` before the rules, or `failure`, and `end` (last;
a record without it is of a run that was cut off). No row holds a time, so equal runs give equal records. Text
that UTF-8 cannot hold is kept as base64.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from cleaner.corpus.find import RECORD_FOLDER
from cleaner.errors import UsageError
from cleaner.model import (
    EXTRACTORS,
    FORMS,
    INPUT_FORMATS,
    Dom,
    Dropped,
    Evidence,
    Metadata,
    Removal,
    TextBlock,
)

FORMAT = 2
OF_OTHER_ROWS = frozenset(("removals", "metadata", "blocks", "dropped"))
"""Fields of a `DocumentRow` that its own row does not hold."""
_EMPTY = "is empty; a run record begins with a row about its run"
_DAMAGED = "the record is damaged"
Row = TypeVar("Row", "RunRow", "DocumentRow", "FailureRow", Removal, Dropped)
_CHOICES = {"extractor": EXTRACTORS, "input_format": ("", *INPUT_FORMATS), "form": FORMS}
_ERRORS = ("strict", "surrogatepass", "surrogateescape")
_KINDS: dict[str, type | tuple[type, ...]] = {"str": str, "int": int, "bool": bool, "float": (int, float)}


@dataclass(frozen=True, slots=True)
class RunRow:
    """What ran: the program's version, the fingerprint of its rules, what it held, and how it read its inputs."""

    version: str
    rules: str
    threshold: float
    max_removed: float
    in_place: bool
    encoding: str
    """The one that was forced, "" if none was."""
    title: bool
    extractor: str
    input_format: str
    """The one that was forced, "" if none was."""
    text_field: str
    form: str
    removals_column: bool
    learned: str = ""
    """The file beside the record with the rules that were learned from the inputs, "" if none were."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a run. `sha256` is of the input's bytes, `clean_sha256` of what was written ("" if nothing
    was); `number` is its place in a source of many documents, from 1, 0 where it is the source; `source` and
    `output` are paths relative to `record_root`. What stands behind `number` comes from rows of their own, the last
    three from those of a page; `blocks` are its blocks without their Dom.
    """

    doc: str
    source: str
    output: str
    kind: str
    form: str
    encoding: str
    errors: str
    sha256: str
    clean_sha256: str
    chars: int
    removed_chars: int
    held: bool
    number: int = 0
    removals: tuple[Removal, ...] = field(default=())
    metadata: Metadata = field(default=Metadata())
    blocks: tuple[TextBlock, ...] = field(default=())
    dropped: tuple[Dropped, ...] = field(default=())

    @property
    def input_name(self) -> str:
        """The name of its file."""
        return self.doc.removesuffix(f":{self.number}") if self.number else self.doc


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A document that could not be cleaned, and why."""

    doc: str
    source: str
    reason: str


def record_root(record: Path) -> Path:
    """The folder that a record's paths are relative to: the output folder, or the record's own."""
    folder = record.resolve().parent
    return folder.parent if folder.name == RECORD_FOLDER else folder


def read_record(path: Path) -> Iterator[DocumentRow | FailureRow]:
    """The documents of a record with their removals, in order. Raises UsageError for a broken one.

    A last row without its line end is one that a killed run left behind; its document was not yet
    replaced, and what stands before it holds.
    """
    document: DocumentRow | None = None
    removals: list[Removal] = []
    dropped: list[Dropped] = []
    number = 0

    def whole(document: DocumentRow) -> DocumentRow:
        return replace(document, removals=tuple(removals), dropped=tuple(dropped))

    try:
        with path.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if number > 1 and not line.endswith(b"\n"):
                    break
                row = read_row(line, path, number)
                kind = row.pop("row", None)
                if number == 1:
                    _check_begin(path, kind, row.get("format"))
                if kind == "removal" and document is not None:
                    removals.append(_removal(row, document, path, number))
                    continue
                if kind == "page" and document is not None:
                    document = _with_page(document, row, path, number)
                    continue
                if kind == "dropped" and document is not None:
                    row.pop("doc", None)
                    dropped.append(_checked(Dropped, row, path, number))
                    continue
                if document is not None:
                    yield whole(document)
                document, removals, dropped = None, [], []
                if kind == "document":
                    document = _document(row, path, number)
                elif kind == "failure":
                    yield _checked(FailureRow, row, path, number)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if not number:
        raise UsageError(f"{path}: {_EMPTY}")
    if document is not None:
        yield whole(document)


def read_run(path: Path) -> RunRow:
    """The first row of a record, without what later versions say in it. Raises UsageError for a broken one."""
    try:
        with path.open("rb") as handle:
            line = handle.readline()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if not line:
        raise UsageError(f"{path}: {_EMPTY}")
    row = read_row(line, path, 1)
    kind, number = row.pop("row", None), row.pop("format", None)
    _check_begin(path, kind, number)
    known = {item.name for item in fields(RunRow)}
    given = {name: value for name, value in row.items() if name in known}
    run = _checked(RunRow, {"learned": "", **given}, path, 1)  # earlier versions did not learn
    for name, values in _CHOICES.items():
        if getattr(run, name) not in values:
            raise UsageError(f"{path}:1: {name} is {getattr(run, name)!r}; {_DAMAGED}")
    return run


def _check_begin(path: Path, kind: object, number: object) -> None:
    if kind != "run" or number != FORMAT:
        raise UsageError(f"{path}: is no run record (run.jsonl) of format {FORMAT}")


def read_row(line: bytes, path: Path, number: int) -> dict[str, Any]:
    """What stands in a line of a record. Raises UsageError where that is no row."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UsageError(f"{path}:{number}: is no JSON object; {_DAMAGED}")
    return row


def _document(row: dict[str, Any], path: Path, number: int) -> DocumentRow:
    document = _checked(DocumentRow, row, path, number)
    try:
        "".encode(document.encoding)
    except (LookupError, ValueError):
        raise UsageError(f"{path}:{number}: encoding is {document.encoding!r}; {_DAMAGED}") from None
    if document.errors not in _ERRORS:
        raise UsageError(f"{path}:{number}: errors is {document.errors!r}; {_DAMAGED}")
    return document


def _removal(row: dict[str, Any], document: DocumentRow, path: Path, number: int) -> Removal:
    try:
        if "base64" in row:
            data = base64.b64decode(row.pop("base64"), validate=True)
            row["text"] = data.decode(document.encoding, document.errors)
        row["evidence"] = tuple(Evidence(identifier, weight) for identifier, weight in row["evidence"])
    except (KeyError, TypeError, ValueError, LookupError) as error:
        raise UsageError(f"{path}:{number}: is no removal row ({error}); {_DAMAGED}") from None
    return _checked(Removal, row, path, number)


def _with_page(document: DocumentRow, row: dict[str, Any], path: Path, number: int) -> DocumentRow:
    try:
        blocks = tuple(TextBlock(int(start), Dom(), int(line)) for start, line in row["blocks"])
        said = {item.name: row[item.name] for item in fields(Metadata)}
        metadata = Metadata(**{**said, "authors": tuple(said["authors"])})
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UsageError(f"{path}:{number}: is no page row ({error}); {_DAMAGED}") from None
    return replace(document, metadata=metadata, blocks=blocks)


def _is_path(text: str) -> bool:
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte
        return False


def _checked(kind: type[Row], row: dict[str, Any], path: Path, number: int) -> Row:
    """The row as a dataclass, each value of the type that its field says."""
    wanted = {item.name: _KINDS.get(str(item.type), object) for item in fields(kind) if item.name not in OF_OTHER_ROWS}
    for name in sorted(wanted.keys() ^ row.keys()):
        raise UsageError(f"{path}:{number}: {name!r} is {'unknown' if name in row else 'missing'}; {_DAMAGED}")
    for name, types in wanted.items():
        value = row[name]
        good = isinstance(value, types) and (types in (bool, object) or not isinstance(value, bool))
        if not good or (name in ("doc", "source", "output") and not _is_path(value)):
            raise UsageError(f"{path}:{number}: {name} is {value!r}; {_DAMAGED}")
    return kind(**row)
