"""What a text's patterns come to: whether a rule matches once some of its patterns are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.rules.engine import compile_exact, found_in
from cleaner.rules.fold import Searchable
from cleaner.rules.model import Rule
from cleaner.rules.pattern import Pattern


class Hit(NamedTuple):
    """A rule whose patterns a unit matches; `spans` are the words that a "text" rule takes."""

    rule: Rule
    spans: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """All that matching has to say about a unit's text."""

    hits: tuple[Hit, ...] = ()
    protected: bool = False


NOTHING = Found()


def confirm(rule: Rule, found: Iterable[Pattern], text: Searchable, words: int) -> Hit | None:
    """The hit of a rule in a text of so many words, or None; `found` are the patterns that are found in it."""
    if rule.max_words is not None and words > rule.max_words:
        return None
    if not all(found_in(pattern, text, exact_case=rule.exact_case) for pattern in rule.all):
        return None
    if any(found_in(pattern, text, exact_case=rule.exact_case) for pattern in rule.none):
        return None
    if rule.scope == "line":
        return Hit(rule)
    spans = {span for pattern in found for span in _spans(pattern, rule, text.data)}
    return Hit(rule, tuple(sorted(spans))) if spans else None


def _spans(pattern: Pattern, rule: Rule, data: bytes) -> Iterator[tuple[int, int]]:
    """The words that a pattern of a "text" rule takes, in code points."""
    compiled = compile_exact(pattern, rule.exact_case, captures=True)
    match = compiled.search(data)
    while match is not None:
        start, end = match.span(pattern.cut_group)
        if start < end:
            yield _code_points(data, start), _code_points(data, end)
        position = max(match.span(1)[1], match.span(1)[0] + 1)
        match = compiled.search(data, position) if position < len(data) else None


def _code_points(data: bytes, offset: int) -> int:
    return len(data[:offset].decode("utf-8"))
