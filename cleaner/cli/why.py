"""`cleaner why FILE:LINE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import RuleOptions, reading_options, rule_options
from cleaner.errors import DocumentError, ExitCode, UsageError

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading


@click.command("why")
@click.argument("place", metavar="FILE:LINE")
@reading_options
@rule_options
def command(place: str, how: Reading, rules: RuleOptions) -> int:
    """Say why a line goes or stays: every rule and signal for and against it, and near misses.

    For a page, LINE counts in its extracted text.

    \b
      cleaner why scraped/article.txt:12
    """
    from cleaner.corpus.find import find_sources
    from cleaner.corpus.run import Failed, clean_one
    from cleaner.text.explain import explain
    from cleaner.text.segment import split_lines

    name, colon, number = place.rpartition(":")
    if not colon or not number.isdecimal() or int(number) < 1:
        raise UsageError(f"{place}: write FILE:LINE, with lines counted from 1")
    path = Path(name)
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; write FILE:LINE")
    cleaner = rules.cleaner((path,)) if path.exists() else None
    source = find_sources([path])[0]
    assert cleaner is not None  # find_sources refuses what does not exist
    item = clean_one(source, cleaner, how)
    if isinstance(item, Failed):
        raise DocumentError(item.message)
    cleaner = cleaner.at(path)
    explanation = explain(cleaner.engine, item.result.document, int(number))
    if explanation is None:
        count = len(split_lines(item.result.document.text))
        raise UsageError(f"{place}: is blank or past the end (the text has {count} lines)")
    from cleaner.reports.why import render

    for line in render(explanation, cleaner.rules, held=item.result.held):
        click.echo(line)
    return ExitCode.OK
