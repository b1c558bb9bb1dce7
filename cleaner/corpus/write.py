"""Writing outputs so that a file is wholly old or wholly new, whatever happens."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from cleaner.errors import UsageError


def write_atomically(target: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write beside the target, then rename. With `like`, its mode is copied and the bytes reach the
    disk before the rename. Raises UsageError where the target cannot be written.
    """
    _replace(target, lambda file: file.write(data), like)


def copy_atomically(source: Path, target: Path) -> None:
    """Copy a file of any size as it is, with the same promise."""

    def fill(file: BinaryIO) -> None:
        with source.open("rb") as original:
            shutil.copyfileobj(original, file)

    _replace(target, fill, None)


def _replace(target: Path, fill: Callable[[BinaryIO], object], like: Path | None) -> None:
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".cleaner-", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            fill(file)
            if like is not None:
                file.flush()
                os.fsync(file.fileno())
        if like is not None:
            shutil.copymode(like, name)
        else:
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except BaseException as error:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{target}: cannot be written ({error.strerror})") from None
        raise
    if like is not None:
        sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
