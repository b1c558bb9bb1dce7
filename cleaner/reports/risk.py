"""How likely it is that a group of removals took a piece of an article, and the reasons to think so.

The reasons are signs that a reader can check. Each adds its weight, times the share of the group's removals that
it holds for; so a line that was removed from the middle of one article comes before one that closes thousands.
"""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.text.shape import shape

MARGIN = 0.15
"""Scores less than this above the threshold are close calls."""
_EDGE = 0.15
"""What has at least this share of the kept characters on either side stands in the middle of its article."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a group: of how many of its removals the document is held, the score is close to the
    threshold, the place is the middle of an article; and whether its words hold a quotation or read like running text.
    """

    removals: int
    held: int = 0
    close: int = 0
    middle: int = 0
    quotation: bool = False
    prose: bool = False


WEIGHTS: dict[str, float] = {
    "held": 3.0,
    "middle": 2.0,
    "close": 2.0,
    "quotation": 2.0,
    "prose": 1.5,
    "once": 1.0,
}
"""What each reason adds at most, the gravest first."""
MEANINGS: dict[str, str] = {
    "held": "in a document that is held",
    "middle": "in the middle of an article",
    "close": "score just over the threshold",
    "quotation": "holds a quotation",
    "prose": "reads like running text",
    "once": "removed only once",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One of `WEIGHTS`, and the share (0..1) of the group's removals that it holds for."""

    name: str
    share: float

    @property
    def weight(self) -> float:
        return WEIGHTS[self.name] * self.share


def reasons(signs: Signs) -> list[Reason]:
    """The reasons that hold for at least one removal, in the order of `WEIGHTS`."""
    shares = {
        "held": signs.held / signs.removals,
        "middle": signs.middle / signs.removals,
        "close": signs.close / signs.removals,
        "quotation": float(signs.quotation),
        "prose": float(signs.prose),
        "once": float(signs.removals == 1),
    }
    return [Reason(name, shares[name]) for name in WEIGHTS if shares[name]]


def risk(signs: Signs) -> float:
    """The sum of what the reasons add; 0 for a group that nothing speaks for."""
    return round(sum(reason.weight for reason in reasons(signs)), 3)


def is_close(score: float, threshold: float) -> bool:
    """Whether a little less evidence would have kept the line."""
    return score < threshold + MARGIN


def is_middle(before: int, after: int) -> bool:
    """Whether an article goes on around a removal; `before` and `after` are the kept characters on either side."""
    return min(before, after) >= _EDGE * (before + after) and before > 0 and after > 0


def of_words(words: str) -> tuple[bool, bool]:
    """Whether words hold a quotation, and whether they read like running text."""
    found = shape(words)
    return "quotation" in found, "prose" in found
