"""Locks that die with their process, so that a later run knows what a killed one has left and no two runs write to one
place at once. Where the system cannot lock (Windows, some network file systems), everything goes on without.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cleaner.errors import UsageError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment] # said so to all below

LOCK = "lock"
_TEMPORARY = re.compile(r"\.cleaner-[0-9a-f]{16}\.tmp")


def lock(file: int) -> bool:
    """Keep others out of an open file until it is closed; False where another process does."""
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # this file system has no locks
            pass
    return True


@contextlib.contextmanager
def only_run(folder: Path, way_out: str) -> Iterator[None]:
    """Keep other runs out of a folder. Raises UsageError, with the `way_out`, where another one is at work in it."""
    path = folder / ".cleaner" / LOCK
    try:
        handle = _locked(path)
    except OSError:  # whoever writes there next says what is wrong
        yield
        return
    if handle is None:
        raise UsageError(f"{folder}: another run is writing there; {way_out}")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
            path.parent.rmdir()  # where nothing else is in it
        os.close(handle)


def _locked(path: Path) -> int | None:
    """A lock file, open and locked; None where another process has it."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
        if not lock(handle):
            os.close(handle)
            return None
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)  # it was another one's, who has just come to an end


def new_temporary(folder: str, mode: int) -> tuple[int, int | None, str]:
    """A new file in a folder, open for writing; what keeps it locked, to be closed when it has its name; its path.

    What killed runs have left in there is removed, when a process first comes there. Raises OSError.
    """
    _sweep(folder)
    while True:
        name = os.path.join(folder, f".cleaner-{os.urandom(8).hex()}.tmp")  # noqa: PTH118 - once for each small file
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        if fcntl is None:
            return handle, None, name
        if lock(handle) and os.fstat(handle).st_nlink:
            return handle, os.dup(handle), name
        os.close(handle)  # another run took it for a dead one's, before it was locked


@cache
def _sweep(folder: str) -> None:
    """Remove temporary files whose process has ended."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        stale = [entry.path for entry in found if _TEMPORARY.fullmatch(entry.name)]
        for path in stale:
            with contextlib.suppress(OSError):  # another run's sweep was faster, or it is somebody else's
                handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    os.unlink(path)  # noqa: PTH108 - see above
                finally:
                    os.close(handle)
