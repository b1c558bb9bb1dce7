"""Which rules a text's units match: one scan nominates, then each nominee is confirmed exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleaner.rules.engine import compile_exact, compile_test
from cleaner.rules.fold import searchable
from cleaner.rules.model import Rule, RuleSet, Signal
from cleaner.rules.nominate import Nominator, Wanted
from cleaner.rules.pattern import Pattern
from cleaner.text.shape import count_words


class Hit(NamedTuple):
    """A rule whose patterns a unit matches; `spans` are the words that a "text" rule takes."""

    rule: Rule
    spans: tuple[tuple[int, int], ...] = ()


class Found(NamedTuple):
    """All that matching has to say about a unit's text."""

    hits: tuple[Hit, ...] = ()
    protected: bool = False


NOTHING = Found()
_BESIDE = frozenset(("prev-removed", "next-removed"))


def found_in(pattern: Pattern, data: bytes, *, exact_case: bool = False) -> bool:
    """Whether the pattern is found in a searchable text."""
    return bool(compile_test(pattern, exact_case)(data))


class Matcher:
    """The compiled side of a RuleSet; build one per process."""

    def __init__(self, rules: RuleSet) -> None:
        later = [rule for rule in rules.rules if _only_beside(rule)]
        others = [rule for rule in rules.rules if not _only_beside(rule)]
        self._structural = tuple(rule for rule in others if not rule.any and not rule.all)
        self._structural_beside = tuple(rule for rule in later if not rule.any and not rule.all)
        self._first = _Index(others, rules.keep)
        self._beside = _Index(later, ())

    def find(self, texts: Sequence[str]) -> dict[int, Found]:
        """What matches in each of the units' texts, by index, where anything does; rules in their order."""
        return self._first.find(texts)

    def find_beside(self, text: str) -> tuple[Rule, ...]:
        """The rules that apply beside removed units only and match a unit's text; those without patterns too.

        Left for the few units that have such a neighbour: what a caption looks like, or a name, is common
        in prose, and asking it of every line would be most of the work.
        """
        hits = self._beside.find([text]).get(0, NOTHING).hits
        return (*(hit.rule for hit in hits), *self._structural_beside)

    def structural(self, *, dom: bool) -> tuple[Rule, ...]:
        """The rules without patterns, which are tried on all units that are no prose; with `dom` all of them."""
        return self._structural if dom else tuple(rule for rule in self._structural if not rule.dom)

    def nominees(self, text: str) -> list[Rule]:
        """The rules that a text calls up, confirmed or not."""
        return sorted([*self._first.nominees(text), *self._beside.nominees(text)], key=lambda rule: rule.id)


class _Index:
    """Rules and keep patterns behind one nominator."""

    def __init__(self, rules: Iterable[Rule], keep: Iterable[Pattern]) -> None:
        self._owners: list[tuple[Rule | None, Pattern]] = []
        for rule in rules:
            self._owners += [(rule, pattern) for pattern in rule.any or rule.all[:1]]
        self._owners += [(None, pattern) for pattern in keep]
        self._nominator = Nominator(
            Wanted(pattern, rule.exact_case, rule.max_words) if rule else Wanted(pattern)
            for rule, pattern in self._owners
        )

    def find(self, texts: Sequence[str]) -> dict[int, Found]:
        found = {}
        for index, numbers in self._nominator.nominate(texts).items():
            text = texts[index]
            data, words = searchable(text), count_words(text)
            nominees, protected = self._nominees(data, numbers)
            hits = (confirm(rule, patterns, data, words) for rule, patterns in nominees)
            confirmed = tuple(hit for hit in hits if hit is not None)
            if confirmed or protected:
                found[index] = Found(confirmed, protected)
        return found

    def nominees(self, text: str) -> Iterator[Rule]:
        numbers = self._nominator.nominate([text], limited=False).get(0, ())
        return (rule for rule, _ in self._nominees(searchable(text), numbers)[0])

    def _nominees(self, data: bytes, numbers: Iterable[int]) -> tuple[list[tuple[Rule, list[Pattern]]], bool]:
        """Rules that may match, with the patterns that say so; and whether a keep pattern matches."""
        nominees: dict[str, tuple[Rule, list[Pattern]]] = {}
        protected = False
        for number in sorted(numbers):
            rule, pattern = self._owners[number]
            if rule is None:
                protected = protected or found_in(pattern, data)
            else:
                nominees.setdefault(rule.id, (rule, []))[1].append(pattern)
        return list(nominees.values()), protected


def _only_beside(rule: Rule) -> bool:
    return rule.scope == "line" and not _BESIDE.isdisjoint(rule.features)


def confirm(rule: Rule, nominated: Iterable[Pattern], data: bytes, words: int) -> Hit | None:
    """The hit of a rule in a searchable text, or None; `nominated` are patterns of its `any`."""
    if rule.max_words is not None and words > rule.max_words:
        return None
    spans: list[tuple[int, int]] = []
    if rule.any:
        for pattern in nominated:
            spans += _spans(pattern, rule, data)
            if spans and rule.scope == "line":
                break
        if not spans:
            return None
    if not all(found_in(pattern, data, exact_case=rule.exact_case) for pattern in rule.all):
        return None
    if any(found_in(pattern, data, exact_case=rule.exact_case) for pattern in rule.none):
        return None
    return Hit(rule, tuple(sorted(set(spans))) if rule.scope == "text" else ())


def _spans(pattern: Pattern, rule: Rule, data: bytes) -> list[tuple[int, int]]:
    """The spans of a pattern's matches in code points (for "line" rules one, whose place is of no interest)."""
    if rule.scope == "line":
        return [(0, 0)] if found_in(pattern, data, exact_case=rule.exact_case) else []
    compiled = compile_exact(pattern, rule.exact_case, captures=True)
    match = compiled.search(data)
    spans = []
    while match is not None:
        start, end = match.span(pattern.cut_group)
        if start < end:
            spans.append((_code_points(data, start), _code_points(data, end)))
        position = max(match.span(1)[1], match.span(1)[0] + 1)
        match = compiled.search(data, position) if position < len(data) else None
    return spans


def _code_points(data: bytes, offset: int) -> int:
    return len(data[:offset].decode("utf-8"))


def speaks(signal: Signal, data: bytes) -> bool:
    """Whether a signal's patterns, if it has any, are found in a searchable text."""
    return not signal.any or any(found_in(p, data, exact_case=signal.exact_case) for p in signal.any)
