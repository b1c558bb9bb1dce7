"""How far a run has come, on standard error: a bar on a terminal, lines of JSON for machines, else nothing."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from cleaner.corpus.run import Totals

T = TypeVar("T")
AUTO, JSON = "auto", "json"
PROGRESS = (AUTO, JSON)
_EVERY = 1.0
"""Seconds between two lines of JSON."""


class Progress(Protocol):
    """Is told what a run has done so far."""

    def advance(self, size: int, totals: Totals) -> None:
        """Take `size` more bytes of the input as done."""


class _Silent:
    def advance(self, size: int, totals: Totals) -> None:
        pass


@dataclass(slots=True)
class Meter:
    """Bytes done, of how many (0: nobody knows), since when."""

    whole: int
    begun: float
    done: int = 0

    def left(self, now: float) -> float | None:
        """Seconds still to go at the present rate."""
        if not self.done or not self.whole:
            return None
        return max(0.0, (now - self.begun) * (self.whole - self.done) / self.done)


class _Lines:
    """A line of JSON now and then, and one at the end."""

    def __init__(self, whole: int) -> None:
        self._meter = Meter(whole, time.monotonic())
        self._said = self._meter.begun
        self._totals: Totals | None = None

    def advance(self, size: int, totals: Totals) -> None:
        self._meter.done += size
        self._totals = totals
        if time.monotonic() - self._said >= _EVERY:
            self.say()

    def say(self) -> None:
        now, meter, totals = time.monotonic(), self._meter, self._totals
        self._said = now
        left = meter.left(now)
        row = {
            "documents": totals.documents if totals else 0,
            "held": len(totals.held) if totals else 0,
            "failed": len(totals.failures) if totals else 0,
            "bytes": meter.done,
            "total_bytes": meter.whole,
            "seconds": round(now - meter.begun, 3),
            "seconds_left": None if left is None else round(left, 3),
        }
        click.echo(json.dumps(row), err=True)


@contextmanager
def tracked(items: Sequence[T], doing: str, *, quiet: bool) -> Iterator[Iterable[T]]:
    """The items, with a progress bar on standard error while that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar.track(items)


@contextmanager
def progress_of(size: int, form: str, *, quiet: bool) -> Iterator[Progress]:
    """What is told of a run over `size` bytes, in one of the forms `PROGRESS`."""
    if quiet or (form == AUTO and not sys.stderr.isatty()):
        yield _Silent()
    elif form == JSON:
        lines = _Lines(size)
        yield lines
        lines.say()
    else:
        with _bar(size) as bar:
            yield bar


@contextmanager
def _bar(size: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    class Shown:
        def advance(self, size: int, totals: Totals) -> None:
            parts = [(len(totals.held), "held"), (len(totals.failures), "failed")]
            among = ", ".join(f"{number} {what}" for number, what in parts if number)
            said = f"{totals.documents + len(totals.failures)} documents" + (f": {among}" if among else "")
            bar.update(task, advance=size, said=said)

    columns = (
        TextColumn("cleaning"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[said]}"),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("cleaning", total=size, said="")
        yield Shown()
