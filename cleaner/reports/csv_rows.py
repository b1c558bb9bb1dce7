"""Findings as a table for spreadsheets: CSV after RFC 4180, in UTF-8.

A spreadsheet takes a cell for a formula that begins like one, whoever wrote it. An apostrophe before it
makes it text; a cell that begins with an apostrophe gets one as well, so that a reader who takes one off
has what was there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from cleaner.reports.finding import findings, visible
from cleaner.reports.view import Examined, Run, View

HEADER = ("path", "line", "end_line", "rule", "category", "score", "known", "text")
CELL = 32_000
"""Characters of a cell; spreadsheets take 32,767."""
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'")
"""How formulas begin, the wide forms of East Asian settings included, and the mark itself."""


class CsvReport(View):
    """A header, and a row for each finding; control characters are shown as escapes, and long texts cut."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._write(HEADER)

    def add(self, item: Examined) -> None:
        for finding in findings(item):
            removal, place = finding.removal, finding.place
            known = "yes" if finding.known else "no"
            path, rule, words = (guarded(visible(text, CELL)) for text in (finding.path, removal.rule, finding.words))
            score = f"{removal.score:g}"
            self._write((path, place.first, place.last, rule, guarded(removal.category), score, known, words))

    def _write(self, row: Iterable[object]) -> None:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        self._handle.write(line.getvalue().encode("utf-8"))


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
