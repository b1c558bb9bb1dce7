"""`cleaner diff`: what cleaning would remove, without writing anything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import complain, counted, finish, standard_output
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.cli.reports import examined, readable
from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading


@click.command("diff")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=InputPath(dash=False))
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "patch", "text"]),
    default="auto",
    show_default=True,
    help="A unified patch, or passages with their rules; auto: the latter on a terminal.",
)
@click.option("--full", is_flag=True, help="On a terminal, show all passages of all documents.")
@find_options
@cache_options
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    form: str,
    full: bool,
    finding: FindOptions,
    caching: CacheOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Print what cleaning would remove; nothing is written.

    Exits 1 if anything would go. Names are relative to the folder that holds all inputs. Pages, and rows of files of
    many documents, have no text that a patch could apply to; they are left out of patches, with a word on standard
    error. A terminal gets at most a screen a document, and twenty documents.

    \b
      cleaner diff scraped/ > boilerplate.patch
      cleaner diff --format text article.txt
    """
    from cleaner.corpus.run import Cleaned, Totals
    from cleaner.reports.patch import PatchReport
    from cleaner.reports.view import Outcome, Run

    out = standard_output()
    settings = rules.settings(paths)
    sources = named_sources(paths, finding, settings)
    if form == "auto":
        form = "text" if sys.stdout.isatty() else "patch"
    report = PatchReport(out) if form == "patch" else readable(out, Run(), full=full)
    totals, pages, rows = Totals(), 0, 0
    with cached_run(rules, settings, how, caching) as run:
        for item in run.all(sources):
            totals.add(item)
            if isinstance(item, Cleaned):
                pages += item.loaded.is_html
                rows += bool(item.source.row)
                report.add(examined(item))
    report.end(Outcome(not totals.found, ""))
    out.flush()
    if (pages or rows) and form == "patch":
        left = counted(rows, "row") if rows else counted(pages, "HTML page")
        complain(f"{left} left out of the patch; --format text shows what would go")
    code = finish(totals, quiet=True, writes=False)
    return code or (ExitCode.FOUND if totals.found else ExitCode.OK)
