"""Lines and documents as they are counted, here and on a cluster: as numbers, which are the same wherever it is."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from cleaner.mine.shadow import shadow
from cleaner.text.shape import count_words, is_prose

_LONGEST = 60
"""Words of the longest line that is looked at other than as prose of an article."""


class Line(NamedTuple):
    """A line as it is counted: whether it reads as prose, and its text ("" where that is too long to be looked at)."""

    shadow: int
    prose: bool
    text: str


def line_of(line: str, names: frozenset[str]) -> Line:
    """How a stripped line is counted on a site of these names."""
    flat = flat_of(line)
    text = flat if count_words(flat) <= _LONGEST else ""
    return Line(_digest(shadow(flat, names)), is_prose(flat), text)


def same_of(lines: Iterable[Line], doc: int) -> int:
    """What a document has in common with those of the same prose; one without any has its own number."""
    prose = {line.shadow for line in lines if line.prose}
    return _digest(repr(sorted(prose)).encode()) if prose else doc


def doc_of(name: str) -> int:
    """The number of a document of this name."""
    return _digest(name.encode("utf-8", "surrogatepass"))


def flat_of(text: str) -> str:
    """The text without what would end a field or a row."""
    return " ".join(text.replace("\0", " ").split())


def _digest(data: bytes) -> int:
    """A number of 63 bits that no other data have, for all that can be expected."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1
