"""Writing outputs so that a file is wholly old or wholly new, whatever happens."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO, Literal

from cleaner.corpus.compression import is_compressed
from cleaner.corpus.lock import lock, new_temporary
from cleaner.corpus.remote import RemotePath
from cleaner.errors import DocumentError, UsageError


@contextlib.contextmanager
def opened(path: Path, mode: Literal["w", "a", "x"] = "w") -> Iterator[BinaryIO]:
    """A file that is written, added to, or made new as the run goes, with the folders above it. Raises UsageError;
    the OSError of a later write has its name.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = io.BufferedWriter(_NamedFile(path, f"{mode}b"))
    except OSError as error:
        if mode == "x" and path.exists():
            raise UsageError(f"{path}: another run has just made it; start this one again") from None
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    with handle:
        yield handle


class _NamedFile(io.FileIO):
    """A file whose name stands in the errors of its writes; of several files, one would not know which."""

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            error.filename = str(self.name)
            raise


def check_report_folder(folder: Path, page: str, mark: bytes) -> None:
    """Raises UsageError unless a folder is new, empty, or holds an earlier report, known by `mark` in its `page`."""
    try:
        if folder.exists() and any(folder.iterdir()):
            with (folder / page).open("rb") as file:
                if mark not in file.read(1_000):
                    raise FileNotFoundError
    except FileNotFoundError:
        raise UsageError(f"{folder}: holds something, and no report; name a new folder") from None
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror})") from None


def report_folder(folder: Path, page: str, mark: bytes, data: str) -> Callable[[str], AbstractContextManager[BinaryIO]]:
    """Opens files of a report's folder by their paths in it; what an earlier report left in its folder `data` is gone.

    Raises UsageError as `check_report_folder` does.
    """
    check_report_folder(folder, page, mark)
    for path in (folder / data).glob("*.js"):
        path.unlink()
    return lambda name: opened(folder / name)


def write_atomically(target: Path, data: bytes, *, like: Path | None = None) -> None:
    """Replace a file by `data`; see `replacing`."""
    with replacing(target, like=like) as file:
        file.write(data)


def copy_atomically(source: BinaryIO, target: Path, *, start: bytes = b"") -> None:
    """Copy `start` and then a stream of any length as it is, with the same promise."""
    with replacing(target) as file:
        file.write(start)
        shutil.copyfileobj(source, file)


@contextlib.contextmanager
def replacing(target: Path, *, like: Path | None = None) -> Iterator[BinaryIO]:
    """A file beside the target, which takes its place at the end and vanishes where something goes wrong.

    With `like`, its mode and owner are copied and the bytes reach the disk before the rename. A link goes on being
    one; a device or a named pipe is written to. Raises UsageError where the target cannot be written.
    """
    name, guard = "", None
    try:
        if isinstance(target, RemotePath):
            with tempfile.TemporaryDirectory(prefix="cleaner-") as folder:
                local = Path(folder, "output")
                with local.open("wb") as file:
                    yield file
                target.upload(str(local))
            return
        if _is_special(target):
            with target.open("wb") as file:
                yield file
            return
        target = Path(os.path.realpath(target)) if target.is_symlink() else target
        handle, guard, name = _new_beside(target, 0o666 if like is None else 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            if like is not None:
                file.flush()
                os.fsync(file.fileno())
        if like is not None:
            shutil.copymode(like, name)
            _copy_owner(like, name)
        os.replace(name, target)  # noqa: PTH105 - a run of many small files spends its time here
    except BaseException as error:
        if name:
            with contextlib.suppress(OSError):
                Path(name).unlink()
        if isinstance(error, OSError):
            raise UsageError(f"{target}: cannot be written ({error.strerror})") from None
        raise
    finally:
        if guard is not None:
            os.close(guard)
    if like is not None:
        sync_folder(target.parent)


def _new_beside(target: Path, mode: int) -> tuple[int, int | None, str]:
    """A new file in the folder of the target, which is made where there is none: see `new_temporary`."""
    folder = os.path.dirname(target)  # noqa: PTH120 - a run of many small files spends its time here
    try:
        return new_temporary(folder, mode)
    except (FileNotFoundError, NotADirectoryError):  # of the latter, making folders says more
        target.parent.mkdir(parents=True, exist_ok=True)
        return new_temporary(folder, mode)


def partial(target: Path) -> Path:
    """Where an output grows that a later run may go on with."""
    return target.with_name(f".{target.name}.part")


def can_grow(target: Path) -> bool:
    """Whether a later run can go on with a half-written output, which is neither elsewhere nor compressed."""
    return not isinstance(target, RemotePath) and not is_compressed(target.name)


@contextlib.contextmanager
def growing(target: Path, kept: int) -> Iterator[BinaryIO]:
    """A file that takes the target's place at the end, added to the first `kept` bytes of what a run left that was cut
    off. It stays where this one is cut off too; where the input is at fault, it vanishes. Raises UsageError where the
    target cannot be written, or another run is at it.
    """
    path = partial(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if not lock(file.fileno()):
                raise UsageError(f"{target}: is being written by another run; wait for it, or choose another -o")
            file.truncate(kept)
            yield file
            file.flush()
            path.replace(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror})") from None
    except DocumentError:
        path.unlink()
        raise


def _is_special(target: Path) -> bool:
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _copy_owner(like: Path, name: str) -> None:
    """Where it may: only root can give files away."""
    with contextlib.suppress(OSError, AttributeError):
        owner = like.stat()
        os.chown(name, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
