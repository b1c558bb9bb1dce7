"""Literals that every match of a pattern holds, so that one scan of a text can tell which patterns may match.

The method is that of RE2's prefilter and of Rust's regex-syntax: sets of strings are worked out bottom up,
from characters over sequences and alternatives; where a set grows too large or a part has no fixed text,
the best set so far is kept. Literals are in lower case, with one plain space for spaces, and a line end
where a pattern asks for the start or the end of its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

Strings = frozenset[str]

_MOST = 3000
"""Largest set of strings that grows any further."""
_LONGEST = 24
_EMPTY: Strings = frozenset(("",))
_ODD_FOLDS = frozenset("ſµμςσϐβϑθϕφϖπϰκϱρϵεẛṡιͅωΩ")
"""Letters with more than two case forms; none of them stands in a literal."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a part of a pattern asks of a text.

    `whole` are all the strings that the part can match, None where they are not known or too many. Each
    match begins with one of `prefix`, ends with one of `suffix`, and holds one of `best` where that is not None.
    """

    whole: Strings | None = None
    prefix: Strings = _EMPTY
    suffix: Strings = _EMPTY
    best: Strings | None = None


ANYTHING = Needs()


def exactly(strings: Strings) -> Needs:
    """Each match is one of the strings."""
    return Needs(strings, strings, strings)


EDGE = exactly(frozenset(("\n",)))
"""The start or the end of a line."""


def fixed(text: str) -> Needs:
    """A fixed text."""
    low = text.lower()
    return exactly(frozenset((low,))) if _ODD_FOLDS.isdisjoint(low) else sequence(map(one_of, text))


@cache
def one_of(characters: str) -> Needs:
    """One of a few fixed characters."""
    low = frozenset(character.lower() for character in characters)
    return ANYTHING if low & _ODD_FOLDS else exactly(low)


def sequence(parts: Iterable[Needs]) -> Needs:
    """Parts one after the other."""
    run, best = _EMPTY, None
    prefix: Strings | None = None
    for part in parts:
        best = better(best, part.best)
        if part.whole is not None and (longer := _product(run, part.whole)) is not None:
            run = longer
            continue
        # The run ends here, in what the part begins with; the next one begins with what it ends in.
        run = _product(run, part.prefix) or run
        best = better(best, run)
        prefix = run if prefix is None else prefix
        run = part.suffix
    if prefix is None:
        return Needs(run, run, run, best)
    return Needs(None, prefix, run, better(best, run))


def alternatives(parts: Sequence[Needs]) -> Needs:
    """One part or another."""
    if len(parts) == 1:
        return parts[0]
    bests = [needed(part) for part in parts]
    best = None if None in bests else frozenset(s for strings in bests if strings is not None for s in strings)
    whole = None
    if all(part.whole is not None for part in parts):
        whole = frozenset(s for part in parts for s in part.whole or ())
    prefix = frozenset(s for part in parts for s in part.prefix)
    suffix = frozenset(s for part in parts for s in part.suffix)
    small = len(whole or ()) <= _MOST
    return Needs(
        whole if small else None,
        prefix if len(prefix) <= _MOST else _EMPTY,
        suffix if len(suffix) <= _MOST else _EMPTY,
        best,
    )


def repeated(part: Needs, low: int, *, once: bool) -> Needs:
    """A part `low` times or more; `once` for at most one time."""
    if once:
        optional = part.whole is not None and "" not in part.whole
        return part if low else exactly((part.whole or _EMPTY) | _EMPTY) if optional else ANYTHING
    return Needs(None, part.prefix, part.suffix, needed(part)) if low else ANYTHING


def needed(part: Needs) -> Strings | None:
    """The strings of which each match holds one, or None where nothing is known."""
    best = part.best
    for strings in (part.whole, part.prefix, part.suffix):
        best = better(best, strings)
    return best


@lru_cache(maxsize=4096)
def worth(strings: Strings) -> float:
    """How rare a text is that holds one of the strings: long ones are rare, many are less so."""
    # Only the shortest few can be the least; summing up all of thousands would cost more than it tells.
    shortest = min(map(len, strings))
    near = (string for string in strings if len(string) <= shortest + 2)
    return min(sum(map(_rarity, string)) for string in near) - 0.15 * log2(len(strings))


@cache
def _rarity(character: str) -> float:
    if character in " .,:":
        return 0.4
    if character == "\n":
        return 1.6
    if character >= "\u2e80":
        return 2.5
    return 1.0 if (character.isascii() and character.isalnum()) or "\u00c0" <= character < "\u2000" else 2.0


def better(a: Strings | None, b: Strings | None) -> Strings | None:
    """The one that fewer texts hold; a set with an empty string says nothing."""
    if b is None or "" in b:
        return a
    if a is None or "" in a:
        return b
    return max(a, b, key=worth)


def _product(left: Strings, right: Strings) -> Strings | None:
    """Each of one followed by each of the other; None where that grows too large."""
    if min(len(left), len(right)) > 1 and len(left) * len(right) > _MOST:
        return None
    if max(map(len, left)) + max(map(len, right)) > _LONGEST and len(left) > 1:
        return None
    return frozenset(a + b for a in left for b in right)
