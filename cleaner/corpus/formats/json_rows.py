"""JSON Lines: a JSON object a line, one of whose fields is the text; nothing else of a line is touched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cleaner.corpus.formats.format import CHUNK, Change, Chunk, Entry
from cleaner.errors import DocumentError
from cleaner.model import Metadata

LONGEST_LINE = 256 << 20
"""Bytes; what is longer is no line of JSON that anybody wrote."""
_BLANKS = re.compile(r"[ \t\r\n]*")
_raw_decode = json.JSONDecoder().raw_decode


class PlainSink:
    """Writes pieces of bytes one after the other."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle

    def write(self, piece: bytes, /) -> None:
        self._handle.write(piece)

    def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class JsonRows:
    """Lines of JSON with their text in `field`; where there is no such field in the first row, nothing is read."""

    field: str = "text"
    keeps_rows = True
    line_by_line = True
    packs = True

    def chunks(self, handle: BinaryIO) -> Iterator[Chunk]:
        """Whole lines each; from a pipe, as soon as they are there."""
        first = 1
        for data in _whole_lines(handle):
            if first == 1:
                self._check(data)
            yield Chunk(first, data, len(data))
            first += data.count(b"\n")

    def _check(self, data: bytes) -> None:
        line = data.lstrip().partition(b"\n")[0]
        found = _row(line)
        if found is not None and self.field not in found:
            named = ", ".join(map(str, list(found)[:10]))
            raise DocumentError(f"has no field {self.field!r} (only {named}); name the text's with --text-field")

    def entries(self, chunk: Chunk) -> list[Entry]:
        lines = chunk.data.split(b"\n")
        if not lines[-1]:
            lines.pop()
        return [self._entry(number, line) for number, line in enumerate(lines, chunk.first)]

    def _entry(self, number: int, line: bytes) -> Entry:
        if not line.strip():
            return Entry(number, None)
        try:
            text = line.decode("utf-8")
            members = _members(text, (self.field, "url", "site"))
        except UnicodeDecodeError:
            return Entry(number, None, "is not UTF-8; convert the file")
        except (ValueError, RecursionError):
            return Entry(number, None, "is no JSON object; mend the line")
        if self.field not in members:
            return Entry(number, None, f"has no field {self.field!r}")
        value, start, end = members[self.field]
        if value is None:
            return Entry(number, None)
        if not isinstance(value, str):
            return Entry(number, None, f"{self.field!r} is no text")
        url, site = (_said(members, name) for name in ("url", "site"))
        about = Metadata(url=url, site=site)
        content = value.encode("utf-8", "surrogatepass")
        return Entry(number, content, place=(text, start, end), metadata=about, line=number)

    def rewritten(self, chunk: Chunk, entries: Sequence[Entry], changes: Sequence[Change | None]) -> bytes:
        """The chunk itself, with a new string where a text has changed, written in the manner of the old one."""
        lines = None
        for index, (entry, change) in enumerate(zip(entries, changes, strict=True)):
            if change is not None and change.text.encode("utf-8", "surrogatepass") != entry.content:
                text, start, end = entry.place
                lines = lines or chunk.data.split(b"\n")
                lines[index] = (text[:start] + _string(change.text, text[start:end]) + text[end:]).encode("utf-8")
        return bytes(chunk.data) if lines is None else b"\n".join(lines)

    def halves(self, chunk: Chunk) -> tuple[Chunk, ...]:
        data, middle = chunk.data, len(chunk.data) // 2
        end = data.find(b"\n", middle) + 1
        if end in (0, len(data)):
            end = data.rfind(b"\n", 0, middle) + 1
        if not end:
            return ()
        number = chunk.first + data.count(b"\n", 0, end)
        return Chunk(chunk.first, data[:end], 0), Chunk(number, data[end:], chunk.size)

    def sink(self, handle: BinaryIO) -> PlainSink:
        return PlainSink(handle)

    def target_name(self, name: str) -> str:
        return name


def _string(text: str, old: str) -> str:
    """The text as a JSON string: with every character beyond ASCII escaped, if they were in the old one."""
    try:
        string = json.dumps(text, ensure_ascii=old.isascii())
        string.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(text)
    return string


def _whole_lines(handle: BinaryIO) -> Iterator[bytes]:
    """The stream in pieces that end with a line (the last one perhaps not), each as soon as it is there."""
    parts: list[bytes] = []
    pending = 0
    while block := handle.read(CHUNK):
        if end := block.rfind(b"\n") + 1:
            yield b"".join((*parts, block[:end]))
            parts, pending = [], 0
        parts.append(block[end:])
        pending += len(block) - end
        if pending > LONGEST_LINE:
            raise DocumentError(f"has a line of more than {LONGEST_LINE >> 20} MB; is it JSON Lines?")
    if pending:
        yield b"".join(parts)


def _row(line: bytes) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _said(members: Mapping[str, tuple[object, int, int]], name: str) -> str:
    value = members[name][0] if name in members else ""
    return value if isinstance(value, str) else ""


def _members(text: str, names: Sequence[str]) -> dict[str, tuple[object, int, int]]:
    """The values of the members with these names of the object that `text` is, and where they stand.

    Raises ValueError where the text is no JSON object. Of several members of one name the last one holds, as in
    `json.loads`.
    """
    found: dict[str, tuple[object, int, int]] = {}
    position = _after_blanks(text, 0)
    if text[position : position + 1] != "{":
        raise ValueError(text)
    position = _after_blanks(text, position + 1)
    if text[position : position + 1] == "}":
        position += 1
    else:
        while True:
            key, position = _raw_decode(text, position)
            position = _after_blanks(text, position)
            if not isinstance(key, str) or text[position : position + 1] != ":":
                raise ValueError(text)
            start = _after_blanks(text, position + 1)
            value, end = _raw_decode(text, start)
            if key in names:
                found[key] = (value, start, end)
            position = _after_blanks(text, end)
            mark = text[position : position + 1]
            position = _after_blanks(text, position + 1)
            if mark == "}":
                break
            if mark != ",":
                raise ValueError(text)
    if _after_blanks(text, position) != len(text):
        raise ValueError(text)
    return found


def _after_blanks(text: str, position: int) -> int:
    match = _BLANKS.match(text, position)
    return match.end() if match is not None else position
