"""Which patterns may be found in which lines: one scan that may nominate too much, never too little.

Nearly every pattern holds literals (see `literal`); an Aho-Corasick automaton finds those of all patterns in
one pass over a text. Its speed does not depend on the language or on what it has read before. Measured on
pages in twenty languages, an RE2 set of 2,100 patterns called line by line did 0.15 MB/s, because it goes on
building states; the automaton alone does 75 with 165,000 literals, all that is done here 15. The few patterns
without rare literals (dates, say) are put to RE2 sets, on lines of the kind and length that fit their rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from cleaner.rules.engine import PatternSet
from cleaner.rules.fold import ODD, WORD_EDGE, fold, searchable
from cleaner.rules.gate import FIRST, OTHER, Kind, kinds_of
from cleaner.rules.literal import bare
from cleaner.rules.pattern import Pattern

_ODD = [b"  ", *(chr(code).encode() for code in ODD)]
"""What a second look is for: characters that patterns see as others."""
_UNLIMITED = 1 << 30
_LIMITS = (12, 25, 60, _UNLIMITED)
"""The loose patterns of rules for short lines are kept apart, so that prose has few to get past."""
_WORDLY = frozenset(b"0123456789_abcdefghijklmnopqrstuvwxyz")
"""Bytes of a folded text beside which no word begins or ends; letters that are not ASCII are left to RE2."""


class Wanted(NamedTuple):
    """A pattern, and the limits of its rule: only lines of at most `max_words` words are of interest."""

    pattern: Pattern
    exact_case: bool = False
    max_words: int | None = None


class Nominator:
    """Compiled from many patterns; holds an automaton, so build one per process."""

    def __init__(self, patterns: Iterable[Wanted]) -> None:
        owners: dict[str, list[int]] = {}
        loose: list[tuple[int, Wanted]] = []
        openings: list[tuple[str, ...]] = []
        everything = list(patterns)
        for number, wanted in enumerate(everything):
            for text in wanted.pattern.literals:
                owners.setdefault(text, []).append(number)
            openings.append(wanted.pattern.openings)
            if not wanted.pattern.literals:
                loose.append((number, wanted))
        self._owners = list(owners.values())
        """For each literal the numbers of the patterns that it nominates."""
        self._limits = [wanted.max_words or _UNLIMITED for wanted in everything]
        self._longest = [max(map(self._limits.__getitem__, some)) for some in self._owners]
        self._begins_word = [text.startswith(WORD_EDGE) for text in owners]
        self._ends_word = [text.endswith(WORD_EDGE) for text in owners]
        self._automaton = BytesAhoCorasick([*(text.strip(WORD_EDGE).encode() for text in owners), *_ODD])
        self._openings = openings
        self._loose = {kind: list(_loose_sets(loose, kind)) for kind in (*FIRST, *OTHER)}

    def nominate(self, lines: Sequence[str], *, limited: bool = True) -> dict[int, set[int]]:
        """For lines (stripped, without line ends) their index and the numbers of the patterns to confirm.

        Where that is not `limited`, also on lines that have more words than their rules allow (for `why`).
        """
        found: dict[int, set[int]] = {}
        odd = self._scan(lines, "\n".join(lines).lower(), found, limited)
        if odd:
            again = sorted(odd)
            more: dict[int, set[int]] = {}
            oddities = [lines[index] for index in again]
            self._scan(oddities, "\n".join(map(fold, oddities)), more, limited)
            for index, numbers in more.items():
                found.setdefault(again[index], set()).update(numbers)
        for index, line in enumerate(lines):
            if loose := self._try_loose(line, limited):
                found.setdefault(index, set()).update(loose)
        return found

    def _try_loose(self, line: str, limited: bool) -> list[int]:
        words = line.count(" ") + 1 if limited else 0
        data = b""
        numbers: list[int] = []
        for kind in kinds_of(line):
            for limit, owners, patterns in self._loose[kind]:
                if words <= limit:
                    data = data or searchable(line)
                    numbers += [owners[number] for number in patterns.nominate(data) or ()]
        return numbers

    def _scan(self, lines: Sequence[str], folded: str, found: dict[int, set[int]], limited: bool) -> set[int]:
        """Add the patterns whose literals are found in the folded lines; gives those that need a second look."""
        odd: set[int] = set()
        owners, longest, known = self._owners, self._longest, len(self._owners)
        begins, ends = self._begins_word, self._ends_word
        data = f"\n{folded}\n".encode("utf-8", "replace")
        starts = folded.split("\n")
        line, position, words = -1, 0, 0
        held: list[int] = []
        for number, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            if number < known and (
                (begins[number] and data[start - 1] in _WORDLY) or (ends[number] and data[end] in _WORDLY)
            ):
                continue
            # Matches come in the order of their ends. A literal's own line end is the last it may hold.
            if passed := data.count(b"\n", position, end - 1):
                if held:
                    self._settle(line, words, starts[line], held, found)
                    held = []
                line += passed
                words = lines[line].count(" ") + 1 if limited else 0
            position = end - 1
            if number >= known:
                odd.add(line)
            elif longest[number] >= words:
                held += owners[number]
        if held:
            self._settle(line, words, starts[line], held, found)
        return odd

    def _settle(self, line: int, words: int, folded: str, held: list[int], found: dict[int, set[int]]) -> None:
        """Add those patterns whose opening the line has, if it is short enough for them."""
        beginning, limits, openings = bare(folded) + "\n", self._limits, self._openings
        fitting = {
            number
            for number in set(held)
            if limits[number] >= words and (not openings[number] or beginning.startswith(openings[number]))
        }
        if fitting:
            found.setdefault(line, set()).update(fitting)


def _loose_sets(loose: Sequence[tuple[int, Wanted]], kind: Kind) -> Iterator[tuple[int, list[int], PatternSet]]:
    """The loose patterns for lines that begin with a character of this kind, by the words that they may have."""
    at_least = 0
    for limit in _LIMITS:
        part = [
            (number, wanted)
            for number, wanted in loose
            if _passes(wanted.pattern, kind) and at_least < (wanted.max_words or _UNLIMITED) <= limit
        ]
        if part:
            tried = PatternSet((wanted.pattern, wanted.exact_case) for _, wanted in part)
            yield limit, [number for number, _ in part], tried
        at_least = limit


def _passes(pattern: Pattern, kind: Kind) -> bool:
    return kind in pattern.gates or (kind in FIRST and "any" in pattern.gates)
