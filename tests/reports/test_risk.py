"""Which removals are looked at first, and why."""

from __future__ import annotations

import pytest

from cleaner.reports.risk import MEANINGS, WEIGHTS, Reason, Signs, is_close, is_middle, of_words, reasons, risk


def test_nothing_speaks_for_a_look_at_boilerplate() -> None:
    assert reasons(Signs(removals=48_210)) == []
    assert risk(Signs(removals=48_210)) == 0


@pytest.mark.parametrize(
    ("signs", "name"),
    [
        (Signs(2, held=2), "held"),
        (Signs(2, middle=2), "middle"),
        (Signs(2, close=2), "close"),
        (Signs(2, quotation=True), "quotation"),
        (Signs(2, prose=True), "prose"),
        (Signs(1), "once"),
    ],
)
def test_each_sign_is_a_reason_with_its_weight(signs: Signs, name: str) -> None:
    assert reasons(signs) == [Reason(name, 1.0)]
    assert risk(signs) == WEIGHTS[name]


def test_what_holds_for_a_part_of_the_removals_counts_in_part() -> None:
    assert reasons(Signs(4, middle=1)) == [Reason("middle", 0.25)]
    assert risk(Signs(4, middle=1)) == 0.5


def test_reasons_add_up_the_gravest_first() -> None:
    signs = Signs(1, held=1, close=1, middle=1, quotation=True, prose=True)

    assert [reason.name for reason in reasons(signs)] == list(WEIGHTS)
    assert risk(signs) == sum(WEIGHTS.values())
    assert [*WEIGHTS.values()] == sorted(WEIGHTS.values(), reverse=True)


def test_a_rare_line_of_an_article_comes_before_a_frequent_line_at_its_end() -> None:
    assert risk(Signs(1, middle=1, quotation=True)) > risk(Signs(1)) > risk(Signs(48_210, close=40))


def test_every_reason_is_explained() -> None:
    assert MEANINGS.keys() == WEIGHTS.keys()


@pytest.mark.parametrize(("score", "close"), [(1.0, True), (1.1, True), (1.15, False), (3.0, False)])
def test_scores_just_over_the_threshold_are_close(score: float, close: bool) -> None:
    assert is_close(score, 1.0) == close


@pytest.mark.parametrize(
    ("before", "after", "middle"),
    [(500, 500, True), (150, 850, True), (149, 851, False), (851, 149, False), (0, 100, False), (0, 0, False)],
)
def test_the_middle_has_an_article_on_both_sides(before: int, after: int, middle: bool) -> None:
    assert is_middle(before, after) == middle


def test_words_are_judged_as_rules_judge_them() -> None:
    assert of_words('"We were cold that night," she said.') == (True, False)
    assert of_words("The dam opens in May, the ministry said, after nine years of work and changes.") == (False, True)
    assert of_words("Share this") == (False, False)
