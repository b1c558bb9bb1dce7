from __future__ import annotations

import pytest

from cleaner.rules import Selection
from cleaner.rules.model import Block, Example, Pack, Rule, Signal
from cleaner.text.verify import Failure, verify
from cleaner.tune.hold import held
from cleaner.tune.weights import Basis
from tests.samples import MORE_PROSE, PROSE, rule, signal
from tests.tune.support import ours

SHORT = signal("short", 0.2, "short")
PROSE_SIGNAL = signal("prose", -0.2, "prose")
GOES = Example(f"{PROSE}\n\n[-ad-]")


def basis(*parts: Rule | Signal) -> Basis:
    rules = tuple(part for part in parts if isinstance(part, Rule))
    signals = tuple(part for part in parts if isinstance(part, Signal))
    return Basis((Pack("test", "test.toml", rules=rules, signals=signals),), Selection())


def failures(given: Basis, weights: dict[str, float]) -> list[Failure]:
    rules = given.with_weights(weights)
    return list(verify(rules, rules.rules))


def after(given: Basis, **changes: float) -> dict[str, float]:
    """What is changed in the end, after these changes (`__` for / in ids) and mending; every example then holds."""
    wanted = {name.replace("__", "/").replace("_block", "#block"): weight for name, weight in changes.items()}
    weights = held(given, {**given.weights, **wanted})
    assert len(failures(given, weights)) == len(failures(given, given.weights))
    return given.changed(weights)


def test_weights_that_hold_are_left_alone() -> None:
    given = basis(rule("ad/x", "^ad", weight=0.9, examples=(GOES, Example(f"{PROSE}\n\nso"))), SHORT)

    assert after(given) == {}
    assert after(given, ad__x=0.85) == {"ad/x": 0.85}


def test_a_rule_whose_example_stays_is_raised_by_the_least_that_holds() -> None:
    given = basis(rule("ad/x", "^ad", weight=1.0, examples=(GOES,)), SHORT)

    assert after(given, ad__x=0.55) == {"ad/x": 0.8}
    assert after(given, signal__short=0.1, ad__x=0.7) == {"ad/x": 0.9, "signal/short": 0.1}


def test_rules_that_were_not_fitted_are_raised_too_where_a_signal_now_says_less() -> None:
    given = basis(rule("ad/x", "^ad", weight=0.8, examples=(GOES,)), SHORT)

    assert after(given, signal__short=0.1) == {"ad/x": 0.9, "signal/short": 0.1}


def test_what_takes_a_line_that_must_stay_goes_back() -> None:
    stays = Example(f"{PROSE}\n\nad of the year was hers, they said, and so it was, in every list of that year.")
    given = basis(rule("ad/x", "^ad", weight=0.9, examples=(GOES, stays)), SHORT, PROSE_SIGNAL)

    assert after(given, ad__x=1.2) == {}
    assert after(given, ad__x=1.15, signal__prose=-0.25) == {"ad/x": 1.15, "signal/prose": -0.25}


def test_a_signal_goes_back_where_no_rule_changed() -> None:
    stays = Example(f"{PROSE}\n\nad hoc")
    given = basis(rule("ad/x", "^ad", weight=0.7, examples=(stays,)), SHORT)

    assert after(given, signal__short=0.3) == {}


def test_a_rule_that_would_have_to_rise_too_far_gives_the_signal_back() -> None:
    given = basis(
        rule("ad/x", "^ad", weight=0.1, examples=(GOES,)),
        rule("bio/y", "^bio", weight=0.2, examples=(Example(f"{PROSE}\n\n[-bio-]"),)),
        signal("short", 0.9, "short"),
        signal("body", 0.1, "tail"),
    )

    assert after(given, signal__short=0.2, signal__body=0.15) == {"signal/body": 0.15}


def test_rules_that_were_raised_for_a_signal_that_went_back_go_back_with_it() -> None:
    given = basis(
        rule("ad/a", "^ad", weight=0.5, examples=(GOES,)),
        rule("bio/y", "^bio", weight=0.1, examples=(Example(f"{PROSE}\n\n[-bio-]"),)),
        signal("short", 0.9, "short"),
    )

    assert after(given, signal__short=0.3) == {}


def test_an_opened_block_and_a_companion_have_their_say() -> None:
    opens = Example(f"{PROSE}\n\n[-More\n\nThe mill that would not close-]")
    together = Example(f"[-ad\n\nplus-]\n\n{PROSE}", ("ad/x",))
    given = basis(
        rule("related/more", "^More", block=Block(weight=1.0), examples=(opens,)),
        rule("ad/x", "^ad", weight=1.0, examples=(GOES,)),
        rule("ad/plus", "^plus", weight=0.6, examples=(together,)),
        signal("after", 0.4, "prev-removed"),
    )

    assert after(given, related__more_block=0.6) == {"related/more#block": 0.6}  # the signal makes up for it
    assert after(given, related__more_block=0.3) == {}
    assert after(given, ad__plus=0.3) == {}  # raised to where it was
    assert after(given, ad__x=1.1, ad__plus=0.65) == {"ad/plus": 0.65, "ad/x": 1.1}


def test_examples_that_failed_before_are_nobodys_fault() -> None:
    broken = rule("ad/x", "^ad", weight=0.5, examples=(GOES, Example("other")))
    takes = rule("bio/y", "^other", weight=1.0)
    given = basis(broken, takes, SHORT)

    assert len(failures(given, given.weights)) == 2
    assert after(given, ad__x=0.4, bio__y=1.1) == {"ad/x": 0.4, "bio/y": 1.1}


def test_a_change_that_moves_a_landmark_is_taken_back() -> None:
    """A prose line under a weak rule is a landmark, under a strong one it is not: zones move."""
    appeal = "We ask of you, dear readers, all of you, that you think of us and of this paper in the days to come."
    stays = Example(f"{MORE_PROSE}\n\ntail words\n\n{appeal}")
    given = basis(
        rule("appeal/we", "^We ask", weight=0.4, examples=(stays,)),
        rule("bio/tail", "^tail", weight=1.0, where=frozenset(("tail",))),
    )

    assert after(given, appeal__we=0.6) == {}


def test_the_small_pack_holds_whatever_is_asked_of_it() -> None:
    given = ours()

    for factor in (0.5, 0.8, 1.3, 2.0):
        weights = held(given, {name: round(weight * factor, 2) for name, weight in given.weights.items()})
        assert failures(given, weights) == []


@pytest.mark.parametrize("change", [{"ad/x": 0.5}, {"signal/short": 0.05}])
def test_what_is_mended_does_not_depend_on_the_run(change: dict[str, float]) -> None:
    given = basis(rule("ad/x", "^ad", weight=0.9, examples=(GOES,)), SHORT)

    assert held(given, {**given.weights, **change}) == held(given, {**given.weights, **change})
