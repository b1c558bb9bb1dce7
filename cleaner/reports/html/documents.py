"""One document as the report shows it: what stays and what goes, in order, and what a page lost before the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from cleaner.model import Result
from cleaner.reports.place import Places
from cleaner.reports.view import Examined

_MOST_REMOVALS = 2_000
_MOST_CHARACTERS = 400_000
"""Of a document; of a longer one, the beginning and end of each passage are shown."""
_ENDS = 1_500
"""Characters of such a beginning or end."""
_MOST_DROPPED, _DROPPED_CHARACTERS = 200, 1_000

_HELD, _CLEAN = 8.0, 0.02
"""How much likelier than others documents that are held, and those that lose nothing, get into a report."""


def rank(seed: str, item: Examined) -> float:
    """Where a document stands in the order in which documents are chosen: the lower, the sooner.

    It depends on nothing but seed, name and result, so that equal runs choose equally, in whatever order.
    """
    digest = hashlib.blake2b(f"{seed}\0{item.name}".encode("utf-8", "surrogatepass"), digest_size=7).digest()
    chance = int.from_bytes(digest, "big") / 2**56
    return chance / (_HELD if item.result.held else 1.0 if item.result.removals else _CLEAN)


def share(result: Result) -> float:
    """Which part (0..1) of a document's characters goes, white space around removals aside."""
    gone = sum(len(removal.text.strip()) for removal in result.removals)
    return gone / len(result.document.text) if gone else 0.0


def parts(item: Examined, places: Places, groups: Sequence[str]) -> list[Any]:
    """A document from its beginning to its end.

    A string stays. A list goes: its text, rule, score, evidence, line, group, and whether a baseline accepts it. A
    number counts characters that are left out here. `groups` are the keys of the removals' groups.
    """
    text, position = item.result.document.text, 0
    found: list[Any] = []
    cut = len(text) > _MOST_CHARACTERS
    for index, removal in enumerate(item.result.removals[:_MOST_REMOVALS]):
        found += _kept(text[position : removal.start], cut=cut)
        position = removal.end
        evidence = [[part.id, part.weight] for part in removal.evidence]
        line, known = places.line(removal), int(index in item.known)
        # What is left out within a removal parts it into two: both say why.
        for part in _kept(removal.text, cut=cut):
            about = [part, removal.rule, removal.score, evidence, line, groups[index], known]
            found.append(part if isinstance(part, int) else about)
    if len(item.result.removals) > _MOST_REMOVALS:
        return [*found, len(text) - position]
    return [*found, *_kept(text[position:], cut=cut)]


def _kept(text: str, *, cut: bool) -> Iterator[str | int]:
    if not cut or len(text) <= 2 * _ENDS:
        yield from [text] if text else []
        return
    yield text[:_ENDS]
    yield len(text) - 2 * _ENDS
    yield text[-_ENDS:]


def dropped(item: Examined) -> list[Any]:
    """What a page lost before the rules: how many texts, their characters, and the first ones as rule, line, text."""
    texts = item.result.document.dropped
    first = [[one.rule, one.line, one.text[:_DROPPED_CHARACTERS]] for one in texts[:_MOST_DROPPED]]
    return [len(texts), sum(len(one.text) for one in texts), first]
