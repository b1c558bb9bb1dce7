"""A whole run as one JSON object: findings by document, failures, totals, and how it ended."""

from __future__ import annotations

from typing import Any, BinaryIO

from cleaner.reports.finding import encodable, findings
from cleaner.reports.json_lines import as_data, as_json
from cleaner.reports.statistics import Statistics
from cleaner.reports.view import Examined, Outcome, Run, View

FORMAT = 1


class JsonReport(View):
    """Documents are written as they come, those without findings left out; totals come last."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._statistics = Statistics(run.rules)
        self._failures: list[dict[str, str]] = []
        about = {
            "format": FORMAT,
            "version": run.version,
            "rules": run.fingerprint,
            "baseline": run.baseline,
        }
        self._handle.write(as_json(about)[:-1] + b',"documents":[')

    def add(self, item: Examined) -> None:
        if item.result.removals:
            document = {
                "path": encodable(item.name),
                "page": bool(item.result.document.blocks),
                "held": item.result.held,
                "findings": [as_data(finding) for finding in findings(item)],
            }
            self._handle.write((b",\n" if self._statistics.total.affected else b"\n") + as_json(document))
        self._statistics.add(item)

    def fail(self, name: str, reason: str) -> None:
        self._statistics.fail()
        self._failures.append({"path": encodable(name), "reason": encodable(reason)})

    def end(self, outcome: Outcome) -> None:
        rest: dict[str, Any] = {
            "failures": self._failures,
            "totals": self._statistics.as_data(),
            "outcome": {
                "passed": outcome.passed,
                "reason": encodable(outcome.reason),
                "command": encodable(outcome.command),
            },
        }
        self._handle.write(b"\n]," + as_json(rest)[1:] + b"\n")
