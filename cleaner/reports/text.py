"""The readable report: each removed passage in its place, with rule, score and two lines of context.

Article text is never interpreted: it goes out as plain characters with control characters shown, and
colour comes from the writer alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cleaner.model import Dropped, Removal, Result
from cleaner.reports.place import Places
from cleaner.reports.view import Examined, Run, View
from cleaner.text.segment import Line, split_lines

CONTEXT = 2
_RED, _DIM, _BOLD, _RESET = "\x1b[31m", "\x1b[2m", "\x1b[1m", "\x1b[0m"
_AROUND = 60
_LONGEST = 400


class TextReport(View):
    """Documents one by one, those of which nothing goes left out; `colour` adds ANSI colours. What a page lost
    before the rules is listed too, or, if `brief`, counted.
    """

    def __init__(
        self,
        handle: BinaryIO,
        run: Run = Run(),  # noqa: B008 - frozen
        *,
        colour: bool = False,
        brief: bool = False,
    ) -> None:
        super().__init__(handle, run)
        self._colour, self._brief = colour, brief

    def add(self, item: Examined) -> None:
        for line in render(item.name, item.result, colour=self._colour, brief=self._brief):
            self._handle.write(line.encode("utf-8", "replace") + b"\n")


def render(name: str, result: Result, *, colour: bool = False, brief: bool = False) -> Iterator[str]:
    """The lines of one document's part; none if nothing goes."""
    parts = list(parts_of(name, result, colour=colour, brief=brief))
    if parts:
        yield from (line for part in parts for line in part)
        yield ""


def parts_of(name: str, result: Result, *, colour: bool, brief: bool) -> Iterator[list[str]]:
    """The lines of one document's part, taken apart: its name, each passage, and what was left out of a page."""
    dropped = result.document.dropped
    if not result.removals and (brief or not dropped):
        return
    paint = Painter(colour)
    text = result.document.text
    lines, places = split_lines(text), Places(result.document)
    held = "  (held: more than max_removed would go; nothing was removed)" if result.held else ""
    yield [paint.bold(shown(name)) + held]
    for removal in result.removals:
        evidence = " ".join(
            f"{'-' if item.weight < 0 else '+'} {shown(item.id)} {abs(item.weight):g}" for item in removal.evidence
        )
        where = places.words(removal).lines
        yield [
            f"  {where}: {paint.bold(shown(removal.rule))}  {removal.score:g} = {evidence.removeprefix('+ ')}",
            *(f"    {line}" for line in passage(text, lines, removal, paint)),
        ]
    if dropped and brief:
        size = sum(len(item.text) for item in dropped)
        yield [f"  left out of the page before any rule: {counted(len(dropped), 'text')}, {counted(size, 'character')}"]
    elif dropped:
        yield [
            "  left out of the page before any rule, by the line of its source:",
            *(line for item in dropped for line in _left_out(item, paint)),
        ]


def _left_out(item: Dropped, paint: Painter) -> Iterator[str]:
    yield f"  {item.line}: {paint.bold(item.rule)}"
    yield from (f"    {paint.gone(_clipped(line))}" for line in item.text.split("\n"))


def shown(text: str) -> str:
    """Text fit for a terminal: control characters and overrides become visible escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\u00a0" else _escape(char) for char in text)


def _escape(char: str) -> str:
    if unicodedata.category(char) == "Zs":
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def counted(number: int, thing: str) -> str:
    """48210 things as 48,210 things, and one as 1 thing."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def unread(documents: int, failed: int) -> str:
    """How many documents failed, beside so many others: "2 of 11 documents could not be read"."""
    whole = documents + failed
    return f"{failed} of {whole} document{'' if whole == 1 else 's'} could not be read"


class Painter:
    """ANSI colours, or none; what goes is then marked in another way."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, text: str) -> str:
        return f"{_BOLD}{text}{_RESET}" if self._colour else text

    def rule(self, text: str) -> str:
        return f"{_RED}{text}{_RESET}" if self._colour else text

    def gone(self, text: str) -> str:
        return f"{_RED}{text}{_RESET}" if self._colour else f"[-{text}-]"

    def dim(self, text: str) -> str:
        return f"{_DIM}{text}{_RESET}" if self._colour else text


def passage(text: str, lines: Sequence[Line], removal: Removal, paint: Painter) -> Iterator[str]:
    """The removed words within their line, or the removed lines between their neighbours."""
    first, last = removal.line - 1, removal.end_line - 1
    core = removal.text.strip()
    start = removal.start + removal.text.index(core)
    end = start + len(core)
    before, after = text[lines[first].start : start], text[end : lines[last].end]
    if before.strip() or after.strip():
        left = ("…" if len(before) > _AROUND else "") + before[-_AROUND:]
        right = after[:_AROUND] + ("…" if len(after) > _AROUND else "")
        yield shown(left) + paint.gone(shown(core)) + shown(right)
        return
    yield from (paint.dim(line) for line in _neighbours(text, lines, first - 1, -1))
    for line in lines[first : last + 1]:
        yield paint.gone(_clipped(text[line.start : line.end]))
    yield from (paint.dim(line) for line in _neighbours(text, lines, last + 1, 1))


def _neighbours(text: str, lines: Sequence[Line], index: int, step: int) -> list[str]:
    """Up to two lines that are not blank, in reading order."""
    found: list[str] = []
    while 0 <= index < len(lines) and len(found) < CONTEXT:
        if not lines[index].blank:
            found.append(_clipped(text[lines[index].start : lines[index].end], 2 * _AROUND))
        index += step
    return found[::step]


def _clipped(text: str, longest: int = _LONGEST) -> str:
    return shown(text if len(text) <= longest else text[: longest - 1] + "…")
