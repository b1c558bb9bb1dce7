"""What every report is: something that takes a run's documents one by one and is told how the run ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.model import Result
from cleaner.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Run:
    """What a run decides with: the program's version, its rules and their fingerprint, whether a baseline accepts
    findings, and the score from which a line goes.
    """

    version: str = ""
    fingerprint: str = ""
    rules: Sequence[Rule] = ()
    baseline: bool = False
    threshold: float = 1.0


@dataclass(frozen=True, slots=True)
class Examined:
    """One document of a run. `name` is its path as shown, with slashes; `data` are a text's bytes, None where a
    file does not hold the text as it is: for a page, or a row; `known` the places, in `result.removals`, of what a
    baseline accepts.
    """

    name: str
    result: Result
    data: bytes | None
    known: frozenset[int] = frozenset()
    row: int = 0
    """Of a document that stands with others in a file: its number there, from 1, which its name ends with."""
    line: int = 0
    """Of such a document: the line of the file at which it stands; 0 where that is unknown, as in tables."""

    @property
    def file(self) -> str:
        """The path of its file."""
        return self.name.removesuffix(f":{self.row}") if self.row else self.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: whether a check passed, one line that says why, and the command to run next, if there is one."""

    passed: bool
    reason: str
    command: str = ""


class View:
    """A report of one run; it writes to `handle`, which the caller owns, and may begin to at once."""

    def __init__(self, handle: BinaryIO, run: Run = Run()) -> None:
        self._handle = handle
        self._run = run

    def add(self, item: Examined) -> None:
        """Take one document."""
        raise NotImplementedError

    def fail(self, name: str, reason: str) -> None:
        """Take one document that could not be cleaned."""

    def end(self, outcome: Outcome) -> None:
        """Write what can only be written at the end."""
