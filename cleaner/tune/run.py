"""The whole way from labelled texts to weights, and the figures of sites kept apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleaner.errors import UsageError
from cleaner.text.clean import TextCleaner
from cleaner.tune import fit
from cleaner.tune.evidence import Sample, samples
from cleaner.tune.hold import held
from cleaner.tune.labelled import Labelled
from cleaner.tune.measure import Tally, measure
from cleaner.tune.weights import BLOCK, Basis, Weights

ROUNDS = 3
"""Changed weights change which neighbours go, and that is evidence too: so often is it gathered anew."""
FEWEST = 20
"""Lines of each kind under which there is nothing to learn."""


@dataclass(frozen=True, slots=True)
class Change:
    """One changed weight; `goes` and `stays` count the labelled lines it spoke about, under the old weights."""

    id: str
    old: float
    new: float
    goes: int
    stays: int

    @property
    def rule(self) -> str:
        return self.id.removesuffix(BLOCK)

    @property
    def is_block(self) -> bool:
        return self.id.endswith(BLOCK)


@dataclass(frozen=True, slots=True)
class Tuning:
    """What came out. `before` and `after` are figures of held-out sites, never of those a weight was fitted to."""

    sites: int
    folds: int
    before: Tally
    after: Tally
    changes: tuple[Change, ...]

    @property
    def helps(self) -> bool:
        """More boilerplate is found, or fewer of the article's lines are lost, and neither gets worse."""
        found = self.after.found.total() - self.before.found.total()
        saved = self.before.lost.total() - self.after.lost.total()
        return min(found, saved) >= 0 and max(found, saved) > 0


def check(texts: Sequence[Labelled], folds: int, name: str) -> None:
    """Raises UsageError where there is too little to learn from."""
    sites = {text.site for text in texts}
    if len(sites) < folds:
        raise UsageError(
            f"{name}: has texts of {len(sites)} sites, cross-validation by site in {folds} parts needs {folds}; "
            "label texts of more sites, or lower --folds"
        )
    goes = sum(line.goes for text in texts for line in text.lines)
    stays = sum(line.stays for text in texts for line in text.lines)
    if min(goes, stays) < FEWEST:
        raise UsageError(
            f"{name}: has {goes} lines that must go and {stays} of articles; label {FEWEST} of each at least"
        )


def tune(texts: Sequence[Labelled], basis: Basis, folds: int, tell: Callable[[str], None] = lambda _: None) -> Tuning:
    """Fit the weights to all texts; measure by fitting to all but one part of the sites, for each part.

    `tell` hears what is being done. `texts` have passed `check`.
    """
    keeps = basis.selection.keep_categories
    tell("weighing the labelled lines")
    today = TextCleaner(basis.rules)
    first = [list(samples(today, [text], keeps)) for text in texts]
    before = measure(today, texts, keeps)
    after = Tally()
    for number, (training, held_out) in enumerate(fit.folds([text.site for text in texts], folds), 1):
        tell(f"cross-validation, part {number} of {folds}")
        weights = _learnt([texts[index] for index in training], [first[index] for index in training], basis)
        after.add(measure(TextCleaner(basis.with_weights(weights)), [texts[index] for index in held_out], keeps))
    tell("fitting to all texts")
    changed = basis.changed(_learnt(texts, first, basis))
    return Tuning(
        sites=len({text.site for text in texts}),
        folds=folds,
        before=before,
        after=after,
        changes=tuple(_changes(changed, basis, [sample for some in first for sample in some])),
    )


def _learnt(texts: Sequence[Labelled], first: Sequence[Sequence[Sample]], basis: Basis) -> dict[str, float]:
    """The weights that texts teach; `first` are their samples with today's."""
    found = [sample for some in first for sample in some]
    weights: dict[str, float] = dict(basis.weights)
    for _ in range(ROUNDS):
        # Always from today's weights: repeating a fit must not lead further away from them.
        new = fit.fit(found, basis.weights, basis.rules.threshold)
        if new == weights:
            break
        weights = new
        found = list(samples(TextCleaner(basis.with_weights(weights)), texts, basis.selection.keep_categories))
    return held(basis, weights)


def _changes(changed: Weights, basis: Basis, found: Sequence[Sample]) -> list[Change]:
    goes = Counter(name for sample in found if sample.goes for name in sample.evidence)
    stays = Counter(name for sample in found if not sample.goes for name in sample.evidence)
    return [Change(name, basis.weights[name], new, goes[name], stays[name]) for name, new in changed.items()]
