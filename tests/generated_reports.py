"""docs/reports.md: what each report is for, and what it writes of one small document."""

from __future__ import annotations

import io
import json
import textwrap

from cleaner.reports import FORMATS, Examined, Outcome, Run, View
from cleaner.reports.github_summary import GithubSummary
from tests.support import DAM, LETTER, RIVER, ours

_TEXT = f"{DAM}\n\n{LETTER}\n\n{RIVER}\n"
_INTRODUCTION = """\
# Reports

`--report FORMAT=FILE` writes what a run finds in one of these forms; several in one run are several `--report`s. All
are made of the same findings, so they never disagree, and none holds a time: equal runs give equal files.

| format | for | holds |
|---|---|---|
"""
_NOTES = """
- Paths are those that the run shows: run it where the repository's root is, and they lead from there.
- Lines count from 1, and the last one belongs to the passage. Columns count code points. Of a page, lines are those of
  its source at which the blocks of the passage begin, and of a block whose line the extractor does not say, that of the
  block before; there are no columns, and offsets count in the extracted text. `cleaner why` takes a place as it stands.
- `removal` rows of a run record, and `line` in Python, count the lines of the extracted text: they lie below all views.
- `known` findings are those that a baseline accepts. A fingerprint is made of path, rule and words, so that it stays
  when lines move.
- In messages, names and cells, control characters and marks of direction are shown as escapes (`\\x1b`, `\\u202e`).
  The `text` of `json` and `jsonl` is exact, but for a byte that is no text: E9 becomes `\\udce9`; `byte_start` and
  `byte_end` lead to the bytes.
"""
_FORMATS = {
    "csv": (
        "spreadsheets",
        "a row for each finding",
        "RFC 4180 in UTF-8. A spreadsheet would calculate a cell that begins with `=`, `+`, `-` or `@`, so an "
        "apostrophe is put before those, and before those that begin with one; to have the text as it was, take one "
        "off. A cell holds 32,000 characters at most.",
        "",
    ),
    "github": (
        "GitHub Actions",
        "annotations, and a log by rule",
        "Workflow commands, for the log of a job. GitHub shows ten warnings and ten errors of a step: each rule has "
        "its first before any has its second, and what is left out is said. Texts stand between `stop-commands` and "
        "its token, where nothing is a command. Known findings are left out. Where `GITHUB_STEP_SUMMARY` is set, the "
        "summary of the job is added to, as below.",
        "",
    ),
    "gitlab": (
        "GitLab's Code Quality",
        "an array of issues",
        "New findings are `minor`, known ones `info`, and documents that could not be cleaned `major`.",
        "json",
    ),
    "html": (
        "people",
        "pages to look at, to search, and to decide in",
        "A folder to open in a browser, or one file where its name ends with `.html`; nothing is loaded from elsewhere "
        "and nothing is sent. `--report-size` bounds it; of what does not fit, samples are shown, and that is said. "
        "[The manual](report.md) says what is on its pages.",
        "",
    ),
    "json": (
        "programs",
        "the whole run as one object",
        "Documents without findings are counted in `totals` only.",
        "json",
    ),
    "jsonl": (
        "streams, and large corpora",
        "a line for each finding",
        "Written as the run goes. The fields are those of `json`, with the path; failures are not in it.",
        "json",
    ),
    "junit": (
        "Jenkins, and whatever shows tests",
        "a suite for each document",
        "A new finding is a test that fails, a known one is skipped, and a document that could not be cleaned is an "
        "error; the last suite says how the run ended.",
        "xml",
    ),
    "patch": ("`git apply`", "a unified patch", "Texts only: a page has no text that a patch could change.", "diff"),
    "sarif": (
        "code scanning",
        "results with fixes",
        "SARIF 2.1.0, at most 5,000 results, new ones first. `baselineState` is there where a baseline is given, "
        "`fixes` for texts. One result:",
        "json",
    ),
    "text": ("people", "passages in their place, with the evidence", "", ""),
}
"""For each format: what it is for, what it holds, what else to know, and the language of its example."""


def reports() -> str:
    """The page."""
    assert list(_FORMATS) == list(FORMATS)
    parts = [_INTRODUCTION]
    parts += [f"| [`{name}`](#{name}) | {use} | {holds} |\n" for name, (use, holds, *_) in _FORMATS.items()]
    parts.append(_NOTES)
    for name, (*_, more, language) in _FORMATS.items():
        example = _written(name) if name != "html" else ""
        if name == "sarif":
            example = json.dumps(json.loads(example)["runs"][0]["results"][0], ensure_ascii=False, indent=2)
        parts.append(f"\n## {name}\n\n")
        if more:
            parts.append(textwrap.fill(more, 120, break_on_hyphens=False) + "\n\n")
        if example:
            parts.append(f"```{language}\n{example.strip()}\n```\n")
        if name == "github":
            parts.append(f"\n```markdown\n{_summary().strip()}\n```\n")
    return "".join(parts)


def _written(name: str) -> str:
    handle = io.BytesIO()
    return _filled(handle, FORMATS[name](handle, _run()))


def _summary() -> str:
    handle = io.BytesIO()
    return _filled(handle, GithubSummary(handle, _run()))


def _run() -> Run:
    return Run("1.0", "5c1f09", ours().rules.rules)


def _filled(handle: io.BytesIO, view: View) -> str:
    result = ours().clean(_TEXT.encode(), name="scraped/dam.txt")
    view.add(Examined("scraped/dam.txt", result, _TEXT.encode()))
    view.end(Outcome(False, "1 new passage, none is allowed", "cleaner diff scraped"))
    return handle.getvalue().decode().replace("\r\n", "\n")
