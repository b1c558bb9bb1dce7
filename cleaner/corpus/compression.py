"""Compressed files: known by their first bytes where they are read, by their names where they are written."""

from __future__ import annotations

import io
import math
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from typing import Any, BinaryIO

from cleaner.errors import DocumentError, UsageError

_SUFFIXES = {".gz": "gzip", ".zst": "zstd"}
_BLOCK = 1 << 17
"""Bytes that are unpacked at once: what a small file can swell to never stands in memory."""
_UNCOUNTED = 16 << 20
"""Bytes up to which it is no matter what they are unpacked from."""


class Pieces(io.RawIOBase):
    """Pieces of bytes as a stream; a read gives what the next one holds, and waits for no more."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = filter(None, pieces)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class Unpacked(io.BufferedReader):
    """What the compressed stream `packed` holds."""

    def __init__(self, packed: Any, kind: str, name: str, max_ratio: float) -> None:
        super().__init__(Pieces(_unpacked(packed, kind, name, max_ratio)), _BLOCK)
        self.packed = packed


def unpacked(handle: Any, name: str, max_ratio: float = math.inf) -> BinaryIO:
    """The stream itself, which can be peeked into, or what it holds, if it is compressed: all its members or frames.

    Reading that raises DocumentError, where it is damaged or cut off, or where more than `max_ratio` bytes come of a
    packed one. Raises UsageError where a library is missing.
    """
    kind = _kind(handle.peek(4)[:4])
    return Unpacked(handle, kind, name, max_ratio) if kind else handle


def is_compressed(name: str) -> bool:
    """Whether a file of this name is written compressed."""
    return PurePath(name).suffix.lower() in _SUFFIXES


def plain_name(name: str) -> str:
    """The name without what says that the file is compressed."""
    return name[: -len(PurePath(name).suffix)] if is_compressed(name) else name


def packed(data: bytes, name: str) -> bytes:
    """Bytes as they stand in a file of this name: as they are, or a member or frame of their own.

    The same bytes give the same. Raises UsageError where a library is missing.
    """
    kind = _SUFFIXES.get(PurePath(name).suffix.lower())
    if kind == "gzip":
        import gzip  # few outputs are packed

        return gzip.compress(data, compresslevel=6, mtime=0)
    return zstd().compress(data, 3) if kind == "zstd" else data


def _kind(start: bytes) -> str:
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    skippable = start[1:] == b"\x2a\x4d\x18" and start[0] >> 4 == 5  # a frame with something about the file
    return "zstd" if start == b"\x28\xb5\x2f\xfd" or skippable else ""


def zstd() -> Any:
    """The library for zstd. Raises UsageError where it is missing."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd as library
        else:
            from backports import zstd as library  # the same, for older Pythons
    except ImportError:
        raise UsageError("zstd is not installed: pip install 'article-cleaner[zstd]'") from None
    return library


def _unpacked(handle: Any, kind: str, name: str, max_ratio: float) -> Iterator[bytes]:
    wrong: type[Exception]
    if kind == "gzip":
        wrong, member = zlib.error, lambda: zlib.decompressobj(wbits=31)
    else:
        wrong, member = zstd().ZstdError, zstd().ZstdDecompressor
    given = 0
    packed = _Counted(handle)
    try:
        for piece in _contents(packed, member):
            given += len(piece)
            if given > max(_UNCOUNTED, max_ratio * packed.count):
                raise DocumentError(
                    f"{name}: unpacks to more than {max_ratio:g} times its size; if it is meant to, raise --max-ratio"
                )
            yield piece
    except EOFError:
        raise DocumentError(f"{name}: its {kind} data are cut off; get the file again") from None
    except wrong as error:
        raise DocumentError(f"{name}: its {kind} data are damaged ({error}); get the file again") from None


class _Counted:
    """A stream that knows how much was read of it."""

    def __init__(self, handle: Any) -> None:
        self._handle, self.count = handle, 0

    def read1(self, size: int) -> bytes:
        data: bytes = self._handle.read1(size)
        self.count += len(data)
        return data


def _contents(handle: _Counted, new: Callable[[], Any]) -> Iterator[bytes]:
    """What members or frames hold, one after the other. Raises EOFError within one."""
    data = handle.read1(_BLOCK)
    while data:
        member = new()
        while not member.eof:
            piece = member.decompress(data, _BLOCK)
            data = getattr(member, "unconsumed_tail", b"")  # zlib gives back what zstd keeps for itself
            if piece:
                yield piece
            elif not (data or member.eof):
                data = handle.read1(_BLOCK)
                if not data:
                    raise EOFError
        data = member.unused_data or handle.read1(_BLOCK)
