"""How rare strings are in running text: by that it is chosen what to look for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import exp, log

from cleaner.rules.common import COMMON, USUAL
from cleaner.rules.fold import WORD_EDGE

_BITS = 2.8
"""What a letter tells, as a natural logarithm."""
_AT_START = 0.65
"""Few words begin most lines: how much less rare each is there."""
_RAREST_WORD, _NEXT_WORD, _NEXT_DIGIT = 5.0, 0.5, 1.2
"""Words are no rarer than one in a million letters; what further words and digits count beside the first."""
_USUAL_MARKS = frozenset("'\"-()?!")
_WORD = re.compile(r"[^\W\d_]+")
_DIGIT_PAIR = re.compile("0(?=0)")
_TELLING = re.compile(r"[^\s.,:\0]|[.:]\n")


@lru_cache(maxsize=4096)
def worth(strings: frozenset[str]) -> float:
    """How rare a place in a text is at which one of the strings stands, in the unit of `rarity`."""
    rarities = [rarity(string) for string in strings]
    least = min(rarities)  # taken out of the sum: a long string is rarer than a float can say
    return least - log(sum(exp(_BITS * (least - each)) for each in rarities)) / _BITS


@lru_cache(maxsize=100_000)
def rarity(string: str) -> float:
    """Of a string: one letter more makes it rarer by one, a rule of thumb from counts in English news."""
    if not _TELLING.search(string):
        return 0.0
    if string[0] == "\n" and len(string) > 1:
        return _of_character("\n") + _AT_START * rarity(string[1:])
    words = sorted(map(_of_word, _WORD.findall(string)), reverse=True)
    between = sum(map(_of_character, _WORD.sub("", string))) - _NEXT_DIGIT * len(_DIGIT_PAIR.findall(string))
    return sum(words[:1]) + _NEXT_WORD * sum(words[1:]) + between


@cache
def _of_word(word: str) -> float:
    return 2.2 if word in COMMON else 3.4 if word in USUAL else min(sum(map(_of_character, word)), _RAREST_WORD)


@cache
def _of_character(character: str) -> float:
    if character == "\n":
        return 2.0
    if character == WORD_EDGE:
        return 0.5
    if character == " ":
        return 0.2
    if character in ".,:":
        return 0.6
    if character == "0":
        return 1.5
    if character >= "\u2e80":
        return 2.3
    if character.isalnum():
        return 1.0
    return 2.4 if character in _USUAL_MARKS else 3.0
