"""Finding the input files of a run, in one order, and where their outputs go."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError

HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
TEXT_SUFFIXES = frozenset((".txt", ".md", ".markdown", ".text"))
RECORD_FOLDER = ".cleaner"


@dataclass(frozen=True, slots=True)
class Source:
    """One input file; `name` is its path relative to the input it was found under, with slashes."""

    path: Path
    name: str


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """The files named, and those below the folders named that look like documents, sorted by name.

    In folders, hidden files and folders and links to folders are passed over, and so is every file
    that is neither .txt, .md, .html nor without extension. Raises UsageError for a path that is
    missing or no file or folder, and where nothing is found.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise UsageError(f"{path}: {_why(error)}; check the path") from None
        if stat.S_ISDIR(mode):
            for source in sorted(_walk(path), key=lambda source: source.name):
                found.setdefault(source.path, source)
        elif stat.S_ISREG(mode):
            found.setdefault(path, Source(path, path.name))
        else:
            raise UsageError(f"{path}: is neither a file nor a folder; pipe it: cleaner < {path}")
    if not found:
        named = ", ".join(map(str, paths))
        raise UsageError(f"{named}: no .txt, .md, .html or extension-less files in there; name files to force them")
    return list(found.values())


def _why(error: OSError) -> str:
    return "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"


def _walk(folder: Path) -> Iterator[Source]:
    def failed(error: OSError) -> None:
        raise UsageError(f"{error.filename}: cannot be read ({error.strerror})")

    for parent, folders, files in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(parent, name)
            suffix = path.suffix.lower()
            wanted = not suffix or suffix in HTML_SUFFIXES or suffix in TEXT_SUFFIXES
            if wanted and not name.startswith(".") and path.is_file():
                yield Source(path, path.relative_to(folder).as_posix())


def common_parent(paths: Iterable[Path]) -> Path:
    """The folder that holds all inputs; where the search for a configuration begins."""
    resolved = [path.resolve() for path in paths]
    folders = [str(path if path.is_dir() else path.parent) for path in resolved]
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


def output_names(sources: Sequence[Source], is_html: Sequence[bool]) -> list[str]:
    """Relative output paths beside `sources`: a page gives .txt. Raises UsageError on collisions."""
    names: dict[str, Source] = {}
    for source, html in zip(sources, is_html, strict=True):
        name = str(Path(source.name).with_suffix(".txt").as_posix()) if html else source.name
        if name in names:
            raise UsageError(
                f"{names[name].path} and {source.path} would both be written to {name}; clean them into two folders"
            )
        names[name] = source
    return list(names)
