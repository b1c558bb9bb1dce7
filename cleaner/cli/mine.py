"""`cleaner mine`: rules for what stands in many documents of a site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import complain, counted, finish, refuse_to_replace
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.cli.progress import progress

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
    from cleaner.corpus.run import Cleaned, Totals
    from cleaner.corpus.write import write_atomically
    from cleaner.mine.count import Counts, require_library
    from cleaner.mine.judge import furniture
    from cleaner.mine.propose import propose
    from cleaner.mine.site import Sites
    from cleaner.reports.mine import MARK, as_toml
    from cleaner.text.segment import Layout

    require_library()
    refuse_to_replace(output, MARK, "mine")
    settings = rules.settings(paths)
    sources = named_sources(paths, finding, settings)
    totals, sites = Totals(), Sites(source.name for source in sources)
    with cached_run(rules, settings, how, caching) as run, Counts() as counts:
        with progress(sources, "counting lines", quiet=False) as told:
            for item in run.all(told):
                totals.add(item)
                if isinstance(item, Cleaned):
                    name, title = item.source.name, item.result.document.metadata.site
                    site, names = sites.of(name, item.result.document.metadata.origin, title)
                    counts.add(site, name, Layout(item.result.text).texts, names)
        proposals = propose(furniture(counts, sites.names), run.cleaner.rules)
    write_atomically(output, as_toml(proposals, totals.documents, len(sites.names)).encode())
    if proposals:
        complain(f"{counted(len(proposals), 'rule')} written to {output}; read them, then: cleaner rules test {output}")
    else:
        complain(f"{output}: holds no rules; nothing stands in enough documents of a site")
    return finish(totals, quiet=True, writes=False)
