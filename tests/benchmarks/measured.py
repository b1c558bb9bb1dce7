"""A command, run and measured: its processor time, the clock, and the memory of it and of all that it starts."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import TypeVar

from tests.support import environment

T = TypeVar("T")
_EVERY = 0.02
"""Seconds between two looks at the memory of a command."""
_PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, what came of it, and what was asked for at least."""

    what: str
    measured: str
    floor: str = "–"


@dataclass(frozen=True, slots=True)
class Used:
    """Seconds of user and system time, seconds of the clock, and the most bytes resident at once, of all processes
    together; what they share is counted for each of them.
    """

    cpu: float
    wall: float
    peak: int


def used(line: Sequence[str | Path], *, given: bytes = b"", fine: Sequence[int] = (0, 3)) -> Used:
    """What a command took for a few bytes of input; its output goes nowhere. Raises CalledProcessError unless it ends
    with one of the `fine` codes, which are those of a `cleaner` that did its work.
    """
    started = time.perf_counter()
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment())
    assert process.stdin is not None
    process.stdin.write(given)
    process.stdin.close()
    with watched(process.pid) as peak:
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise subprocess.CalledProcessError(process.returncode, line)
    # The system's own peak would count us too: until a new process runs its own program, it is a copy of this one.
    return Used(usage.ru_utime + usage.ru_stime, wall, peak[0])


@contextmanager
def watched(process: int) -> Iterator[list[int]]:
    """The most bytes that a process and its descendants had in memory at one time so far, in a list of one."""
    peak, ended = [0], Event()

    def watch() -> None:
        while not ended.wait(_EVERY):
            peak[0] = max(peak[0], sum(map(resident, tree(process))))

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def tree(process: int) -> list[int]:
    """A process and all that descend from it."""
    found = [process]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # it has just ended
                continue
    return found


def resident(process: int) -> int:
    """Bytes of a process in memory, 0 where it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of the ratios of pairs that were measured in turns."""
    return median(a / b for a, b in pairs)


def in_turns(turns: int, *measures: Callable[[], T]) -> list[tuple[T, ...]]:
    """Each of the measures once in a turn, so that what else the machine does meets all of them."""
    return [tuple(measure() for measure in measures) for _ in range(turns)]
