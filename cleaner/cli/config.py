"""`cleaner config`: what a run is configured with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CACHE_VARIABLE
from cleaner.cli.common import complain, counted
from cleaner.cli.inputs import InputPath
from cleaner.cli.options import RuleOptions, rule_options
from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from cleaner.config.origin import Setting


@click.command("config")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=InputPath(dash=False))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@rule_options
def command(paths: tuple[Path, ...], form: str, rules: RuleOptions) -> int:
    """Show the configuration that holds for inputs at PATH, and where each value comes from.

    Without PATH, that for inputs in the current folder. A value comes from a default, from a line of a file, from an
    environment variable, or from a flag; give the flags here that you mean to give elsewhere.

    \b
      cleaner config scraped/
      cleaner config scraped/ --threshold 1.5 --format json
    """
    from cleaner.config.origin import DEFAULT, Setting, effective
    from cleaner.corpus.find import common_parent
    from cleaner.rules.cache import folder

    settings = rules.settings(paths)
    active = rules.rules_of(settings)
    source = settings.source
    text = source.read_text(encoding="utf-8") if source is not None else ""
    found = effective(text, _shown(source) if source is not None else "", rules.given())
    place = os.environ.get(CACHE_VARIABLE)
    found.append(Setting("cache_dir", place or str(folder()), CACHE_VARIABLE if place else DEFAULT))
    if form == "json":
        rows = [{"key": item.key, "value": item.value, "origin": item.origin} for item in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            click.echo(line)
    if source is None and not rules.isolated:
        start = common_parent(paths) if paths else Path.cwd()
        complain(f"no configuration in {start} or above it; `cleaner init` writes one")
    complain(f"{counted(len(active), 'rule')} in effect")
    return ExitCode.OK


def _shown(source: Path) -> str:
    """A path from the current folder on, where it lies in there."""
    here = Path.cwd()
    return str(source.relative_to(here)) if source.is_relative_to(here) else str(source)


def _lines(found: Iterable[Setting]) -> Iterator[str]:
    """Key, origin and value, a line for each item of a list."""
    from cleaner.reports.text import shown

    rows = [
        (item.key, item.origin, value)
        for item in found
        for value in ((item.value or ["(none)"]) if isinstance(item.value, list) else [item.value])
    ]
    keys, origins = (max(len(shown(row[column])) for row in rows) for column in (0, 1))
    for key, origin, value in rows:
        said = value if isinstance(value, str) else json.dumps(value)
        yield f"{shown(key):<{keys}}  {shown(origin):<{origins}}  {shown(said)}"
