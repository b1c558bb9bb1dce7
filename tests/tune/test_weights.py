from __future__ import annotations

import pytest

from cleaner.rules import Selection, Tweak
from cleaner.rules.model import Block, Pack
from cleaner.tune.weights import Basis, rounded, tweaks
from tests.samples import rule, signal

PACK = Pack(
    "test",
    "test.toml",
    rules=(
        rule("ad/one", "^ad"),
        rule("related/list", "^More", weight=0.9, block=Block(weight=0.8)),
        rule("credit/words", r"\(AP\)", scope="text"),
    ),
    signals=(signal("short", 0.1, "short"),),
)
BASIS = Basis((PACK,), Selection(tweaks=(Tweak("ad/one", 0.7),)))


def test_all_that_adds_up_has_a_weight_under_the_id_of_its_evidence() -> None:
    assert BASIS.weights == {"ad/one": 0.7, "related/list": 0.9, "related/list#block": 0.8, "signal/short": 0.1}


def test_what_is_changed_is_changed_as_tweaks_are_and_all_else_stays() -> None:
    weights = {**BASIS.weights, "related/list#block": 0.5, "signal/short": 0.2}

    assert BASIS.changed(weights) == {"related/list#block": 0.5, "signal/short": 0.2}
    one, _words, listed = BASIS.with_weights(weights).rules
    assert (one.weight, listed.weight, listed.block) == (0.7, 0.9, Block(weight=0.5))
    assert BASIS.with_weights(weights).signals[0].weight == 0.2
    assert BASIS.with_weights(BASIS.weights) == BASIS.rules


def test_a_rule_and_its_block_share_a_tweak() -> None:
    assert tweaks({"b/x#block": 0.5, "b/x": 0.9, "a/y": 1.0}) == (Tweak("a/y", 1.0), Tweak("b/x", 0.9, (), 0.5))


@pytest.mark.parametrize(
    ("weight", "step"), [(0.61, 0.6), (0.63, 0.65), (-0.12, -0.1), (1.0, 1.0), (0.149, 0.15), (5.3, 5.0), (-9.0, -5.0)]
)
def test_weights_are_written_in_steps(weight: float, step: float) -> None:
    assert rounded(weight) == step
