"""The readable report for a person at a terminal: at most a screen a document, no more documents than one reads."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from typing import BinaryIO

from cleaner.reports.text import parts_of
from cleaner.reports.view import Examined, Outcome, Run, View

MOST_DOCUMENTS = 20
"""Documents that are shown; those that follow are only counted."""

_SPARE = 3  # rows of the screen: what was cut, the blank line below it, the prompt
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class ScreenReport(View):
    """Of a document that would fill more than the screen the first passages are shown. `size` is the terminal's."""

    def __init__(self, handle: BinaryIO, run: Run, *, size: os.terminal_size, colour: bool) -> None:
        super().__init__(handle, run)
        self._size, self._colour = size, colour
        self._documents = 0
        self._more: Counter[str] = Counter()

    def add(self, item: Examined) -> None:
        parts = list(parts_of(item.name, item.result, colour=self._colour, brief=True))
        if not parts:
            return
        self._documents += 1
        if self._documents > MOST_DOCUMENTS:
            self._more.update(removal.category for removal in item.result.removals)
            return
        used = 0
        for index, part in enumerate(parts):
            used += sum(rows(line, self._size.columns) for line in part)
            if index > 1 and used > self._size.lines - _SPARE:  # one passage is always shown
                passages = len(item.result.removals) + 1 - index
                self._write(f"  and {passages} more passages; --full shows all" if passages > 0 else "")
                break
            self._write("\n".join(part))
        self._write("")

    def end(self, outcome: Outcome) -> None:  # noqa: ARG002 - every view is told
        more = self._documents - MOST_DOCUMENTS
        if more > 0:
            counts = ", ".join(f"{category} {count}" for category, count in self._more.most_common())
            self._write(f"and {more} more documents with {self._more.total()} passages ({counts}); --full shows all")

    def _write(self, text: str) -> None:
        self._handle.write(text.encode("utf-8", "replace") + b"\n")


def rows(line: str, columns: int) -> int:
    """The rows that a line takes on a terminal of so many columns; wide characters take two columns."""
    text = _ANSI.sub("", line)
    width = len(text) if text.isascii() else sum(map(_width, text))
    return max(1, -(-width // max(columns, 1)))


def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
