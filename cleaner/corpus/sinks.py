"""Where the pieces of a run come together in order: in one file of rows, or in a file for each file of many."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleaner.corpus.compression import packed
from cleaner.corpus.formats import Sink
from cleaner.corpus.work import Batch, Done, End, Part, Task
from cleaner.corpus.write import replacing
from cleaner.model import JSONL


class RowSink:
    """Everything that a run gives, as rows of one file, which the caller owns."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle

    def take(self, task: Task, done: Done) -> None:  # noqa: ARG002 - the same for all
        """Write what came of a task."""
        if done.piece:
            self._handle.write(done.piece)


class FileSinks:
    """A file for each file of many documents: it appears when its end is reached; with a fault or without an end, it
    never does. With a `stream`, which the caller owns, all that there is goes there as it comes.

    Used in a `with`, so that nothing half-written stays.
    """

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._stream = stream
        self._sink: Sink | None = None
        self._empty = True
        self._open = ExitStack()

    def __enter__(self) -> FileSinks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.__exit__(kind, error, at)

    def take(self, task: Task, done: Done) -> None:
        """Write what came of a task. Raises UsageError where that cannot be."""
        if isinstance(task, Batch):
            return
        if isinstance(task, Part):
            self._opened(task).write(done.piece)
            self._empty = self._empty and done.piece == b""
            return
        if task.fault is None:
            sink = self._opened(task)
            if self._empty and task.format.packs:  # even a file of nothing has to be a compressed one
                sink.write(packed(b"", task.target.name))
            sink.close()
            self._open.close()
        else:
            self._open.__exit__(type(task.fault), task.fault, None)
        self._open, self._sink, self._empty = ExitStack(), None, True

    def _opened(self, task: Part | End) -> Sink:
        if self._sink is None:
            handle = self._stream or self._open.enter_context(replacing(task.target))
            self._sink = task.format.sink(handle)
        return self._sink


def sink_for(stack: ExitStack, form: str, rows: Path | None, stream: BinaryIO | None) -> RowSink | FileSinks:
    """Where the pieces of a run in this form go, as long as the stack is open: to `stream`, if there is one, else rows
    to the file `rows`, and files of many documents to their own.
    """
    if form != JSONL:
        return stack.enter_context(FileSinks(stream))
    assert rows is not None or stream is not None
    return RowSink(stream or stack.enter_context(replacing(rows or Path())))
