"""Rules that are read when they are asked for: to read all that we ship takes a good part of a start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import overload

from cleaner.rules.calls import Calls, called_up
from cleaner.rules.model import Rule

Unread = Callable[[], Rule]
"""Reads a rule; can be pickled."""


class LazyRules(Sequence[Rule]):
    """Rules in an order, with what is known of those that were not read yet: their ids, and which texts call them up.

    Can be pickled, and shared between threads: at worst a rule is read twice.
    """

    def __init__(self, rules: Mapping[str, Rule | Unread], calls: Sequence[Calls]) -> None:
        """`rules` by their ids; what is in none of the `calls` is never called up, however often it is asked for."""
        self._rules, self._calls = dict(rules), tuple(calls)
        self.ids = tuple(rules)

    @classmethod
    def merged(cls, several: Iterable[Sequence[Rule]]) -> LazyRules:
        """All of them; where an id stands in several, the last one wins."""
        rules: dict[str, Rule | Unread] = {}
        calls: list[Calls] = []
        for made in map(cls.of, several):
            rules.update(made._rules)
            calls += made._calls
        return cls(rules, calls)

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> LazyRules:
        """Lazy ones themselves; of others, that are there already, every text calls up all."""
        if isinstance(rules, LazyRules):
            return rules
        return cls({rule.id: rule for rule in rules}, [{b"": tuple(rule.id for rule in rules)}])

    def chosen(self, ids: Iterable[str], changed: Mapping[str, Rule]) -> LazyRules:
        """Those with these ids, in their order; some `changed` in other things than their patterns to look for."""
        return LazyRules({name: changed.get(name) or self._rules[name] for name in ids}, self._calls)

    def called_up(self, parts: AbstractSet[bytes]) -> frozenset[str]:
        """The ids of those that a text with these parts can call up, see `calls.parts_of`."""
        return frozenset(self._rules.keys() & called_up(self._calls, parts))

    def read_all(self) -> frozenset[str]:
        """Read those that are left; from now on every text calls up all, whose ids these are."""
        for name in self.ids:
            self.with_id(name)
        self._calls = ({b"": self.ids},)  # what was there takes as much memory as a third of the rules
        return frozenset(self.ids)

    def with_id(self, identifier: str) -> Rule:
        """Raises KeyError."""
        rule = self._rules[identifier]
        if not isinstance(rule, Rule):
            rule = self._rules[identifier] = rule()
        return rule

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Rule: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Rule, ...]: ...
    def __getitem__(self, index: int | slice) -> Rule | tuple[Rule, ...]:
        if isinstance(index, slice):
            return tuple(map(self.with_id, self.ids[index]))
        return self.with_id(self.ids[index])

    def __iter__(self) -> Iterator[Rule]:
        return map(self.with_id, self.ids)

    def __eq__(self, other: object) -> bool:
        """As a tuple of the same rules."""
        return isinstance(other, LazyRules | tuple) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as it is for all that is compared by mutable parts
