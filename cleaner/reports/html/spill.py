"""What a report has to remember of a long run, on disk beyond some megabytes.

A private database of SQLite's is a file without a name that vanishes with its owner, and it stays in memory while it
is small. Nothing in it is worth a journal.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar

_CACHE = 16_384
"""Kilobytes of a database that are kept in memory."""


class Mergeable(Protocol):
    """What adds up."""

    def merge(self, other: Any) -> None:
        """Take in what another of the same kind, made later, knows."""


M = TypeVar("M", bound=Mergeable)


class Sums(Generic[M]):
    """Values by key, of which some `most` are held in memory; those of a key that comes back are merged at the end."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._recent: dict[bytes, M] = {}
        self._db: sqlite3.Connection | None = None
        self._runs: list[tuple[int, int]] = []
        """First and last row of what was put away at once, sorted by key."""

    def get(self, key: bytes) -> M | None:
        """The value that is held in memory, to be changed in place; None where there is none."""
        return self._recent.get(key)

    def put(self, key: bytes, value: M) -> None:
        """Take a value under a key for which `get` gives None."""
        self._recent[key] = value

    def settle(self) -> None:
        """A good moment to put away what is held: values that `get` gave are not changed any more."""
        if len(self._recent) >= self._most:
            self._put_away()

    def items(self) -> Iterator[tuple[bytes, M]]:
        """All values, merged, each once, sorted by key. Nothing is taken any more."""
        runs = [*map(self._run, self._runs), iter(sorted(self._recent.items()))]
        # Of equal keys, the merge gives the earlier run's first.
        for key, alike in groupby(merge(*runs, key=itemgetter(0)), key=itemgetter(0)):
            (_, value), *others = alike
            for _, other in others:
                value.merge(other)
            yield key, value

    def _put_away(self) -> None:
        if self._db is None:
            self._db = private_database()
            self._db.execute("CREATE TABLE sums (number INTEGER PRIMARY KEY, key BLOB, data BLOB)")
        first = self._runs[-1][1] + 1 if self._runs else 0
        ordered = sorted(self._recent.items())
        rows = ((number, key, pickle.dumps(value)) for number, (key, value) in enumerate(ordered, first))
        self._db.executemany("INSERT INTO sums VALUES (?, ?, ?)", rows)
        self._runs.append((first, first + len(ordered) - 1))
        self._recent.clear()

    def _run(self, ends: tuple[int, int]) -> Iterator[tuple[bytes, M]]:
        assert self._db is not None
        for key, data in self._db.execute(
            "SELECT key, data FROM sums WHERE number BETWEEN ? AND ? ORDER BY number", ends
        ):
            yield key, pickle.loads(data)  # this process wrote it, to a file that no other can open


class Sample:
    """Of all rows offered, those of the lowest rank, as many as fit into `budget` bytes."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._ceiling = float("inf")
        self._db = private_database()
        self._db.execute("CREATE TABLE rows (number INTEGER PRIMARY KEY, rank REAL, size INTEGER, data BLOB)")

    def wants(self, rank: float) -> bool:
        """Whether a row of this rank still has a chance: for those that are costly to make."""
        return rank < self._ceiling

    def offer(self, number: int, rank: float, data: bytes) -> None:
        """Take a row; numbers say the order in which rows are given back."""
        if not self.wants(rank) or len(data) > self._budget:
            return
        self._db.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", (number, rank, len(data), data))
        self._size += len(data)
        if self._size > 1.25 * self._budget:
            self._trim()

    def rows(self) -> Iterator[tuple[int, bytes]]:
        """The numbers and rows that are left, in order."""
        self._trim()
        yield from self._db.execute("SELECT number, data FROM rows ORDER BY number")

    def _trim(self) -> None:
        if self._size <= self._budget:
            return
        size = 0
        for rank, row_size in self._db.execute("SELECT rank, size FROM rows ORDER BY rank, number"):
            size += row_size
            if size > self._budget:
                self._ceiling = rank
                break
        self._db.execute("DELETE FROM rows WHERE rank >= ?", (self._ceiling,))
        self._size = self._db.execute("SELECT coalesce(sum(size), 0) FROM rows").fetchone()[0]


def private_database() -> sqlite3.Connection:
    """A database that nobody else can open, in a temporary file as soon as it outgrows its memory."""
    db = sqlite3.connect("", isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    db.execute("BEGIN")  # and never an end: what is there is for this connection only
    return db
