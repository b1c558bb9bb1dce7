"""Patterns over paths, written as in a .gitignore file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


class PathGlobs:
    """Patterns for paths below `folder`; what lies elsewhere, they do not match. Can be pickled."""

    def __init__(self, patterns: Sequence[str], folder: Path) -> None:
        """Raises ValueError for a pattern that is none."""
        from pathspec import GitIgnoreSpec  # most runs have no such patterns

        self.patterns = tuple(patterns)
        self._folder = folder.absolute()
        # The other ways of matching that pathspec has cannot be pickled, and gain nothing for a few patterns.
        self._spec = GitIgnoreSpec.from_lines(self.patterns, backend="simple")

    @property
    def positive(self) -> bool:
        """Whether there is anything that they could match; "!name" alone takes nothing in."""
        return any(item.include for item in self._spec.patterns)

    def match(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether a file, or a folder with all that is in it, is meant; the last pattern that matches decides."""
        name = within(self._folder, path)
        return name is not None and self._spec.match_file(f"{name}/" if is_folder else name)


def within(folder: Path, path: Path) -> str | None:
    """The path from `folder` on, with slashes, by how it is written or by where it really stands; None outside."""
    name = _below(os.path.abspath(folder), os.path.abspath(path))  # noqa: PTH100 - as strings: it is asked of every file
    if name is None:
        parent, last = os.path.split(os.path.abspath(path))  # noqa: PTH100 - likewise
        name = _below(os.path.realpath(folder), os.path.join(os.path.realpath(parent), last))  # noqa: PTH118 - likewise
    return name


def _below(folder: str, path: str) -> str | None:
    start = folder.rstrip(os.sep) + os.sep
    return path.removeprefix(start).replace(os.sep, "/") if path.startswith(start) and path != start else None
