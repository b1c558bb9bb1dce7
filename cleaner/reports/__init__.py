"""Views of one run's removals, one module each; a view writes to the handle it is given."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import BinaryIO

from cleaner.reports.view import Examined, Outcome, Run, View

__all__ = ["FORMATS", "Examined", "Outcome", "Run", "View"]

Maker = Callable[[BinaryIO, Run], View]


def _made_by(module: str, name: str) -> Maker:
    """Makes the view `name` of a module that is imported only then: nobody pays for a format that is not asked for."""

    def make(handle: BinaryIO, run: Run) -> View:
        view: View = getattr(importlib.import_module(f"cleaner.reports.{module}"), name)(handle, run)
        return view

    return make


FORMATS: dict[str, Maker] = {
    "csv": _made_by("csv_rows", "CsvReport"),
    "github": _made_by("github", "GithubReport"),
    "gitlab": _made_by("gitlab", "GitlabReport"),
    "html": _made_by("html", "html_file"),
    "json": _made_by("json_object", "JsonReport"),
    "jsonl": _made_by("json_lines", "JsonLinesReport"),
    "junit": _made_by("junit", "JunitReport"),
    "patch": _made_by("patch", "PatchReport"),
    "sarif": _made_by("sarif", "SarifReport"),
    "text": _made_by("text", "TextReport"),
}
"""What `--report` writes, by name; docs/reports.md says what each is for."""
