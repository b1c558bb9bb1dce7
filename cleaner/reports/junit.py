"""JUnit XML, for whatever shows test results: a suite for each document, a failed test for each new finding."""

from __future__ import annotations

from collections import Counter
from typing import BinaryIO
from xml.etree import ElementTree as ET

from cleaner.reports.finding import Finding, brief, findings, summaries, visible
from cleaner.reports.text import shown
from cleaner.reports.view import Examined, Outcome, Run, View

_NAME, _LONGEST = 80, 4000
"""Characters of a passage in a test's name and in its text."""


class JunitReport(View):
    """What a baseline accepts is skipped, what could not be cleaned is an error, a document without findings
    one test that passes; the last suite holds how the run ended. Characters that XML cannot hold are shown.

    Names of tests hold no line numbers, so that what moves is the same test; they are in the messages.
    """

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._summaries = summaries(run)
        self._handle.write(b"<?xml version='1.0' encoding='UTF-8'?>\n<testsuites name=\"cleaner\">\n")

    def add(self, item: Examined) -> None:
        cases = [self._case(finding) for finding in findings(item)]
        self._suite(item.name, cases or [_test(item.name, "nothing to remove")])

    def fail(self, name: str, reason: str) -> None:
        case = _test(name, "can be cleaned")
        ET.SubElement(case, "error", type="unreadable", message=shown(reason))
        self._suite(name, [case])

    def end(self, outcome: Outcome) -> None:
        case = _test("cleaner", "the whole run")
        reason = shown(outcome.reason)
        if outcome.passed:
            ET.SubElement(case, "system-out").text = reason
        else:
            failure = ET.SubElement(case, "failure", type="outcome", message=reason)
            failure.text = shown(outcome.command)
        self._suite("cleaner", [case])
        self._handle.write(b"</testsuites>\n")

    def _case(self, finding: Finding) -> ET.Element:
        rule, where = finding.removal.rule, f"{finding.path}:{finding.lines}"
        repeat = f" ({finding.repeat})" if finding.repeat > 1 else ""
        case = _test(finding.path, f"{rule}: {brief(finding.words, _NAME)}{repeat}")
        if finding.known:
            ET.SubElement(case, "skipped", message=shown(f"{where}: accepted by the baseline"))
            return case
        message = shown(f"{where}: {self._summaries.get(rule, rule)}")
        failure = ET.SubElement(case, "failure", type=rule, message=message)
        failure.text = visible(finding.words, _LONGEST)
        return case

    def _suite(self, name: str, cases: list[ET.Element]) -> None:
        counts = Counter(child.tag for case in cases for child in case)
        suite = ET.Element(
            "testsuite",
            name=shown(name),
            tests=str(len(cases)),
            failures=str(counts["failure"]),
            errors=str(counts["error"]),
            skipped=str(counts["skipped"]),
        )
        suite.extend(cases)
        self._handle.write(ET.tostring(suite, encoding="unicode").encode("utf-8") + b"\n")


def _test(name: str, what: str) -> ET.Element:
    # Readers take what stands before the last dot of a class name for its package.
    return ET.Element("testcase", classname=shown(name).replace(".", "_"), name=what)
