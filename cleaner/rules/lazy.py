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
        """`rules` by their ids; those that are in none of the `calls` are called up once all are read."""
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
        """Lazy ones themselves, or others, which were read already; of two with one id, the last one."""
        if isinstance(rules, LazyRules):
            return rules
        by_id = {rule.id: rule for rule in rules}
        return cls(by_id, [{b"": tuple(by_id)}])

    def chosen(self, ids: Iterable[str], changed: Mapping[str, Rule]) -> LazyRules:
        """Those with these ids, in their order; some `changed` in other things than their patterns to look for."""
        return LazyRules({name: changed.get(name) or self._rules[name] for name in ids}, self._calls)

    def called_up(self, parts: AbstractSet[bytes]) -> frozenset[str]:
        """The ids of those that a text with these parts can call up, see `calls.parts_of`; of all, if they are read."""
        if all(isinstance(rule, Rule) for rule in self._rules.values()):
            return frozenset(self.ids)
        return frozenset(self._rules.keys() & called_up(self._calls, parts))

    def read_all(self) -> frozenset[str]:
        """Read those that are left, and return the ids of all, which every text calls up from now on."""
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
        return tuple(self) == tuple(other) if isinstance(other, LazyRules | tuple) else NotImplemented

    def __repr__(self) -> str:
        return f"<{len(self)} rules>"

    __hash__ = None  # type: ignore[assignment]  # two that are equal may differ in what they have read
