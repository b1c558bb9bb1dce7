"""Where the pieces of a run come together in order: in one file of rows, or in a file for each file of many."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleaner.corpus.compression import packed
from cleaner.corpus.formats import Sink
from cleaner.corpus.work import Batch, Done, End, Known, Part, Task
from cleaner.corpus.write import can_grow, growing, replacing
from cleaner.errors import DocumentError
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
    never does. With a `stream`, which the caller owns, all that there is goes there as it comes. Where `kept` is a
    number, a later run can go on with a file that is written line by line, and this one does so with the first one's
    so many bytes.

    Used in a `with`, so that nothing half-written stays that nobody could make use of.
    """

    def __init__(self, stream: BinaryIO | None = None, kept: int | None = None) -> None:
        self._stream, self._kept = stream, kept
        self._sink: Sink | None = None
        self._fault: DocumentError | None = None
        self._empty = True
        self._open = ExitStack()

    def __enter__(self) -> FileSinks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._open.__exit__(kind, error, at)

    def take(self, task: Task, done: Done) -> None:
        """Write what came of a task. Raises UsageError where that cannot be."""
        if isinstance(task, Batch | Known):
            return
        if isinstance(task, Part):
            self._fault = self._fault or done.fault
            if self._fault is not None:
                return
            self._opened(task).write(done.piece)
            self._empty = self._empty and done.piece == b""
            return
        fault = self._fault or task.fault
        if fault is None:
            sink = self._opened(task)
            if self._empty and task.format.packs:  # even a file of nothing has to be a compressed one
                sink.write(packed(b"", task.target.name))
            sink.close()
            self._open.close()
        else:
            self._open.__exit__(type(fault), fault, None)
        self._open, self._sink, self._empty, self._fault = ExitStack(), None, True, None

    def _opened(self, task: Part | End) -> Sink:
        if self._sink is None:
            self._sink = task.format.sink(self._stream or self._file(task))
        return self._sink

    def _file(self, task: Part | End) -> BinaryIO:
        kept = self._kept if task.format.line_by_line and can_grow(task.target) else None
        if self._kept:
            self._kept = 0
        return self._open.enter_context(replacing(task.target) if kept is None else growing(task.target, kept))


def sink_for(
    stack: ExitStack, form: str, rows: Path | None, stream: BinaryIO | None, kept: int | None = None
) -> RowSink | FileSinks:
    """Where the pieces of a run in this form go, as long as the stack is open: to `stream`, if there is one, else rows
    to the file `rows`, and files of many documents to their own. Of `kept`, see `FileSinks`.
    """
    if form != JSONL:
        return stack.enter_context(FileSinks(stream, kept))
    if stream is not None:
        return RowSink(stream)
    assert rows is not None
    return RowSink(stack.enter_context(growing(rows, kept) if kept is not None and can_grow(rows) else replacing(rows)))
