r"""Splitting a text into units: lines, or paragraphs where the text is hard-wrapped.

Lines end at LF, CRLF or CR only; ``str.splitlines`` would also break at form feeds and U+2028, which
stand inside lines of real articles.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from cleaner.text.shape import is_closed

BOM = "\ufeff"
_MIN_WRAPPED_LINES = 8
_MAX_WRAP_WIDTH = 100
_MIN_WRAP_WIDTH = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its body is `text[start:end]`, its line end `text[end:next]`."""

    start: int
    end: int
    next: int
    blank: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged as one: lines `first` to `last` (indices into the lines, inclusive).

    `text` is stripped, with each line end inside it as one space; beside that it has one character for
    each character of the document from `start` to `end`. `pairs` are the offsets of spaces that stand
    for CRLF.
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    pairs: tuple[int, ...] = ()

    def place(self, offset: int) -> int:
        """Where in the document an offset into `text` is."""
        return self.start + offset + bisect_left(self.pairs, offset)


def split_lines(text: str) -> list[Line]:
    """All lines in order; together they tile the text, less a byte order mark at its start."""
    return _lines(text, _bodies(text))


def _bodies(text: str) -> list[str]:
    """Lines without their ends; the last one is empty where the text ends in a line end."""
    if text.startswith(BOM):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _stripped(bodies: Sequence[str]) -> list[str]:
    return [stripped for body in bodies if (stripped := body.strip())]


def _lines(text: str, bodies: Sequence[str]) -> list[Line]:
    lines: list[Line] = []
    position = 1 if text.startswith(BOM) else 0
    only_lf = "\r" not in text
    for body in bodies:
        end = position + len(body)
        after = end + (2 if not only_lf and text.startswith("\r\n", end) else 1)
        lines.append(Line(position, end, after, not body or body.isspace()))
        position = after
    last = lines[-1]
    if last.start == last.end:
        lines.pop()
    else:
        lines[-1] = Line(last.start, last.end, last.end, last.blank)
    return lines


class Layout:
    """A text's units. Most texts lose nothing, so lines and units as objects are made when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bodies = _bodies(text)
        self._wrapped = (
            _may_be_wrapped(text, self._bodies)
            and max(map(len, self._bodies)) <= _MAX_WRAP_WIDTH
            and is_hard_wrapped(text, self.lines)
        )
        self.texts = [unit.text for unit in self.units] if self._wrapped else _stripped(self._bodies)
        """The texts of the units, in order."""

    @cached_property
    def lines(self) -> list[Line]:
        """All lines in order; together they tile the text, less a byte order mark at its start."""
        return _lines(self.text, self._bodies)

    @cached_property
    def units(self) -> list[Unit]:
        """The units in order; blank lines belong to none."""
        if self._wrapped:
            groups = _paragraphs(self.lines)
        else:
            groups = [(index, index) for index, line in enumerate(self.lines) if not line.blank]
        return [_unit(self.text, self.lines, first, last) for first, last in groups]


def _unit(text: str, lines: list[Line], first: int, last: int) -> Unit:
    start, end = lines[first].start, lines[last].end
    body = text[start:end]
    stripped = body.strip()
    if len(stripped) != len(body):
        start += len(body) - len(body.lstrip())
        end = start + len(stripped)
    if first == last:
        return Unit(first, last, start, end, stripped)
    pairs = tuple(found.start() - before for before, found in enumerate(re.finditer("\r\n", stripped)))
    flat = stripped.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return Unit(first, last, start, end, flat, pairs)


def _may_be_wrapped(text: str, lines: Sequence[object]) -> bool:
    return len(text) <= (_MAX_WRAP_WIDTH + 2) * len(lines) and len(lines) >= _MIN_WRAPPED_LINES


def is_hard_wrapped(text: str, lines: list[Line]) -> bool:
    """Whether lines were broken at a width, as in mail and old archives, so that sentences run on.

    Holds when no line is wider than 100 characters, there are eight lines or more, and of the pairs
    of lines that touch, two thirds begin with a line that fills the width and most of those do not
    end a sentence.
    """
    if not _may_be_wrapped(text, lines):
        return False
    width = max(line.end - line.start for line in lines)
    if not _MIN_WRAP_WIDTH <= width <= _MAX_WRAP_WIDTH:
        return False
    pairs = full = open_ended = 0
    for line, after in pairwise(lines):
        if line.blank or after.blank:
            continue
        pairs += 1
        if line.end - line.start >= 0.7 * width:
            full += 1
            open_ended += not is_closed(text[line.start : line.end].rstrip())
    return pairs >= _MIN_WRAPPED_LINES // 2 and full >= pairs * 2 / 3 and open_ended * 2 > full


def _paragraphs(lines: list[Line]) -> list[tuple[int, int]]:
    """Runs of lines that fill the width, each with the line that ends it."""
    width = max(line.end - line.start for line in lines)
    groups: list[tuple[int, int]] = []
    first: int | None = None
    for index, line in enumerate(lines):
        if line.blank:
            first = None
            continue
        if first is None:
            first = index
            groups.append((index, index))
        else:
            groups[-1] = (first, index)
        if line.end - line.start < 0.6 * width:
            first = None
    return groups
