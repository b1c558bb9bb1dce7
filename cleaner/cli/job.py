"""The plan of one `clean` run over files: what is read, where it goes, checked before anything is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.cli.outputs import STDOUT, check_places, names_folder
from cleaner.cli.reports import Reports
from cleaner.corpus.compression import plain_name
from cleaner.corpus.deliver import NO_PACKED_IN_PLACE, NO_PAGES_IN_PLACE, NO_ROWS_IN_PLACE
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
from cleaner.corpus.read import Reading, is_packed, sniff_html
from cleaner.corpus.remote import RemotePath, as_path
from cleaner.errors import UsageError
from cleaner.model import JSONL, TEXT


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
    folder: Path | None
    """That the run writes into, and no other may meanwhile; None where it writes files that are named."""
    record: Path | None
    reports: Reports
    learned: Path | None = None
    """Where the rules are kept that are learned from the sources, where both they and a record are wanted."""

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
        resume: bool,
        learn: bool = False,
    ) -> Job:
        """Check a run's paths, and where what was found under them goes. Raises UsageError for whatever
        cannot be carried out.
        """
        if record and no_record:
            raise UsageError("--record and --no-record exclude each other; choose one")
        if learn and len(sources) == 1 and paths[0].is_file() and reading.format_of(paths[0]) is None:
            raise UsageError(f"{paths[0]}: is one document, and --learn learns from many; name a folder")
        if form == JSONL:
            _check_rows(sources, reading)
        sources, targets, folder = _placed(paths, sources, output, form, reading, in_place=in_place)
        if in_place:
            assert folder is not None
            record = _record_in_place(record, folder / RECORD_FOLDER, resume=resume)
        elif output is None and (record or reports):
            raise UsageError("--record and --report need -o OUT or --in-place")
        elif folder is not None:
            record = record or folder / RECORD_FOLDER / "run.jsonl"
        if no_record:
            record = None
        rows = as_path(output) if form == JSONL and output is not None else None
        learned = record.with_suffix(".learned.toml") if learn and record else None
        beside = [*(path for path in (record, learned) if path), *reports.files]
        written = [rows] if rows is not None else [] if in_place else list(targets.values())
        check_places([source.path for source in sources], written, beside)
        reports.check_folders(paths, output)
        return cls(sources, targets, rows, form, in_place, folder, record, reports, learned)

    def target(self, source: Source) -> Path:
        """Where what comes of a source is written."""
        return self.rows or self.targets.get(source.path, STDOUT)


def _placed(
    paths: Sequence[Path], sources: list[Source], output: str | None, form: str, reading: Reading, *, in_place: bool
) -> tuple[list[Source], dict[Path, Path], Path | None]:
    """The sources by the names that a run gives them, their targets, and the folder that the run has to itself."""
    if in_place:
        if output is not None:
            raise UsageError("--in-place and -o exclude each other; choose one")
        if form != TEXT:
            raise UsageError(f"--in-place and --format {form} exclude each other; choose one")
        if any(isinstance(path, RemotePath) for path in paths):
            raise UsageError("--in-place: is for files on this machine; use -o OUT")
        folder = common_parent(paths)
        return *_in_place(named_from(folder, sources), reading), folder
    if output is None:
        if form != JSONL and (len(sources) > 1 or paths[0].is_dir()):
            raise UsageError("say where clean text goes: -o OUT for a folder, or --in-place")
        return sources, {}, None
    if form == JSONL:
        if names_folder(output):
            raise UsageError(f"{output}: is a folder; --format jsonl writes one file, so name that")
        return named_from(common_parent(paths), sources), {}, None
    place = as_path(output)
    if len(paths) == 1 and paths[0].is_file() and not names_folder(output):
        return sources, {sources[0].path: place}, None
    # A record is added to, which cannot be elsewhere.
    return (
        sources,
        _mirrored(paths, sources, place, SUFFIXES[form], reading),
        None if isinstance(place, RemotePath) else Path(output),
    )


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


def _record_in_place(record: Path | None, folder: Path, *, resume: bool) -> Path:
    """A record that is not there yet, as originals hang on that of an earlier run; or the latest one, to resume."""
    if record is not None:
        if record.is_file() and not resume:
            raise UsageError(f"{record}: exists, and originals may hang on it; name another file for --record")
        return record
    latest, path, number = None, folder / "run.jsonl", 1
    while path.exists():
        latest, number = path, number + 1
        path = folder / f"run-{number}.jsonl"
    return latest if resume and latest is not None else path


def _check_rows(sources: Iterable[Source], reading: Reading) -> None:
    """Rows of our own are made of documents; a table keeps its rows, and all that stands in them."""
    for source in sources:
        container = reading.format_of(source.path)
        if container is not None and container.keeps_rows:
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
    container = reading.format_of(source.path)
    if container is not None:
        return container.target_name(source.name)
    is_page = reading.input_format == "html" or (not reading.input_format and sniff_html(source.path))
    return page_name(source.name, suffix) if is_page else plain_name(source.name)
