"""`cleaner stats`: how much residue a corpus holds, without changing anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import finish
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.cli.reports import examined

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading
    from cleaner.reports.statistics import Statistics


@click.command("stats")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=InputPath(dash=False))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@find_options
@cache_options
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    form: str,
    finding: FindOptions,
    caching: CacheOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Say how much cleaning would remove, by category, by site or folder, and by language.

    A page's site is the host of its address; other documents are counted by the first folder that not all of
    them lie in. A page says its own language; a text is taken for one in the language of the rules that found
    something in it, so of a clean text none is stated. Exits 3 if documents could not be read.

    \b
      cleaner stats scraped/
      cleaner stats scraped/ --format json > residue.json
    """
    from cleaner.corpus.run import Cleaned, Totals
    from cleaner.reports.statistics import Statistics

    settings = rules.settings(paths)
    sources = named_sources(paths, finding, settings)
    totals = Totals()
    with cached_run(rules, settings, how, caching) as run:
        statistics = Statistics(rules.rules_of(settings))
        for item in run.all(sources):
            totals.add(item)
            if isinstance(item, Cleaned):
                statistics.add(examined(item))
            else:
                statistics.fail()
    _show(statistics, form)
    return finish(totals, quiet=True, writes=False)


def _show(statistics: Statistics, form: str) -> None:
    import json

    from cleaner.reports.statistics import HEAD, caption, render, tables

    if form == "json":
        click.echo(json.dumps(statistics.as_data(), ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console()
        console.print(Text(caption(statistics)))
        for name, rows in tables(statistics):
            table = Table()
            for number, column in enumerate((name, *HEAD)):
                table.add_column(column, justify="right" if 0 < number < len(HEAD) else "left")
            for row in rows:
                table.add_row(*map(Text, row))
            console.print(table)
    else:
        for line in render(statistics):
            click.echo(line)
