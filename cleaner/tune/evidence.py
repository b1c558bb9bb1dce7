"""What speaks for and against each labelled line, as the decision itself has it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleaner.text.clean import TextCleaner
from cleaner.text.confirm import NOTHING
from cleaner.text.decide import Verdict
from cleaner.tune.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled line that some rule names: whether it must go, and the ids of all evidence about it."""

    site: str
    goes: bool
    evidence: frozenset[str]


def samples(cleaner: TextCleaner, texts: Iterable[Labelled], keeps: Iterable[str] = ()) -> Iterator[Sample]:
    """The samples of some texts.

    A line is weighed in every pass over its text: of a line that stays, what counts is the pass in which
    it came closest to going. Lines without a label that is scored, of a category that `keeps` names, or
    under a `keep` pattern are no samples.
    """
    unscored = frozenset(keeps)
    for text in texts:
        for index, verdict in sorted(_closest(cleaner, text).items()):
            line = text.lines[index]
            if line.stays or (line.goes and line.label not in unscored):
                yield Sample(text.site, line.goes, frozenset(item.id for item in verdict.evidence))


def _closest(cleaner: TextCleaner, text: Labelled) -> dict[int, Verdict]:
    """By line, the verdict with the highest score."""
    closest: dict[int, Verdict] = {}
    for step in cleaner.passes(text.document):
        for unit, verdict in step.decision.verdicts.items():
            if step.found.get(unit, NOTHING).protected:
                continue
            place = step.trace.position(step.layout.units[unit].start)
            index = bisect_right(text.starts, place) - 1
            if index not in closest or verdict.score > closest[index].score:
                closest[index] = verdict
    return closest
