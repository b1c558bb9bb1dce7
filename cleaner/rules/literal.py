"""Literals that every match of a pattern holds, so that one scan of a text can tell which patterns may match.

The method is that of RE2's prefilter and of Rust's regex-syntax: sets of strings are worked out bottom up,
from characters over sequences and alternatives; where a set grows too large or a part has no fixed text,
the best set so far is kept. Literals are written as `fold` writes texts, with a line end where a pattern asks
for the start or the end of its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import dropwhile, takewhile

from cleaner.rules.fold import WORD_EDGE, bare, fold
from cleaner.rules.rarity import rarity, worth

Strings = frozenset[str]

_MOST = 600
"""Largest set of strings that sequences grow to; alternatives may be more."""
_WIDEST = 2000
_FEW_REPEATED = 4
"""So few strings are written out as often as they are counted: a digit twice, say."""
_LONGEST = 24
_RARE = 4.0
"""Rarity of a string that need not grow."""
_EMPTY: Strings = frozenset(("",))

_BEST = 6
"""So many sets are worth a closer look."""
_PIECE = 11
"""Length in characters from which literals are cut."""
_GAP = re.compile(r"[^\w\0\n]+")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a part of a pattern asks of a text.

    `whole` are all the strings that the part can match, None where they are not known or too many. Each
    match begins with one of `prefix`, ends with one of `suffix`, and holds one of each of `held`.
    A `blank` part matches nothing but punctuation and spaces, or nothing at all.
    """

    whole: Strings | None = None
    prefix: Strings = _EMPTY
    suffix: Strings = _EMPTY
    held: tuple[Strings, ...] = ()
    blank: bool = False


ANYTHING = Needs()
PUNCTUATION = Needs(blank=True)


def exactly(strings: Strings) -> Needs:
    """Each match is one of the strings."""
    return Needs(strings, strings, strings, blank=not any(char.isalnum() for text in strings for char in text))


WORD = exactly(frozenset((WORD_EDGE,)))
EDGE, END = exactly(frozenset(("\n",))), exactly(frozenset(("\n",)))
"""The start and the end of a line."""


def fixed(text: str) -> Needs:
    """A fixed text."""
    return exactly(frozenset((fold(text),)))


@cache
def one_of(characters: str) -> Needs:
    """One of a few fixed characters."""
    return exactly(frozenset(map(fold, characters)))


def sequence(parts: Iterable[Needs]) -> Needs:
    """Parts one after the other."""
    run, done = _EMPTY, Strings()
    recent = [_EMPTY]
    held: list[Strings] = []
    prefix: Strings | None = None
    blank = True
    for part in parts:
        blank = blank and part.blank
        held += part.held
        if prefix is not None and not done and run == _EMPTY and "" in (part.whole or ()):
            # Whether it is there or not, what comes after it is.
            continue
        if part.whole is not None:
            recent.append(part.whole)
            if (longer := _product(run, part.whole)) is None:
                # What is rare enough already need not grow, so that the rest can.
                rare = frozenset(string for string in run if rarity(string) >= _RARE)
                longer = _product(run - rare, part.whole) if rare and run - rare else None
                done = done | rare if longer is not None else done
            if longer is not None:
                run = longer
                continue
        # The run ends here, in what the part begins with; the next one begins with what it ends in.
        run = done | (_product(run, part.prefix) or run)
        held.append(run)
        prefix = run if prefix is None else prefix
        run, done = part.suffix if part.whole is None else _ending(recent), Strings()
        recent = [run]
    if prefix is None and not done:
        return Needs(run, run, run, _telling(held), blank)
    suffix = _ending(recent)
    return Needs(None, done | run if prefix is None else prefix, suffix, _telling((*held, done | run, suffix)), blank)


def _ending(recent: Sequence[Strings]) -> Strings:
    """What parts in a row end with: as many of the last ones as do not grow too large."""
    ending = recent[-1]
    for strings in reversed(recent[:-1]):
        if (longer := _product(strings, ending)) is None:
            break
        ending = longer
    return ending


def alternatives(parts: Sequence[Needs]) -> Needs:
    """One part or another."""
    if len(parts) == 1:
        return parts[0]
    bests = [strings for part in parts if (strings := strongest(part)) is not None]
    whole = None
    if all(part.whole is not None for part in parts):
        whole = frozenset(s for part in parts for s in part.whole or ())
    prefix = frozenset(s for part in parts for s in part.prefix)
    suffix = frozenset(s for part in parts for s in part.suffix)
    return Needs(
        whole if len(whole or ()) <= _WIDEST else None,
        prefix if len(prefix) <= _WIDEST else _EMPTY,
        suffix if len(suffix) <= _WIDEST else _EMPTY,
        _telling((_EMPTY.union(*bests) - _EMPTY,)) if len(bests) == len(parts) else (),
        all(part.blank for part in parts),
    )


def repeated(part: Needs, low: int, high: int | None) -> Needs:
    """A part `low` to `high` times, None for any number."""
    if part.whole is not None and high is not None and len(part.whole) ** high <= _FEW_REPEATED:
        counts = [exactly(_EMPTY) if not count else sequence([part] * count) for count in range(low, high + 1)]
        if counts and all(count.whole is not None for count in counts):
            return exactly(Strings().union(*(count.whole or _EMPTY for count in counts)))
    if (low, high) == (1, 1):
        return part
    if (low, high) == (0, 1) and part.whole is not None and "" not in part.whole:
        return exactly(part.whole | _EMPTY)
    held = part.held if part.whole is None else _telling((part.whole,))
    return Needs(None, part.prefix, part.suffix, held, part.blank) if low else Needs(blank=part.blank)


def opening(parts: Sequence[Needs]) -> Strings | None:
    """What a line begins with, leading punctuation aside, where the parts match; None where nothing is known."""
    if not parts or parts[0] is not EDGE:
        return None
    rest = list(dropwhile(lambda part: part.blank, parts[1:]))
    if not rest:
        return frozenset("\n") if parts[-1] is END else None
    strings = frozenset(bare(text.removesuffix(WORD_EDGE)) for text in sequence(rest).prefix)
    return None if "" in strings else strings


def strongest(part: Needs) -> Strings | None:
    """The rarest set of which each match holds a string, or None where nothing is known."""
    return max(_sets(part), key=worth, default=None)


def ranked(part: Needs) -> list[Strings]:
    """The best sets of which each match holds a string, each as small as it can be, the rarest first."""
    best = sorted(set(_sets(part)), key=worth, reverse=True)[:_BEST]
    return sorted(set(map(_minimal, best)), key=lambda strings: (-worth(strings), sorted(strings)))


def clipped(strings: Strings) -> Strings:
    """The set with long strings cut to their rarest piece: that finds hardly more, and many become one."""
    return _minimal(frozenset(map(_rarest_piece, strings)))


def _rarest_piece(string: str) -> str:
    if len(string) <= _PIECE:
        return string
    starts = [0, *(found.end() for found in _GAP.finditer(string) if found.end() + _PIECE <= len(string))]
    return max((string[start : start + _PIECE] for start in starts), key=rarity)


def unmarked(strings: Iterable[str]) -> tuple[str, ...]:
    """The strings as they may stand in a folded line, without marks of word edges."""
    return tuple(sorted(_minimal(frozenset(text.replace(WORD_EDGE, "") for text in strings))))


def _sets(part: Needs) -> tuple[Strings, ...]:
    return _telling((*part.held, part.whole or _EMPTY, part.prefix, part.suffix))


@lru_cache(maxsize=4096)
def _minimal(strings: Strings) -> Strings:
    """The set without the strings that hold another of it: who holds the longer one holds the shorter one too."""
    lengths = sorted(set(map(len, strings)))
    return frozenset(
        string
        for string in strings
        if not any(
            string[start : start + length] in strings
            for length in takewhile(len(string).__gt__, lengths)
            for start in range(len(string) - length + 1)
        )
    )


def _telling(sets: Iterable[Strings]) -> tuple[Strings, ...]:
    """The sets of which something can be expected; one with an empty string says nothing."""
    return tuple(strings for strings in sets if strings and "" not in strings and worth(strings) > 0)


def _product(left: Strings, right: Strings) -> Strings | None:
    """Each of one followed by each of the other; None where that grows too large."""
    if min(len(left), len(right)) > 1 and len(left) * len(right) > _MOST:
        return None
    if max(map(len, left)) + max(map(len, right)) > _LONGEST and len(left) > 1:
        return None
    joined = [a + b for a in left for b in right]
    if any(b.startswith((" ", "\n", WORD_EDGE)) for b in right):
        # However many spaces or edges a pattern asks for, a folded text has one; so it is not known there
        # what stands beside them.
        for two, one in (("  ", " "), ("\n\n", "\n"), (f" {WORD_EDGE}", " "), (f"{WORD_EDGE} ", " ")):
            joined = [text.replace(two, one) for text in joined]
    return frozenset(joined)
