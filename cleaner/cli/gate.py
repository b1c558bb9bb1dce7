"""One run of `check`: documents come in, findings and a verdict go out; only a baseline is ever written."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from cleaner.cli.cached import Cleaning
from cleaner.cli.common import colour, complain, counted, standard_output
from cleaner.cli.inputs import given_again
from cleaner.cli.outputs import STDOUT, check_places, writing
from cleaner.cli.reports import Reports, examined, run_of
from cleaner.config.model import Check
from cleaner.corpus.baseline import Baseline, read_accepted
from cleaner.corpus.find import Source
from cleaner.corpus.remote import RemotePath
from cleaner.corpus.run import Cleaned, Failed
from cleaner.gate.budget import Tally
from cleaner.gate.count import Counting
from cleaner.globs import within
from cleaner.reports import Examined, Outcome, Run, View
from cleaner.reports.listing import ListingReport
from cleaner.reports.text import unread

_STALE_SHOWN = 10
_LONGEST_COMMAND = 200
BASELINE = "baseline.jsonl"
"""What a baseline is called where a message has to name one."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What a check compares with, and where its findings go; `named` are its inputs as they were given."""

    check: Check
    named: tuple[Path, ...]
    reports: Reports
    update: bool

    @classmethod
    def plan(
        cls,
        check: Check,
        named: Sequence[Path],
        sources: Sequence[Source],
        *,
        reports: Reports,
        update: bool,
    ) -> Gate:
        """Raises UsageError where a report or the baseline would stand in the way of something else."""
        beside = [*((check.baseline,) if check.baseline else ()), *reports.files]
        check_places([source.path for source in sources], [], beside)
        reports.check_folders(named, None)
        return cls(check, tuple(named), reports, update)

    def run(self, items: Iterable[Cleaned | Failed], cleaning: Cleaning) -> Verdict:
        """Take all documents, which `cleaning` gives. Raises UsageError for a baseline that cannot be read
        or a report that cannot be written.
        """
        baseline, folders = self._baseline(), [path for path in self.named if path.is_dir()]
        check, all_counts = self.check, self.check.counting == Counting()
        verdict = Verdict(Tally(check.budget), self.named, check.baseline, self.update, all_counts)
        run = Run(baseline=baseline is not None)
        if self.reports:  # the list of findings needs no rules, and to load them takes longer than most checks
            run = run_of(cleaning.cleaner, baseline=run.baseline)
        with writing(), ExitStack() as stack:
            views = self._views(stack, run)
            for item in items:
                if isinstance(item, Failed):
                    verdict.fail(item)
                    if baseline is not None:
                        baseline.fail(item.source.path)
                    for view in views:
                        view.fail(item.source.name, item.reason)
                else:
                    document = self._examine(item, baseline, verdict)
                    for view in views:
                        view.add(document)
            if baseline is not None:
                verdict.settle(baseline.stale(folders), dropped=self.update)
            for view in views:
                view.end(Outcome(verdict.passed, verdict.reason, next(iter(verdict.commands().values()), "")))
            if sys.stdout is not None:
                sys.stdout.flush()
        if baseline is not None and self.update:
            baseline.update(folders)
        return verdict

    def _baseline(self) -> Baseline | None:
        path = self.check.baseline
        if path is None:
            return None
        accepted = {} if self.update and not path.exists() else read_accepted(path)
        return Baseline(path, accepted, self.check.counting.counts)

    def _views(self, stack: ExitStack, run: Run) -> list[View]:
        """The reports asked for, and the list of findings unless one of them takes its place."""
        views = self.reports.open(stack, run)
        if not self.update and not self.reports.on_stdout:
            views.append(ListingReport(standard_output(), run, colour=colour()))
        return views

    def _examine(self, item: Cleaned, baseline: Baseline | None, verdict: Verdict) -> Examined:
        removals = tuple(removal for removal in item.result.removals if self.check.counting.counts(removal.rule))
        known = baseline.add(item.source.path, removals) if baseline is not None else frozenset()
        if self.update:
            verdict.accepted += len(removals) - len(known)
            known = frozenset(range(len(removals)))
        tally = verdict.tally
        tally.known += len(known)
        tally.held += item.result.held
        new = [removal for index, removal in enumerate(removals) if index not in known]
        tally.add(item.source.name, len(item.result.document.text), new)
        return replace(examined(item, known=known), result=replace(item.result, removals=removals))


@dataclass(slots=True)
class Verdict:
    """What a check has come to, and the words for it."""

    tally: Tally
    named: tuple[Path, ...]
    baseline: Path | None
    updates: bool
    """Whether the baseline is written anew."""
    all_counts: bool
    """Whether all that cleaning removes is counted."""
    failures: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    accepted: int = 0
    """New findings that an update of the baseline accepts."""
    dropped: int = 0

    def fail(self, item: Failed) -> None:
        self.tally.failed += 1
        self.failures.append(item.message)

    def settle(self, stale: Iterable[tuple[str, str, int]], *, dropped: bool) -> None:
        """Take what is stale in the baseline: document, rule, number."""
        for name, rule, number in stale:
            if dropped:
                self.dropped += number
            else:
                self.tally.stale += number
                self.stale.append(f"{name}: {rule}" + (f" ({number} times)" if number > 1 else ""))

    @property
    def found(self) -> bool:
        """Whether it fails for what the documents hold."""
        return bool(self.tally.faults())

    @property
    def passed(self) -> bool:
        return not self.found and not self.tally.failed

    @property
    def reason(self) -> str:
        """Why it passed or failed, in one line without an end."""
        tally, new = self.tally, "new " if self.baseline else ""
        documents = counted(tally.documents, "document")
        said = f"no {new}findings in {documents}"
        if self.updates:
            said = (
                f"baseline written: {tally.known} accepted, {self.accepted} of them new, {self.dropped} stale dropped"
            )
        elif tally.total.findings:
            said = f"{counted(tally.total.findings, f'{new}finding')} in {tally.found} of {documents}"
        if faults := tally.faults():
            said += f": {', '.join(faults)}"
        elif tally.total.findings:
            said += ", within the budget"
        if tally.known and not self.updates:
            said += f"; the baseline accepts {tally.known}"
        if tally.failed:
            said += f"; {unread(tally.documents, tally.failed)}"
        return said

    def complaints(self) -> Iterable[str]:
        """What was wrong beside findings, a line each."""
        yield from self.failures
        for entry in self.stale[:_STALE_SHOWN]:
            yield f"{self.baseline}: stale, no longer found: {entry}"
        if len(self.stale) > _STALE_SHOWN:
            yield f"{self.baseline}: stale, no longer found: {len(self.stale) - _STALE_SHOWN} more"

    def commands(self) -> dict[str, str]:
        """What may be run now, by what it is good for."""
        commands = {}
        if self.tally.total.findings:
            if STDOUT not in self.named:
                aim = "remove them" if self.all_counts else "remove them, and what does not count"
                commands[aim] = f"cleaner clean {self._paths()} -o OUT{_options()}"
            if self.found:
                commands["accept them"] = self._again()
        elif self.tally.stale:
            commands["drop what is stale"] = self._again()
        elif self.found and self.tally.held:
            commands["look at it"] = f"cleaner diff --format text {self._paths()}{_options()}"
        return commands

    def _paths(self) -> str:
        said = shlex.join(map(str, self.named))
        return said if len(said) <= _LONGEST_COMMAND else "PATH..."

    def _again(self) -> str:
        """This very command, with an update of the baseline."""
        more = ["--update-baseline"] if self.baseline else ["--baseline", BASELINE, "--update-baseline"]
        said = shlex.join(["cleaner", *sys.argv[1:], *more])
        return said if len(said) <= _LONGEST_COMMAND else f"the same command with {shlex.join(more)}"


def _options() -> str:
    """What another command needs to find, read and clean the same documents in the same way, after a blank."""
    return "".join(f" {shlex.quote(part)}" for part in given_again())


def finish(verdict: Verdict, *, quiet: bool) -> None:
    """Say on standard error what went wrong, why the check passed or failed, and what to run next."""
    for line in verdict.complaints():
        complain(line)
    if not quiet:
        said = [verdict.reason, *(f"{aim}: {command}" for aim, command in verdict.commands().items())]
        complain(f"{'passed' if verdict.passed else 'failed'}: {'; '.join(said)}")


def shown_names(paths: Iterable[Path]) -> Iterator[str]:
    """The same for many."""
    folders: dict[Path, str] = {}
    for path in paths:
        if isinstance(path, RemotePath):
            yield str(path)
            continue
        if path.parent not in folders:
            folders[path.parent] = shown_name(path).removesuffix(path.name)
        yield folders[path.parent] + path.name


def shown_name(path: Path) -> str:
    """A path as findings cite it: from the current folder on, so that terminals and CI find the file."""
    if isinstance(path, RemotePath):
        return str(path)
    return within(Path.cwd(), path) or Path(os.path.normpath(path.absolute())).as_posix()
