"""The list of a check on the terminal: a line for each finding that is not yet known."""

from __future__ import annotations

import re
from typing import BinaryIO

from cleaner.model import Removal
from cleaner.reports.text import Painter, shown
from cleaner.reports.view import Examined, View

_LONGEST = 100
_LINE_END = re.compile(r"[ \t]*[\r\n]+[ \t]*")


class FindingsReport(View):
    """`path:line-line  rule  score  text`, documents in the order of the run; `colour` adds ANSI colours."""

    def __init__(self, handle: BinaryIO, *, colour: bool = False) -> None:
        super().__init__(handle)
        self._paint = Painter(colour)

    def add(self, item: Examined) -> None:
        for index, removal in enumerate(item.result.removals):
            if index not in item.known:
                line = render(item.name, removal, self._paint)
                self._handle.write(line.encode("utf-8", "replace") + b"\n")


def render(name: str, removal: Removal, paint: Painter) -> str:
    """One finding on one line; a text of several lines with spaces for their ends."""
    lines = str(removal.line) if removal.line == removal.end_line else f"{removal.line}-{removal.end_line}"
    text = _LINE_END.sub(" ", removal.text.strip())
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    return f"{paint.bold(shown(name))}:{lines}  {paint.rule(shown(removal.rule))}  {removal.score:g}  {shown(text)}"
