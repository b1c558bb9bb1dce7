"""GitHub Actions: workflow commands that annotate the changed files, and a log in which nothing is a command.

A step shows ten warnings and ten errors, so ten are chosen: the first place of each rule, then the second,
and so on. What is left out is said, and the log below them lists it by rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cleaner.reports.finding import Finding, brief, digest, findings, summaries
from cleaner.reports.text import counted, shown
from cleaner.reports.view import Examined, Outcome, Run, View

MOST_ANNOTATIONS = 10
MOST_LISTED = 100
"""Findings of one rule that the log lists."""


@dataclass(slots=True)
class _Group:
    """The new findings of one rule, counted; `listed` are the first of them."""

    listed: list[Finding] = field(default_factory=list)
    findings: int = 0


class GithubReport(View):
    """Everything is written at the end, rules with most findings first; what a baseline accepts is left out."""

    def __init__(self, handle: BinaryIO, run: Run) -> None:
        super().__init__(handle, run)
        self._summaries = summaries(run)
        self._groups: dict[str, _Group] = {}
        self._failed: list[tuple[str, str]] = []
        self._failures = 0

    def add(self, item: Examined) -> None:
        for finding in findings(item):
            if not finding.known:
                group = self._groups.setdefault(finding.removal.rule, _Group())
                group.findings += 1
                if len(group.listed) < MOST_LISTED:
                    group.listed.append(finding)

    def fail(self, name: str, reason: str) -> None:
        self._failures += 1
        if len(self._failed) < MOST_ANNOTATIONS:
            self._failed.append((name, reason))

    def end(self, outcome: Outcome) -> None:
        groups = sorted(self._groups.items(), key=lambda entry: (-entry[1].findings, entry[0]))
        ending = _unheard([line for line in (outcome.reason, outcome.command) if line])
        for line in (*self._errors(), *self._warnings(groups), *self._log(groups), *ending):
            self._handle.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def _errors(self) -> Iterator[str]:
        for name, reason in self._failed:
            yield command("error", shown(reason), file=shown(name), title="cannot be cleaned")
        if more := self._failures - len(self._failed):
            yield command("notice", f"{counted(more, 'more document')} could not be cleaned", title="cleaner")

    def _warnings(self, groups: list[tuple[str, _Group]]) -> Iterator[str]:
        shares = _shares([len(group.listed) for _, group in groups])
        for (rule, group), share in zip(groups, shares, strict=True):
            for number, finding in enumerate(group.listed[:share], 1):
                message = f"{shown(self._summaries.get(rule, rule))}: “{brief(finding.words)}”"
                if number == share < group.findings:
                    message += f"\n{counted(group.findings - share, 'more passage')} by this rule, see the log"
                place = {"line": str(finding.in_file.first), "endLine": str(finding.in_file.last)}
                yield command("warning", message, file=shown(finding.file), **place, title=rule)
        if more := shares.count(0):
            yield command("notice", f"{counted(more, 'more rule')} found something, see the log", title="cleaner")

    def _log(self, groups: list[tuple[str, _Group]]) -> Iterator[str]:
        for rule, group in groups:
            yield command("group", f"{rule}: {counted(group.findings, 'passage')}")
            lines = [f"{finding.path}:{finding.lines}  {brief(finding.words)}" for finding in group.listed]
            if group.findings > len(lines):
                lines.append(f"and {group.findings - len(lines)} more; the report jsonl has them all")
            yield from _unheard(lines)
            yield command("endgroup", "")


def command(name: str, message: str, **properties: str) -> str:
    """A workflow command as the runner reads it."""
    inner = ",".join(f"{key}={_escaped(value, in_property=True)}" for key, value in properties.items())
    return f"::{name} {inner}::{_escaped(message)}" if inner else f"::{name}::{_escaped(message)}"


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def _unheard(lines: list[str]) -> list[str]:
    """The lines, with commands switched off until a word that depends on all of them, so that none can hold it."""
    plain = [shown(line) for line in lines]
    token = digest(*plain)
    return [f"::stop-commands::{token}", *plain, f"::{token}::"]


def _shares(sizes: list[int]) -> list[int]:
    """How many annotations each rule has; each gets its first before any gets its second."""
    shares = [0] * len(sizes)
    for turn in range(MOST_ANNOTATIONS):
        for index, size in enumerate(sizes):
            if turn < size and sum(shares) < MOST_ANNOTATIONS:
                shares[index] += 1
    return shares
