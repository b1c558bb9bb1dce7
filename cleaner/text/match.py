"""Which rules a unit matches: nominate by one scan of a set, then confirm each nominee exactly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.rules.engine import PatternSet, compile_exact
from cleaner.rules.model import Rule, RuleSet, Signal
from cleaner.rules.pattern import Pattern
from cleaner.text.shape import count_words

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters to ASCII, one for one, so that offsets hold."""


class Hit(NamedTuple):
    """A rule whose patterns a unit matches; `spans` are the words that a "text" rule takes."""

    rule: Rule
    spans: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """All that matching has to say about a unit's text."""

    hits: tuple[Hit, ...] = ()
    protected: bool = False


NOTHING = Found()


def searchable(text: str) -> str:
    """The text as patterns see it: full-width letters folded, lone surrogates replaced."""
    if text.isascii():
        return text
    if max(text) >= "\uff10":
        text = text.translate(_FULL_WIDTH)
    return text.encode("utf-8", "replace").decode("utf-8")


def found_in(pattern: Pattern, text: str, *, exact_case: bool = False) -> bool:
    """Whether the pattern is found in a searchable text."""
    return compile_exact(pattern, exact_case).search(text) is not None


class Matcher:
    """The compiled side of a RuleSet; build one per process."""

    def __init__(self, rules: RuleSet) -> None:
        self.structural = tuple(rule for rule in rules.rules if not rule.any and not rule.all)
        self._owners: list[tuple[Rule | None, Pattern]] = []
        for rule in rules.rules:
            nominating = rule.any or rule.all[:1]
            self._owners += [(rule, pattern) for pattern in nominating]
        self._owners += [(None, pattern) for pattern in rules.keep]
        self._set = PatternSet((pattern, rule is not None and rule.exact_case) for rule, pattern in self._owners)
        self._nominate = self._set.nominate

    def find(self, text: str) -> Found:
        """Everything that matches a unit's text, in the order of the rules."""
        nominees, protected = self.nominees(text)
        if not nominees:
            return Found((), protected) if protected else NOTHING
        words, text = count_words(text), searchable(text)
        hits = [confirm(rule, patterns, text, words) for rule, patterns in nominees]
        return Found(tuple(hit for hit in hits if hit is not None), protected)

    def nominees(self, text: str) -> tuple[list[tuple[Rule, list[Pattern]]], bool]:
        """Rules that may match, with the patterns that say so; and whether a keep pattern matches."""
        numbers = self._nominate(text.encode("utf-8", "replace"))
        if not text.isascii():
            folded = searchable(text)
            if folded != text:
                numbers = {*numbers, *self._nominate(folded.encode("utf-8"))}
        if not numbers:
            return [], False
        nominees: dict[str, tuple[Rule, list[Pattern]]] = {}
        protected = False
        for number in sorted(numbers):
            rule, pattern = self._owners[number]
            if rule is None:
                protected = protected or found_in(pattern, searchable(text))
            else:
                nominees.setdefault(rule.id, (rule, []))[1].append(pattern)
        return list(nominees.values()), protected


def confirm(rule: Rule, nominated: Iterable[Pattern], text: str, words: int) -> Hit | None:
    """The hit of a rule in a searchable text, or None; `nominated` are patterns of its `any`."""
    if rule.max_words is not None and words > rule.max_words:
        return None
    spans: list[tuple[int, int]] = []
    if rule.any:
        for pattern in nominated:
            spans += _spans(pattern, rule, text)
            if spans and rule.scope == "line":
                break
        if not spans:
            return None
    if not all(found_in(pattern, text, exact_case=rule.exact_case) for pattern in rule.all):
        return None
    if any(found_in(pattern, text, exact_case=rule.exact_case) for pattern in rule.none):
        return None
    return Hit(rule, tuple(sorted(set(spans))) if rule.scope == "text" else ())


def _spans(pattern: Pattern, rule: Rule, text: str) -> list[tuple[int, int]]:
    """The spans of a pattern's matches (the first one only for "line" rules)."""
    compiled, spans, position = compile_exact(pattern, rule.exact_case), [], 0
    while (match := compiled.search(text, position)) is not None:
        start, end = match.span(pattern.cut_group)
        if start < end or rule.scope == "line":
            spans.append((start, end))
        position = max(match.span(1)[1], position + 1)
        if rule.scope == "line" or position >= len(text):
            break
    return spans


def speaks(signal: Signal, text: str) -> bool:
    """Whether a signal's patterns, if it has any, are found in a searchable text."""
    return not signal.any or any(found_in(p, text, exact_case=signal.exact_case) for p in signal.any)
