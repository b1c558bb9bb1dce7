"""`cleaner try`: a pattern before it becomes a rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import colour, complain, finish
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import Range, RuleOptions, reading_options, rule_options
from cleaner.cli.progress import tracked

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading

MOST_SHOWN = 20


@click.command("try")
@click.argument("pattern")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=InputPath(dash=False))
@click.option(
    "--weight",
    type=Range(0, 5),
    metavar="WEIGHT",
    default=1.0,
    show_default=True,
    help="Of the rule; 1.0 is enough alone.",
)
@click.option(
    "--scope",
    type=click.Choice(["line", "text"]),
    default="line",
    show_default=True,
    help="Whether the line goes in which the pattern is found, or only the words that it matches.",
)
@click.option("--case", type=click.Choice(["ignore", "exact"]), default="ignore", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--full", is_flag=True, help=f"Show all passages, not {MOST_SHOWN}.")
@find_options
@cache_options
@reading_options
@rule_options
def command(
    pattern: str,
    paths: tuple[Path, ...],
    weight: float,
    scope: str,
    case: str,
    form: str,
    full: bool,
    finding: FindOptions,
    caching: CacheOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Show what a rule with this pattern would remove that stays today; nothing is written.

    PATTERN is written as in a pack. Passages in lines that read like running text come first, then those of the
    highest risk to be article; each stands once, between its neighbours, with the number of times it would go.

    \b
      cleaner try '^get our letter every' scraped/
      cleaner try '\\(North Wire\\)' scraped/ --scope text --case exact
    """
    from cleaner.api import Cleaner
    from cleaner.corpus.run import Cleaned, Totals
    from cleaner.reports.text import Painter
    from cleaner.reports.trial import TRIED, TrialReport
    from cleaner.rules import Rule
    from cleaner.rules.load import pattern_of
    from cleaner.text.trial import Trial

    settings = rules.settings(paths)
    selection = settings.selection
    read = pattern_of(pattern, selection)
    rule = Rule(
        TRIED, "the pattern that is tried", weight, "", "text" if scope == "text" else "line", case == "exact", (read,)
    )
    sources = named_sources(paths, finding, settings)
    totals, trials = Totals(), dict[Cleaner, Trial]()
    painted = colour() and form == "text"
    report = TrialReport(selection.threshold, Painter(painted))
    with cached_run(rules, settings, how, caching) as run, tracked(sources, "trying", quiet=False) as told:
        for item in run.all(told):
            totals.add(item)
            if isinstance(item, Cleaned):
                cleaner = run.at(item.source.path)
                if cleaner not in trials:
                    trials[cleaner] = Trial(cleaner.rules, rule)
                report.add(item.source.shown, trials[cleaner].of(item.result))
    if form == "json":
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=1))
    else:
        for line in report.render(None if full else MOST_SHOWN):
            click.echo(line, color=painted)
    if report.found:
        complain("for a rule to put it in: cleaner rules new CATEGORY/NAME PHRASE -o rules/ours.toml")
    return finish(totals, quiet=True, writes=False)
