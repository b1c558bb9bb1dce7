"""The views that `--report` asks for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from cleaner.corpus.write import opened
from cleaner.errors import UsageError
from cleaner.reports import FORMATS, Run, View


def report_places(texts: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Format and file of each FORMAT=FILE. Raises UsageError."""
    return tuple(_report(text) for text in texts)


def _report(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if name not in FORMATS or not equals or not path:
        raise UsageError(f"--report {text}: write FORMAT=FILE with one of the formats {', '.join(FORMATS)}")
    return name, Path(path)


def open_views(stack: ExitStack, reports: Sequence[tuple[str, Path]], run: Run) -> list[View]:
    """A view for each format and file; `stack` closes the files. Raises UsageError where one cannot be written.

    In a job of GitHub Actions, `github` adds to the summary of the job too.
    """
    views = [FORMATS[name](stack.enter_context(opened(path)), run) for name, path in reports]
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in reports):
        from cleaner.reports.github_summary import GithubSummary

        views.append(GithubSummary(stack.enter_context(opened(Path(summary), append=True)), run))
    return views
