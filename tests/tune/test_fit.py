from __future__ import annotations

import sys

import pytest

from cleaner.errors import UsageError
from cleaner.tune import fit
from cleaner.tune.evidence import Sample

WEIGHTS = {"ad/a": 0.8, "ad/b": 1.0, "signal/for": 0.2, "signal/against": -0.2, "signal/none": 0.0}


def sample(goes: bool, *evidence: str, site: int = 0) -> Sample:
    return Sample(f"{site}.example", goes, frozenset(evidence))


def fitted(samples: list[Sample]) -> dict[str, float]:
    """What changed."""
    new = fit.fit(samples, WEIGHTS, 1.0)
    assert new.keys() == WEIGHTS.keys()
    return {name: weight for name, weight in new.items() if weight != WEIGHTS[name]}


def many(number: int, goes: bool, *evidence: str) -> list[Sample]:
    return [sample(goes, *evidence, site=site % 7) for site in range(number)]


def test_a_rule_that_is_right_and_too_weak_is_raised() -> None:
    changed = fitted(many(80, True, "ad/a") + many(5, False, "ad/b", "signal/against"))

    assert changed["ad/a"] > 0.9
    assert all(weight * WEIGHTS[name] > 0 for name, weight in changed.items())


def test_one_that_takes_lines_of_articles_is_lowered() -> None:
    assert fitted(many(30, False, "ad/b") + many(60, True, "ad/a", "signal/for"))["ad/b"] < 1.0


def test_few_lines_change_little() -> None:
    samples = many(2, True, "ad/a") + many(30, True, "ad/b", "signal/for") + many(1, False, "ad/a")

    assert fitted(samples) == {"ad/a": 0.85}


def test_a_rule_that_spoke_on_one_site_only_is_not_touched() -> None:
    samples = [sample(True, "ad/a")] * 200 + many(5, False, "signal/for", "ad/b")

    assert "ad/a" not in fitted(samples)


@pytest.mark.parametrize(
    ("old", "wanted", "new"),
    [
        (1.0, 0.2, 0.7),
        (0.8, 2.0, 1.1),
        (0.2, -0.5, 0.05),
        (-0.2, 0.5, -0.05),
        (-0.2, -0.9, -0.5),
        (0.7, 0.76, 0.75),
        (0.92, 0.94, 0.92),
        (0.02, -1.0, 0.02),
        (0.0, 0.5, 0.0),
    ],
)
def test_weights_change_within_bounds_in_steps_and_on_their_side_of_zero(old: float, wanted: float, new: float) -> None:
    assert fit.bounded(old, wanted) == new


def test_a_signal_that_is_switched_off_stays_off() -> None:
    assert "signal/none" not in fitted(many(500, True, "ad/a", "signal/none") + many(50, False, "ad/b"))


def test_lines_of_one_kind_alone_teach_too() -> None:
    assert (
        fitted(many(50, True, "ad/a")).keys() == fitted(many(50, False, "ad/b", "ad/a")).keys() - {"ad/b"} == {"ad/a"}
    )


def test_where_nothing_can_be_learnt_nothing_changes() -> None:
    assert fitted([]) == {}
    assert fitted([sample(True, "ad/a")]) == {}


def test_a_lost_line_of_the_article_weighs_more_than_one_that_stays() -> None:
    even = fitted(many(60, False, "ad/b") + many(60, True, "ad/b"))

    assert even["ad/b"] < 1.0


def test_the_order_of_samples_does_not_matter() -> None:
    samples = many(40, True, "ad/a") + many(9, False, "ad/b") + many(30, True, "ad/a", "signal/against")

    assert fitted(samples) == fitted(samples[::-1]) != {}


class TestFolds:
    def test_no_site_stands_on_both_sides_and_each_is_held_out_once(self) -> None:
        sites = [f"{number % 7}.example" for number in range(30)]

        parts = list(fit.folds(sites, 3))

        assert sorted(index for _, held_out in parts for index in held_out) == list(range(30))
        for training, held_out in parts:
            assert {sites[index] for index in training}.isdisjoint(sites[index] for index in held_out)
            assert sorted((*training, *held_out)) == list(range(30))
        assert parts == list(fit.folds(sites, 3))


def test_without_the_library_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    fit.require_library()
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)

    with pytest.raises(UsageError, match=r"needs scikit-learn .*; install it with: pip install 'article-cleaner\[tune"):
        fit.require_library()
