"""Opening the views that `--report` asks for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.corpus.find import real_paths
from cleaner.corpus.write import check_report_folder, opened, report_folder
from cleaner.errors import UsageError
from cleaner.reports import FORMATS, Run, View


def run_of(cleaner: Cleaner) -> Run:
    """What reports say of what a run decides with."""
    rules = cleaner.rules
    return Run(
        version("article-cleaner"),
        rules.fingerprint,
        rules.rules,
        threshold=rules.threshold,
        languages=rules.languages,
    )


def report_folders(reports: Sequence[tuple[str, Path]]) -> list[Path]:
    """The places of HTML reports that are folders: those that are not named like a page."""
    return [path for name, path in reports if name == "html" and not _is_page(path)]


def check_report_folders(folders: Sequence[Path], inputs: Sequence[Path], output: str | None) -> None:
    """A report's folder holds nothing else, and no later run takes its pages for documents. Raises UsageError."""
    for path, place in zip(folders, real_paths(folders), strict=True):
        from cleaner.reports.html import GENERATOR, PAGE

        if output is not None and place == Path(output).resolve():
            raise UsageError(f"{path}: is where clean text goes; name a folder of its own for the report")
        if any(folder.is_dir() and place.is_relative_to(folder.resolve()) for folder in inputs):
            raise UsageError(f"{path}: lies inside an input; choose a folder outside for the report")
        check_report_folder(path, PAGE, GENERATOR.encode())


def open_views(stack: ExitStack, reports: Sequence[tuple[str, Path]], run: Run, size: int) -> list[View]:
    """A view for each format and file; `stack` closes the files. Raises UsageError where one cannot be written.

    `size` is what an HTML report takes at most, in megabytes. In a job of GitHub Actions, `github` adds to the
    summary of the job too.
    """
    views = [_opened(stack, name, path, run, size) for name, path in reports]
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(name == "github" for name, _ in reports):
        from cleaner.reports.github_summary import GithubSummary

        views.append(GithubSummary(stack.enter_context(opened(Path(summary), append=True)), run))
    return views


def _opened(stack: ExitStack, name: str, path: Path, run: Run, size: int) -> View:
    if name != "html":
        return FORMATS[name](stack.enter_context(opened(path)), run)
    from cleaner.reports.html import DATA, GENERATOR, PAGE, html_file, html_folder

    if _is_page(path):
        return html_file(stack.enter_context(opened(path)), run, size)
    return html_folder(report_folder(path, PAGE, GENERATOR.encode(), DATA), run, size)


def _is_page(path: Path) -> bool:
    return path.suffix.lower() in (".html", ".htm")
