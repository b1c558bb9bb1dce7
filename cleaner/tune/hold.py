"""The constraint: with the new weights, every example that rules carry holds as it does with the old ones.

What fails is mended where it fails. A rule whose own example stays is raised by the least that makes it
go; whatever helped to remove an example that must stay goes back to its old weight, for good. Each
round takes back something, and with everything taken back nothing is changed: so it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from cleaner.rules.model import Rule
from cleaner.text.verify import Failure, verify
from cleaner.tune.weights import BLOCK, STEP, Basis, Weights, rounded

_MOST_RAISED = 0.5
"""A rule that would have to be raised by more goes back, and what made it necessary with it."""


def held(basis: Basis, weights: Weights) -> dict[str, float]:
    """`weights`, mended until every example holds that holds with the weights of `basis`."""
    return _Mender(basis, weights).mended()


class _Mender:
    """Weights on the way to holding.

    `back` are those that are at their old value for good, `raised` what a rule had before it was raised.
    """

    def __init__(self, basis: Basis, weights: Weights) -> None:
        self.basis, self.old = basis, basis.weights
        self.new = dict(weights)
        self.back: set[str] = set()
        self.raised: dict[str, float] = {}
        self.rules = {rule.id: rule for rule in basis.rules.rules}
        self._was_broken = cache(lambda identifier: bool(self._failing([self.rules[identifier]], self.old)))

    def mended(self) -> dict[str, float]:
        waiting = set(self.rules)
        while True:
            before = self.basis.changed(self.new)
            for identifier in sorted(waiting & self._touched()):
                self._raise(self.rules[identifier])
            self._let_stay()
            after = self.basis.changed(self.new)
            if before == after:
                return self.new
            moved = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            waiting = self._concerned(moved)

    def _touched(self) -> set[str]:
        return self._concerned(self.basis.changed(self.new))

    def _concerned(self, names: Iterable[str]) -> set[str]:
        """The rules in whose must-go examples these weights have a say."""
        moved = {name.removesuffix(BLOCK) for name in names}
        if any(name not in self.rules for name in moved):  # a signal: everybody's
            return set(self.rules)
        return {rule.id for rule in self.rules.values() if moved & {rule.id, *_companions(rule)}}

    def _raise(self, rule: Rule) -> None:
        """Make a rule's must-go examples hold."""
        if not self._failing([rule], self.new) or self._was_broken(rule.id):
            return
        low = self.new.get(rule.id)
        if low is not None and rule.id not in self.back:
            for step in range(1, round(_MOST_RAISED / STEP) + 1):
                tried = rounded(low + step * STEP)
                if not self._failing([rule], {**self.new, rule.id: tried}):
                    self.raised.setdefault(rule.id, low)
                    self.new[rule.id] = tried
                    return
        for names in self._suspects(rule):
            self._take_back(names)
            if not self._failing([rule], self.new):
                return

    def _suspects(self, rule: Rule) -> Iterator[list[str]]:
        """What may have broken a rule's own examples, the least first."""
        near = {rule.id, *_companions(rule)}
        changed = self.basis.changed(self.new)
        yield [name for name in changed if name.removesuffix(BLOCK) in near]
        signals = [name for name in changed if name.startswith("signal/")]
        for name in signals:
            if not self._failing([rule], {**self.new, name: self.old[name]}):
                yield [name]
        yield signals

    def _let_stay(self) -> None:
        """Make everybody's must-stay examples hold; they are tried with all rules."""
        rules = [rule for rule in self.rules.values() if any(not each.must_go for each in rule.examples)]
        known: set[tuple[str, int]] | None = None
        while failures := list(self._stays(rules, self.new)):
            if known is None:
                known = {(each.rule, each.number) for each in self._stays(rules, self.old)}
            ours = [each for each in failures if (each.rule, each.number) not in known]
            if not ours:
                return
            changed = self.basis.changed(self.new)
            for failure in ours:
                spoke = sorted({item.id for item in failure.evidence} & changed.keys())
                blamed = [name for name in spoke if not name.startswith("signal/")] or spoke
                # Nothing in the sum has changed: a landmark did, and any rule may have made it one.
                self._take_back(blamed or list(changed))

    def _take_back(self, names: Iterable[str]) -> None:
        for name in names:
            self.new[name] = self.old[name]
            self.back.add(name)
            if name.startswith("signal/"):  # it may be why rules were raised: only those are that still must
                self.new.update((rule, weight) for rule, weight in self.raised.items() if rule not in self.back)
                self.raised.clear()

    def _failing(self, rules: Iterable[Rule], weights: Weights) -> bool:
        return any(True for _ in self._verified(rules, weights, must_go=True))

    def _stays(self, rules: Iterable[Rule], weights: Weights) -> Iterator[Failure]:
        return self._verified(rules, weights, must_go=False)

    def _verified(self, rules: Iterable[Rule], weights: Weights, *, must_go: bool) -> Iterator[Failure]:
        active = self.basis.with_weights(weights)
        wanted = {rule.id for rule in rules}
        chosen = [
            replace(rule, examples=tuple(each for each in rule.examples if each.must_go == must_go))
            for rule in active.rules
            if rule.id in wanted
        ]
        return verify(active, chosen)


def _companions(rule: Rule) -> set[str]:
    return {name for each in rule.examples for name in each.companions}
