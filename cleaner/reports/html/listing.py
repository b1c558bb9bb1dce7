"""What is listed, as rows of an index and as shards that are loaded when somebody looks closer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.reports.html.groups import Group, Occurrence
from cleaner.reports.html.keep import keep_pattern, toml_string
from cleaner.reports.html.script import as_json
from cleaner.reports.risk import reasons
from cleaner.reports.statistics import Place

_SHARD = 250_000
"""Bytes after which a shard is full."""
_EXCERPT = 160
_MOST_NAMES = 5
"""Rules and languages that a row names."""


class Shards:
    """Entries, in order, put together into shards; `add` gives the number of the shard that takes one."""

    def __init__(self) -> None:
        self._entries: list[bytes] = []
        self._size = 0
        self._number = 0

    def add(self, entry: bytes) -> int:
        self._entries.append(entry)
        self._size += len(entry)
        return self._number

    def full(self, *, at_end: bool = False) -> Iterator[tuple[int, bytes]]:
        """The shard that is full, or, at the end, what is left, with its number."""
        if self._entries and (at_end or self._size >= _SHARD):
            yield self._number, b"[" + b",\n".join(self._entries) + b"]"
            self._entries, self._size = [], 0
            self._number += 1


class Names:
    """Numbers for names, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def all(self) -> list[str]:
        """The names by their numbers."""
        return list(self._numbers)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows refer to: numbers of rules, names of places, rules that take words within a line, the threshold."""

    rules: Mapping[str, int]
    places: Mapping[Place, str]
    within: frozenset[str]
    threshold: float


def group_row(group: Group, known: Known, places: Names, shard: int) -> list[Any]:
    """A group in the index."""
    names = sorted({known.places[place] for place in group.places})
    return [
        group.key,
        _excerpt(group.samples[0][2].words),
        [known.rules[rule] for rule in _most_frequent(group.rules)],
        group.removals,
        group.documents,
        group.risk,
        [[reason.name, round(reason.share, 3)] for reason in reasons(group.signs)],
        [places.number(name) for name in names],
        group.lowest,
        _most_frequent(group.languages),
        shard,
    ]


def group_entry(group: Group, known: Known) -> list[Any]:
    """A group as its page shows it, with what a reviewer's "keep" writes."""
    whole = group.whole and known.within.isdisjoint(group.rules)
    pattern = keep_pattern(group.samples[0][2].words, whole=whole)
    about = {
        "keep": toml_string(pattern) if pattern else "",
        "whole": whole,
        "tweakable": group.rest < known.threshold and len(group.rules) <= _MOST_NAMES,
        "known": group.known,
        "samples": [_sample(sample) for _, _, sample in group.samples],
    }
    return [group.key, about]


def _sample(sample: Occurrence) -> list[Any]:
    return [
        sample.document,
        sample.name,
        sample.line,
        sample.rule,
        sample.score,
        sample.evidence,
        sample.before,
        sample.words,
        sample.after,
        sample.length - len(sample.words),
        int(sample.held),
        int(sample.known),
        int(sample.inline),
    ]


def chosen(groups: Sequence[Group], known: Known, budget: int) -> list[tuple[Group, bytes]]:
    """The groups, in their order, of which rows and entries fit into so many bytes, with their entries."""
    fitting, size = [], 0
    for group in groups:
        entry = as_json(group_entry(group, known))
        size += len(entry) + len(as_json(group_row(group, known, Names(), 0)))
        if size > budget:
            break
        fitting.append((group, entry))
    return fitting


def document_row(number: int, row: bytes, names: Mapping[Place, str], places: Names, shard: int) -> list[Any]:
    """A document in the index, from the row that was noted when it came."""
    name, (site, *folders), *rest = json.loads(row)
    return [number, name, places.number(names[Place(site, tuple(folders))]), *rest, shard]


def _most_frequent(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))[:_MOST_NAMES]


def _excerpt(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
