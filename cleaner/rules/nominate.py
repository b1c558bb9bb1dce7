"""Which patterns may be found in which lines: one scan that may nominate too much, never too little.

Nearly every pattern holds literals (see `literal`); an Aho-Corasick automaton finds those of all patterns in
one pass over a text. Its speed does not depend on the language or on what it has read before, and clean
prose costs nothing but the pass: measured with 2,100 patterns on unseen pages in twenty languages, an RE2
set called line by line did 0.15 MB/s there, because it goes on building states; the automaton 95. The few
patterns without literals (dates, say) are put to an RE2 set, on lines that are short enough for their rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from cleaner.rules.engine import PatternSet
from cleaner.rules.pattern import FULL_WIDTH, Pattern

_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_LONG_S = "\u017f"
_ODD = [b"  ", *(char.encode() for char in (*_SPACES, _LONG_S, *map(chr, FULL_WIDTH)))]
"""What a second look is for: spaces and letters that patterns see as plain ones."""
_RUN_OF_SPACES = re.compile(f"[ {_SPACES}]+")
_UNLIMITED = 1 << 30
_LIMITS = (12, 25, 60, _UNLIMITED)
"""The loose patterns of rules for short lines are kept apart, so that prose has few to get past."""


class Wanted(NamedTuple):
    """A pattern, and the limits of its rule: only lines of at most `max_words` words are of interest."""

    pattern: Pattern
    exact_case: bool = False
    max_words: int | None = None


class Nominator:
    """Compiled from many patterns; holds an automaton, so build one per process."""

    def __init__(self, patterns: Iterable[Wanted]) -> None:
        owners: dict[bytes, list[tuple[int, int]]] = {}
        loose: list[tuple[int, Wanted]] = []
        for number, wanted in enumerate(patterns):
            for text in wanted.pattern.literals:
                owners.setdefault(text.encode(), []).append((wanted.max_words or _UNLIMITED, number))
            if not wanted.pattern.literals:
                loose.append((number, wanted))
        self._owners = list(owners.values())
        """For each literal the limits in words and the numbers of the patterns that it nominates."""
        self._longest = [max(limit for limit, _ in some) for some in self._owners]
        self._automaton = BytesAhoCorasick([*owners, *_ODD])
        self._loose: list[tuple[int, list[int], PatternSet]] = []
        at_least = 0
        for limit in _LIMITS:
            part = [item for item in loose if at_least < (item[1].max_words or _UNLIMITED) <= limit]
            if part:
                tried = PatternSet((wanted.pattern, wanted.exact_case) for _, wanted in part)
                self._loose.append((limit, [number for number, _ in part], tried))
            at_least = limit

    def nominate(self, lines: Sequence[str]) -> dict[int, set[int]]:
        """For lines (stripped, without line ends) their index and the numbers of the patterns to confirm."""
        found: dict[int, set[int]] = {}
        odd = self._scan(lines, found)
        if odd:
            again = sorted(odd)
            more: dict[int, set[int]] = {}
            self._scan([_plain(lines[index]) for index in again], more)
            for index, numbers in more.items():
                found.setdefault(again[index], set()).update(numbers)
        if self._loose:
            for index, line in enumerate(lines):
                self._try_loose(index, line, found)
        return found

    def _try_loose(self, index: int, line: str, found: dict[int, set[int]]) -> None:
        words = line.count(" ") + 1
        data = b""
        for limit, owners, patterns in self._loose:
            if words <= limit:
                data = data or line.encode("utf-8", "replace")
                if numbers := patterns.nominate(data):
                    found.setdefault(index, set()).update(owners[number] for number in numbers)

    def _scan(self, lines: Sequence[str], found: dict[int, set[int]]) -> set[int]:
        """Add the patterns whose literals are found; gives the lines that need a second look."""
        odd: set[int] = set()
        owners, longest, known = self._owners, self._longest, len(self._owners)
        data = _fold(lines)
        line, position, words = -1, 0, 0
        for number, _, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            # Matches come in the order of their ends. A literal's own line end is the last it may hold.
            if passed := data.count(b"\n", position, end - 1):
                line += passed
                words = lines[line].count(" ") + 1
            position = end - 1
            if number >= known:
                odd.add(line)
            elif longest[number] >= words:
                found.setdefault(line, set()).update(n for limit, n in owners[number] if limit >= words)
        return odd


def _fold(lines: Sequence[str]) -> bytes:
    return ("\n" + "\n".join(lines) + "\n").lower().encode("utf-8", "replace")


def _plain(line: str) -> str:
    return _RUN_OF_SPACES.sub(" ", line.translate(FULL_WIDTH)).replace(_LONG_S, "s").strip()
