"""What tables of every kind have in common: the column that holds the text, and those that a run adds."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.errors import DocumentError

REMOVED_CHARS, REMOVALS = "removed_chars", "removals"
ADDED = (REMOVED_CHARS, REMOVALS)
"""The columns that a run adds at the end, in place of those of the same name that are there."""


def text_column(names: Sequence[str], wanted: str) -> int:
    """Where the text's column is. Raises DocumentError unless there is one, and one only."""
    if wanted in ADDED:
        raise DocumentError(f"{wanted!r} is a column that is written anew; name the text's with --text-field")
    if wanted not in names:
        named = ", ".join(names[:10])
        raise DocumentError(f"has no column {wanted!r} (only {named}); name the text's with --text-field")
    if names.count(wanted) > 1:
        raise DocumentError(f"has {names.count(wanted)} columns {wanted!r}; rename all but one")
    return names.index(wanted)
