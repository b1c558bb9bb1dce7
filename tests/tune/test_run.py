from __future__ import annotations

import dataclasses
import functools
from collections import Counter

import pytest

from cleaner.errors import UsageError
from cleaner.rules import Selection, load_packs
from cleaner.text.verify import verify
from cleaner.tune.labelled import Labelled
from cleaner.tune.measure import Tally
from cleaner.tune.run import Change, Tuning, check, tune
from cleaner.tune.weights import Basis
from tests.support import DAM, LETTER, RIVER
from tests.tune.support import labelled, ours, texts_of_examples, texts_of_fixtures

KEEP = "Help us keep the valley press reporting"
TITLE = "Wires of the valley"


def texts(number: int) -> list[Labelled]:
    """On ten sites, texts with an appeal that some rule names: one that suffices, or one that is too weak."""
    return [
        labelled(
            f"site-{index % 10}.example",
            (DAM, "article"),
            (KEEP if index % 2 else LETTER, "appeal"),
            (RIVER, "article"),
            (TITLE, "unsure"),
        )
        for index in range(number)
    ]


@pytest.mark.parametrize(
    ("some", "folds", "said"),
    [
        (texts(30)[:3], 5, "l: has texts of 3 sites, cross-validation by site in 5 parts needs 5; "
         "label texts of more sites, or lower --folds"),
        (texts(18), 5, "l: has 18 lines that must go and 36 of articles; label 20 of each at least"),
        ([], 2, "l: has texts of 0 sites, "),
    ],
)  # fmt: skip
def test_too_little_to_learn_from_is_said(some: list[Labelled], folds: int, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check(some, folds, "l")

    assert str(caught.value).startswith(said)
    check(texts(30), 5, "l")


def test_a_rule_that_is_too_weak_for_its_lines_is_raised_and_sites_kept_apart_show_it() -> None:
    told: list[str] = []

    # The appeal stands between prose, so that the sum is the rule's own weight: 0.7.
    tuning = tune(texts(160), ours(), 5, told.append)

    changes = {change.id: change for change in tuning.changes}
    weak = changes["appeal/keep-the-valley"]
    assert (weak.old, weak.goes, weak.stays) == (0.7, 80, 0)
    assert weak.new >= 1.0
    assert (tuning.before.found.total(), tuning.after.found.total()) == (80, 160)
    assert tuning.after.lost.total() == 0
    assert tuning.helps
    assert (tuning.sites, tuning.folds, tuning.before.article) == (10, 5, 320)
    assert told[1:-1] == [f"cross-validation, part {number} of 5" for number in range(1, 6)]


def test_lines_of_a_category_that_is_kept_teach_nothing() -> None:
    basis = ours(Selection(packs=ours().selection.packs, keep_categories=("appeal",)))

    tuning = tune(texts(160), basis, 2)

    assert tuning.changes == ()
    assert tuning.before == tuning.after
    assert not tuning.helps


def test_a_change_knows_its_rule() -> None:
    block, rule = (Change(name, 1.0, 0.9, 1, 2) for name in ("related/x#block", "related/x"))

    assert (block.rule, block.is_block, rule.rule, rule.is_block) == ("related/x", True, "related/x", False)


@pytest.mark.parametrize(
    ("found", "lost", "helps"), [(5, 1, False), (6, 1, True), (5, 0, True), (6, 2, False), (4, 0, False)]
)
def test_it_helps_where_one_figure_is_better_and_none_is_worse(found: int, lost: int, helps: bool) -> None:
    before = Tally(Counter(ad=9), Counter(ad=5), Counter(ad=5), Counter(ad=1), 90)
    after = dataclasses.replace(before, found=Counter(ad=found), lost=Counter(ad=lost))

    assert Tuning(5, 5, before, after, ()).helps == helps


@pytest.mark.slow
class TestShippedPacks:
    """A real run over rules that we ship, on texts made of their own examples and of fixtures."""

    @staticmethod
    @functools.cache
    def basis() -> Basis:
        chosen = Selection(packs=("signals", "neutral", "en"))
        return Basis(load_packs(chosen.packs, examples=True), chosen)

    @staticmethod
    @functools.cache
    def tuned() -> Tuning:
        basis = TestShippedPacks.basis()
        some = (*texts_of_examples(basis.packs, 12), *texts_of_fixtures(12))
        check(some, 3, "made")
        return tune(some, basis, 3)

    def test_every_example_holds_with_the_new_weights(self) -> None:
        basis = self.basis()
        new = {change.id: change.new for change in self.tuned().changes}
        rules = basis.with_weights({**basis.weights, **new})

        assert new
        assert list(verify(rules, rules.rules)) == []

    def test_signs_are_kept_and_weights_are_steps(self) -> None:
        for change in self.tuned().changes:
            assert change.old * change.new > 0
            assert abs(change.new - change.old) < 0.85  # what data may do, and what an example may ask on top
            assert round(change.new / 0.05, 6) == round(change.new / 0.05)

    def test_all_labelled_lines_are_measured_once(self) -> None:
        tuning = self.tuned()

        assert tuning.before.lines == tuning.after.lines
        assert tuning.before.article == tuning.after.article > 500
        assert tuning.before.recall() is not None
