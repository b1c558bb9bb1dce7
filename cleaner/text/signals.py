"""Signals with all that they ask of a line looked up beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.model import Evidence
from cleaner.rules.engine import found_in
from cleaner.rules.fold import searchable
from cleaner.rules.model import Signal
from cleaner.rules.nominate import Nominator, Wanted
from cleaner.text.places import Places, Test, told_apart
from cleaner.text.remember import Remembered
from cleaner.text.shape import shape

_SILENT = frozenset[str]()


class _Asked(NamedTuple):
    """What a signal says, and what is left to ask of a line that has the shape for it."""

    evidence: Evidence
    worded: bool
    """Whether one of its patterns has to be found."""
    placed: tuple[Test, ...]


class Signals:
    """The compiled side of a RuleSet's signals; build one per process."""

    def __init__(self, signals: Sequence[Signal]) -> None:
        self._signals = signals
        self._by_shape: dict[frozenset[str], list[_Asked]] = {}
        """Lines have a few hundred shapes, each of which rules most signals out."""
        self._voices = [(signal, pattern) for signal in signals for pattern in signal.any]
        self._nominator = Nominator(
            {number: Wanted(pattern, signal.exact_case) for number, (signal, pattern) in enumerate(self._voices)}
        )
        self._heard = Remembered(self._hear)

    def heard(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """For each of the units' texts the ids of those signals with patterns of which one is found in it."""
        return self._heard(texts)

    def evidence(self, places: Places, index: int, heard: frozenset[str]) -> Iterator[Evidence]:
        """What the signals say of a unit in which those patterns are found, in their order."""
        seen = shape(places.texts[index])
        asked = self._by_shape.get(seen)
        if asked is None:
            asked = self._by_shape[seen] = list(self._asked_of(seen))
        for evidence, worded, placed in asked:
            if not worded or evidence.id in heard:
                for holds in placed:
                    if not holds(places, index):
                        break
                else:
                    yield evidence

    def _asked_of(self, seen: frozenset[str]) -> Iterator[_Asked]:
        for signal in self._signals:
            shapes, placed = told_apart(signal.features)
            if shapes <= seen:
                yield _Asked(Evidence(signal.id, signal.weight), bool(signal.any), placed)

    def _hear(self, texts: Sequence[str]) -> list[frozenset[str]]:
        nominated = self._nominator.nominate(texts)
        return [self._heard_in(text, nominated.get(index, ())) for index, text in enumerate(texts)]

    def _heard_in(self, text: str, nominated: Iterable[int]) -> frozenset[str]:
        if not nominated:
            return _SILENT
        seen = searchable(text)
        voices = (self._voices[number] for number in nominated)
        return frozenset(
            signal.id for signal, pattern in voices if found_in(pattern, seen, exact_case=signal.exact_case)
        )
