"""Weights by the ids that evidence bears, and the rules that have changed ones.

A changed weight is applied as a user's own `[[tweak]]` is, so that what was measured is what he gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from cleaner.rules.load import Selection, Tweak, select
from cleaner.rules.model import Pack, RuleSet

BLOCK = "#block"
"""What `text.decide` puts after the id of a rule where a block that it opened speaks."""
STEP = 0.05
"""Weights are multiples of this, as in the packs that people write."""
_LIMIT = 5.0
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Basis:
    """The rules that are tuned: loaded packs, with their examples, and the selection that a run makes of them."""

    packs: tuple[Pack, ...]
    selection: Selection

    @cached_property
    def rules(self) -> RuleSet:
        return select(self.packs, self.selection)

    @cached_property
    def weights(self) -> dict[str, float]:
        """The weight of everything that adds up: rules of whole lines, their blocks, signals."""
        found = {signal.id: signal.weight for signal in self.rules.signals}
        for rule in self.rules.rules:
            if rule.scope == "line":
                found[rule.id] = rule.weight
                if rule.block is not None:
                    found[rule.id + BLOCK] = rule.block.weight
        return found

    def changed(self, weights: Weights) -> dict[str, float]:
        """Those of the weights that differ from today's, by id."""
        return {name: weights[name] for name in sorted(weights) if weights[name] != self.weights[name]}

    def with_weights(self, weights: Weights) -> RuleSet:
        """The rules with these weights; what `weights` does not name stays as it is."""
        return self._selected(tweaks(self.changed(weights)))

    @cached_property
    def _selected(self) -> Callable[[tuple[Tweak, ...]], RuleSet]:
        def selected(more: tuple[Tweak, ...]) -> RuleSet:
            return select(self.packs, replace(self.selection, tweaks=(*self.selection.tweaks, *more)))

        return lru_cache(maxsize=4)(selected)  # repairs ask for the same ones many times


def tweaks(changed: Weights) -> tuple[Tweak, ...]:
    """Changed weights as tweaks, one for each rule or signal, in order of their ids."""
    return tuple(
        Tweak(name, changed.get(name), block_weight=changed.get(name + BLOCK))
        for name in sorted({name.removesuffix(BLOCK) for name in changed})
    )


def rounded(weight: float) -> float:
    """The nearest step that a tweak may have."""
    return round(round(max(-_LIMIT, min(weight, _LIMIT)) / STEP) * STEP, 2)
