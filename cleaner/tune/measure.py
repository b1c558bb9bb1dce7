"""How well rules do on labelled texts, by category; and how well tuned ones do on sites they were not tuned on."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cleaner.model import Removal
from cleaner.text.clean import TextCleaner
from cleaner.tune.labelled import Labelled

WHOLE = 0.9
"""A line that must go is found where this share of its characters goes."""
HARMED = 0.1
"""A line of the article is lost where more than this share of its characters goes."""


@dataclass(slots=True)
class Tally:
    """Counts by category; they add up.

    `lines` that must go and those `found` count under their label, lines that went rightly (`right`) and
    lines of the article that were `lost` under the category that took them. `article` counts all of the latter.
    """

    lines: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    article: int = 0

    def recall(self, category: str | None = None) -> float | None:
        return _share(_of(self.found, category), _of(self.lines, category))

    def precision(self, category: str | None = None) -> float | None:
        right = _of(self.right, category)
        return _share(right, right + _of(self.lost, category))

    def add(self, other: Tally) -> None:
        for mine, more in (
            (self.lines, other.lines),
            (self.found, other.found),
            (self.right, other.right),
            (self.lost, other.lost),
        ):
            mine.update(more)
        self.article += other.article


def _of(counter: Counter[str], category: str | None) -> int:
    return counter.total() if category is None else counter[category]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def measure(cleaner: TextCleaner, texts: Iterable[Labelled], keeps: Iterable[str] = ()) -> Tally:
    """Clean the texts and count; labels in `keeps` are not scored, since their lines are asked to stay."""
    tally, unscored = Tally(), frozenset(keeps)
    for text in texts:
        gone = _gone(text, cleaner.clean(text.document).removals)
        for line, taken in zip(text.lines, gone, strict=True):
            share = sum(taken.values()) / len(line.text)
            category = max(sorted(taken), key=taken.__getitem__, default="")
            if line.stays:
                tally.article += 1
                if share > HARMED:
                    tally.lost[category] += 1
            elif line.goes and line.label not in unscored:
                tally.lines[line.label] += 1
                if share >= WHOLE:
                    tally.found[line.label] += 1
                    tally.right[category] += 1
    return tally


def _gone(text: Labelled, removals: Iterable[Removal]) -> list[Counter[str]]:
    """For each line, how many of its characters each category takes."""
    gone: list[Counter[str]] = [Counter() for _ in text.lines]
    for removal in removals:
        index = max(bisect_right(text.starts, removal.start) - 1, 0)
        while index < len(text.lines) and text.starts[index] < removal.end:
            start, end = text.starts[index], text.starts[index] + len(text.lines[index].text)
            taken = min(end, removal.end) - max(start, removal.start)
            if taken > 0:
                gone[index][removal.category] += taken
            index += 1
    return gone
