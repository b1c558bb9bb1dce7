"""The work of a run over files as Spark's tasks, in the order of the inputs, and what each executor does with it.

A task is one row of a data frame, and a partition of it: its documents are read, cleaned and made into rows of the
record by the very code that cleans on one machine, in the Python process beside the executor. So nothing that Spark
does again, for want of an executor or for its slowness, can come out as anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.corpus.compression import plain_name
from cleaner.corpus.find import Source
from cleaner.corpus.formats.json_rows import JsonRows
from cleaner.corpus.formats.parquet import Parquet
from cleaner.corpus.read import Reading, file_size, read_stream
from cleaner.corpus.work import Done, End, Part, Worker, parts
from cleaner.errors import DocumentError, UsageError
from cleaner.model import TEXT

SPLIT = 128 << 20
"""Bytes of the inputs that make a task, about: some minutes of work, and no more than that is done again."""
MOST_TASKS = 49_000
"""Of more, tasks are larger, and never twice as many: outputs sort by name while Spark's numbers have five digits."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a share of its row groups, and which of the Cleaners it is for."""

    source: Source
    cleaner: int
    share: tuple[int, int] = (0, 1)


@dataclass(frozen=True, slots=True)
class Work:
    """All that executors have to know, as data: they need no pack, no configuration and no listing of the inputs."""

    tasks: tuple[tuple[Piece, ...], ...]
    cleaners: tuple[Cleaner, ...]
    reading: Reading
    output: Path
    """The folder of the outputs; paths in the record are relative to it."""
    hand_back: bool = False
    """Whether the documents are wanted, not what is written of them."""

    def do(self, number: int) -> Iterator[tuple[Source, Done]]:
        """What comes of a task's documents, in order."""
        for piece in self.tasks[number]:
            source, container = piece.source, rows_format(piece.source, self.reading)
            if isinstance(container, Parquet):
                container = replace(container, share=piece.share)
            target = self.output / plain_name(container.target_name(source.name))
            worker = Worker(self.cleaners[piece.cleaner], self.reading, TEXT, self.output, self.hand_back)
            try:
                with read_stream(source.path, self.reading.max_ratio) as handle:
                    for task in parts(source, target, container, handle):
                        assert isinstance(task, Part | End), "nothing is known before"
                        yield source, worker.do(task)
            except DocumentError as error:
                yield source, worker.do(End(source, target, container, error))


def rows_format(source: Source, reading: Reading) -> JsonRows | Parquet:
    """How a file is read. Raises UsageError for what is neither JSON Lines nor Parquet."""
    container = reading.format_of(source.path)
    if isinstance(container, JsonRows | Parquet):
        return container
    raise UsageError(
        f"{source.path}: is neither JSON Lines nor Parquet; clean it on one machine, or pass it over with --exclude"
    )


def plan(
    sources: Sequence[Source], cleaner: Cleaner, reading: Reading, output: Path, *, hand_back: bool = False
) -> Work:
    """The tasks of a run. Raises UsageError for inputs of which no dataset can be made.

    What Spark itself writes beside a dataset (`_SUCCESS`) is passed over.
    """
    sources = [source for source in sources if not source.path.name.startswith("_")]
    if not sources:
        raise UsageError("there is no JSON Lines or Parquet in the inputs; name the files")
    kinds = {type(rows_format(source, reading)): source for source in sources}
    if len(kinds) > 1 and not hand_back:
        named = " and ".join(str(source.path) for source in kinds.values())
        raise UsageError(f"{named}: one dataset is either JSON Lines or Parquet; clean them into two")
    sizes = [file_size(source.path) for source in sources]
    split = max(SPLIT, sum(sizes) // MOST_TASKS)
    cleaners: list[Cleaner] = []
    pieces: list[tuple[Piece, int]] = []
    for source, size in zip(sources, sizes, strict=True):
        wanted = cleaner.at(source.path)
        if not any(wanted is known for known in cleaners):
            cleaners.append(wanted)
        which = next(number for number, known in enumerate(cleaners) if known is wanted)
        count = 1 if isinstance(rows_format(source, reading), JsonRows) else max(1, -(-size // split))
        source = replace(source, path=source.path.absolute())  # noqa: PLW2901 - executors stand elsewhere
        pieces += [(Piece(source, which, (part, count)), size // count) for part in range(count)]
    return Work(tuple(_grouped(pieces, split)), tuple(cleaners), reading, output, hand_back)


def _grouped(pieces: Iterable[tuple[Piece, int]], split: int) -> Iterator[tuple[Piece, ...]]:
    """Small files go together, as long as they are no more than a task's worth."""
    group: list[Piece] = []
    total = 0
    for piece, size in pieces:
        if group and total + size > split:
            yield tuple(group)
            group, total = [], 0
        group.append(piece)
        total += size
    if group:
        yield tuple(group)
