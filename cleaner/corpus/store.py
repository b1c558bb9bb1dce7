"""Small values by key in one file of a cache folder, which several runs may use at once.

SQLite does the sharing and notices most damage. The file is held to a size: above it those values go that were
not used for longest.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

FILE = "results-1.sqlite"
"""The number is that of the table's form."""
LARGEST = 1 << 30
"""Bytes that the values of earlier runs may take."""
_SCHEMA = """
PRAGMA synchronous = OFF; -- a file that a power cut spoils costs one slow run
CREATE TABLE IF NOT EXISTS result (key BLOB PRIMARY KEY, used INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS result_used ON result (used);
"""
_BATCH = 500
"""Values that are written at once, so that no other run waits for long."""
_PATIENCE = 10.0
"""Seconds that a run waits for another one's batch."""
_A_DAY = 24 * 60 * 60
"""A value that was used within these seconds is not marked as used again: a second run shall not write."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Codes of a file that is no database, or has not our table."""


class Store:
    """Never raises for what is wrong with its file: `warn` gets one line about it, and values are just not there."""

    def __init__(self, folder: Path, warn: Callable[[str], None]) -> None:
        self._path, self._warn = folder / FILE, warn
        self._now = int(time.time())
        self._new: dict[bytes, bytes] = {}
        self._touched: list[bytes] = []
        self._warned = self._wrote = False
        self._connection: sqlite3.Connection | None = None
        self._connect()

    def get(self, key: bytes) -> bytes | None:
        """The value kept under a key, or None."""
        row = self._safely(
            lambda opened: opened.execute("SELECT used, data FROM result WHERE key = ?", (key,)).fetchone()
        )
        if row is None:
            return None
        used, data = row
        if self._now - used > _A_DAY:
            self._touched.append(key)
        return bytes(data)

    def put(self, key: bytes, data: bytes) -> None:
        """Keep a value; it is on disk at the latest when the store is closed."""
        self._new[key] = data
        if len(self._new) >= _BATCH:
            self._flush()

    def close(self) -> None:
        """Write what is not written yet, and make room."""
        self._flush()
        if self._wrote:
            self._safely(self._shrink)
        self._disconnect()

    def say(self, what: str) -> None:
        """Warn of what is wrong with the file; one line a run is enough."""
        if not self._warned:
            self._warned = True
            self._warn(f"{self._path}: the cache {what}")

    def _connect(self) -> None:
        try:
            _make_folder(self._path.parent)
            self._connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)
            return
        self._safely(lambda opened: opened.executescript(_SCHEMA))

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _flush(self) -> None:
        if self._new or self._touched:
            self._wrote = self._wrote or bool(self._new)
            self._safely(self._write)
            self._new, self._touched = {}, []

    def _write(self, connection: sqlite3.Connection) -> None:
        new = [(key, self._now, data) for key, data in self._new.items()]
        with _transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO result VALUES (?, ?, ?)", new)
            connection.executemany(f"UPDATE result SET used = {self._now} WHERE key = ?", [(k,) for k in self._touched])

    def _shrink(self, connection: sqlite3.Connection) -> None:
        """Drop what was not used for longest, a whole run's at a time, but nothing of this run's."""
        while _size(connection) > LARGEST:
            [oldest] = connection.execute("SELECT min(used) FROM result WHERE used < ?", (self._now,)).fetchone()
            if oldest is None:
                return
            with _transaction(connection):
                connection.execute("DELETE FROM result WHERE used = ?", (oldest,))

    def _safely(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `work` gives; None where the file does not let it. A damaged file is begun anew, once."""
        if self._connection is None:
            return None
        try:
            return work(self._connection)
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code == sqlite3.SQLITE_BUSY:  # another run writes: this batch is not kept, that is all
                return None
            self._disconnect()
            if code not in _DAMAGED or self._warned:
                self._give_up(error)
                return None
            self.say("was damaged and has been made anew")
            with contextlib.suppress(OSError):  # where it stays, connecting says why
                self._path.unlink()
            self._connect()
            return None

    def _give_up(self, error: Exception) -> None:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        self.say(f"cannot be used ({reason}); choose another --cache-dir, or --no-cache")


def _make_folder(folder: Path) -> None:
    """A new folder says to backups and to git that it is a cache; one that is there may hold other things."""
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "CACHEDIR.TAG").write_text("Signature: 8a477f597d28d172789f06886806bc55\n", encoding="ascii")
    (folder / ".gitignore").write_text("*\n", encoding="ascii")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _size(connection: sqlite3.Connection) -> int:
    """Bytes in use; those of dropped values are used again before the file grows."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)
