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
from itertools import dropwhile
from math import log2

from cleaner.rules.fold import WORD_EDGE, fold

Strings = frozenset[str]

_MOST = 600
"""Largest set of strings that grows any further."""
_LONGEST = 24
_EMPTY: Strings = frozenset(("",))

_COMMON = frozenset(
    word
    for line in (
        "a about after all also an and are as at be been but by can do for from had has have he her his i if in into",
        "is it its more my new no not of on one or other our out over said she so some than that the their there",
        "they this to two up us was we were what when which who will with would you your",
        "als am an auch auf aus bei bis das dem den der des die ein eine einen einer er es für hat ich ihr ihre im",
        "ist mehr mit nach nicht noch nur oder sich sie sind so über um und uns von vor war wenn werden wie wir wird",
        "zu zum zur",
        "au aux avec ce ces cette dans de des du elle en est et il la le les leur mais ne nous on ou par pas plus pour",
        "qu que qui sa se ses son sur un une vous con como da do dos e el em esta este han ha lo los más na não o os",
        "para pela pelo pero por ser si sin su sus também uma y ya al che dal dei del della di gli i nel nella non per",
        "più sono sul una uno",
        "aan bij dat door een er het hij ik maar met naar niet nog of om ook op te uit van voor wordt ze zijn att av",
        "det då ett fra från för har hos ikke inte jeg kan med men mot når og om på sig som till til var vi vid är",
    )
    for word in line.split()
)
"""The commonest words of the languages written with spaces: in a text of that language they say nothing."""
_LONGEST_COMMON = 7
_LEAD = re.compile(r"[\W_]+")
_USUAL = frozenset("'\"-()?!’‘“”„«»‹›´`–—‑‐‒−")
_TELLING = re.compile(r"[^\s.,:\0]")


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
EDGE = exactly(frozenset(("\n",)))
"""The start or the end of a line."""


def fixed(text: str) -> Needs:
    """A fixed text."""
    return exactly(frozenset((fold(text),)))


@cache
def one_of(characters: str) -> Needs:
    """One of a few fixed characters."""
    return exactly(frozenset(map(fold, characters)))


def sequence(parts: Iterable[Needs]) -> Needs:
    """Parts one after the other."""
    run = _EMPTY
    held: list[Strings] = []
    prefix: Strings | None = None
    blank = True
    for part in parts:
        blank = blank and part.blank
        held += part.held
        if part.whole is not None and (longer := _product(run, part.whole)) is not None:
            run = longer
            continue
        # The run ends here, in what the part begins with; the next one begins with what it ends in.
        run = _product(run, part.prefix) or run
        held.append(run)
        prefix = run if prefix is None else prefix
        run = part.suffix
    if prefix is None:
        return Needs(run, run, run, _telling(held), blank)
    return Needs(None, prefix, run, _telling((*held, run)), blank)


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
    small = len(whole or ()) <= _MOST
    return Needs(
        whole if small else None,
        prefix if len(prefix) <= _MOST else _EMPTY,
        suffix if len(suffix) <= _MOST else _EMPTY,
        _telling((_EMPTY.union(*bests) - _EMPTY,)) if len(bests) == len(parts) else (),
        all(part.blank for part in parts),
    )


def repeated(part: Needs, low: int, *, once: bool) -> Needs:
    """A part `low` times or more; `once` for at most one time."""
    if once:
        optional = part.whole is not None and "" not in part.whole
        return part if low else exactly((part.whole or _EMPTY) | _EMPTY) if optional else Needs(blank=part.blank)
    held = part.held if part.whole is None else _telling((part.whole,))
    return Needs(None, part.prefix, part.suffix, held, part.blank) if low else Needs(blank=part.blank)


def opening(parts: Sequence[Needs]) -> Strings | None:
    """What a line begins with, leading punctuation aside, where the parts match; None where nothing is known."""
    if not parts or parts[0] is not EDGE:
        return None
    prefix = sequence(dropwhile(lambda part: part.blank, parts[1:])).prefix
    strings = frozenset(bare(text.removesuffix(WORD_EDGE)) for text in prefix)
    return None if "" in strings else strings


def bare(line: str) -> str:
    """A line without its leading punctuation."""
    return line[match.end() :] if (match := _LEAD.match(line)) else line


def strongest(part: Needs) -> Strings | None:
    """The rarest set of which each match holds a string, or None where nothing is known."""
    sets = _telling((*part.held, part.whole or _EMPTY, part.prefix, part.suffix))
    return max(sets, key=worth, default=None)


def _telling(sets: Iterable[Strings]) -> tuple[Strings, ...]:
    """The sets of which something can be expected; one with an empty string says nothing."""
    return tuple(strings for strings in sets if strings and "" not in strings and worth(strings) > 0)


@lru_cache(maxsize=4096)
def worth(strings: Strings) -> float:
    """How rare a text is that holds one of the strings: long ones are rare, many are less so."""
    # Only the shortest few can be the least; summing up all of thousands would cost more than it tells.
    shortest = min(map(len, strings))
    near = (string for string in strings if len(string) <= shortest + _LONGEST_COMMON)
    return min(map(_string_rarity, near)) - 0.15 * log2(len(strings))


def _string_rarity(string: str) -> float:
    words = string.replace(WORD_EDGE, " ").split()
    if not words or not _TELLING.search(string):
        return 0.0
    if all(word in _COMMON for word in words):
        return 3 * len(words) - 2 + sum(_rarity(edge) * string.count(edge) for edge in ("\n", WORD_EDGE))
    return sum(map(_rarity, string))


@cache
def _rarity(character: str) -> float:
    if character == "\n":
        return 1.8
    if character == WORD_EDGE:
        return 0.8
    if character in " .,:":
        return 0.4
    if character >= "\u2e80":
        return 2.5
    if character.isalnum():
        return 1.0
    return 1.5 if character in _USUAL else 3.0


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
