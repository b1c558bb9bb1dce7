"""GitLab's Code Quality report: an array of what was found, for the merge request and its changed lines."""

from __future__ import annotations

from typing import Any, BinaryIO

from cleaner.reports.finding import brief, digest, encodable, findings, summaries
from cleaner.reports.json_lines import as_json
from cleaner.reports.view import Examined, Outcome, Run, View

UNREADABLE = "unreadable"
"""Name of the check that fails where a document could not be cleaned."""


class GitlabReport(View):
    """New findings are minor, those that a baseline accepts info, and what could not be cleaned is major."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._summaries = summaries(run)
        self._begun = False

    def add(self, item: Examined) -> None:
        for finding in findings(item):
            rule = finding.removal.rule
            self._write(
                {
                    "description": encodable(f"{self._summaries.get(rule, rule)}: “{brief(finding.words)}”"),
                    "check_name": rule,
                    "fingerprint": finding.fingerprint,
                    "severity": "info" if finding.known else "minor",
                    "location": _location(finding.file, finding.in_file.first, finding.in_file.last),
                }
            )

    def fail(self, name: str, reason: str) -> None:
        self._write(
            {
                "description": encodable(brief(reason)),
                "check_name": UNREADABLE,
                "fingerprint": digest(name, UNREADABLE),
                "severity": "major",
                "location": _location(name, 1, 1),
            }
        )

    def end(self, outcome: Outcome) -> None:  # noqa: ARG002 - an array has no place for it
        self._handle.write(b"\n]\n" if self._begun else b"[]\n")

    def _write(self, issue: dict[str, Any]) -> None:
        self._handle.write((b",\n" if self._begun else b"[\n") + as_json(issue))
        self._begun = True


def _location(name: str, first: int, last: int) -> dict[str, Any]:
    return {"path": encodable(name), "lines": {"begin": first, "end": last}}
