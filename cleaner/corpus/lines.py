"""Finding lines of a file of any size by their number, to go on where a run was cut off; they end at LF."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_BLOCK = 1 << 20


def seek_line(handle: BinaryIO, count: int) -> int:
    """Go to the end of the first `count` lines, from the beginning; the bytes of what was passed over."""
    position = handle.seek(0)
    while count:
        block = handle.read(_BLOCK)
        if not block:
            break
        lines = block.count(b"\n")
        if lines < count:
            count -= lines
            position += len(block)
            continue
        end = -1
        for _ in range(count):
            end = block.index(b"\n", end + 1)
        position += end + 1
        count = 0
    return handle.seek(position)


def count_lines(path: Path) -> int:
    """Whole lines of a file, 0 where there is none."""
    try:
        with path.open("rb") as handle:
            return sum(block.count(b"\n") for block in iter(lambda: handle.read(_BLOCK), b""))
    except FileNotFoundError:
        return 0


def line_end(path: Path, count: int) -> int:
    """Bytes of the first `count` lines of a file, all of them whole."""
    if not count:
        return 0
    with path.open("rb") as handle:
        return seek_line(handle, count)
