"""Which of the lines that stand in many articles are furniture of the site, and which are articles all the same.

Furniture stands before or after the article's prose, or comes between it in nearly every article. What reads as a
sentence is believed only before and after the prose, beside other furniture: mottos, refrains, quotations and
agencies' texts stand in between, or in few articles.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from cleaner.mine.count import Place, Standing
from cleaner.mine.shadow import Kind, pieces
from cleaner.rules.model import Zone
from cleaner.text.shape import count_words, is_closed, shape

FLOOR = 5
"""Articles in which a line has to stand."""
AT_EDGE, AT_EDGE_VARYING, SENTENCE, BETWEEN = 0.1, 0.2, 0.25, 0.4
"""The part of a site's articles in which a line has to stand: before or after the prose, there with a number or a date
in it, there as a sentence, and between the prose."""
_MOSTLY, _NEARLY_ALWAYS = 0.8, 0.95
_SENTENCE_WORDS = 5
_SAFE, _SAFE_SHARE = 20, 0.5


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line that is none of any article, with the sites on which it was found, that with most articles first."""

    standing: tuple[Standing, ...]
    names: frozenset[str]
    """What those sites are called."""

    @property
    def best(self) -> Standing:
        return self.standing[0]

    @property
    def varies(self) -> bool:
        """Whether more than case differs between its texts."""
        texts = {text.casefold() for line in self.standing for text in (line.first, line.last)}
        return len(texts) > 1

    @property
    def sure(self) -> bool:
        """Whether it needs no help from its place to go."""
        return len(self.standing) > 1 or (self.best.articles >= _SAFE and self.best.share >= _SAFE_SHARE)

    @property
    def zones(self) -> tuple[Zone, ...]:
        """Where it stands, but for one place in twenty."""
        counts: dict[Zone, int] = {
            "head": sum(line.head for line in self.standing),
            "body": sum(line.body for line in self.standing),
            "tail": sum(line.tail for line in self.standing),
        }
        return tuple(zone for zone, count in counts.items() if count > (1 - _NEARLY_ALWAYS) * sum(counts.values()))


class Counted(Protocol):
    """All that was counted, here or elsewhere; see `cleaner.mine.count.Counts`."""

    def standing(self, floor: int, share: float) -> list[Standing]: ...

    def beside(self, lines: Collection[Place], others: Collection[Place]) -> dict[Place, float]: ...


def furniture(counts: Counted, names: dict[str, frozenset[str]]) -> list[Furniture]:
    """What is furniture among all that was counted; `names` are what sites are called.

    Most articles first; equal lines of several sites are one.
    """
    lines = [line for line in counts.standing(FLOOR, AT_EDGE) if _says_something(line, names)]
    sure = [line for line in lines if not _speaks(line) and _stands_apart(line)]
    sentences = [line for line in lines if _speaks(line) and _frames(line)]
    places = [_place(line) for line in sentences]
    # Sentences hold each other up only where something else holds one of them.
    beside = counts.beside(places, [_place(line) for line in sure])
    held = [line for line in sentences if beside.get(_place(line), 0.0) >= _MOSTLY]
    around = counts.beside(places, [_place(line) for line in (*sure, *held)])
    found = [*sure, *(line for line in sentences if around.get(_place(line), 0.0) >= _MOSTLY)]
    by_shadow: dict[int, list[Standing]] = {}
    for line in sorted(found, key=lambda line: (-line.articles, line.site)):
        by_shadow.setdefault(line.shadow, []).append(line)
    made = [
        Furniture(tuple(some), frozenset(name for line in some for name in names.get(line.site, ())))
        for some in by_shadow.values()
    ]
    return sorted(made, key=lambda item: (-item.best.articles, item.best.site, item.best.first))


def _place(line: Standing) -> Place:
    return Place(line.site, line.shadow)


def _says_something(line: Standing, names: dict[str, frozenset[str]]) -> bool:
    """Whether there are letters in what does not vary, or it is a date: ornaments part an article's scenes.

    A line with control characters, which no pack can hold, says nothing either.
    """
    if any(ord(char) < 32 or ord(char) == 127 for char in line.first + line.last):
        return False
    parts = list(pieces(line.first, names.get(line.site, frozenset())))
    letters = sum(map(str.isalpha, "".join(text for kind, text in parts if kind in (Kind.PLAIN, Kind.SITE))))
    return letters >= 2 or any(kind is Kind.DATE for kind, _ in parts)


def _speaks(line: Standing) -> bool:
    """Whether it reads as a sentence, or quotes one."""
    forms = shape(line.first)
    return bool(forms & {"prose", "quotation"}) or (
        is_closed(line.first) and count_words(line.first) >= _SENTENCE_WORDS
    )


def _edges(line: Standing) -> float:
    return (line.head + line.tail) / line.lines


def _stands_apart(line: Standing) -> bool:
    numbers = sum(kind is Kind.NUMBER for kind, _ in pieces(line.first))
    if numbers > 1 or _edges(line) < _MOSTLY:  # rows of tables have numbers, and stand where other tables do
        return line.share >= BETWEEN
    return line.share >= (AT_EDGE_VARYING if numbers else AT_EDGE)


def _frames(line: Standing) -> bool:
    return line.share >= SENTENCE and _edges(line) >= _NEARLY_ALWAYS
