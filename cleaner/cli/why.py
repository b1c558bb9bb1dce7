"""`cleaner why FILE:LINE`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli import completion
from cleaner.cli.common import complain
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.errors import DocumentError, ExitCode, UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.config import Config
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Cleaned, Failed
    from cleaner.model import Result
    from cleaner.text.explain import Explanation

_TOLD = ("article-cleaner", "google-re2", "lxml", "readability-lxml")
"""Packages whose versions decide what is done."""


@click.command("why")
@click.argument("place", metavar="FILE:LINE", shell_complete=completion.files)
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.json",
    help="Write it to a new file too, with two lines on either side, to be attached to a report of a defect; what the "
    "file holds of the document is printed.",
)
@reading_options
@rule_options
def command(place: str, bundle: Path | None, how: Reading, rules: RuleOptions) -> int:
    """Say why a line goes or stays: every rule and signal for and against it, and near misses.

    For a page, LINE counts in its extracted text. Of a file of many documents, say which: FILE:ROW:LINE.

    \b
      cleaner why scraped/article.txt:12
      cleaner why corpus.jsonl:17:3
      cleaner why scraped/article.txt:12 --bundle removed.json
    """
    from cleaner.corpus.find import find_sources
    from cleaner.corpus.remote import as_path
    from cleaner.corpus.run import Failed
    from cleaner.text.explain import explain
    from cleaner.text.segment import split_lines

    if bundle is not None and bundle.exists():
        raise UsageError(f"--bundle {bundle}: is there already; name a new file")
    name, line = _split(place)
    if name is None or not line:
        raise UsageError(f"{place}: write FILE:LINE, with lines counted from 1")
    path, row = as_path(name), 0
    if not path.exists() and (found := _split(name))[0] is not None:
        path, row = as_path(found[0] or ""), found[1]
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; write FILE:LINE")
    settings = rules.settings((path,))
    cleaner = rules.cleaner_of(settings) if path.exists() else None
    source = find_sources([path])[0]
    assert cleaner is not None  # find_sources refuses what does not exist
    item = _cleaned(source, row, cleaner, how)
    if isinstance(item, Failed):
        raise DocumentError(item.message)
    cleaner = cleaner.at(path)
    explanation = explain(cleaner.engine, item.result.document, line)
    if explanation is None:
        count = len(split_lines(item.result.document.text))
        raise UsageError(f"{place}: is blank or past the end (the text has {count} lines)")
    from cleaner.reports.why import render

    for said in render(explanation, cleaner.rules, held=item.result.held):
        click.echo(said)
    if bundle is not None:
        _write(bundle, explanation, item.result, line, cleaner, settings)
    return ExitCode.OK


def _write(
    bundle: Path, explanation: Explanation, result: Result, line: int, cleaner: Cleaner, settings: Config
) -> None:
    """Say what the bundle holds, then write it."""
    import json
    import platform
    from hashlib import sha256
    from importlib.metadata import version

    from cleaner.corpus.write import opened
    from cleaner.reports.bundle import Setup, as_data, listing
    from cleaner.rules import builtin_ids
    from cleaner.rules.load import pack_digests

    source = settings.source
    setup = Setup(
        {"python": platform.python_version(), "system": sys.platform, **{name: version(name) for name in _TOLD}},
        sha256(source.read_bytes()).hexdigest() if source is not None else "",
        cleaner.fingerprint,
        pack_digests(settings.selection),
    )
    own = [name for name, _ in setup.packs if name.removesuffix(".toml") not in builtin_ids()]
    for said in listing(result.document.text, line, own):
        click.echo(said)
    with opened(bundle, "x") as file:
        data = as_data(explanation, result, line, cleaner.rules, setup)
        file.write(json.dumps(data, indent=1).encode())
    complain(f"{bundle} written; look at it before you attach it")


def _split(place: str) -> tuple[str | None, int]:
    """What stands before the last colon, and the number after it; (None, 0) where there is no such number."""
    name, colon, number = place.rpartition(":")
    return (name, int(number)) if colon and number.isdecimal() else (None, 0)


def _cleaned(source: Source, row: int, cleaner: Cleaner, how: Reading) -> Cleaned | Failed:
    """The document, or the one in this row; the documents before it are not cleaned."""
    from cleaner.corpus.formats import chunks_of, entries_of
    from cleaner.corpus.read import read_stream
    from cleaner.corpus.run import clean_entries, clean_one

    container = how.format_of(source.path)
    if container is None and not row:
        return clean_one(source, cleaner, how)
    if container is None:
        raise UsageError(f"{source.path}: is a single document; write FILE:LINE")
    if not row:
        raise UsageError(f"{source.path}: holds many documents; write FILE:ROW:LINE")
    with read_stream(source.path, how.max_ratio) as handle:
        for chunk in chunks_of(container, handle):
            entries = [entry for entry in entries_of(container, chunk) if entry.number == row]
            for item in clean_entries(source, entries, cleaner, how):
                return item
    raise UsageError(f"{source.path}: has no document {row}")
