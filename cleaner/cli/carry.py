"""A planned `clean` run, carried out: documents in, files, record and reports out, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.cli.common import standard_output
from cleaner.cli.job import Job
from cleaner.cli.outputs import writing
from cleaner.cli.progress import Progress
from cleaner.cli.reports import examined, run_of
from cleaner.corpus.deliver import Files, write_run
from cleaner.corpus.jobs import work
from cleaner.corpus.lock import lock, only_run
from cleaner.corpus.read import Reading
from cleaner.corpus.record import RunRow, record_root
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.resume import Start, find_start, totals_of
from cleaner.corpus.run import Cleaned, Failed, Totals
from cleaner.corpus.sinks import sink_for
from cleaner.corpus.work import Worker, tasks
from cleaner.corpus.write import opened, sync_folder
from cleaner.errors import UsageError
from cleaner.reports import Outcome, View


@contextmanager
def alone(job: Job, *, resume: bool) -> Iterator[None]:
    """Keep other runs out of the folder that a run writes into, from its first byte there to its last.

    Raises UsageError where another one is at work in it, or there is no run to `resume`.
    """
    if resume:
        resumable(job)
    way_out = "wait for it" if job.in_place else "wait for it, or choose another -o"
    with nullcontext() if job.folder is None else only_run(job.folder, way_out):
        yield


def carry_out(
    job: Job, cleaner: Cleaner, reading: Reading, processes: int, progress: Progress, *, resume: bool
) -> Totals:
    """Clean and write everything, or what a run that was cut off has left to do; what happened, counted.

    To be called within `alone`. Raises UsageError where there is no run to go on with.
    """
    about = _about(job, cleaner, reading) if job.record is not None else None
    start = _start(job, about, reading) if resume else Start()
    if start is None:
        return totals_of(resumable(job), job.sources)
    with writing(), ExitStack() as stack:
        record = _open_record(stack, job, about, start, resume=resume)
        totals = totals_of(resumable(job), job.sources) if start.record_bytes else Totals()
        views = job.reports.open(stack, run_of(cleaner)) if job.reports else []
        stream = None if job.targets or job.rows else standard_output()
        sinks = sink_for(stack, job.form, job.rows, stream, None if job.record is None else start.output_bytes)
        in_place = Files(job.target, in_place=True)
        worker = partial(Worker, cleaner, reading, job.form, record.root, job.in_place, bool(views))
        files = ((source, job.target(source)) for source in job.sources[start.sources :])
        for task, done in work(worker, tasks(files, reading, start.documents), processes):
            items: Iterable[Cleaned | Failed] = done.items
            if job.in_place:
                items = _counted(write_run(items, in_place, record), totals)
            for item in items:
                _show(item, views)
            sinks.take(task, done)
            record.append(done.rows)
            totals.merge(done.totals)
            progress.advance(task.size, totals)
        incomplete = f"{len(totals.held)} held, {len(totals.failures)} failed"
        for view in views:
            view.end(Outcome(not totals.held and not totals.failures, incomplete))
        record.end(totals.documents)
    return totals


def _start(job: Job, about: RunRow | None, reading: Reading) -> Start | None:
    record = resumable(job)
    assert about is not None, "what has a record says what it is about"
    return find_start(record, about, job.sources, job.target, reading, job.rows)


def resumable(job: Job) -> Path:
    """The record of the run to go on with. Raises UsageError if there is none, or it cannot be gone on with."""
    if job.record is None:
        raise UsageError("--resume: needs the record of the run that was cut off: --record FILE")
    if not job.record.is_file():
        raise UsageError(f"{job.record}: there is no record of a run that was cut off; leave out --resume")
    if job.reports:
        raise UsageError(f"--resume and --report exclude each other; afterwards: cleaner report {job.record}")
    return job.record


def _about(job: Job, cleaner: Cleaner, reading: Reading) -> RunRow:
    learned = job.learned.name if job.learned else ""
    return about_run(cleaner, reading, job.form, in_place=job.in_place, learned=learned)


def about_run(cleaner: Cleaner, reading: Reading, form: str, *, in_place: bool = False, learned: str = "") -> RunRow:
    """What a record says about its run."""
    from importlib.metadata import version

    return RunRow(
        version=version("article-cleaner"),
        rules=cleaner.fingerprint,
        threshold=cleaner.rules.threshold,
        max_removed=cleaner.rules.max_removed,
        in_place=in_place,
        encoding=reading.encoding or "",
        title=reading.title,
        extractor=reading.extractor,
        input_format=reading.input_format,
        text_field=reading.text_field,
        form=form,
        removals_column=reading.removals_column,
        learned=learned,
    )


def _open_record(stack: ExitStack, job: Job, about: RunRow | None, start: Start, *, resume: bool) -> RecordWriter:
    """The record, with a first row `about` the run, or after what stands of it."""
    path = job.record or Path(os.devnull)
    # Originals hang on a record of a run in place: two runs at once must not share one.
    is_new = job.in_place and job.record is not None and not resume
    handle = stack.enter_context(opened(path, "x" if is_new else "a"))
    if path.is_file():
        if not lock(handle.fileno()):
            raise UsageError(f"{path}: is being written by another run; wait for it, or name another --record")
        handle.truncate(start.record_bytes)
    if job.in_place:
        sync_folder(path.parent)
    return RecordWriter(handle, record_root(path), None if start.record_bytes else about)


def _counted(items: Iterable[Cleaned | Failed], totals: Totals) -> Iterator[Cleaned | Failed]:
    for item in items:
        totals.add(item)
        yield item


def _show(item: Cleaned | Failed, views: Sequence[View]) -> None:
    if isinstance(item, Failed):
        for view in views:
            view.fail(item.source.name, item.reason)
    else:
        document = examined(item)
        for view in views:
            view.add(document)
