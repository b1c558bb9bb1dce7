"""Cleaning many documents: the one place where a bad document becomes a failure, and the run goes on."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cleaner.corpus.find import Source
from cleaner.corpus.read import Loaded, TooLargeError, load, looks_like_html, read_bytes
from cleaner.corpus.record import DocumentRow, FailureRow, RecordWriter
from cleaner.corpus.restore import put_back
from cleaner.corpus.write import copy_atomically, write_atomically
from cleaner.errors import CleanerError, DocumentError
from cleaner.model import Document, Result

if TYPE_CHECKING:
    from cleaner.corpus.cache import Cache  # not every run wants one

NO_PAGES_IN_PLACE = "a page cannot be cleaned in place; use -o OUT"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One document of a run with its plan of removals."""

    source: Source
    loaded: Loaded
    result: Result


@dataclass(frozen=True, slots=True)
class Failed:
    """One document of a run that could not be cleaned; `oversized` ones are copied as they are."""

    source: Source
    reason: str
    oversized: bool = False

    @property
    def message(self) -> str:
        return f"{self.source.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: a forced encoding, and whether a page's title goes first."""

    encoding: str | None = None
    title: bool = False


class Cleans(Protocol):
    """A Cleaner, or what stands for one that is made when a document first needs it."""

    def clean(self, source: Document, /) -> Result: ...


@dataclass(slots=True)
class Totals:
    """What a run did; counts of removals and of characters are by category."""

    documents: int = 0
    changed: int = 0
    removals: Counter[str] = field(default_factory=Counter)
    chars: Counter[str] = field(default_factory=Counter)
    text_chars: int = 0
    found: int = 0
    """Documents with something to remove, held ones included."""
    held: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, item: Cleaned | Failed) -> None:
        if isinstance(item, Failed):
            self.failures.append(item.message)
            return
        self.documents += 1
        self.text_chars += len(item.result.document.text)
        self.found += bool(item.result.removals)
        if item.result.held:
            self.held.append(str(item.source.path))
            return
        self.changed += bool(item.result.removals)
        for removal in item.result.removals:
            self.removals[removal.category] += 1
            self.chars[removal.category] += len(removal.text.strip())


def clean_all(
    sources: Iterable[Source], cleaner: Cleans, reading: Reading, cache: Cache | None = None
) -> Iterator[Cleaned | Failed]:
    """Clean documents in order. Nothing that one of them holds stops the others.

    What a `cache` (of these rules and this reading) knows is not cleaned again; it is told the rest.
    """
    for source in sources:
        yield clean_one(source, cleaner, reading, cache)


def clean_one(source: Source, cleaner: Cleans, reading: Reading, cache: Cache | None = None) -> Cleaned | Failed:
    """The failure boundary: whatever goes wrong in one document is said about that document."""
    try:
        data = read_bytes(source.path)
        is_html = looks_like_html(source.path, data)
        known = cache.get(data, source.name, is_html=is_html) if cache is not None else None
        if known is not None:
            return Cleaned(source, Loaded(data, is_html, known.document), known)
        loaded = load(data, source.name, is_html=is_html, encoding=reading.encoding, title=reading.title)
        result = cleaner.clean(loaded.document)
        if cache is not None:
            cache.put(data, result, is_html=is_html)
        return Cleaned(source, loaded, result)
    except DocumentError as error:
        reason = str(error).removeprefix(f"{source.path}: ").removeprefix(f"{source.name}: ")
        return Failed(source, reason, oversized=isinstance(error, TooLargeError))
    except CleanerError:  # of the run (its rules cannot be loaded, say), not of the document
        raise
    except Exception as error:  # a defect of ours in one document must not cost the others
        return Failed(source, f"{type(error).__name__}: {error}; please report this")


def write_run(
    items: Iterable[Cleaned | Failed],
    target_of: Callable[[Source], Path],
    record: RecordWriter,
    *,
    in_place: bool,
) -> Iterator[Cleaned | Failed]:
    """Write each document's output and rows as it comes, and hand it on.

    A held text is written unchanged, a held page not at all. In place, the rows are on disk before
    the file is replaced, so that every input is wholly old or wholly new, and restorable; what its
    clean text would not give back is left alone.
    """
    for item in items:
        if in_place and isinstance(item, Cleaned) and (reason := _no_way_back(item)):
            item = Failed(item.source, reason)  # noqa: PLW2901 - it became one
        if isinstance(item, Failed):
            if item.oversized and not in_place:
                with item.source.path.open("rb") as original:
                    copy_atomically(original, target_of(item.source))
            record.failure(FailureRow(item.source.name, record.relative(item.source.path), item.reason))
        else:
            _write(item, target_of(item.source), record, in_place=in_place)
        yield item


def _no_way_back(item: Cleaned) -> str:
    """Why a document may not be replaced by its clean text, or ""."""
    if item.loaded.is_html:
        return NO_PAGES_IN_PLACE
    document = item.result.document
    if put_back(item.result.data, item.result.removals, document.encoding, document.errors) != item.loaded.data:
        return "its clean text and the record would not give it back; please report this"
    return ""


def _write(item: Cleaned, target: Path, record: RecordWriter, *, in_place: bool) -> None:
    result, loaded = item.result, item.loaded
    output: bytes | None = result.data
    if result.held:
        output = None if loaded.is_html else loaded.data
    record.document(document_row(item, target, output, record), result)
    if in_place:
        if output is None or output == loaded.data:
            return
        record.sync()
        write_atomically(target, output, like=item.source.path)
    elif output is not None:
        write_atomically(target, output)


def document_row(item: Cleaned, target: Path, output: bytes | None, record: RecordWriter) -> DocumentRow:
    """The record's row for a document whose clean bytes are `output` (None: nothing is written)."""
    document = item.result.document
    return DocumentRow(
        doc=item.source.name,
        source=record.relative(item.source.path),
        output=record.relative(target) if output is not None else "",
        kind="html" if item.loaded.is_html else "text",
        encoding=document.encoding,
        errors=document.errors,
        sha256=item.loaded.digest,
        clean_sha256=hashlib.sha256(output).hexdigest() if output is not None else "",
        chars=len(document.text),
        removed_chars=sum(removal.end - removal.start for removal in item.result.removals),
        held=item.result.held,
    )
