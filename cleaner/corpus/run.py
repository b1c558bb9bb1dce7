"""Cleaning many documents: the one place where a bad document becomes a failure, and the run goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cleaner.corpus.find import Source
from cleaner.corpus.formats import Entry, chunks_of, entries_of, told
from cleaner.corpus.read import Loaded, Reading, TooLargeError, load, read_bytes, read_stream
from cleaner.errors import CleanerError, DocumentError
from cleaner.model import Dropped, Metadata, Removal, Result

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.corpus.cache import Cache  # not every run wants one


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One document of a run with its plan of removals."""

    source: Source
    loaded: Loaded
    result: Result

    @property
    def data(self) -> bytes | None:
        """The bytes of a text; None for a page, or a row of a file, whose bytes do not hold the text as it is."""
        return None if self.loaded.is_html or self.source.row else self.loaded.data


@dataclass(frozen=True, slots=True)
class Failed:
    """One document of a run that could not be cleaned; `oversized` ones are texts, and are copied as they are."""

    source: Source
    reason: str
    oversized: bool = False

    @property
    def message(self) -> str:
        return f"{self.source.shown}: {self.reason}"


class Cleans(Protocol):
    """A Cleaner, or what stands for one that is made when a document first needs it."""

    def at(self, path: Path, /) -> Cleaner:
        """The Cleaner for documents at this path."""


@dataclass(slots=True)
class Totals:
    """What a run did; counts of removals and of characters are by category."""

    documents: int = 0
    changed: int = 0
    removals: Counter[str] = field(default_factory=Counter)
    chars: Counter[str] = field(default_factory=Counter)
    text_chars: int = 0
    pages: int = 0
    dropped_chars: Counter[str] = field(default_factory=Counter)
    """Of pages, what was left out before the rules, by reason."""
    found: int = 0
    """Documents with something to remove, held ones included."""
    held: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def merge(self, other: Totals) -> None:
        """Add what a part of the run, which comes after all so far, did."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    def add(self, item: Cleaned | Failed) -> None:
        if isinstance(item, Failed):
            self.failures.append(item.message)
            return
        result, document = item.result, item.result.document
        self.count(
            item.source.shown, len(document.text), result.removals, document.dropped,
            held=result.held, is_page=item.loaded.is_html,
        )  # fmt: skip

    def count(
        self,
        shown: str,
        chars: int,
        removals: Sequence[Removal],
        dropped: Sequence[Dropped],
        *,
        held: bool,
        is_page: bool,
    ) -> None:
        """Take a document of so many characters, which was cleaned."""
        self.documents += 1
        self.text_chars += chars
        self.found += bool(removals)
        self.pages += is_page
        for item in dropped:
            self.dropped_chars[item.rule] += len(item.text)
        if held:
            self.held.append(shown)
            return
        self.changed += bool(removals)
        for removal in removals:
            self.removals[removal.category] += 1
            self.chars[removal.category] += len(removal.text.strip())


def clean_all(
    sources: Iterable[Source],
    cleaner: Cleans,
    reading: Reading,
    cache: Cache | None = None,
    *,
    read: Callable[[Path], bytes] = read_bytes,
) -> Iterator[Cleaned | Failed]:
    """Clean documents in order, those in files of many among them. Nothing that one of them holds stops the others.

    What a `cache` (of these rules and this reading) knows is not cleaned again; it is told the rest.
    """
    for source in sources:
        container = reading.format_of(source.path)
        if container is None:
            yield clean_one(source, cleaner, reading, cache, read=read)
            continue
        try:
            with read_stream(source.path, reading.max_ratio) as handle:
                for chunk in chunks_of(container, handle):
                    yield from clean_entries(source, entries_of(container, chunk), cleaner, reading, cache)
        except DocumentError as error:
            yield failed(source, error)


def clean_entries(
    source: Source, entries: Iterable[Entry], cleaner: Cleans, reading: Reading, cache: Cache | None = None
) -> Iterator[Cleaned | Failed]:
    """Clean documents of one file, as `clean_all` does; nothing comes of those without a text."""
    for entry in entries:
        part, content = source.at(entry.number, entry.line), entry.content
        if entry.fault:
            yield Failed(part, entry.fault)
        elif content is not None:
            how = reading.of_entry(entry)
            item = clean_one(part, cleaner, how, cache, read=lambda _, content=content: content)  # type: ignore[misc]
            yield item if isinstance(item, Failed) else said_to_be(item, entry.metadata)


def said_to_be(item: Cleaned, about: Metadata) -> Cleaned:
    """With what the container says about a document, where the document itself does not."""
    if about == Metadata():
        return item
    document = item.result.document
    said = {name: value for name, value in asdict(document.metadata).items() if value}
    document = replace(document, metadata=replace(about, **said))
    return replace(item, result=replace(item.result, document=document))


def clean_one(
    source: Source,
    cleaner: Cleans,
    reading: Reading,
    cache: Cache | None = None,
    *,
    read: Callable[[Path], bytes] = read_bytes,
) -> Cleaned | Failed:
    """The failure boundary: whatever goes wrong in one document is said about that document.

    `read` gives the bytes at the source's path; it raises DocumentError.
    """
    try:
        data = read(source.path)
        if cache is not None and (known := known_result(data, source, reading, cache)):
            return known
        is_html = reading.is_page(source.path, data)
        loaded = load(data, source.name, reading, is_html=is_html)
        result = cleaner.at(source.path).clean(loaded.document)
        if cache is not None:
            cache.put(data, source, result, is_html=is_html, encoding=reading.encoding)
        return Cleaned(source, loaded, result)
    except TooLargeError as error:
        return replace(failed(source, error), oversized=not reading.is_page(source.path, error.start))
    except DocumentError as error:
        return failed(source, error)
    except CleanerError:  # of the run (its rules cannot be loaded, say), not of the document
        raise
    except Exception as error:  # a defect of ours in one document must not cost the others
        return Failed(source, told(error))


def known_result(data: bytes, source: Source, reading: Reading, cache: Cache) -> Cleaned | None:
    """A document of these bytes as an earlier run cleaned it, if the cache knows."""
    is_html = reading.is_page(source.path, data)
    result = cache.get(data, source, is_html=is_html, encoding=reading.encoding)
    return None if result is None else Cleaned(source, Loaded(data, is_html, result.document), result)


def failed(source: Source, error: DocumentError) -> Failed:
    """What is said of a document in a run, where its name is said anyway."""
    reason = str(error).removeprefix(f"{source.path}: ").removeprefix(f"{source.name}: ")
    return Failed(source, reason)
