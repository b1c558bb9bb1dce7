"""Opening the views that `--report` asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from cleaner.corpus.write import opened
from cleaner.errors import UsageError
from cleaner.reports import FORMATS, Run, View


@contextmanager
def opened_views(reports: Sequence[tuple[str, Path]], run: Run) -> Iterator[list[View]]:
    """A view for each format and file. In a job of GitHub Actions, `github` also adds to the job's summary.

    Raises UsageError where a file cannot be written.
    """
    with ExitStack() as stack:
        views = [FORMATS[name](stack.enter_context(opened(path)), run) for name, path in reports]
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary and any(name == "github" for name, _ in reports):
            from cleaner.reports.github_summary import GithubSummary

            try:
                handle = stack.enter_context(Path(summary).open("ab"))
            except OSError as error:
                raise UsageError(f"GITHUB_STEP_SUMMARY: {summary}: cannot be written ({error.strerror})") from None
            views.append(GithubSummary(handle, run))
        yield views
