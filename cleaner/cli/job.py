"""The plan of one `clean` run over files: what is read, where it goes, checked before anything is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.cli.common import standard_output
from cleaner.cli.outputs import STDOUT, check_places, writing
from cleaner.cli.progress import Progress
from cleaner.cli.reports import Reports, run_of
from cleaner.corpus.compression import plain_name
from cleaner.corpus.deliver import NO_PACKED_IN_PLACE, NO_PAGES_IN_PLACE, NO_ROWS_IN_PLACE, Files, write_run
from cleaner.corpus.find import (
    RECORD_FOLDER,
    Source,
    common_parent,
    named_from,
    page_name,
    real_paths,
    without_collisions,
)
from cleaner.corpus.forms import SUFFIXES
from cleaner.corpus.pool import work
from cleaner.corpus.read import Reading, is_packed, sniff_html
from cleaner.corpus.record import RecordWriter, RunRow, record_root
from cleaner.corpus.run import Cleaned, Failed, Totals
from cleaner.corpus.sinks import sink_for
from cleaner.corpus.work import Worker, tasks
from cleaner.corpus.write import opened, sync_folder
from cleaner.errors import UsageError
from cleaner.model import JSONL, TEXT
from cleaner.reports import Examined, Outcome, View


@dataclass(frozen=True, slots=True)
class Job:
    """Sources and where they go: to files of their own (`targets`), as rows to one file (`rows`) or to standard
    output; a single source without either goes there as it is.
    """

    sources: list[Source]
    targets: dict[Path, Path]
    rows: Path | None
    form: str
    in_place: bool
    record: Path | None
    reports: Reports

    @property
    def to_stdout(self) -> bool:
        return not self.targets and self.form != JSONL

    @classmethod
    def plan(
        cls,
        paths: Sequence[Path],
        sources: list[Source],
        output: str | None,
        *,
        form: str,
        in_place: bool,
        record: Path | None,
        no_record: bool,
        reports: Reports,
        reading: Reading,
    ) -> Job:
        """Check a run's paths, and where what was found under them goes. Raises UsageError for whatever
        cannot be carried out.
        """
        if record and no_record:
            raise UsageError("--record and --no-record exclude each other; choose one")
        targets: dict[Path, Path] = {}
        if form == JSONL:
            _check_rows(sources, reading)
        if in_place:
            if output is not None:
                raise UsageError("--in-place and -o exclude each other; choose one")
            if form != TEXT:
                raise UsageError(f"--in-place and --format {form} exclude each other; choose one")
            folder = common_parent(paths)
            sources, targets = _in_place(named_from(folder, sources), reading)
            record = _new_record(record, folder / RECORD_FOLDER)
        elif output is None:
            if form != JSONL and (len(sources) > 1 or paths[0].is_dir()):
                raise UsageError("say where clean text goes: -o OUT for a folder, or --in-place")
            if record or reports:
                raise UsageError("--record and --report need -o OUT or --in-place")
        elif form == JSONL:
            if names_folder(output):
                raise UsageError(f"{output}: is a folder; --format jsonl writes one file, so name that")
            sources = named_from(common_parent(paths), sources)
        elif len(paths) == 1 and paths[0].is_file() and not names_folder(output):
            targets = {sources[0].path: Path(output)}
        else:
            targets = _mirrored(paths, sources, Path(output), SUFFIXES[form], reading)
            record = record or Path(output, RECORD_FOLDER, "run.jsonl")
        if no_record:
            record = None
        rows = Path(output) if form == JSONL and output is not None else None
        beside = [*((record,) if record else ()), *reports.files]
        written = [rows] if rows is not None else [] if in_place else list(targets.values())
        check_places([source.path for source in sources], written, beside)
        reports.check_folders(paths, output)
        return cls(sources, targets, rows, form, in_place, record, reports)

    def run(self, cleaner: Cleaner, reading: Reading, jobs: int, progress: Progress) -> Totals:
        """Clean and write everything, in so many processes; what happened, counted."""
        totals = Totals()
        with writing(), ExitStack() as stack:
            record = self._open_record(stack, cleaner, reading)
            views = self.reports.open(stack, run_of(cleaner))
            stream = None if self.targets or self.rows else standard_output()
            sinks = sink_for(stack, self.form, self.rows, stream)
            in_place = Files(self._target, in_place=True)
            worker = Worker(cleaner, reading, self.form, record.root, self.in_place, bool(views))
            files = ((source, self._target(source)) for source in self.sources)
            for task, done in work(worker, tasks(files, reading), jobs):
                items: Iterable[Cleaned | Failed] = done.items
                if self.in_place:
                    items = _counted(write_run(items, in_place, record), totals)
                for item in items:
                    _show(item, views)
                record.append(done.rows)
                totals.merge(done.totals)
                sinks.take(task, done)
                progress.advance(task.size, totals)
            incomplete = f"{len(totals.held)} held, {len(totals.failures)} failed"
            for view in views:
                view.end(Outcome(not totals.held and not totals.failures, incomplete))
            record.end(totals.documents)
        return totals

    def _target(self, source: Source) -> Path:
        return self.rows or self.targets.get(source.path, STDOUT)

    def _open_record(self, stack: ExitStack, cleaner: Cleaner, reading: Reading) -> RecordWriter:
        path = self.record or Path(os.devnull)
        # Originals hang on a record of a run in place: two runs at once must not share one.
        handle = stack.enter_context(opened(path, "x" if self.in_place and self.record else "w"))
        about = RunRow(
            version=version("article-cleaner"),
            rules=cleaner.fingerprint,
            threshold=cleaner.rules.threshold,
            max_removed=cleaner.rules.max_removed,
            in_place=self.in_place,
            encoding=reading.encoding or "",
            title=reading.title,
            extractor=reading.extractor,
            input_format=reading.input_format,
            text_field=reading.text_field,
        )
        if self.in_place:
            sync_folder(path.parent)
        return RecordWriter(handle, record_root(path), about)


def _counted(items: Iterable[Cleaned | Failed], totals: Totals) -> Iterator[Cleaned | Failed]:
    for item in items:
        totals.add(item)
        yield item


def _show(item: Cleaned | Failed, views: Sequence[View]) -> None:
    if isinstance(item, Failed):
        for view in views:
            view.fail(item.source.name, item.reason)
    else:
        examined = Examined(item.source.name, item.result, item.data)
        for view in views:
            view.add(examined)


def names_folder(output: str) -> bool:
    """Whether an -o is a folder, or is written like one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def _in_place(sources: Sequence[Source], reading: Reading) -> tuple[list[Source], dict[Path, Path]]:
    """The files to replace, links followed; what two names lead to is cleaned once, by its own name."""
    found: dict[Path, Source] = {}
    for source, place in zip(sources, real_paths([source.path for source in sources]), strict=True):
        if reading.format_of(source.path) is not None:
            raise UsageError(f"{source.path}: {NO_ROWS_IN_PLACE}")
        if is_packed(source.path):
            raise UsageError(f"{source.path}: {NO_PACKED_IN_PLACE}")
        if sniff_html(source.path):
            raise UsageError(f"{source.path}: {NO_PAGES_IN_PLACE}")
        if place not in found or found[place].path.is_symlink():
            found[place] = source
    targets = {source.path: place if source.path.is_symlink() else source.path for place, source in found.items()}
    return list(found.values()), targets


def _new_record(record: Path | None, folder: Path) -> Path:
    """A record that is not there yet: that of an earlier run in place is what its originals hang on."""
    if record is not None:
        if record.is_file():
            raise UsageError(f"{record}: exists, and originals may hang on it; name another file for --record")
        return record
    path, number = folder / "run.jsonl", 1
    while path.exists():
        number += 1
        path = folder / f"run-{number}.jsonl"
    return path


def _check_rows(sources: Iterable[Source], reading: Reading) -> None:
    """Rows of our own are made of documents; a table keeps its rows, and all that stands in them."""
    for source in sources:
        form = reading.format_of(source.path)
        if form is not None and form.keeps_rows:
            raise UsageError(f"{source.path}: is written as it came, with all its fields; leave out --format jsonl")


def _mirrored(
    paths: Sequence[Path], sources: Sequence[Source], output: Path, suffix: str, reading: Reading
) -> dict[Path, Path]:
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output}: is a file; name a folder for the clean texts")
    for path in paths:
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise UsageError(f"{output}: lies inside the input {path}; choose a folder outside, or --in-place")
    names = without_collisions(sources, (_target_name(source, suffix, reading) for source in sources))
    return {source.path: output / name for source, name in zip(sources, names, strict=True)}


def _target_name(source: Source, suffix: str, reading: Reading) -> str:
    """The name of an output: that of the input, but a page ends in `suffix`, and no document is compressed."""
    form = reading.format_of(source.path)
    if form is not None:
        return form.target_name(source.name)
    is_page = reading.input_format == "html" or (not reading.input_format and sniff_html(source.path))
    return page_name(source.name, suffix) if is_page else plain_name(source.name)
