"""What to look for in order to know which lines a pattern may be found in, chosen from what its matches need.

A pattern that begins at the start of a line is looked up by how lines begin; another one by literals, wherever
they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.rules import literal, rarity
from cleaner.rules.clues import LENGTHS, Clues, bytewise
from cleaner.rules.literal import Needs, Strings

_MOST_OPENINGS = 1000
_FEW, _MORE = 8, 4
"""So few strings are quicker to look for in a line than RE2 is to be asked; so many sets of them are."""
_MANY_MARKED = 30
"""Larger sets do not become small ones by being freed of marks."""


def choose_clues(branches: Sequence[Sequence[Needs]]) -> Clues:
    """The clues for a pattern; `branches` are its alternatives, each a sequence of parts."""
    known = literal.ranked(literal.alternatives(list(map(literal.sequence, branches))))
    best = known[0] if known else frozenset[str]()
    worth = rarity.worth(best) if best else 0.0
    begins = _beginnings(branches)
    openings = _looked_up(begins)
    told = not best or all(text.startswith("\n") for text in best)
    if openings and (told or worth < rarity.worth(frozenset(f"\n{text}" for text in begins))):
        return Clues(openings=openings, more=_more(known, [f"\n{text}" for text in begins]))
    return Clues(literals=_encoded(literal.clipped(best)), more=_more(known[1:], best))


def _beginnings(branches: Sequence[Sequence[Needs]]) -> Strings:
    """What a line can begin with at all; nothing where that is not known."""
    texts: set[str] = set()
    for branch in branches:
        strings = literal.opening(branch)
        if strings is None:
            return frozenset()
        texts |= strings
    return frozenset(texts)


def _looked_up(beginnings: Strings) -> tuple[bytes, ...]:
    """The beginnings cut to lengths that are looked up, without those that begin with another."""
    whole = _encoded(beginnings)
    cut = {text[: max(length for length in LENGTHS if length <= len(text))] for text in whole}
    shortest = {text for text in cut if not any(text[:length] in cut for length in LENGTHS if length < len(text))}
    return tuple(sorted(shortest)) if len(shortest) <= _MOST_OPENINGS else ()


def _more(known: Iterable[Strings], given: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The sets that are cheap to ask for; each says more than the one before it, and than the `given` strings."""
    more: list[tuple[str, ...]] = []
    told: list[Sequence[str]] = [list(given) or [""]]
    for strings in known:
        if len(strings) > _MANY_MARKED:
            continue
        texts = literal.unmarked(strings)
        beginning = all(text.startswith("\n") for text in texts)
        if len(texts) <= _FEW and not beginning and not any(_implied(texts, strings) for strings in told):
            more.append(texts)
            told.append(texts)
    # The fewest first: to find that a line lacks all of a set costs as much as there are strings in it.
    return tuple(tuple(map(bytewise, _encoded(texts))) for texts in sorted(more[:_MORE], key=len))


def _encoded(strings: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(sorted(string.encode() for string in strings))


def _implied(texts: Sequence[str], given: Sequence[str]) -> bool:
    return all(any(text in each for text in texts) for each in given)
