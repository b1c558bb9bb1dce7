"""Lines of a page's source: what every view of it calls a place of its text by."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from cleaner.model import TextBlock


class SourceLines:
    """The 1-based line of the source at which the block begins that holds a place of a page's text.

    Where that of a block is unknown, it follows on the one before; before any that is known, it is 1.
    """

    def __init__(self, blocks: Sequence[TextBlock]) -> None:
        self._starts = [block.start for block in blocks]
        self._lines = list(accumulate((block.line for block in blocks), lambda a, b: b or a, initial=1))[1:]

    def at(self, offset: int) -> int:
        """The line for a code point of the text."""
        return self._lines[max(0, bisect_right(self._starts, offset) - 1)]
