r"""Patterns for texts in one byte a character (see `alphabet`), which are smaller and compile faster by far.

In such a text RE2 is told that it reads Latin-1; each class of characters, and each character beyond ASCII, becomes
the class of the bytes that stand for them there, written as they are: RE2 reads a source at every compilation.
"""

from __future__ import annotations

import functools
import re
from unicodedata import category

import re2

from cleaner.rules.alphabet import ALPHABETS, ASTRAY, OTHER_LETTER, OTHER_MARK, other

CLASS = r"\[(\^?)(\]?(?:\\[pP]\{\^?\w+\}|\\x\{[0-9A-Fa-f]+\}|\\.|[^\]\\])*)\]"
"""A class of characters in a source for RE2: whether it is negated, and what stands in it."""
_CODE = r"\\x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})"
_NAME = r"\\[pP](?:\{\^?\w+\}|\w)"
_TOKEN = re.compile(rf"{CLASS}|{_NAME}|{_CODE}|[^\x00-\x7f]+|\\.")
_BRACKETS = re.compile(CLASS)
_NAMED = re.compile(_NAME)
_LETTERS, _MARKS = re.compile(r"\\p(?:[LN]|\{[LN]\w?\})"), re.compile(r"\\p(?:[PSZ]|\{[PSZ]\w?\})")
"""Names of classes that hold letters and numbers only, or none; of what is not named here, both are expected."""
_ITEM = re.compile(rf"({_CODE}|\\.|[^\\])(?:-({_CODE}|\\.|[^\\]))?")
_LONG_RANGE = 512
_WRITTEN = {byte: re.escape(chr(byte)) if 0x20 <= byte < 0x7F else chr(byte) for byte in range(0x20, 0x100)}
"""Bytes as they stand in a source; others are written as codes."""


def narrow(exact: str, alphabet: int, *, exact_case: bool) -> bytes:
    """A source in Latin-1 that is found in a text written in the alphabet if and only if `exact` is.

    It is found, too, in every text with others in which `exact` is found; the reverse need not hold there.
    """
    tokens = _tokens(alphabet, exact_case)
    return _TOKEN.sub(lambda match: tokens[match.group()], exact).encode("latin-1")


@functools.cache
def _tokens(alphabet: int, exact_case: bool) -> _Tokens:
    return _Tokens(alphabet, exact_case)


class _Tokens(dict[str, str]):
    """What is written for a token of an exact source, found out when first met: there are few, and many of each."""

    def __init__(self, alphabet: int, exact_case: bool) -> None:
        super().__init__()
        self._alphabet, self._exact_case = alphabet, exact_case

    def __missing__(self, token: str) -> str:
        if token[0] == "\\" and token[1] not in "pPx":
            made = token
        elif token[0] > "\x7f" and len(token) > 1:
            made = "".join(map(self.__getitem__, token))
        else:
            negation, inside = match.groups() if (match := _BRACKETS.fullmatch(token)) else ("", token)
            made = _class(inside, bool(negation), self._exact_case, self._alphabet)
        self[token] = made
        return made


def _class(inside: str, negated: bool, exact_case: bool, alphabet: int) -> str:
    """The bytes of the alphabet that are in a class of characters, or in none."""
    members = _members(inside, exact_case, alphabet)
    if negated:
        # Of the others some are always outside.
        shut = _bytes(members, alphabet)
        return f"[^{_ranges(shut)}]" if shut else r"[\x00-\xff]"
    members |= _others(inside, alphabet)
    there = _bytes(members, alphabet)
    if len(there) == 1:
        return _written(there[0])
    return f"[{_ranges(there)}]" if there else r"[^\x00-\xff]"


def _bytes(members: set[str], alphabet: int) -> list[int]:
    """The bytes that stand for characters, ascending; some alphabets have more than one for none at all."""
    known = _known(alphabet)
    return sorted(byte for char in members for byte in known.get(char, ()))


@functools.cache
def _known(alphabet: int) -> dict[str, list[int]]:
    known: dict[str, list[int]] = {}
    for byte, char in enumerate(ALPHABETS[alphabet]):
        known.setdefault(char, []).append(byte)
    return known


def _members(inside: str, exact_case: bool, alphabet: int) -> set[str]:
    """The characters of the alphabet that are in a class."""
    members = set[str]().union(*(_found(name, exact_case, alphabet) for name in _NAMED.findall(inside)))
    # Each part by itself, as what stands before and after a name is no range.
    for part in _NAMED.split(inside):
        if len(part) == 1 and category(part) == "Lo":
            # Without case it is itself alone. There are thousands, and to ask RE2 of all takes half a second.
            members.add(part)
        elif part and not is_strange(part, alphabet):
            members.update(_found.__wrapped__(f"\\{part}" if part[0] == "^" else part, exact_case, alphabet))
    return members


def is_strange(part: str, alphabet: int) -> bool:
    """Whether it is one character that an alphabet has in no case: most are, and RE2 need not be asked."""
    known = _known(alphabet)
    return len(part) == 1 and part not in known and part.swapcase() not in known and part not in ASTRAY


@functools.lru_cache(maxsize=256)
def _found(inside: str, exact_case: bool, alphabet: int) -> list[str]:
    """The characters of the alphabet that RE2 finds of a class; it is slow to build those with a name."""
    options = re2.Options()
    options.case_sensitive = exact_case
    runs: list[str] = re2.compile(f"[{inside}]+", options).findall(ALPHABETS[alphabet])
    return [char for run in runs for char in run if char not in (OTHER_MARK, OTHER_LETTER)]


def _others(inside: str, alphabet: int) -> set[str]:
    """What may stand for others in a class."""
    others = set[str]()
    for name in _NAMED.findall(inside):
        if not _MARKS.fullmatch(name):
            others.add(OTHER_LETTER)
        if not _LETTERS.fullmatch(name):
            others.add(OTHER_MARK)
    for part in _NAMED.split(inside):
        if part.isascii() and "\\x" not in part:
            continue
        for low, high in _ITEM.findall(part):
            first, last = _code(low), _code(high or low)
            if last - first > _LONG_RANGE:
                return {OTHER_LETTER, OTHER_MARK}
            range_ = map(chr, range(max(first, 0x80), last + 1))
            others.update(other(char) for char in range_ if char not in ALPHABETS[alphabet])
    return others & {OTHER_LETTER, OTHER_MARK}


def _code(written: str) -> int:
    """The code point of one character of a class, as it is written there."""
    if re.fullmatch(_CODE, written):
        return int(written[2:].strip("{}"), 16)
    return ord(written[-1])


def _ranges(sorted_bytes: list[int]) -> str:
    """Bytes, ascending, as the inside of a class."""
    ranges: list[list[int]] = []
    for byte in sorted_bytes:
        if ranges and ranges[-1][1] == byte - 1:
            ranges[-1][1] = byte
        else:
            ranges.append([byte, byte])
    return "".join(_written(low) if low == high else f"{_written(low)}-{_written(high)}" for low, high in ranges)


def _written(byte: int) -> str:
    return _WRITTEN.get(byte) or rf"\x{byte:02x}"
