"""Finding the input files of a run, in one order, and where their outputs go."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.corpus.compression import plain_name
from cleaner.corpus.formats import is_collection
from cleaner.corpus.kind import HTML_SUFFIXES, TEXT_SUFFIXES, plain_suffix
from cleaner.corpus.remote import RemotePath
from cleaner.errors import UsageError
from cleaner.globs import PathGlobs

RECORD_FOLDER = ".cleaner"


@dataclass(frozen=True, slots=True)
class Source:
    """One input file, or one document in it; `name` is the file's path relative to the input it was found under,
    with slashes, and ends in a colon and the `row`, counted from 1, where there is one. `line` is that of the file
    at which a row stands, 0 where it is unknown.
    """

    path: Path
    name: str
    row: int = 0
    line: int = 0

    @property
    def shown(self) -> str:
        """The path as it was given, with the row."""
        return f"{self.path}:{self.row}" if self.row else str(self.path)

    def at(self, row: int, line: int = 0) -> Source:
        """A document in this file."""
        return Source(self.path, f"{self.name}:{row}", row, line)


@dataclass(frozen=True, slots=True)
class Excludes:
    """What is passed over in folders; with `named_too`, files too that are named themselves."""

    globs: tuple[PathGlobs, ...] = ()
    named_too: bool = False

    def match(self, path: Path, *, is_folder: bool = False) -> bool:
        return any(globs.match(path, is_folder=is_folder) for globs in self.globs)


def find_sources(
    paths: Sequence[Path],
    excludes: Excludes = Excludes(),
    *,
    allow_empty: bool = False,
) -> list[Source]:
    """The files named, and those below the folders named that look like documents, sorted by name.

    In folders, hidden files and folders and links to folders are passed over, and so is every file
    that is neither .txt, .md, .html nor without extension nor of many documents, and what is excluded.
    A link that leads nowhere is found, so that the run can say so. Raises UsageError for a path that is missing or no
    file or folder, and where nothing is found, unless that is allowed.
    """
    found: dict[str, Source] = {}  # by where a file really stands, so that none is read twice
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise UsageError(f"{path}: {_why(error)}; check the path") from None
        if stat.S_ISDIR(mode):
            folder = path.resolve().as_posix().rstrip("/")
            for source in sorted(_walk(path, excludes), key=lambda source: source.name):
                found.setdefault(f"{folder}/{source.name}", source)
        elif stat.S_ISREG(mode):
            if excludes.named_too and excludes.match(path):
                continue
            found.setdefault((path.parent.resolve() / path.name).as_posix(), Source(path, path.name))
        else:
            raise UsageError(f"{path}: is neither a file nor a folder; pipe it: cleaner < {path}")
    if not found and not allow_empty:
        named = ", ".join(map(str, paths))
        way_out = " that are not excluded" if excludes.globs else "; name files to force them"
        raise UsageError(
            f"{named}: no .txt, .md, .html, .jsonl, .parquet, .warc, .wet or extension-less files in there{way_out}"
        )
    return list(found.values())


def _why(error: OSError) -> str:
    return "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"


def _walk(folder: Path, excludes: Excludes) -> Iterator[Source]:
    if isinstance(folder, RemotePath):
        yield from _walk_remote(folder, excludes)
        return

    def failed(error: OSError) -> None:
        raise UsageError(f"{error.filename}: cannot be read ({error.strerror})")

    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not excludes.match(Path(parent, name), is_folder=True)
        )
        inside = "" if Path(parent) == folder else f"{Path(parent).relative_to(folder).as_posix()}/"
        for name in files:
            path = Path(parent, name)
            if _looks_wanted(path) and not excludes.match(path) and _may_be_file(path):
                yield Source(path, inside + name)


def _walk_remote(folder: RemotePath, excludes: Excludes) -> Iterator[Source]:
    for path, inside in folder.files():
        hidden = any(part.startswith(".") for part in Path(inside).parts)
        if not hidden and _looks_wanted(path) and not excludes.match(Path(inside)):
            yield Source(path, inside)


def _looks_wanted(path: Path) -> bool:
    suffix = plain_suffix(path)
    wanted = not path.suffix or suffix in HTML_SUFFIXES or suffix in TEXT_SUFFIXES or is_collection(path.name)
    return wanted and not path.name.startswith(".")


def _may_be_file(path: Path) -> bool:
    """Whether it is a file; also where that cannot be known, so that reading it will say why."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def common_parent(paths: Iterable[Path]) -> Path:
    """The folder that holds all inputs on this machine; where the search for a configuration begins."""
    # Path.is_dir raises where a folder may not be entered, which is for `find_sources` to say.
    here = (path for path in paths if not isinstance(path, RemotePath))
    folders = [str((path if os.path.isdir(path) else path.parent).resolve()) for path in here]  # noqa: PTH112
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def named_from(folder: Path, sources: Iterable[Source]) -> list[Source]:
    """The sources with names relative to `folder`, their common parent, so that no two are the same."""
    prefixes: dict[Path, str] = {}
    named = []
    for source in sources:
        if isinstance(source.path, RemotePath):
            named.append(source)
            continue
        parent = source.path.parent
        if parent not in prefixes:
            relative = Path(os.path.relpath(parent.resolve(), folder)).as_posix()
            prefixes[parent] = "" if relative == "." else f"{relative}/"
        named.append(Source(source.path, prefixes[parent] + source.path.name))
    return named


def real_paths(paths: Sequence[Path]) -> list[Path]:
    """Where files really stand, links followed as far as they lead somewhere."""
    return [
        Path(os.path.realpath(path)) if path.is_symlink() else place
        for path, place in zip(paths, _places(paths), strict=True)
    ]


def _places(paths: Iterable[Path]) -> Iterator[Path]:
    """Absolute paths in real folders; a link that is itself one of `paths` is not followed."""
    parents: dict[Path, Path] = {}
    for path in paths:
        if path.parent not in parents:
            parents[path.parent] = path.parent.resolve()
        yield parents[path.parent] / path.name


def page_name(name: str, suffix: str) -> str:
    """What the clean text of a page is called."""
    return Path(plain_name(name)).with_suffix(suffix).as_posix()


def without_collisions(sources: Sequence[Source], targets: Iterable[str]) -> list[str]:
    """The relative paths that sources are written to. Raises UsageError where two are the same."""
    names: dict[str, Source] = {}
    for source, name in zip(sources, targets, strict=True):
        if name in names:
            raise UsageError(
                f"{names[name].path} and {source.path} would both be written to {name}; clean them into two folders"
            )
        names[name] = source
    return list(names)
