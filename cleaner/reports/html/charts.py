"""The pictures of the report: what is counted for them, and where their bars stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cleaner.model import Result

BINS = 20
_WIDTH, _HEIGHT = 600, 160
"""Of the bars' field, in units of the picture."""
_GAP = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its place in the picture, what it stands for, and how much of it there is."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int


@dataclass(slots=True)
class Shares:
    """Documents by the share of their characters that goes; those that lose nothing are counted apart."""

    counts: list[int] = field(default_factory=lambda: [0] * BINS)
    unchanged: int = 0

    def add(self, share: float) -> None:
        if share:
            self.counts[min(BINS - 1, int(share * BINS))] += 1
        else:
            self.unchanged += 1

    def labels(self) -> list[str]:
        """What each bin holds."""
        return [f"{100 * i // BINS} to {100 * (i + 1) // BINS} %" for i in range(BINS)]


@dataclass(slots=True)
class Positions:
    """Removed characters by where in their document they stand, from head to tail."""

    counts: list[int] = field(default_factory=lambda: [0] * BINS)

    def add(self, result: Result) -> None:
        length = len(result.document.text)
        for removal in result.removals:
            words = removal.text.strip()
            start = removal.start + len(removal.text) - len(removal.text.lstrip())
            end = start + len(words)
            first, last = start * BINS // length, (end - 1) * BINS // length
            for index in range(first, last + 1):
                low, high = max(start, -(-index * length // BINS)), min(end, -(-(index + 1) * length // BINS))
                self.counts[index] += high - low

    def labels(self) -> list[str]:
        """What each bin holds."""
        return [f"{100 * i // BINS} to {100 * (i + 1) // BINS} % of the way" for i in range(BINS)]


def columns(labels: Sequence[str], counts: Sequence[int]) -> list[Bar]:
    """Columns side by side, the highest as high as the field; what is not nothing can be seen."""
    most, step = max(counts, default=0) or 1, _WIDTH / max(1, len(counts))
    bars = []
    for index, (label, count) in enumerate(zip(labels, counts, strict=True)):
        height = max(2.0, count / most * _HEIGHT) if count else 0.0
        bars.append(Bar(index * step, _HEIGHT - height, step - _GAP, height, label, count))
    return bars
