"""Several processes at a run's work, its results in the order of the tasks.

New processes are spawned, not forked: those of a library's threads would not live on in a fork.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from cleaner.corpus.work import Done, Task, Worker, known_outcome

_AHEAD = 4
"""Tasks for each process that are under way or wait to be written; so memory does not grow with the input."""

_worker: Worker | None = None
"""The one of this process, if it belongs to a pool."""
_busy = False
"""Whether it is at work on a task."""


class Pool:
    """Processes that are started with the first task."""

    def __init__(self, worker: Callable[[], Worker], jobs: int) -> None:
        self._worker, self._jobs = cache(worker), jobs
        self._pending: deque[tuple[Task, Future[Done]]] = deque()
        self._executor: ProcessPoolExecutor | None = None
        self._complete = False
        """Whether all of the executor's processes were started."""

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._complete = False
            self._executor = ProcessPoolExecutor(
                self._jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(self._worker(),)
            )
        return self._executor

    def close(self) -> None:
        """Let no further task begin; those under way may come to their end."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
        self._executor = None

    def run(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Done]]:
        """Each task with what came of it, as `jobs.work` says."""
        deaths = 0
        while True:
            while len(self._pending) < _AHEAD * self._jobs and (task := next(tasks, None)) is not None:
                self._pending.append((task, self._submitted(task)))
            if not self._pending:
                return
            task, future = self._pending[0]
            try:
                done = future.result()
            except BrokenProcessPool:
                deaths += 1
                if deaths > 1:
                    self._pending.popleft()
                    yield from self._alone(task)
                    deaths = 0
                self._restart()
                continue
            self._pending.popleft()
            deaths = 0
            yield task, done

    def _submitted(self, task: Task) -> Future[Done]:
        future: Future[Done] = Future()
        if known := known_outcome(task):
            future.set_result(known)
            return future
        try:
            executor = self._started()
            with _undisturbed():
                future = executor.submit(_do, task)
            if not self._complete and len(executor._processes or ()) == self._jobs:  # it starts one with each task
                self._complete = True
                _end_together(executor)
            return future
        except BrokenProcessPool as error:  # found out when its turn comes
            future.set_exception(error)
            return future

    def _restart(self) -> None:
        """New processes for all that waits without a result."""
        self.close()
        waiting, self._pending = self._pending, deque()
        for task, future in waiting:
            whole = future.done() and not future.cancelled() and future.exception() is None
            self._pending.append((task, future if whole else self._submitted(task)))

    def _alone(self, task: Task) -> Iterator[tuple[Task, Done]]:
        """Do a task while there is no other; where even that kills the process, do its halves."""
        self.close()
        try:
            yield task, self._submitted(task).result()
        except BrokenProcessPool:
            halves = task.halves()
            if not halves:
                yield task, self._worker().give_up(task)
            for half in halves:
                yield from self._alone(half)


def _end_together(executor: ProcessPoolExecutor) -> None:
    """See to it that the death of one process ends all, and all that reads from them.

    One that is killed while it sends a result leaves half of that, and the others locked out: the reader would wait
    for the rest for ever, also because this process could write it.
    """
    executor._result_queue._writer.close()  # type: ignore[attr-defined] # no other way to it
    processes = list(executor._processes.values())

    def kill() -> None:
        wait([process.sentinel for process in processes])
        for process in processes:
            with suppress(ValueError):  # it has been seen to its end
                process.kill()

    Thread(target=kill, daemon=True).start()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits, here and in a process that is started meanwhile until that begins: it would say where it was."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(worker: Worker) -> None:
    global _worker  # noqa: PLW0603 - what a process is made for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of them; the first one ends the others
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
    signal.signal(signal.SIGTERM, _end)
    _worker = worker
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Where the first process is killed, nobody would tell the others."""
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _do(task: Task) -> Done:
    global _busy  # noqa: PLW0603 - of this process
    assert _worker is not None
    try:
        _busy = True
        return _worker.do(task)
    except SystemExit as end:
        os._exit(int(str(end)))
    finally:
        _busy = False


def _end(number: int, _frame: object) -> None:
    """Where a process is told to end, take away what is half written; nothing of it is done at the end of a task."""
    if _busy:
        raise SystemExit(128 + number)
    os._exit(128 + number)
