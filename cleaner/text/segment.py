r"""Splitting a text into units: lines, or paragraphs where the text is hard-wrapped.

Lines end at LF, CRLF or CR only; ``str.splitlines`` would also break at form feeds and U+2028, which
stand inside lines of real articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cleaner.text.shape import is_closed

BOM = "\ufeff"
_LINE_END = re.compile(r"(\r\n|\r|\n)")
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

    `text` is stripped, with line ends inside it as spaces, so that it has one character for each
    character of the document from `start` to `end`.
    """

    first: int
    last: int
    start: int
    end: int
    text: str


def split_lines(text: str) -> list[Line]:
    """All lines in order; together they tile the text, less a byte order mark at its start."""
    lines: list[Line] = []
    position = 1 if text.startswith(BOM) else 0
    if "\r" not in text:
        bodies = text[position:].split("\n")
        for body in bodies:
            end = position + len(body)
            lines.append(Line(position, end, end + 1, not body or body.isspace()))
            position = end + 1
    else:
        pieces = _LINE_END.split(text[position:])
        for index in range(0, len(pieces), 2):
            body = pieces[index]
            end = position + len(body)
            after = end + (len(pieces[index + 1]) if index + 1 < len(pieces) else 0)
            lines.append(Line(position, end, after, not body or body.isspace()))
            position = after
    last = lines[-1]
    if last.start == last.end:
        lines.pop()
    else:
        lines[-1] = Line(last.start, last.end, last.end, last.blank)
    return lines


def segment(text: str, lines: list[Line]) -> list[Unit]:
    """The units of a text, in order; blank lines belong to none."""
    groups = _paragraphs(lines) if is_hard_wrapped(text, lines) else None
    if groups is None:
        groups = [(index, index) for index, line in enumerate(lines) if not line.blank]
    return [_unit(text, lines, first, last) for first, last in groups]


def _unit(text: str, lines: list[Line], first: int, last: int) -> Unit:
    start, end = lines[first].start, lines[last].end
    body = text[start:end]
    stripped = body.strip()
    if len(stripped) != len(body):
        start += len(body) - len(body.lstrip())
        end = start + len(stripped)
    if first != last:
        stripped = stripped.replace("\n", " ").replace("\r", " ")
    return Unit(first, last, start, end, stripped)


def is_hard_wrapped(text: str, lines: list[Line]) -> bool:
    """Whether lines were broken at a width, as in mail and old archives, so that sentences run on.

    Holds when no line is wider than 100 characters, there are eight lines or more, and of the pairs
    of lines that touch, two thirds begin with a line that fills the width and most of those do not
    end a sentence.
    """
    if len(text) > _MAX_WRAP_WIDTH * len(lines) or len(lines) < _MIN_WRAPPED_LINES:
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
