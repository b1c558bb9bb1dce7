"""Removals grouped by what they say: boilerplate repeats, so that people judge each distinct text once."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from cleaner.model import Removal
from cleaner.reports.alike import key_of
from cleaner.reports.html.spill import Sums
from cleaner.reports.place import Places
from cleaner.reports.risk import Signs, is_close, is_middle, of_words, risk
from cleaner.reports.statistics import Place
from cleaner.reports.view import Examined

_SAMPLES = 3
MOST_PLACES = 20
_LONGEST, _AROUND = 2_000, 160
"""Characters of a sample's words, and of what stands before and after them."""
_LINE_END = re.compile("[\r\n]")


@dataclass(frozen=True, slots=True)
class Document:
    """What groups note of a document: its number in the run, counted from 0, its rank in samples, and where it
    comes from.
    """

    number: int
    rank: float
    place: Place
    language: str


class Occurrence(NamedTuple):
    """One removal of a group; `before` and `after` stand around its words, on their line or on lines beside it.

    `evidence` are ids and weights.
    """

    document: int
    name: str
    line: int
    rule: str
    score: float
    evidence: tuple[tuple[str, float], ...]
    before: str
    words: str
    after: str
    length: int
    """Characters of the words, of which only the first are in `words`."""
    held: bool
    known: bool
    inline: bool
    """Whether it stands within a line that stays otherwise."""


@dataclass
class Group:
    """What is known of all removals with the same words.

    `samples` are those of the lowest ranks, one for a document; `places` the first 20 in order. `whole` says that
    each removal was all of its line; `rest` is the highest score that any would have had without its own rule,
    infinite where that rule only opened a block.
    """

    key: str
    quotation: bool
    prose: bool
    removals: int = 0
    documents: int = 0
    held: int = 0
    close: int = 0
    middle: int = 0
    known: int = 0
    characters: int = 0
    lowest: float = float("inf")
    rest: float = float("-inf")
    whole: bool = True
    last: int = -1
    """The document of the last removal."""
    rules: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    places: set[Place] = field(default_factory=set)
    samples: list[tuple[float, int, Occurrence]] = field(default_factory=list)
    """With rank and number of their documents, in that order."""

    @property
    def signs(self) -> Signs:
        return Signs(self.removals, self.held, self.close, self.middle, self.quotation, self.prose)

    @property
    def risk(self) -> float:
        return risk(self.signs)

    @property
    def rule(self) -> str:
        """The rule that made most of the removals."""
        return min(self.rules, key=lambda rule: (-self.rules[rule], rule))

    def merge(self, other: Group) -> None:
        """Take in what a group with the same words knows of later documents."""
        for name in ("removals", "documents", "held", "close", "middle", "known", "characters"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lowest, self.rest = min(self.lowest, other.lowest), max(self.rest, other.rest)
        self.whole, self.last = self.whole and other.whole, other.last
        self.rules += other.rules
        self.languages += other.languages
        self.places = set(sorted(self.places | other.places)[:MOST_PLACES])
        self.samples = sorted([*self.samples, *other.samples], key=lambda sample: sample[:2])[:_SAMPLES]


class Groups:
    """Takes a run's documents one by one; scores are compared with `threshold`."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._groups: Sums[Group] = Sums()

    def add(self, item: Examined, document: Document, places: Places) -> list[str]:
        """Take one document; the keys of the groups of its removals."""
        result, keys, gone = item.result, [], 0
        kept = len(result.document.text) - sum(len(removal.text) for removal in result.removals)
        for index, removal in enumerate(result.removals):
            words = removal.text.strip()
            key = key_of(words)
            keys.append(key.hex())
            group = self._groups.get(key)
            if group is None:
                group = Group(key.hex(), *of_words(" ".join(words[:_LONGEST].split())))
                self._groups.put(key, group)
            before = removal.start - gone
            gone += len(removal.text)
            group.removals += 1
            group.held += result.held
            group.known += index in item.known
            group.middle += is_middle(before, kept - before)
            left, right = _on_its_line(result.document.text, removal)
            group.whole = group.whole and not left and not right
            self._weigh(group, removal, len(words))
            if group.last == document.number:
                continue
            group.last = document.number
            group.documents += 1
            group.languages[document.language] += 1
            group.places.add(document.place)
            if len(group.places) > MOST_PLACES:
                group.places.remove(max(group.places))
            if len(group.samples) < _SAMPLES or (document.rank, document.number) < group.samples[-1][:2]:
                occurrence = _occurrence(item, index, document.number, places, (left, right))
                group.samples.append((document.rank, document.number, occurrence))
                group.samples.sort(key=lambda sample: sample[:2])
                del group.samples[_SAMPLES:]
        self._groups.settle()
        return keys

    def _weigh(self, group: Group, removal: Removal, length: int) -> None:
        group.close += is_close(removal.score, self._threshold)
        group.characters += length
        group.lowest = min(group.lowest, removal.score)
        group.rules[removal.rule] += 1
        own = sum(item.weight for item in removal.evidence if item.id == removal.rule)
        group.rest = max(group.rest, removal.score - own if own else float("inf"))

    def ranked(self, most: int) -> tuple[int, list[Group]]:
        """How many groups there are, and at most so many of them, in the order in which they should be shown.

        Those of the highest risk come first, of equal ones those removed most often; but every fifth one is there
        because it was removed most often, whatever its risk.
        """
        count = 0
        often: list[tuple[int, str, Group]] = []
        risky: list[tuple[float, int, str, Group]] = []
        for _, met in self._groups.items():
            count += 1
            _keep_best(often, (met.removals, met.key, met), most // 5)
            _keep_best(risky, (met.risk, met.removals, met.key, met), most)
        by_risk = iter([group for *_, group in sorted(risky, reverse=True)])
        by_number = iter([group for *_, group in sorted(often, reverse=True)])
        chosen: dict[str, Group] = {}
        for turn in range(most + most // 5):
            group = next(by_number if turn % 6 == 5 else by_risk, None)
            if group is not None and len(chosen) < most:
                chosen.setdefault(group.key, group)
        return count, list(chosen.values())


_R = TypeVar("_R", bound=tuple[Any, ...])


def _keep_best(rows: list[_R], row: _R, most: int) -> None:
    """Put a row into a heap of at most so many."""
    if len(rows) < most:
        heapq.heappush(rows, row)
    elif rows and row > rows[0]:
        heapq.heapreplace(rows, row)


def _occurrence(item: Examined, index: int, number: int, places: Places, beside: tuple[str, str]) -> Occurrence:
    removal, result = item.result.removals[index], item.result
    words = removal.text.strip()
    inline = any(beside)
    if not inline:
        beside = _around(result.document.text, removal)
    return Occurrence(
        document=number,
        name=item.name,
        line=places.line(removal),
        rule=removal.rule,
        score=removal.score,
        evidence=tuple((part.id, part.weight) for part in removal.evidence),
        before=beside[0],
        words=words[:_LONGEST],
        after=beside[1],
        length=len(words),
        held=result.held,
        known=index in item.known,
        inline=inline,
    )


def _on_its_line(text: str, removal: Removal) -> tuple[str, str]:
    """What stands before and after the removed words on the same line."""
    blanks = len(removal.text) - len(removal.text.lstrip())
    start = removal.start + blanks
    end = start + len(removal.text.strip())
    before = _LINE_END.split(text[max(0, start - _AROUND) : start])[-1]
    after = _LINE_END.split(text[end : end + _AROUND], maxsplit=1)[0]
    return (before if before.strip("\ufeff \t") else ""), (after if after.strip() else "")


def _around(text: str, removal: Removal) -> tuple[str, str]:
    """The line before a removal and that after it, blank lines passed over."""
    before = text[max(0, removal.start - _AROUND) : removal.start].rstrip()
    after = text[removal.end : removal.end + _AROUND].lstrip()
    return _LINE_END.split(before)[-1], _LINE_END.split(after, maxsplit=1)[0]
