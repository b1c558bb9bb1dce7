"""A run's work, here or in several processes, and how many of them it is worth."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from functools import cache

from cleaner.corpus.work import Done, Task, Worker, known_outcome

WORTH_A_PROCESS = 16 << 20
"""Bytes of input for which a further process is started: it takes a second to get ready, and more to get warm."""


def processes_for(size: int) -> int:
    """How many processes an input of so many bytes is worth, as far as there are cores for them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, size // WORTH_A_PROCESS))


def work(worker: Callable[[], Worker], tasks: Iterable[Task], jobs: int) -> Generator[tuple[Task, Done], None, None]:
    """Each task with what came of it, in order; where a process dies, its tasks are done again.

    A task that kills a process when it is alone is halved until the document is found that does, and that fails.
    The `worker` is made when it is first needed.
    """
    if jobs == 1:
        made = cache(worker)
        for task in tasks:
            yield task, known_outcome(task) or made().do(task)
        return
    from cleaner.corpus.pool import Pool  # what it stands on takes a while to import

    pool = Pool(worker, jobs)
    try:
        yield from pool.run(iter(tasks))
    finally:
        pool.close()
