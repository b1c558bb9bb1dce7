"""What tests of formats share: a file cleaned as a run does it, in any number of processes."""

from __future__ import annotations

from pathlib import Path

from cleaner.corpus.find import Source
from cleaner.corpus.jobs import work
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Totals
from cleaner.corpus.sinks import FileSinks
from cleaner.corpus.work import Worker, tasks
from cleaner.model import TEXT
from cleaner.rules import Selection
from tests.support import ours


def cleaned(
    source: Path,
    target: Path,
    reading: Reading = Reading(),  # noqa: B008 - frozen
    *,
    jobs: int = 1,
    selection: Selection = Selection(),  # noqa: B008 - frozen
) -> Totals:
    """Clean one file with the small pack."""
    worker = Worker(ours(selection), reading, TEXT, source.parent)
    totals = Totals()
    with FileSinks() as sinks:
        for task, done in work(lambda: worker, tasks([(Source(source, source.name), target)], reading), jobs):
            totals.merge(done.totals)
            sinks.take(task, done)
    return totals
