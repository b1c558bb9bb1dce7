"""Fitting weights to samples: a logistic regression that departs from today's weights only as far as data push it.

The log-odds that a line must go are modelled as `STEEPNESS * (score - threshold) + the sum of the shifts of
what speaks about it`. The first coefficient is held at what it is, the shifts are drawn to zero, so a rule of
which few lines speak stays as it is. Divided by the steepness, a shift is a change of weight.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from cleaner.errors import UsageError
from cleaner.tune.evidence import Sample
from cleaner.tune.weights import STEP, Weights, rounded

STEEPNESS = 40.0
"""Log-odds in a score of 1.0: lines a tenth from the threshold are decided, and hardly push any more."""
FREEDOM = 1.0
"""How far data pull a weight from where it is: scikit-learn's C."""
PRICE = 2.0
"""What the loss of an article's line costs, in lines of boilerplate that stay.

Lines of articles are lost to rules whose score no change within bounds brings down. Where it was measured, a
higher price weakened everything that speaks beside those rules, and saved no line for the recall it cost.
"""
MOST = 0.3
"""A weight changes by at most this much, and never past zero."""
MIN_SITES = 2
"""Sites on which a rule or signal must have spoken before its weight is touched."""
_HEAVY = 1e5
"""Weight of two made-up rows that hold the coefficient of today's score at 1."""


def require_library() -> None:
    """Raises UsageError where the extra is not installed."""
    try:
        import sklearn.linear_model
        import sklearn.model_selection  # noqa: F401 - asked for, not used here
    except ImportError as error:
        raise UsageError(
            f"rules tune: needs scikit-learn ({error}); install it with: pip install 'article-cleaner[tune]'"
        ) from None


def fit(samples: Sequence[Sample], weights: Weights, threshold: float) -> dict[str, float]:
    """All of `weights`, those that the samples speak of fitted to them."""
    names = _spoken(samples)
    if not names:
        return dict(weights)
    import numpy
    from sklearn.linear_model import LogisticRegression

    edge = threshold - STEP / 2  # a line on the threshold goes
    alike = sorted(Counter((sample.goes, tuple(sorted(sample.evidence))) for sample in samples).items())
    columns = {name: number for number, name in enumerate(names, 1)}
    matrix = numpy.zeros((len(alike) + 2, len(names) + 1))
    for row, ((_, evidence), _) in enumerate(alike):
        matrix[row, 0] = STEEPNESS * (math.fsum(weights[name] for name in evidence) - edge)
        matrix[row, [columns[name] for name in evidence if name in columns]] = 1.0
    matrix[-2:, 0] = 1.0
    anchor = 1 / (1 + math.exp(-1.0))
    model = LogisticRegression(C=FREEDOM, fit_intercept=False, solver="newton-cholesky", max_iter=200)
    model.fit(
        matrix,
        [*(goes for (goes, _), _ in alike), True, False],
        sample_weight=[
            *(count if goes else PRICE * count for (goes, _), count in alike),
            _HEAVY * anchor,
            _HEAVY * (1 - anchor),
        ],
    )
    shifts = (float(value) / STEEPNESS for value in model.coef_[0][1:])
    fitted = {name: bounded(weights[name], weights[name] + shift) for name, shift in zip(names, shifts, strict=True)}
    return {**weights, **fitted}


def _spoken(samples: Sequence[Sample]) -> list[str]:
    sites: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        for name in sample.evidence:
            sites[name].add(sample.site)
    return sorted(name for name, where in sites.items() if len(where) >= MIN_SITES)


def bounded(old: float, new: float) -> float:
    """The new weight as a step, near the old one and on its side of zero; the old one where that is as near."""
    if old == 0 or abs(new - old) < STEP / 2:
        return old
    low, high = (max(old - MOST, min(old, STEP)), old + MOST) if old > 0 else (old - MOST, min(old + MOST, -STEP))
    return rounded(min(max(new, low), high)) or old


def folds(sites: Sequence[str], number: int) -> Iterator[tuple[list[int], list[int]]]:
    """(training, held-out) indices of texts by their sites, of which none is on both sides; always the same."""
    from sklearn.model_selection import GroupKFold

    for training, held_out in GroupKFold(n_splits=number).split(sites, groups=sites):
        yield training.tolist(), held_out.tolist()
