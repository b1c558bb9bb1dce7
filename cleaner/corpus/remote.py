"""Files that are not on this machine, by fsspec: s3://, gs://, https:// and whatever else it knows."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError

if sys.platform == "win32":
    from pathlib import WindowsPath as _LocalPath
else:
    from pathlib import PosixPath as _LocalPath

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://(.+)", re.DOTALL)
"""A scheme has two letters at least: C:/ is a drive."""
_EXTRA = "pip install 'article-cleaner[remote]'"


class RemotePath(_LocalPath):
    """A URL that goes wherever a path does, and asks its own file system. Made by `as_path`.

    Inside, two slashes are one, as in any path; outside, it is the URL again. Whatever goes wrong over there is an
    OSError; where there is no library for a scheme, UsageError.
    """

    def __str__(self) -> str:
        if not self.parts:  # what the last of its `parents` is
            return "."
        scheme, *rest = self.parts
        return f"{scheme}//{'/'.join(rest)}"

    def __fspath__(self) -> str:
        return str(self)

    def as_posix(self) -> str:
        return str(self)

    def resolve(self, strict: bool = False) -> RemotePath:  # noqa: ARG002 - the signature is pathlib's
        return self

    def absolute(self) -> RemotePath:
        return self

    def is_symlink(self) -> bool:
        return False

    def exists(self, **_more: Any) -> bool:
        try:
            self.stat()
        except FileNotFoundError:
            return False
        return True

    def is_dir(self, **_more: Any) -> bool:
        return self._is(stat.S_ISDIR)

    def is_file(self, **_more: Any) -> bool:
        return self._is(stat.S_ISREG)

    def _is(self, kind: Any) -> bool:
        try:
            return bool(kind(self.stat().st_mode))
        except FileNotFoundError:
            return False

    def stat(self, **_more: Any) -> os.stat_result:
        """Its kind, and its size (0 where nobody says)."""
        system, path = self._system()
        with _as_oserror(self):
            about = system.info(path)
        mode = stat.S_IFDIR if about["type"] == "directory" else stat.S_IFREG
        return os.stat_result((mode, 0, 0, 0, 0, 0, about.get("size") or 0, 0, 0, 0))

    def open(self, mode: str = "r", *_more: Any, **_others: Any) -> Any:
        """For reading only; see `upload`."""
        system, path = self._system()
        with _as_oserror(self):
            return io.BufferedReader(system.open(path, mode))

    def files(self) -> Iterator[tuple[RemotePath, str]]:
        """Everything below it, and where, in order."""
        system, path = self._system()
        with _as_oserror(self):
            found = system.find(path)
        start = path.rstrip("/")
        for one in sorted(found):
            inside = str(one)[len(start) :].lstrip("/") if str(one).startswith(start) else str(one)
            yield self / inside, inside

    def upload(self, local: str) -> None:
        """Put a local file in its place, whole."""
        system, path = self._system()
        with _as_oserror(self):
            if parent := path.rpartition("/")[0]:
                system.makedirs(parent, exist_ok=True)
            system.put_file(local, path)

    def _system(self) -> tuple[Any, str]:
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(f"{self}: needs fsspec: {_EXTRA}") from None
        try:
            system, path = url_to_fs(str(self))
        except (ImportError, ValueError) as error:
            raise UsageError(f"{self}: {error}") from None
        return system, str(path)


def as_path(text: str | os.PathLike[str]) -> Path:
    """A path as it was given: a local one, or a URL."""
    name = os.fspath(text)
    found = _URL.fullmatch(name)
    if found is None:
        return Path(name)
    return Path(found[2]) if found[1] == "file" else RemotePath(name)


@contextmanager
def _as_oserror(path: RemotePath) -> Iterator[None]:
    """The libraries of the schemes have errors of their own; here they are what they would be of a local file."""
    try:
        yield
    except FileNotFoundError:
        raise FileNotFoundError(errno.ENOENT, "no such file there", str(path)) from None
    except Exception as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise OSError(errno.EIO, said, str(path)) from None
