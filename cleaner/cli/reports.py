"""The reports that --report asks for: their options, their places, their views."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from cleaner.cli.common import colour, standard_output
from cleaner.cli.options import bundled
from cleaner.cli.outputs import STDOUT
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.corpus.run import Cleaned
    from cleaner.reports import Examined, Run, View

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """The flags that ask for reports, as they were given; `report_size` is in megabytes."""

    reports: tuple[str, ...]
    report_size: int

    def wanted(self) -> Reports:
        """Raises UsageError for a format that there is not, or two reports on standard output."""
        from cleaner.reports import FORMATS

        wanted = []
        for text in self.reports:
            name, equals, path = text.partition("=")
            if name not in FORMATS or not equals or not path:
                raise UsageError(f"--report {text}: write FORMAT=FILE with one of the formats {', '.join(FORMATS)}")
            wanted.append((name, Path(path)))
        if sum(path == STDOUT for _, path in wanted) > 1:
            raise UsageError("--report: only one report can go to standard output; name files for the others")
        return Reports(tuple(wanted), self.report_size)


@dataclass(frozen=True, slots=True)
class Reports:
    """Formats and where they go, `STDOUT` among it."""

    places: tuple[tuple[str, Path], ...] = ()
    size: int = 0

    def __bool__(self) -> bool:
        return bool(self.places)

    @property
    def on_stdout(self) -> bool:
        """Whether one of them takes standard output."""
        return any(path == STDOUT for _, path in self.places)

    @property
    def files(self) -> list[Path]:
        """The files that they are written to."""
        return [path for name, path in self.places if path != STDOUT and not _is_folder(name, path)]

    @property
    def folders(self) -> list[Path]:
        """The folders that HTML reports are written to."""
        return [path for name, path in self.places if _is_folder(name, path)]

    def check_folders(self, inputs: Sequence[Path], output: str | None) -> None:
        """A report's folder holds nothing else, and no later run takes its pages for documents. Raises UsageError."""
        from cleaner.corpus.write import check_report_folder

        for path in self.folders:
            from cleaner.reports.html import GENERATOR, PAGE

            place = path.resolve()
            if output is not None and place == Path(output).resolve():
                raise UsageError(f"{path}: is where clean text goes; name a folder of its own for the report")
            if any(folder.is_dir() and place.is_relative_to(folder.resolve()) for folder in inputs):
                raise UsageError(f"{path}: lies inside an input; choose a folder outside for the report")
            check_report_folder(path, PAGE, GENERATOR.encode())

    def open(self, stack: ExitStack, run: Run) -> list[View]:
        """A view for each; `stack` closes the files. Raises UsageError where one cannot be written.

        In a job of GitHub Actions, `github` adds to the summary of the job too.
        """
        from cleaner.corpus.write import opened

        views = [self._opened(stack, name, path, run) for name, path in self.places]
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary and any(name == "github" for name, _ in self.places):
            from cleaner.reports.github_summary import GithubSummary

            views.append(GithubSummary(stack.enter_context(opened(Path(summary), "a")), run))
        return views

    def _opened(self, stack: ExitStack, name: str, path: Path, run: Run) -> View:
        from cleaner.corpus.write import opened, report_folder
        from cleaner.reports import FORMATS

        if _is_folder(name, path):
            from cleaner.reports.html import DATA, GENERATOR, PAGE, html_folder

            return html_folder(report_folder(path, PAGE, GENERATOR.encode(), DATA), run, self.size)
        handle = standard_output() if path == STDOUT else stack.enter_context(opened(path))
        if name == "html":
            from cleaner.reports.html import html_file

            return html_file(handle, run, self.size)
        return FORMATS[name](handle, run)


def _is_folder(name: str, path: Path) -> bool:
    """An HTML report goes into a folder, unless it is named like a page."""
    return name == "html" and path != STDOUT and path.suffix.lower() not in (".html", ".htm")


_REPORT_OPTIONS = [
    click.option("--report", "reports", multiple=True, metavar="FORMAT=FILE",
                 help="Write a report too, - for standard output: csv, github, gitlab, html (a folder, or FILE.html), "
                      "json, jsonl, junit, patch, sarif or text. Repeatable."),
    click.option("--report-size", type=click.IntRange(1, 10_000), default=50, show_default=True, metavar="MB",
                 help="What an HTML report takes at most; of what does not fit, samples are shown. A single file "
                      "stops at 10."),
]  # fmt: skip


def report_options(function: F) -> F:
    """Add the options that ask for reports; the command gets them as one `reporting: ReportOptions`."""
    return bundled(function, "reporting", ReportOptions, _REPORT_OPTIONS)


def examined(item: Cleaned, *, known: frozenset[int] = frozenset()) -> Examined:
    """A document as reports take it."""
    from cleaner.reports import Examined

    return Examined(item.source.name, item.result, item.data, known, item.source.row, item.source.line)


def run_of(cleaner: Cleaner, *, baseline: bool = False) -> Run:
    """What reports say of what a run decides with."""
    from importlib.metadata import version

    from cleaner.reports import Run

    rules = cleaner.rules
    return Run(version("article-cleaner"), cleaner.fingerprint, rules.rules, baseline, rules.threshold)


def readable(out: BinaryIO, run: Run, *, full: bool) -> View:
    """The readable report on standard output; fitted to a terminal, unless it is to be `full`."""
    import shutil

    from cleaner.reports.screen import ScreenReport
    from cleaner.reports.text import TextReport

    if sys.stdout.isatty() and not full:
        return ScreenReport(out, run, size=shutil.get_terminal_size(), colour=colour())
    return TextReport(out, run, colour=colour(), brief=not full)
