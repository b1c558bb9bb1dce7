from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import pytest

from cleaner.rules.model import Block, Example, RuleSet
from tests.samples import patterns, rule, ruleset, signal

OURS = ruleset(
    rule("ad/one", "one", block=Block()), rule("ad/two", "two"), signal("short", 0.1, "short"), keep=("^keep",)
)


def changed(**fields: object) -> Callable[[RuleSet], RuleSet]:
    def change(rules: RuleSet) -> RuleSet:
        return replace(rules, rules=(replace(rules.rules[0], **fields), *rules.rules[1:]))  # type: ignore[arg-type]

    return change


class TestFingerprint:
    @pytest.mark.parametrize(
        "change",
        [
            changed(pack="another"),
            changed(summary="said in another way"),
            changed(languages=("fr",)),
            changed(examples=(Example("[-one-]"),)),
            changed(where=frozenset(("tail", "body", "head"))),
            lambda rules: replace(rules, signals=(replace(rules.signals[0], pack="another", summary="so"),)),
        ],
    )
    def test_where_rules_come_from_and_how_they_are_described_is_no_part_of_it(
        self, change: Callable[[RuleSet], RuleSet]
    ) -> None:
        assert change(OURS).fingerprint == OURS.fingerprint

    @pytest.mark.parametrize(
        "change",
        [
            changed(id="ad/three"),
            changed(weight=0.9),
            changed(any=patterns("uno")),
            changed(none=patterns("said")),
            changed(where=frozenset(("tail",))),
            changed(max_words=3),
            changed(block=None),
            changed(exact_case=True),
            lambda rules: replace(rules, rules=rules.rules[:1]),
            lambda rules: replace(rules, signals=()),
            lambda rules: replace(rules, keep=()),
            lambda rules: replace(rules, threshold=0.9),
        ],
    )
    def test_everything_that_decides_is(self, change: Callable[[RuleSet], RuleSet]) -> None:
        assert change(OURS).fingerprint != OURS.fingerprint


def test_a_rules_category_is_the_prefix_of_its_id() -> None:
    assert rule("credit/agency/end").category == "credit"


@pytest.mark.parametrize(("text", "must_go"), [("[-x-]", True), ("x", False), ("x [-y-]\nz", True)])
def test_an_example_with_a_mark_must_go(text: str, must_go: bool) -> None:
    assert Example(text).must_go == must_go


def test_everything_can_be_pickled_and_nothing_changed() -> None:
    assert pickle.loads(pickle.dumps(OURS)) == OURS
    with pytest.raises(FrozenInstanceError):
        OURS.rules[0].weight = 2.0  # type: ignore[misc]
