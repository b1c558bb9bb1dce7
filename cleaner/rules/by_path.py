"""What a selection is for documents at a path: `per_path` may say more about some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cleaner.globs import PathGlobs
from cleaner.rules.load import PerPath, Selection


class ByPath:
    """A selection with its patterns over paths. Can be pickled."""

    def __init__(self, selection: Selection) -> None:
        """Raises ValueError for a path in `per_path` that is no pattern."""
        self.selection = selection
        self._globs = [PathGlobs((entry.path,), selection.base) for entry in selection.per_path]

    def at(self, path: Path) -> Selection:
        """The selection for documents at this path; the very one where `per_path` says nothing about them."""
        per_path = self.selection.per_path
        entries = [entry for entry, globs in zip(per_path, self._globs, strict=True) if globs.match(path)]
        return _narrowed(self.selection, entries) if entries else self.selection


def _narrowed(selection: Selection, entries: Iterable[PerPath]) -> Selection:
    """The selection for documents that all of `entries` name; of numbers the last one holds."""
    selection = replace(selection, per_path=())
    for entry in entries:
        selection = replace(
            selection,
            disable=(*selection.disable, *entry.disable),
            keep=(*selection.keep, *entry.keep),
            keep_categories=(*selection.keep_categories, *entry.keep_categories),
            threshold=selection.threshold if entry.threshold is None else entry.threshold,
            max_removed=selection.max_removed if entry.max_removed is None else entry.max_removed,
        )
    return selection
