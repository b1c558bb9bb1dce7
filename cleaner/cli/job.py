"""The plan of one `clean` run over files: what is read, where it goes, checked before anything is done."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from cleaner.api import Cleaner
from cleaner.corpus.find import RECORD_FOLDER, Source, common_parent, find_sources, output_names
from cleaner.corpus.read import sniff_html
from cleaner.corpus.record import RecordWriter, record_root
from cleaner.corpus.run import Cleaned, Reading, Totals, clean_all, write_run
from cleaner.errors import UsageError
from cleaner.reports import FORMATS


@dataclass(frozen=True, slots=True)
class Job:
    """Sources and their targets. Without targets the single source goes to standard output."""

    sources: list[Source]
    targets: dict[Path, Path]
    in_place: bool
    record: Path | None
    reports: tuple[tuple[str, Path], ...]

    @property
    def to_stdout(self) -> bool:
        return not self.targets

    @classmethod
    def plan(
        cls, paths: Sequence[Path], output: Path | None, *, in_place: bool, record: Path | None, reports: Sequence[str]
    ) -> Job:
        """Check a run's paths. Raises UsageError for whatever cannot be carried out."""
        sources = find_sources(paths)
        wanted = tuple(_report(text) for text in reports)
        if in_place:
            if output is not None:
                raise UsageError("--in-place and -o exclude each other; choose one")
            targets = _in_place(sources)
            record = record or _next_record(common_parent(paths) / RECORD_FOLDER)
        elif output is None:
            if len(sources) > 1 or paths[0].is_dir():
                raise UsageError("say where clean text goes: -o OUT for a folder, or --in-place")
            if record or wanted:
                raise UsageError("--record and --report need -o OUT or --in-place")
            targets = {}
        elif len(paths) == 1 and paths[0].is_file() and not output.is_dir():
            targets = {sources[0].path: output}
        else:
            targets = _mirrored(paths, sources, output)
            record = record or output / RECORD_FOLDER / "run.jsonl"
        for source in sources:
            target = targets.get(source.path)
            if not in_place and target is not None and target.resolve() == source.path.resolve():
                raise UsageError(f"{target}: is an input itself; choose another -o, or --in-place")
        for file in (*((record,) if record else ()), *(path for _, path in wanted)):
            if file.is_dir():
                raise UsageError(f"{file}: is a folder; name a file")
        return cls(sources, targets, in_place, record, wanted)

    def run(self, sources: Iterable[Source], cleaner: Cleaner, reading: Reading) -> Totals:
        """Clean and write everything; what happened, counted."""
        totals = Totals()
        with ExitStack() as stack:
            record = self._open_record(stack, cleaner)
            views = [FORMATS[name](stack.enter_context(_opened(path))) for name, path in self.reports]
            items = clean_all(sources, cleaner, reading)
            for item in write_run(items, lambda source: self.targets[source.path], record, in_place=self.in_place):
                totals.add(item)
                if isinstance(item, Cleaned):
                    data = None if item.loaded.is_html else item.loaded.data
                    for view in views:
                        view.add(item.source.name, item.result, data)
            record.end(totals.documents)
        return totals

    def _open_record(self, stack: ExitStack, cleaner: Cleaner) -> RecordWriter:
        path = self.record or Path(os.devnull)
        handle = stack.enter_context(_opened(path))
        about = {
            "version": version("article-cleaner"),
            "rules": cleaner.rules.fingerprint,
            "threshold": cleaner.rules.threshold,
            "max_removed": cleaner.rules.max_removed,
            "in_place": self.in_place,
        }
        return RecordWriter(handle, record_root(path), about)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("wb")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    with handle:
        yield handle


def _report(text: str) -> tuple[str, Path]:
    name, equals, path = text.partition("=")
    if name not in FORMATS or not equals or not path:
        raise UsageError(f"--report {text}: write FORMAT=FILE with one of the formats {', '.join(FORMATS)}")
    return name, Path(path)


def _in_place(sources: Sequence[Source]) -> dict[Path, Path]:
    for source in sources:
        if sniff_html(source.path):
            raise UsageError(f"{source.path}: a page cannot be cleaned in place; use -o OUT")
    return {source.path: source.path for source in sources}


def _next_record(folder: Path) -> Path:
    """A name not taken yet: the record of an earlier run in place is what its originals hang on."""
    path, number = folder / "run.jsonl", 1
    while path.exists():
        number += 1
        path = folder / f"run-{number}.jsonl"
    return path


def _mirrored(paths: Sequence[Path], sources: Sequence[Source], output: Path) -> dict[Path, Path]:
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output}: is a file; name a folder for the clean texts")
    for path in paths:
        if path.is_dir() and output.resolve().is_relative_to(path.resolve()):
            raise UsageError(f"{output}: lies inside the input {path}; choose a folder outside, or --in-place")
    names = output_names(sources, [sniff_html(source.path) for source in sources])
    return {source.path: output / name for source, name in zip(sources, names, strict=True)}
