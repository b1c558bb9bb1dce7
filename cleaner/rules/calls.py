"""Which rules a text can call up at all: those of whose clues it holds the beginnings.

A rough answer, but it is had without reading a rule: a short text calls up a tenth of those that we ship, an
article a third.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from cleaner.rules.fold import WORD_EDGE
from cleaner.rules.model import Rule

PART = 6
"""So many bytes of a clue's begin are looked for. With 4, articles call up two thirds of the rules; with 8, there are
half as many beginnings again to read at each start.
"""

Calls = Mapping[bytes, tuple[str, ...]]
"""Ids of rules by what their clues begin with; by nothing, those of the rules that need no clue."""

WORDLY = frozenset(b"_abcdefghijklmnopqrstuvwxyz")
"""Bytes of a folded text beside which no word begins or ends. What is not ASCII is left to RE2, and so are digits:
one of a script without spaces, a boundary there, is a plain one here.
"""

_EDGE = WORD_EDGE.encode()


def calls_of(rules: Iterable[Rule]) -> Calls:
    """The rules by what their clues begin with."""
    found: dict[bytes, list[str]] = defaultdict(list)
    for rule in rules:
        for beginning in {text[:PART] for text in _clues_of(rule)}:
            found[beginning].append(rule.id)
    ids: dict[tuple[str, ...], tuple[str, ...]] = {}  # each once: the fewer there are, the sooner they are read
    return {beginning: ids.setdefault(tuple(some), tuple(some)) for beginning, some in sorted(found.items())}


def _clues_of(rule: Rule) -> Iterable[bytes]:
    for pattern in rule.nominating:
        yield from pattern.clues.texts or (b"",)
    if not rule.nominating:
        yield b""


def called_up(calls: Iterable[Calls], parts: AbstractSet[bytes]) -> set[str]:
    """The ids of the rules that a text with these parts can call up, see `parts_of`."""
    return {rule for some in calls for beginning in some.keys() & parts for rule in some[beginning]}


def parts_of(text: bytes) -> set[bytes]:
    """All that a clue found in a folded text may begin or end with, in `PART` bytes: several times as many as the text
    has, so this is for short ones.
    """
    text = b"\n%b\n" % text
    parts = {text[start : start + length] for length in range(PART + 1) for start in range(len(text))}
    starts = [start for start in range(1, len(text)) if text[start - 1] not in WORDLY]
    ends = frozenset(end for end in range(1, len(text)) if text[end] not in WORDLY)
    parts |= {_EDGE + text[start : start + length] for length in range(PART) for start in starts}
    parts |= {text[max(end - length, 0) : end] + _EDGE for length in range(PART) for end in ends}
    words = ((start, start + length) for length in range(PART - 1) for start in starts if start + length in ends)
    return parts | {b"%b%b%b" % (_EDGE, text[start:end], _EDGE) for start, end in words}
