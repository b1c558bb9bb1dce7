"""Which patterns may be found in which lines: clues that may nominate too much, never too little.

Nearly every pattern has clues (see `clues`): a table tells which of them begin as a line does, and Aho-Corasick
automata find the literals of the others in one pass over a text. Their speed does not depend on the language or
on what they have read before: an RE2 set of 2,100 patterns called line by line did 0.15 MB/s on pages in twenty
languages, because it goes on building states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from cleaner.rules.clues import LENGTHS, Clues
from cleaner.rules.engine import compile_test_of
from cleaner.rules.fold import ODD, WORD_EDGE, fold, fold_usual
from cleaner.rules.literal import bare
from cleaner.rules.pattern import Pattern

_UNLIMITED = 1 << 30
_SHORT = 26
"""Lines of at most so many words are few in an article; many rules are for them alone."""
_WORDLY = frozenset(b"_abcdefghijklmnopqrstuvwxyz")
"""Bytes of a folded text beside which no word begins or ends. What is not ASCII is left to RE2, and so are digits:
one of a script without spaces, a boundary there, is a plain one here.
"""

_EDGE = WORD_EDGE.encode()

_is_odd = compile_test_of("  |[" + "".join(rf"\x{{{code:x}}}" for code in ODD) + "]")
"""What a second look is for: characters that patterns see as others."""


class Wanted(NamedTuple):
    """A pattern, and the limits of its rule: only lines of at most `max_words` words are of interest."""

    pattern: Pattern
    exact_case: bool = False
    max_words: int | None = None


class Nominator:
    """Compiled from many patterns, by number; holds automata, so build one per process."""

    def __init__(self, patterns: Mapping[int, Wanted]) -> None:
        asked = [
            ((number, wanted.max_words or _UNLIMITED, wanted.pattern.clues.more), wanted.pattern.clues)
            for number, wanted in patterns.items()
        ]
        self._tiers = [
            _Tier(_SHORT, (one for one in asked if one[0][1] <= _SHORT)),
            _Tier(_UNLIMITED, (one for one in asked if one[0][1] > _SHORT)),
        ]

    def nominate(self, lines: Sequence[str], *, limited: bool = True) -> dict[int, set[int]]:
        """For lines (stripped, without line ends) their index and the numbers of the patterns to confirm.

        Where that is not `limited`, also on lines that have more words than their rules allow (for `why`).
        """
        found: dict[int, set[int]] = {}
        words = [line.count(" ") + 1 for line in lines] if limited else [0] * len(lines)
        whole = fold_usual("\n".join(lines))
        folded = whole.split(b"\n")
        self._scan(range(len(lines)), folded, words, found)
        if _is_odd(whole):
            again = [index for index, line in enumerate(folded) if _is_odd(line)]
            for index in again:
                folded[index] = fold(lines[index]).encode("utf-8", "replace")
            self._scan(again, folded, words, found)
        return found

    def _scan(
        self, some: Sequence[int], folded: Sequence[bytes], words: Sequence[int], found: dict[int, set[int]]
    ) -> None:
        """Add to `found` the patterns that may be found in those of the folded lines whose indices are given."""
        for tier in self._tiers:
            tier.scan([index for index in some if words[index] <= tier.limit], folded, words, found)


_Asked = tuple[int, int, tuple[tuple[bytes, ...], ...]]
"""A pattern by its number, and what a line must be: of at most so many words, with a text of each of the sets.

Plain tuples all the way down: there are tens of thousands, and the garbage collector lets go of those.
"""


class _Tier:
    """The patterns for lines of at most `limit` words."""

    def __init__(self, limit: int, patterns: Iterable[tuple[_Asked, Clues]]) -> None:
        self.limit = limit
        beginnings: dict[bytes, list[_Asked]] = {}
        literals: dict[bytes, list[_Asked]] = {}
        always: list[_Asked] = []
        for asked, clues in patterns:
            for text in clues.openings:
                beginnings.setdefault(text, []).append(asked)
            for text in clues.literals:
                literals.setdefault(text, []).append(asked)
            if not clues.openings and not clues.literals:
                always.append(asked)
        self._always = tuple(always)
        self._beginnings = {key: tuple(some) for key, some in beginnings.items()}
        self._owners = tuple(map(tuple, literals.values()))
        """For each literal the patterns that it nominates."""
        self._edges = [text.startswith(_EDGE) + 2 * text.endswith(_EDGE) for text in literals]
        self._automaton = BytesAhoCorasick([text.strip(_EDGE) for text in literals])

    def scan(
        self, some: Sequence[int], folded: Sequence[bytes], words: Sequence[int], found: dict[int, set[int]]
    ) -> None:
        """Add to `found` the patterns that may be found in those of the folded lines whose indices are given."""
        lines = [folded[index] for index in some]
        held = self._literals_in(b"\n%b\n" % b"\n".join(lines)) if lines else {}
        get_held, get_begun, always = held.get, self._beginnings.get, self._always
        for position, line in enumerate(lines):
            asked: Sequence[_Asked] = get_held(position, always)
            beginning = (line if line[:1].isalnum() else bare(line.decode()).encode())[: LENGTHS[-1]] + b"\n"
            for length in LENGTHS:
                if begun := get_begun(beginning[:length]):
                    asked = (*asked, *begun)
            if not asked:
                continue
            count, numbers, whole = words[some[position]], None, b"\n%b\n" % line
            for number, limit, more in asked:
                if count > limit:
                    continue
                for texts in more:
                    for text in texts:
                        if text in whole:
                            break
                    else:
                        break
                else:
                    if numbers is None:
                        numbers = found.setdefault(some[position], set())
                    numbers.add(number)

    def _literals_in(self, data: bytes) -> dict[int, list[_Asked]]:
        """For each line, by number, in which literals are found, the patterns that are nominated there."""
        owners, edges, always = self._owners, self._edges, self._always
        ends = [*accumulate(len(line) + 1 for line in data[1:].split(b"\n"))]
        held: dict[int, list[_Asked]] = {}
        line, line_end = -1, 0
        asked: list[_Asked] = []
        for number, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            edge = edges[number]
            if edge and ((edge & 1 and data[start - 1] in _WORDLY) or (edge & 2 and data[end] in _WORDLY)):
                continue
            # Matches come in the order of their ends. A literal's own line end is the last it may hold.
            if end - 1 > line_end:
                while end - 1 > line_end:
                    line += 1
                    line_end = ends[line]
                asked = held[line] = [*always]
            asked += owners[number]
        return held
