"""The summary of a GitHub Actions job in Markdown: totals, categories, the first findings, how it ended.

Whatever the articles, names and rules hold stands in <code>, with every mark that Markdown or HTML could
take for its own written as an entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cleaner.reports.finding import Finding, brief, findings
from cleaner.reports.statistics import Statistics
from cleaner.reports.text import shown
from cleaner.reports.view import Examined, Outcome, Run, View

MOST_SHOWN = 50
"""Findings that are listed, and failures; with `brief` they keep the page far below the limit of 1 MiB."""


class GithubSummary(View):
    """One section, to be appended to the file that GITHUB_STEP_SUMMARY names; written at the end."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._statistics = Statistics(run.rules)
        self._first: list[Finding] = []
        self._failed: list[tuple[str, str]] = []

    def add(self, item: Examined) -> None:
        self._statistics.add(item)
        if len(self._first) < MOST_SHOWN:
            new = [finding for finding in findings(item) if not finding.known]
            self._first += new[: MOST_SHOWN - len(self._first)]

    def fail(self, name: str, reason: str) -> None:
        self._statistics.fail()
        if len(self._failed) < MOST_SHOWN:
            self._failed.append((name, reason))

    def end(self, outcome: Outcome) -> None:
        for line in self._page(outcome):
            self._handle.write(line.encode("utf-8") + b"\n")

    def _page(self, outcome: Outcome) -> Iterator[str]:
        total, failures = self._statistics.total, self._statistics.failures
        found, known = total.findings, total.known
        yield f"## cleaner: {'passed' if outcome.passed else 'failed'}"
        yield f"\n{_code(brief(outcome.reason))}"
        if outcome.command:
            yield f"\nNext: {_code(shown(outcome.command))}"
        without = total.documents - total.affected
        yield (
            f"\nDocuments: {total.documents + failures:,}; with findings {total.affected:,}, without {without:,}, "
            f"failed {failures:,}."
        )
        yield f"Passages: {found - known:,} new, {known:,} known; {100 * total.share:.2f} % of the characters."
        if found:
            most_first = sorted(self._statistics.categories.items(), key=lambda item: (-item[1].findings, item[0]))
            rows = [
                (_code(name), f"{some.findings - some.known:,}", f"{some.known:,}", f"{some.found_characters:,}")
                for name, some in most_first
            ]
            yield from _table("By category", ("category", "new", "known", "characters"), rows)
        if self._first:
            places = [
                (_code(f"{brief(each.path)}:{each.lines}"), _code(each.removal.rule), _code(brief(each.words)))
                for each in self._first
            ]
            yield from _table("Findings", ("place", "rule", "passage"), places)
            yield from _rest(found - known - len(places))
        if self._failed:
            reasons = [(_code(brief(name)), _code(brief(reason))) for name, reason in self._failed]
            yield from _table("Not cleaned", ("document", "reason"), reasons)
            yield from _rest(failures - len(reasons))
        yield ""


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"\n### {title}\n"
    for cells in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cells)} |"


def _rest(number: int) -> Iterator[str]:
    if number:
        yield f"\nand {number:,} more."


def _code(text: str) -> str:
    """A printable line that is shown as it is."""
    marks = (char if char.isalnum() or char == " " or ord(char) > 127 else f"&#{ord(char)};" for char in text)
    return f"<code>{''.join(marks)}</code>"
