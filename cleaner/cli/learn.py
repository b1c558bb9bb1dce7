"""Rules for what stands in many documents of a run's inputs: `mine` writes them down, `clean --learn` uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cleaner.api import Cleaner
from cleaner.cli.common import complain, counted, refuse_to_replace
from cleaner.cli.job import Job
from cleaner.cli.progress import tracked
from cleaner.corpus.find import common_parent, named_from
from cleaner.corpus.look import look_at
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, Failed, Totals
from cleaner.corpus.write import write_atomically
from cleaner.mine.count import Counts, require_library
from cleaner.mine.judge import furniture
from cleaner.mine.propose import Proposal, propose
from cleaner.mine.site import Sites
from cleaner.reports.mine import LEARNED, as_toml
from cleaner.rules import RuleSet
from cleaner.text.segment import Layout


@dataclass(frozen=True, slots=True)
class Learned:
    """What is proposed for documents, and what cleaning them came to; `sites` is of how many they are."""

    proposals: Sequence[Proposal]
    totals: Totals
    sites: int


def learn(items: Iterable[Cleaned | Failed], names: Iterable[str], rules: Callable[[], RuleSet]) -> Learned:
    """Count the lines that cleaning left in documents, and propose rules to be used beside `rules`.

    `names` are those of all files that they come from. The order of the documents and of the names does not matter.
    """
    totals, sites = Totals(), Sites(names)
    with Counts() as counts:
        for item in items:
            totals.add(item)
            if isinstance(item, Cleaned):
                name, said = item.source.name, item.result.document.metadata
                site, called = sites.of(name, said.origin, said.site)
                counts.add(site, name, Layout(item.result.text).texts, called)
        proposals = propose(furniture(counts, sites.names), rules())
    return Learned(proposals, totals, len(sites.names))


def learned_pack(
    stack: ExitStack, job: Job, cleaner: Cleaner, reading: Reading, processes: int, *, resume: bool, quiet: bool
) -> Path:
    """A pack for all sources of a run, learned in a pass of its own, to be used beside the rules of `cleaner`.

    It is kept beside the run's record, so that the run can be explained; to `resume` a run takes what was learned when
    that began. Without a record it lasts as long as `stack`.
    """
    place = job.learned or Path(stack.enter_context(TemporaryDirectory(prefix="cleaner-learn-")), "learned.toml")
    if not resume or not place.is_file():
        require_library(LEARNED.command)
        refuse_to_replace(place, LEARNED.mark, LEARNED.command)
        sources = named_from(common_parent(source.path for source in job.sources), job.sources)
        with tracked(sources, "counting lines", quiet=quiet) as told:
            items = look_at(told, lambda: cleaner, reading, None, processes)
            found = learn(items, (source.name for source in sources), lambda: cleaner.rules)
        write_atomically(place, as_toml(found.proposals, found.totals.documents, found.sites, LEARNED).encode())
        if not quiet:
            documents, sites = counted(found.totals.documents, "document"), counted(found.sites, "site")
            complain(f"{counted(len(found.proposals), 'rule')} learned from {documents} of {sites}")
    return place
