"""What a run's processes do: a task goes in, a piece of the outputs and the record comes out."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.api import Cleaner
from cleaner.corpus.compression import Unpacked, packed
from cleaner.corpus.deliver import Changes, Files, Output, Rows, write_run
from cleaner.corpus.find import Source
from cleaner.corpus.formats import Chunk, Format, chunks_of, entries_of, rewritten, told
from cleaner.corpus.lines import seek_line
from cleaner.corpus.read import Reading, check_unchanged, file_size, read_stream, stamp
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.run import Cleaned, Failed, Totals, clean_entries, clean_one, failed
from cleaner.errors import DocumentError
from cleaner.model import JSONL

_BATCH_BYTES, _BATCH_FILES = 1 << 18, 64
"""What makes a batch of files: enough to be worth a trip to another process."""
_KILLED = "the process that cleaned it was killed, and again when it was alone; is memory short?"


@dataclass(frozen=True, slots=True)
class Batch:
    """Files of one document each, and where they go."""

    files: tuple[tuple[Source, Path], ...]
    size: int = 0
    """Bytes of the inputs, to say how far a run has come; so for every task."""

    def halves(self) -> tuple[Task, ...]:
        """The same in two tasks, or nothing where it is one document."""
        middle = len(self.files) // 2
        return (Batch(self.files[:middle]), Batch(self.files[middle:], self.size)) if middle else ()


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the documents of a file of many, and where that goes."""

    source: Source
    target: Path
    format: Format
    chunk: Chunk

    @property
    def size(self) -> int:
        return self.chunk.size

    def halves(self) -> tuple[Task, ...]:
        return tuple(replace(self, chunk=chunk) for chunk in self.format.halves(self.chunk))


@dataclass(frozen=True, slots=True)
class End:
    """No more of a file of many documents; `fault` says why, if that is too early."""

    source: Source
    target: Path
    format: Format
    fault: DocumentError | None = None
    size = 0

    def halves(self) -> tuple[Task, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class Known:
    """Documents of which the results are known: nothing is left to do."""

    items: tuple[Cleaned | Failed, ...]
    size: int = 0

    def halves(self) -> tuple[Task, ...]:
        return ()


Task = Batch | Part | End | Known


def tasks(files: Iterable[tuple[Source, Path]], reading: Reading, skip: int = 0) -> Iterator[Task]:
    """The work of a run, in order: its inputs, and where they go, in portions. In the first file, which is one of many
    documents line by line, the first `skip` of them are passed over.
    """
    batch: list[tuple[Source, Path]] = []
    size = 0
    for source, target in files:
        container = reading.format_of(source.path)
        if container is None:
            batch.append((source, target))
            size += file_size(source.path)
        if batch and (container is not None or size >= _BATCH_BYTES or len(batch) == _BATCH_FILES):
            yield Batch(tuple(batch), size)
            batch, size = [], 0
        if container is not None:
            yield from _of_file(source, target, container, reading, skip)
        skip = 0
    if batch:
        yield Batch(tuple(batch), size)


def _of_file(source: Source, target: Path, container: Format, reading: Reading, skip: int) -> Iterator[Task]:
    found = stamp(source.path)
    try:
        with read_stream(source.path, reading.max_ratio) as handle:
            if skip:
                seek_line(handle, skip)
            done = 0
            for task in parts(source, target, container, handle, skip):
                if isinstance(task, End) and task.fault is None:
                    check_unchanged(source.path, found)
                if isinstance(handle, Unpacked) and isinstance(task, Part):
                    before, done = done, handle.packed.tell()
                    yield replace(task, chunk=replace(task.chunk, size=done - before))
                else:
                    yield task
    except DocumentError as error:
        yield End(source, target, container, error)


def parts(source: Source, target: Path, container: Format, handle: BinaryIO, before: int = 0) -> Iterator[Task]:
    """The work that a stream of many documents makes, with its end; `before` it, the file has so many others."""
    try:
        for chunk in chunks_of(container, handle):
            yield Part(source, target, container, replace(chunk, first=chunk.first + before))
    except DocumentError as error:
        yield End(source, target, container, error)
    else:
        yield End(source, target, container)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: rows of the record, rows of JSON or a rewritten chunk for the output, and what was counted;
    the documents themselves where they are not yet written, or somebody wants to see them.
    """

    rows: bytes = b""
    piece: Any = None
    totals: Totals = field(default_factory=Totals)
    items: tuple[Cleaned | Failed, ...] = ()
    fault: DocumentError | None = None
    """Why there is no piece of a part, and can be none of its file."""


def known_outcome(task: Task) -> Done | None:
    """What came of a task that leaves nothing to do."""
    return Done(items=task.items) if isinstance(task, Known) else None


@dataclass(frozen=True, slots=True)
class Worker:
    """Does tasks, in whatever process. The paths in its rows of the record are relative to `root`.

    With `hand_back`, it writes nothing: in place, the record must be on disk before, and some only want to look. With
    `keep_items` it hands on the documents after they were written.
    """

    cleaner: Cleaner
    reading: Reading
    form: str
    root: Path
    hand_back: bool = False
    keep_items: bool = False

    def do(self, task: Task) -> Done:
        """Clean the documents of a task and write their files. Raises UsageError where one cannot be written."""
        items: Iterable[Cleaned | Failed]
        if isinstance(task, Batch):
            items = (clean_one(source, self.cleaner, self.reading) for source, _ in task.files)
            return Done(items=tuple(items)) if self.hand_back else self._files(task, items)
        if isinstance(task, Part):
            entries = entries_of(task.format, task.chunk)
            items = clean_entries(task.source, entries, self.cleaner, self.reading)
            if self.hand_back:
                return Done(items=tuple(items))
            if self.form == JSONL:
                return self._rows(task.target, items)
            changes = Changes(task.target, self.form)
            done = self._written(items, changes)
            made = [changes.made.get(entry.number) for entry in entries]
            try:
                return replace(done, piece=rewritten(task.format, task.chunk, entries, made, task.target.name))
            except Exception as error:  # a defect of ours in one file must not cost the others
                return self._broken(task, done, DocumentError(f"cannot be written ({told(error)})"))
        assert isinstance(task, End), "what is known is not given to a worker"
        faults = [failed(task.source, task.fault)] if task.fault else []
        return Done(items=tuple(faults)) if self.hand_back else self._written(faults, Changes(task.target))

    def give_up(self, task: Task) -> Done:
        """What there is to say of a task with a single document that cost two processes their lives."""
        if isinstance(task, Batch):
            killed = tuple(Failed(source, _KILLED) for source, _ in task.files)
            return Done(items=killed) if self.hand_back else self._files(task, killed)
        if isinstance(task, Part):
            entries = entries_of(task.format, task.chunk)
            items = tuple(Failed(task.source.at(entry.number), _KILLED) for entry in entries)
            if self.hand_back:
                return Done(items=items)
            done = self._written(items, Changes(task.target))
            if self.form == JSONL:
                return done
            return replace(
                done, piece=rewritten(task.format, task.chunk, entries, [None] * len(entries), task.target.name)
            )
        raise AssertionError("the end of a file holds no document")

    def _files(self, task: Batch, items: Iterable[Cleaned | Failed]) -> Done:
        if self.form == JSONL:
            return self._rows(task.files[0][1], items)
        targets = dict(task.files)
        return self._written(items, Files(lambda source: targets[source], self.form))

    def _rows(self, target: Path, items: Iterable[Cleaned | Failed]) -> Done:
        rows = io.BytesIO()
        done = self._written(items, Rows(rows, target))
        return replace(done, piece=packed(rows.getvalue(), target.name))

    def _broken(self, task: Part, done: Done, fault: DocumentError) -> Done:
        """The same with the fault of its file."""
        said = self._written([failed(task.source, fault)], Changes(task.target))
        done.totals.merge(said.totals)
        return replace(done, rows=done.rows + said.rows, items=done.items + said.items, fault=fault)

    def _written(self, items: Iterable[Cleaned | Failed], output: Output) -> Done:
        rows, totals, kept = io.BytesIO(), Totals(), []
        for item in write_run(items, output, RecordWriter(rows, self.root)):
            totals.add(item)
            if self.keep_items:
                kept.append(item)
        return Done(rows.getvalue(), None, totals, tuple(kept))
