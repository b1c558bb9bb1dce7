"""`cleaner mine`: rules for what stands in many documents of a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import complain, counted, finish, refuse_to_replace
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.cli.progress import tracked

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading


@click.command("mine")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=InputPath(dash=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    required=True,
    help="Write the rules there, as a pack.",
)
@find_options
@cache_options
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    output: Path,
    finding: FindOptions,
    caching: CacheOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Propose rules for lines that stand in many documents of a site and are not removed yet.

    A site is the host of a page's address, or of the field "url" of a row; without one, a document counts for the
    first folder that not all of them lie in. Review the rules before you use them. Exits 3 if documents could not be
    read. Needs DuckDB: pip install 'article-cleaner[mine]'

    \b
      cleaner mine scraped/ -o mined.toml
      cleaner rules test mined.toml
      cleaner clean scraped/ -o clean/ --pack mined.toml
    """
    from cleaner.cli.learn import learn
    from cleaner.corpus.write import write_atomically
    from cleaner.mine.count import require_library
    from cleaner.reports.mine import MINED, as_toml

    require_library(MINED.command)
    refuse_to_replace(output, MINED.mark, MINED.command)
    settings = rules.settings(paths)
    sources = named_sources(paths, finding, settings)
    with (
        cached_run(rules, settings, how, caching) as run,
        tracked(sources, "counting lines", quiet=False) as told,
    ):
        found = learn(run.all(told), (source.name for source in sources), lambda: run.cleaner.rules)
    write_atomically(output, as_toml(found.proposals, found.totals.documents, found.sites).encode())
    if found.proposals:
        rules_said = counted(len(found.proposals), "rule")
        complain(f"{rules_said} written to {output}; read them, then: cleaner rules test {output}")
    else:
        read = f"{counted(found.totals.documents, 'document')} of {counted(found.sites, 'site')}"
        complain(f"{output}: holds no rules; nothing stands in enough of {read}, of which copies count once")
    return finish(found.totals, quiet=True, writes=False)
