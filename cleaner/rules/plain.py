r"""Patterns as they are for plain lines, which compile in a sixth of the time.

Most of what RE2 makes of a pattern is for letters that few lines have: `\p{L}` alone is 600 ranges. Nearly all
lines of English, and most of Western text, are ASCII once their quotes and dashes are plain ones.
"""

from __future__ import annotations

import functools
import re

import re2

from cleaner.rules.fold import USUAL

_CLASS = r"\[(\^?)(\]?(?:\\[pP]\{\^?\w+\}|\\x\{[0-9A-Fa-f]+\}|\\.|[^\]\\])*)\]"
_ONE = r"\\[pP](?:\{\^?\w+\}|\w)|\\x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|[^\x00-\x7f]"
_NAMED = re.compile(r"\\[pP](?:\{\^?\w+\}|\w)")
_TOKEN = re.compile(rf"{_CLASS}|{_ONE}|\\.")
_ASCII = [chr(code) for code in range(0x80)]
_SAME_LETTER = {"\u212a": "k", "\u017f": "s"}
"""Letters beyond ASCII that, where case is ignored, patterns for one of its letters find, and the reverse."""
_CHARACTERS = "".join([*_ASCII, *USUAL, *_SAME_LETTER])
_STANDS_FOR = {plain: {mark for mark in USUAL if USUAL[mark] == plain} for plain in _ASCII}
"""ASCII characters to the marks that are written with them in a plain line."""
_FOR_NOTHING = {plain: set[str]() for plain in _ASCII}


def plain(exact: str, *, exact_case: bool, marks: bool) -> str:
    """A source for Latin-1 that is found in an ASCII line if and only if `exact` is.

    With `marks` it is found in the plain form of whatever line `exact` is found in; the reverse need not hold.
    """

    def plain_token(match: re.Match[str]) -> str:
        token, negation, inside = match.group(), match.group(1), match.group(2)
        if inside is None and token[0] == "\\" and token[1] not in "pPx":
            return token
        return _plain_class(token if inside is None else inside, bool(negation), exact_case, marks)

    return _TOKEN.sub(plain_token, exact)


@functools.lru_cache(maxsize=8192)
def _plain_class(inside: str, negated: bool, exact_case: bool, marks: bool) -> str:
    """A class of ASCII characters that has those of the class; with `marks`, those that stand for a mark of it."""
    members = _members(inside)
    if not exact_case:
        members.update(_SAME_LETTER[letter] for letter in members & _SAME_LETTER.keys())
    stands_for = _STANDS_FOR if marks else _FOR_NOTHING
    if negated:
        # What is shut out must be so in all its forms.
        shut = [char for char in _ASCII if char in members and stands_for[char] <= members]
        return f"[^{_ranges(shut)}]" if shut else r"[\x00-\xff]"
    there = [char for char in _ASCII if char in members or not stands_for[char].isdisjoint(members)]
    return f"[{_ranges(there)}]" if there else r"[^\x00-\xff]"


def _members(inside: str) -> set[str]:
    """The characters that can stand in plain lines, or are written plainly there, of those of a class."""
    members = set[str]().union(*map(_named, _NAMED.findall(inside)))
    others = _NAMED.sub("", inside)
    return members.union(_found(others.replace("^", r"\^") if others[0] == "^" else others)) if others else members


@functools.cache
def _named(name: str) -> list[str]:
    return _found(name)


def _found(inside: str) -> list[str]:
    found: list[str] = re2.compile(f"[{inside}]").findall(_CHARACTERS)
    return found


def _ranges(characters: list[str]) -> str:
    """Sorted characters as the inside of a class."""
    ranges: list[list[int]] = []
    for code in map(ord, characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(rf"\x{low:02x}-\x{high:02x}" for low, high in ranges)
