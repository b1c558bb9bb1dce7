from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules import RuleSet
from cleaner.rules.calls import PART, called_up, calls_of, parts_of
from cleaner.rules.model import Rule
from cleaner.rules.nominate import Folded
from cleaner.text.match import Matcher
from tests.samples import PROSE, rule, shipped_packs

LETTERS = st.text(alphabet=" \nabc'\0äé漢", max_size=12)


def called(text: str, *rules: Rule) -> set[str]:
    return called_up([calls_of(rules)], Folded(text.split("\n")).parts)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (rule("ad/x", "newsletter"), "Our NEWSLETTER, daily"),
        (rule("ad/x", r"\bad\b"), "An ad."),
        (rule("ad/x", "^sign up"), "» Sign up"),
        (rule("ad/x", "^ad$"), "Ad"),
        (rule("ad/x", "one|two"), "two"),
        (rule("ad/x", "one", "two"), "two"),
        (rule("ad/x", all=("one", "two")), "one"),
        (rule("ad/x", "l’abonné"), "L'ABONNÉ"),
        (rule("ad/x", "12 months"), "99\u2003months"),
        (rule("ad/x", "続きを読む"), "続きを読む"),
    ],
)
def test_a_text_calls_up_what_it_may_match(made: Rule, text: str) -> None:
    assert called(text, made) == {"ad/x"}
    assert called(PROSE, made) == set()


@pytest.mark.parametrize(
    "made", [rule("ad/x", features=("first",)), rule("ad/x", r"\w"), rule("ad/x", "newsletter", r"\w+")]
)
def test_a_rule_without_clues_is_called_up_by_every_text(made: Rule) -> None:
    assert called("", made) == {"ad/x"}


def test_the_rules_of_a_beginning_come_in_their_order_and_each_once() -> None:
    rules = [rule("ad/one", "newsletter", "newsletters"), rule("ad/two", "newsletter"), rule("ad/three", "log in")]

    calls = calls_of(rules)

    assert calls[b"newsletter"[:PART]] == ("ad/one", "ad/two")
    assert [*calls] == sorted(calls)


@given(LETTERS, LETTERS, LETTERS)
def test_every_string_of_a_text_begins_and_ends_with_its_parts(before: str, text: str, after: str) -> None:
    inside = text.encode()

    parts = parts_of((before + text + after).encode())

    assert {inside[:PART], inside[len(inside) - PART if len(inside) > PART else 0 :]} <= parts


def lines_of_examples() -> Iterator[str]:
    for pack in shipped_packs():
        for each in pack.rules:
            for example in each.examples:
                yield from (line.strip() for line in example.text.replace("[-", "").replace("-]", "").split("\n"))


def test_no_line_of_our_examples_has_a_nominee_that_it_does_not_call_up() -> None:
    rules = tuple(each for pack in shipped_packs() for each in pack.rules)
    matcher, calls = Matcher(RuleSet(rules)), [calls_of(rules)]

    missed = {
        line: names
        for line in dict.fromkeys(lines_of_examples())
        if (names := {each.id for each in matcher.nominees(line)} - called_up(calls, Folded([line]).parts))
    }

    assert missed == {}
