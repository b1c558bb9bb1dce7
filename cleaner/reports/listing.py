"""The list of a check on the terminal: a line for each finding that is not yet known."""

from __future__ import annotations

from typing import BinaryIO

from cleaner.reports.finding import Finding, brief, findings
from cleaner.reports.text import Painter, shown
from cleaner.reports.view import Examined, Run, View

_LONGEST = 100


class ListingReport(View):
    """`path:line-line  rule  score  text`, documents in the order of the run; `colour` adds ANSI colours."""

    def __init__(
        self,
        handle: BinaryIO,
        run: Run = Run(),  # noqa: B008 - frozen
        *,
        colour: bool = False,
    ) -> None:
        super().__init__(handle, run)
        self._paint = Painter(colour)

    def add(self, item: Examined) -> None:
        for finding in findings(item):
            if not finding.known:
                self._handle.write(render(finding, self._paint).encode("utf-8", "replace") + b"\n")


def render(finding: Finding, paint: Painter) -> str:
    """One finding on one line."""
    removal = finding.removal
    where = f"{paint.bold(shown(finding.path))}:{finding.lines}"
    return f"{where}  {paint.rule(shown(removal.rule))}  {removal.score:g}  {brief(finding.words, _LONGEST)}"
