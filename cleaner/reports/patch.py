"""A unified patch from original to clean text, built from the known spans; forward and reverse.

Works on bytes: a patch's lines end at LF, whatever the encoding, so that `patch` and `git apply` find
exactly what is in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaner.model import Removal
from cleaner.reports.view import Examined, View

CONTEXT = 3
_NO_NEWLINE = b"\\ No newline at end of file\n"
_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


@dataclass(frozen=True, slots=True)
class _Change:
    """Old lines `start` to `end` (half-open) become the lines `new`."""

    start: int
    end: int
    new: list[bytes]
    rules: tuple[str, ...]


class PatchReport(View):
    """One patch over all text documents; pages have no text that could be patched."""

    def add(self, item: Examined) -> None:
        if item.data is not None:
            self._handle.writelines(patch(item.name, item.data, item.result.removals))


def patch(name: str, data: bytes, removals: Sequence[Removal]) -> Iterator[bytes]:
    """The patch of one file in pieces; nothing if nothing goes. `name` is relative, with slashes."""
    if not removals:
        return
    lines = _lines(data)
    changes = _changes(data, lines, removals)
    yield b"--- " + _quoted(f"a/{name}") + b"\n+++ " + _quoted(f"b/{name}") + b"\n"
    shift = 0
    for group in _grouped(changes):
        first, last = max(0, group[0].start - CONTEXT), min(len(lines), group[-1].end + CONTEXT)
        old_count = last - first
        new_count = old_count + sum(len(change.new) - (change.end - change.start) for change in group)
        rules = ", ".join(dict.fromkeys(rule for change in group for rule in change.rules))
        yield (f"@@ -{_range(first, old_count)} +{_range(first + shift, new_count)} @@ {rules}\n".encode())
        shift += new_count - old_count
        position = first
        for change in group:
            yield from (_marked(b" ", line) for line in lines[position : change.start])
            yield from (_marked(b"-", line) for line in lines[change.start : change.end])
            yield from (_marked(b"+", line) for line in change.new)
            position = change.end
        yield from (_marked(b" ", line) for line in lines[position:last])


def _lines(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    last = lines.pop()
    return [line + b"\n" for line in lines] + ([last] if last else [])


def _marked(mark: bytes, line: bytes) -> bytes:
    return mark + line if line.endswith(b"\n") else mark + line + b"\n" + _NO_NEWLINE


def _range(start: int, count: int) -> str:
    """A hunk's range; an empty one names the line before it."""
    return f"{start + 1 if count else start},{count}"


def _changes(data: bytes, lines: Sequence[bytes], removals: Sequence[Removal]) -> list[_Change]:
    """The changed runs of old lines; runs that touch, or that a removal joins, are one."""
    starts = list(accumulate(map(len, lines), initial=0))
    changes: list[_Change] = []
    index = 0
    while index < len(removals):
        first = bisect_right(starts, removals[index].byte_start) - 1
        kept, rules, position = [], [], starts[first]
        while True:
            removal = removals[index]
            kept.append(data[position : removal.byte_start])
            rules.append(removal.rule)
            position, index = removal.byte_end, index + 1
            end = bisect_right(starts, position) - 1
            if starts[end] < position:
                end += 1
            # What is kept of these lines must end where a line ends, or take the next line along.
            text = b"".join(kept) + data[position : starts[end]]
            if text and not text.endswith(b"\n") and end < len(lines) and starts[end] == position:
                end += 1
            if index == len(removals) or removals[index].byte_start >= starts[end]:
                kept.append(data[position : starts[end]])
                break
        changes.append(_Change(first, end, _lines(b"".join(kept)), tuple(rules)))
    return changes


def _grouped(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Changes that share context lines stand in one hunk."""
    group: list[_Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _quoted(name: str) -> bytes:
    """A file name as git writes it: in C quotes where it holds anything unusual."""
    raw = name.encode("utf-8", "surrogateescape")
    if all(32 < byte < 127 and byte not in (34, 92) for byte in raw):
        return raw
    if all((32 <= byte < 127 and byte not in (34, 92)) or byte > 127 for byte in raw) and not name.endswith(" "):
        return raw + b"\t"  # a space ends the name for `patch` unless a tab follows
    inner = "".join(_ESCAPES.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}") for byte in raw)
    return f'"{inner}"'.encode("ascii")
