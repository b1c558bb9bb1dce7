"""Findings as JSON lines, one each, written as they come."""

from __future__ import annotations

import json
from typing import Any

from cleaner.reports.finding import Finding, encodable, findings
from cleaner.reports.view import Examined, View


class JsonLinesReport(View):
    """A line for each finding, with the path of its document; failures are none."""

    def add(self, item: Examined) -> None:
        for finding in findings(item):
            self._handle.write(as_json({"path": encodable(finding.path), **as_data(finding)}) + b"\n")


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding, to be written as JSON. `text` is the exact span that would go, from `start` to `end`, and of a page
    these count in its extracted text; columns are then null.
    """
    removal, place = finding.removal, finding.place
    return {
        "line": place.first,
        "end_line": place.last,
        "column": place.column,
        "end_column": place.end_column,
        "start": removal.start,
        "end": removal.end,
        "byte_start": removal.byte_start,
        "byte_end": removal.byte_end,
        "rule": removal.rule,
        "category": removal.category,
        "score": removal.score,
        "evidence": [{"id": item.id, "weight": item.weight} for item in removal.evidence],
        "known": finding.known,
        "fingerprint": finding.fingerprint,
        "text": encodable(removal.text),
    }


def as_json(data: Any) -> bytes:
    """Compact JSON in UTF-8; strings in it have been made encodable."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
