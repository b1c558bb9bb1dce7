"""Files that a run writes: where they may stand, and what is said where one cannot be written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cleaner.corpus.remote import as_path
from cleaner.errors import UsageError

STDOUT = Path("-")
"""In place of a report's file."""


def names_folder(output: str) -> bool:
    """Whether an -o is a folder, or is written like one."""
    return output.endswith(("/", os.sep)) or as_path(output).is_dir()


@contextmanager
def writing() -> Iterator[None]:
    """Where a write to one of a run's own files fails, it is said which; standard output is for `main` to tell."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise UsageError(f"{error.filename}: cannot be written ({error.strerror})") from None


def check_places(inputs: Sequence[Path], targets: Sequence[Path], beside: Sequence[Path]) -> None:
    """No input may be written to, and nothing twice; `beside` are the record, reports and the like."""
    from cleaner.corpus.find import real_paths

    if not targets and not beside:
        return
    taken, places = set(real_paths(inputs)), real_paths(targets)
    for path, place in zip(targets, places, strict=True):
        if place in taken:
            raise UsageError(f"{path}: is an input itself; choose another -o, or --in-place")
    taken.update(places)
    beside = [path for path in beside if path != STDOUT]
    for path, place in zip(beside, real_paths(beside), strict=True):
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name a file")
        if place in taken:
            raise UsageError(f"{path}: is an input or another output of this run; name another file")
        taken.add(place)


def record_of(path: Path) -> Path:
    """The record that is named, or that of the folder that is. Raises UsageError where it has none, or several."""
    from cleaner.corpus.find import RECORD_FOLDER

    if not path.is_dir():
        return path
    folder = path if path.name == RECORD_FOLDER else path / RECORD_FOLDER
    found = sorted(each for each in folder.glob("run*.jsonl") if each.is_file())
    if not found:
        raise UsageError(f"{path}: is a folder without a record in {folder}; name the record of the run")
    if len(found) > 1:
        raise UsageError(f"{path}: has several records; name one: {', '.join(map(str, found))}")
    return found[0]
