"""Looking at many documents in several processes, those aside that a cache knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.corpus.cache import Cache
from cleaner.corpus.find import Source
from cleaner.corpus.formats import Entry, entries_of
from cleaner.corpus.jobs import work
from cleaner.corpus.read import Reading, read_bytes
from cleaner.corpus.run import Cleaned, Failed, failed, known_result, said_to_be
from cleaner.corpus.work import Batch, End, Known, Part, Task, Worker, tasks
from cleaner.errors import DocumentError
from cleaner.model import TEXT, Metadata

_NOWHERE = Path()


def look_at(
    sources: Iterable[Source], cleaner: Callable[[], Cleaner], reading: Reading, cache: Cache | None, jobs: int
) -> Iterator[Cleaned | Failed]:
    """As `clean_all`, in so many processes, which are started when a document needs them; so is the Cleaner."""
    files = ((source, _NOWHERE) for source in sources)
    asked = tasks(files, reading)
    looked_up = asked if cache is None else (found for task in asked for found in _looked_up(task, reading, cache))
    for task, done in work(lambda: Worker(cleaner(), reading, TEXT, _NOWHERE, hand_back=True), looked_up, jobs):
        for item in done.items:
            if cache is not None and isinstance(item, Cleaned):
                _keep(item, task, reading, cache)
            yield item


def _keep(item: Cleaned, task: Task, reading: Reading, cache: Cache) -> None:
    """For the next run; of a row that is a page, nobody could tell what it says itself, and what the row does."""
    how, result, is_html = _kept_as(task, reading), item.result, item.loaded.is_html
    if how is None or (is_html and isinstance(task, Part)):
        return
    if isinstance(task, Part):
        result = replace(result, document=replace(result.document, metadata=Metadata()))
    cache.put(item.loaded.data, item.source, result, is_html=is_html, encoding=how.encoding)


def _kept_as(task: Task, reading: Reading) -> Reading | None:
    """How the documents of a task are read, as far as their results are kept: archives say too much about theirs."""
    if isinstance(task, Batch):
        return reading
    return replace(reading, encoding="utf-8") if isinstance(task, Part) and task.format.keeps_rows else None


def _looked_up(task: Task, reading: Reading, cache: Cache) -> Iterator[Task]:
    """The same work, without what the cache knows: batches fall into pieces, a part is known as a whole or not."""
    how = _kept_as(task, reading)
    if isinstance(task, Batch):
        yield from _pieces(task, reading, cache)
        return
    if isinstance(task, Part) and how is not None:
        entries = entries_of(task.format, task.chunk)
        items = [_of_entry(task.source, entry, how, cache) for entry in entries if entry.content is not None]
        if all(items) and not any(entry.fault for entry in entries):
            task = Known(tuple(item for item in items if item is not None), task.size)
    if not isinstance(task, End):
        yield task
    elif task.fault is not None:
        yield Known((failed(task.source, task.fault),))


def _pieces(batch: Batch, reading: Reading, cache: Cache) -> Iterator[Task]:
    known: list[Cleaned] = []
    unknown: list[tuple[Source, Path]] = []
    for source, target in batch.files:
        item = _of_file(source, reading, cache)
        if item is None:
            if known:
                yield Known(tuple(known))
                known = []
            unknown.append((source, target))
        else:
            if unknown:
                yield Batch(tuple(unknown))
                unknown = []
            known.append(item)
    if known:
        yield Known(tuple(known))
    if unknown:
        yield Batch(tuple(unknown))


def _of_file(source: Source, reading: Reading, cache: Cache) -> Cleaned | None:
    try:
        data = read_bytes(source.path)
    except DocumentError:
        return None  # to be said in its turn
    return known_result(data, source, reading, cache)


def _of_entry(source: Source, entry: Entry, reading: Reading, cache: Cache) -> Cleaned | None:
    if entry.content is None:
        return None
    item = known_result(entry.content, source.at(entry.number, entry.line), reading, cache)
    return None if item is None else said_to_be(item, entry.metadata)
