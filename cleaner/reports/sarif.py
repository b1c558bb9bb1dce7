"""SARIF 2.1.0, for code scanning: results with regions, fingerprints, what a baseline says of them, and fixes."""

from __future__ import annotations

import json
import os
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import quote

from cleaner.model import CATEGORIES
from cleaner.reports.finding import Finding, brief, encodable, findings, summaries
from cleaner.reports.place import Place
from cleaner.reports.statistics import Statistics
from cleaner.reports.view import Examined, Outcome, Run, View

MOST_RESULTS = 5000
"""Readers take no more; new findings go before known ones."""
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
FINGERPRINT = "cleaner/v1"
_LONGEST_SNIPPET = 4000


class SarifReport(View):
    """One run in one log, written at its end."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._new: list[dict[str, Any]] = []
        self._known: list[dict[str, Any]] = []
        self._notifications: list[dict[str, Any]] = []
        self._statistics = Statistics(run.rules)
        self._summaries = summaries(run)
        self._indexes: dict[str, int] = {}
        """Where each rule stands that was found, in the order of `tool.driver.rules`."""

    def add(self, item: Examined) -> None:
        self._statistics.add(item)
        for finding in findings(item):
            results = self._known if finding.known else self._new
            if len(results) < MOST_RESULTS:
                results.append(self._result(finding, is_text=item.data is not None))

    def fail(self, name: str, reason: str) -> None:
        self._statistics.fail()
        location = {"physicalLocation": {"artifactLocation": artifact(name)}}
        self._notifications.append({"level": "error", "message": _message(reason), "locations": [location]})

    def end(self, outcome: Outcome) -> None:
        results = [*self._new, *self._known][:MOST_RESULTS]
        total = self._statistics.total.findings
        if total > len(results):
            note = f"{len(results):,} of {total:,} findings are in this log; the report jsonl has them all"
            self._notifications.append({"level": "note", "message": _message(note)})
        run = {
            "tool": {"driver": self._driver()},
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {ROOT: {"description": _message("The folder that paths are relative to.")}},
            "invocations": [
                {
                    "executionSuccessful": not self._statistics.failures,
                    "toolExecutionNotifications": self._notifications,
                }
            ],
            "results": results,
            "properties": {
                "passed": outcome.passed,
                "reason": encodable(outcome.reason),
                "totals": self._statistics.as_data(),
            },
        }
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
        self._handle.write(json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")

    def _driver(self) -> dict[str, Any]:
        driver: dict[str, Any] = {"name": "cleaner", "rules": [self._rule(identifier) for identifier in self._indexes]}
        if self._run.version:
            driver["version"] = self._run.version
        return driver

    def _rule(self, identifier: str) -> dict[str, Any]:
        category = identifier.partition("/")[0]
        meaning = CATEGORIES.get(category, category)
        summary = self._summaries.get(identifier, meaning)
        advice = f"`cleaner rules show {identifier}` shows its patterns and examples."
        return {
            "id": identifier,
            "shortDescription": _message(summary),
            "fullDescription": _message(f"{summary} ({category}: {meaning})"),
            "help": _message(f"{summary}. Not the article: {meaning}. {advice}"),
            "defaultConfiguration": {"level": "warning"},
            "properties": {"tags": [category], "problem.severity": "warning"},
        }

    def _result(self, finding: Finding, *, is_text: bool) -> dict[str, Any]:
        rule = finding.removal.rule
        region: dict[str, Any] = _region(finding.in_file)
        if is_text and len(finding.words) <= _LONGEST_SNIPPET:
            region["snippet"] = {"text": encodable(finding.words)}
        location = artifact(finding.file)
        result: dict[str, Any] = {
            "ruleId": rule,
            "ruleIndex": self._indexes.setdefault(rule, len(self._indexes)),
            "level": "warning",
            "message": _message(f"{self._summaries.get(rule, rule)}: “{brief(finding.words)}”"),
            "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
            "properties": {"category": finding.removal.category, "score": finding.removal.score},
        }
        if self._run.baseline:
            result["baselineState"] = "unchanged" if finding.known else "new"
        if is_text:
            result["fixes"] = [_fix(finding, location)]
        return result


def artifact(name: str) -> dict[str, Any]:
    """Where a document is: relative to the root, or by its absolute path; every byte of a file's name kept."""
    try:
        path = quote(os.fsencode(name), safe="/")
    except UnicodeEncodeError:  # a name that no file can have
        path = quote(encodable(name), safe="/")
    if PurePosixPath(name).is_absolute():
        return {"uri": f"file://{path}"}
    return {"uri": path, "uriBaseId": ROOT}


def _region(place: Place) -> dict[str, Any]:
    lines = {"startLine": place.first, "endLine": place.last}
    return lines if place.column is None else {**lines, "startColumn": place.column, "endColumn": place.end_column}


def _fix(finding: Finding, location: dict[str, Any]) -> dict[str, Any]:
    """Deletes the whole span, with the blank lines that go along; its bytes are those of the input."""
    removal = finding.removal
    region = _region(finding.fixed)
    region |= {"byteOffset": removal.byte_start, "byteLength": removal.byte_end - removal.byte_start}
    return {
        "description": _message("Remove the passage"),
        "artifactChanges": [{"artifactLocation": location, "replacements": [{"deletedRegion": region}]}],
    }


def _message(text: str) -> dict[str, str]:
    """A message that is taken as it is: braces would be placeholders, and brackets before a parenthesis a link."""
    text = encodable(text).replace("{", "{{").replace("}", "}}")
    return {"text": text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text}
