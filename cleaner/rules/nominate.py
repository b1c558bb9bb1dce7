"""Which patterns may be found in which lines: clues that may nominate too much, never too little.

Nearly every pattern has clues (see `clues`): a table tells which of them begin as a line does, and Aho-Corasick
automata find the literals of the others in one pass over a text. Their speed does not depend on the language or
on what they have read before: an RE2 set of 2,100 patterns called line by line did 0.15 MB/s on pages in twenty
languages, because it goes on building states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from cleaner.rules.calls import PART, WORDLY, parts_of
from cleaner.rules.clues import LENGTHS, Clues, bytewise
from cleaner.rules.engine import compile_test_of
from cleaner.rules.fold import ODD, WORD_EDGE, bare, fold, fold_usual
from cleaner.rules.pattern import Pattern

_UNLIMITED = 1 << 30
_SHORT = 26
"""Lines of at most so many words are few in an article; many rules are for them alone."""
_EDGE = WORD_EDGE.encode()
_GATE = 3
"""So many bytes of a beginning tell whether it is worth to look up more of it."""
_UNDER_GATE = tuple(length for length in LENGTHS if length < _GATE)
_HEAD = 64
"""Leading punctuation is hardly ever longer, in bytes."""
_BEFORE_TABLES, _A_TEXT = 40_000, 4_000
"""Tables of all patterns are made when so many bytes have been asked for, each text counting for so many more: to make
them takes as long as to do without them until then, and who cleans one article needs none.
"""

_is_odd = compile_test_of("  |[" + "".join(rf"\x{{{code:x}}}" for code in ODD) + "]")
"""What a second look is for: characters that patterns see as others."""


class Wanted(NamedTuple):
    """A pattern, and the limits of its rule: only lines of at most `max_words` words are of interest."""

    pattern: Pattern
    exact_case: bool = False
    max_words: int | None = None


class Folded:
    """Lines without line ends as clues are looked for in them: `whole`, all in one, and `anew`, by index, those with
    odd characters, which are not looked for in all.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole = fold_usual("\n".join(lines))
        self.anew: dict[int, bytes] = {}
        if _is_odd(self.whole):
            odd = (index for index, line in enumerate(self.whole.split(b"\n")) if _is_odd(line))
            self.anew = {index: fold(lines[index]).encode("utf-8", "replace") for index in odd}

    @cached_property
    def parts(self) -> set[bytes]:
        """What clues in them may begin or end with, see `calls`."""
        return parts_of(b"\n".join([self.whole, *self.anew.values()]))


class Nominator:
    """Compiled from many patterns, by number; holds automata, so build one per process."""

    def __init__(self, patterns: Mapping[int, Wanted], *, before_tables: int = _BEFORE_TABLES) -> None:
        self._patterns = [
            ((wanted.max_words or _UNLIMITED, number, wanted.pattern.clues.more), wanted.pattern.clues)
            for number, wanted in patterns.items()
        ]
        # Sorted once here, so that each of the many groups comes in this order.
        self._patterns.sort(key=lambda one: -one[0][0])
        self._tables: _Tables | None = None
        self._before = before_tables

    def nominate(
        self, lines: Sequence[str], folded: Folded | None = None, *, limited: bool = True
    ) -> dict[int, set[int]]:
        """For lines (stripped, without line ends) their index and the numbers of the patterns to confirm.

        Where that is not `limited`, also on lines that have more words than their rules allow (for `why`). Lines that
        were `folded` already need not be again.
        """
        words = [line.count(" ") + 1 for line in lines] if limited else [0] * len(lines)
        text = folded or Folded(lines)
        seen, anew = text.whole.split(b"\n"), text.anew
        tables = self._tables_for(text)
        found: dict[int, set[int]] = {}
        tables.scan(range(len(lines)), seen, words, found)
        if anew:
            tables.scan([*anew], [anew.get(index, line) for index, line in enumerate(seen)], words, found)
        return found

    def _tables_for(self, text: Folded) -> _Tables:
        """The tables of all patterns; as long as little was asked, of those alone that a text can call up."""
        if self._tables is None:
            self._before -= len(text.whole) + _A_TEXT
            if self._before > 0:
                return _Tables([*_called_up(self._patterns, text.parts)])
            self._tables = _Tables(self._patterns)
        return self._tables


_Asked = tuple[int, int, tuple[tuple[str, ...], ...]]
"""What a line must be for a pattern: of at most so many words, the pattern's number, a text of each of the sets.

Plain tuples all the way down: there are tens of thousands, and the garbage collector lets go of those.
"""
_Group = tuple[_Asked, ...]
"""All patterns that one clue speaks for, those for the longest lines first."""


def _asked_for(groups: Iterable[_Group], words: int, line: str) -> set[int]:
    """The numbers of the patterns that want a line of so many words with these texts; it has its line ends."""
    numbers: set[int] = set()
    for group in groups:
        for limit, number, more in group:
            if words > limit:
                break
            for texts in more:
                for text in texts:
                    if text in line:
                        break
                else:
                    break
            else:
                numbers.add(number)
    return numbers


def _groups(patterns: Iterable[tuple[_Asked, tuple[bytes, ...]]]) -> dict[bytes, _Group]:
    """The group of each clue, in the order of the patterns; most clues speak for one pattern and share its group."""
    groups: dict[bytes, _Group] = {}
    for asked, texts in patterns:
        alone = (asked,)
        for text in texts:
            others = groups.get(text)
            groups[text] = alone if others is None else others + alone
    return groups


def _called_up(patterns: Iterable[tuple[_Asked, Clues]], parts: AbstractSet[bytes]) -> Iterator[tuple[_Asked, Clues]]:
    """Those of the patterns that a text with these parts may call up, with the clues that begin and end in it."""
    for asked, clues in patterns:
        texts = clues.texts
        there = tuple([text for text in texts if text[:PART] in parts and text[-PART:] in parts])
        if there or not texts:
            yield asked, Clues(openings=there) if clues.openings else Clues(literals=there)


class _Tables:
    """What is looked up for some patterns, those for the longest lines first."""

    def __init__(self, patterns: Sequence[tuple[_Asked, Clues]]) -> None:
        self._beginnings = _Beginnings(patterns)
        self._tiers = [
            _Tier(_SHORT, (one for one in patterns if one[0][0] <= _SHORT)),
            _Tier(_UNLIMITED, (one for one in patterns if one[0][0] > _SHORT)),
        ]
        self._always = tuple(one for one, clues in patterns if not clues)
        self._always_limit = max((limit for limit, _, _ in self._always), default=0)

    def scan(
        self, some: Sequence[int], folded: Sequence[bytes], words: Sequence[int], found: dict[int, set[int]]
    ) -> None:
        """Add to `found` the patterns that may be found in those of the folded lines whose indices are given."""
        called = {index: [self._always] for index in some if words[index] <= self._always_limit}
        for index in some:
            if groups := self._beginnings.of(folded[index]):
                called.setdefault(index, []).extend(groups)
        for tier in self._tiers:
            tier.scan([index for index in some if words[index] <= tier.limit], folded, called)
        for index, groups in called.items():
            numbers = _asked_for(groups, words[index], f"\n{bytewise(folded[index])}\n")
            if numbers:
                found.setdefault(index, set()).update(numbers)


class _Beginnings:
    """What is looked up by how a line begins, leading punctuation aside."""

    def __init__(self, patterns: Iterable[tuple[_Asked, Clues]]) -> None:
        self._table = _groups((asked, clues.openings) for asked, clues in patterns)
        self._gates = {key[:_GATE] for key in self._table}
        """How the longer keys begin: most lines are done with after three questions."""

    def of(self, line: bytes) -> list[_Group]:
        """The groups of those beginnings that a folded line has."""
        if not line[:1].isalnum():
            line = _bare(line)
        table = self._table
        beginning = line[: LENGTHS[-1]] + b"\n"
        lengths = LENGTHS if beginning[:_GATE] in self._gates else _UNDER_GATE
        return [group for length in lengths if (group := table.get(beginning[:length]))]


def _bare(line: bytes) -> bytes:
    """At least the first bytes of a line without its leading punctuation."""
    head = bare(line[:_HEAD].decode("utf-8", "ignore")).encode()
    return head if len(head) >= LENGTHS[-1] or len(line) <= _HEAD else bare(line.decode()).encode()


class _Tier:
    """The patterns with literals for lines of at most `limit` words."""

    def __init__(self, limit: int, patterns: Iterable[tuple[_Asked, Clues]]) -> None:
        self.limit = limit
        literals = _groups((asked, clues.literals) for asked, clues in patterns)
        self._groups = tuple(literals.values())
        """For each literal the patterns that it nominates."""
        self._edges = [text.startswith(_EDGE) + 2 * text.endswith(_EDGE) for text in literals]
        self._automaton = BytesAhoCorasick([text.strip(_EDGE) for text in literals])

    def scan(self, some: Sequence[int], folded: Sequence[bytes], called: dict[int, list[_Group]]) -> None:
        """Add to `called` the groups of those literals that the folded lines with these indices hold."""
        if not some:
            return
        lines = [folded[index] for index in some]
        data = b"\n%b\n" % b"\n".join(lines)
        groups, edges = self._groups, self._edges
        ends = [*accumulate(map(len, lines), lambda end, length: end + length + 1, initial=0)]
        line, line_end = -1, -1
        held: list[_Group] = []
        for number, start, end in self._automaton.find_matches_as_indexes(data, overlapping=True):
            edge = edges[number]
            if edge and ((edge & 1 and data[start - 1] in WORDLY) or (edge & 2 and data[end] in WORDLY)):
                continue
            # Matches come in the order of their ends. A literal's own line end is the last it may hold.
            if end - 1 > line_end:
                while end - 1 > line_end:
                    line += 1
                    line_end = ends[line + 1]
                held = called.setdefault(some[line], [])
            held.append(groups[number])
