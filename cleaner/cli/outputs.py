"""Files that a run writes beside clean texts: where they may stand, and the reports that --report asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from cleaner.cli.common import colour, standard_output
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.reports import Run, View

STDOUT = Path("-")
"""In place of a report's file."""

report_option = click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report too, - for standard output: csv, github, gitlab, json, jsonl, junit, patch, sarif or text. "
    "Repeatable.",
)


def parse_reports(texts: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Formats and files. Raises UsageError for a format that there is not, or two on standard output."""
    from cleaner.reports import FORMATS

    wanted = []
    for text in texts:
        name, equals, path = text.partition("=")
        if name not in FORMATS or not equals or not path:
            raise UsageError(f"--report {text}: write FORMAT=FILE with one of the formats {', '.join(FORMATS)}")
        wanted.append((name, Path(path)))
    if sum(path == STDOUT for _, path in wanted) > 1:
        raise UsageError("--report: only one report can go to standard output; name files for the others")
    return tuple(wanted)


def open_views(stack: ExitStack, reports: Sequence[tuple[str, Path]], run: Run) -> list[View]:
    """A view for each format and file; `stack` closes the files. Raises UsageError where one cannot be written.

    In a job of GitHub Actions, `github` adds to the summary of the job too.
    """
    from cleaner.corpus.write import opened
    from cleaner.reports import FORMATS

    views = [
        FORMATS[name](standard_output() if path == STDOUT else stack.enter_context(opened(path)), run)
        for name, path in reports
    ]
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in reports):
        from cleaner.reports.github_summary import GithubSummary

        views.append(GithubSummary(stack.enter_context(opened(Path(summary), append=True)), run))
    return views


def readable(out: BinaryIO, run: Run, *, full: bool) -> View:
    """The readable report on standard output; fitted to a terminal, unless it is to be `full`."""
    import shutil

    from cleaner.reports.screen import ScreenReport
    from cleaner.reports.text import TextReport

    if sys.stdout.isatty() and not full:
        return ScreenReport(out, run, size=shutil.get_terminal_size(), colour=colour())
    return TextReport(out, run, colour=colour(), brief=not full)


@contextmanager
def writing() -> Iterator[None]:
    """Where a write to one of a run's own files fails, it is said which; standard output is for `main` to tell."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None


def check_places(inputs: Sequence[Path], targets: Sequence[Path], beside: Sequence[Path]) -> None:
    """No input may be written to, and nothing twice; `beside` are the record, reports and the like."""
    from cleaner.corpus.find import real_paths

    if not targets and not beside:
        return
    taken, places = set(real_paths(inputs)), real_paths(targets)
    for path, place in zip(targets, places, strict=True):
        if place in taken:
            raise UsageError(f"{path}: is an input itself; choose another -o, or --in-place")
    taken.update(places)
    beside = [path for path in beside if path != STDOUT]
    for path, place in zip(beside, real_paths(beside), strict=True):
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file")
        if place in taken:
            raise UsageError(f"{path}: is an input or another output of this run; name another file")
        taken.add(place)
