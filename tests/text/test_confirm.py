from __future__ import annotations

import pytest

from cleaner.rules.fold import searchable
from cleaner.rules.model import Rule
from cleaner.text.confirm import NOTHING, Found, Hit, confirm
from cleaner.text.match import Matcher
from tests.samples import rule, ruleset


def found_of(text: str, made: Rule) -> Found:
    return Matcher(ruleset(made)).find([text]).get(0, NOTHING)


def spans(text: str, *sources: str) -> list[str]:
    """The words that a "text" rule with these patterns takes."""
    made = rule("credit/x", *sources, scope="text")
    hit = confirm(made, made.any, searchable(text), 1)
    return [] if hit is None else [text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("made", "text", "matches"),
    [
        (rule("ad/x", "sign", "log"), "log in", True),
        (rule("ad/x", "sign", "log"), "read on", False),
        (rule("ad/x", "sign", all=("up", "now")), "sign up now", True),
        (rule("ad/x", "sign", all=("up", "now")), "sign up", False),
        (rule("ad/x", "sign", none=("said", "told")), "sign up", True),
        (rule("ad/x", "sign", none=("said", "told")), "sign up, he told us", False),
        (rule("ad/x", "sign", exact_case=True), "Sign up", False),
        (rule("ad/x", "sign", none=("Said",), exact_case=True), "sign up, he said", True),
        (rule("ad/x", "sign", all=("Up",), exact_case=True), "sign up", False),
        (rule("ad/x", all=("up", "now")), "now up", True),
        (rule("ad/x", all=("up", "now")), "up", False),
        (rule("ad/x", "sign", max_words=2), "sign up", True),
        (rule("ad/x", "sign", max_words=2), "sign up now", False),
        (rule("ad/x", "続き", max_words=4), "続きを読むには登録が必要です", False),
    ],
)
def test_any_all_none_and_the_number_of_words(made: Rule, text: str, matches: bool) -> None:
    found = found_of(text, made)

    assert found == (Found((Hit(made),)) if matches else NOTHING)


@pytest.mark.parametrize(
    ("text", "sources", "taken"),
    [
        ("The dam opens (AP)", (r" \(AP\)$",), [" (AP)"]),
        ("(AP) The dam (AP) opens (AP)", (r"\(AP\)",), ["(AP)", "(AP)", "(AP)"]),
        ("foo foo foo", (r"\bfoo\b",), ["foo", "foo", "foo"]),
        ("xfoo foo", (r"\bfoo\b",), ["foo"]),
        ("Über – ÜBER – über", ("über",), ["Über", "ÜBER", "über"]),
        ("DAM (AP) – It opens", (r"^\w+(?P<cut> \(AP\)) –",), [" (AP)"]),
        ("漢字（AP）漢字", (r"\(AP\)",), ["（AP）"]),
        ("ＡＰ漢字ＡＰ", ("AP",), ["ＡＰ", "ＡＰ"]),
        ("\ud800 (AP)\ud800(AP)", (r"\(AP\)",), ["(AP)", "(AP)"]),
        ("a (AP) b (AFP)", (r"\(AFP\)", r"\(AP\)"), ["(AP)", "(AFP)"]),
        ("a (AP) b", (r"\(AP\)", "(?:AP)"), ["(AP)", "AP"]),
        ("abc", ("x?",), []),
        ("abc", ("(?P<cut>x?)b",), []),
        ("aaa", ("a|(?P<cut>b)",), []),
        ("éé x", ("x?",), ["x"]),
    ],
)
def test_the_words_that_a_text_rule_takes(text: str, sources: tuple[str, ...], taken: list[str]) -> None:
    assert spans(text, *sources) == taken


def test_a_text_rule_whose_patterns_take_no_words_does_not_hit() -> None:
    made = rule("credit/x", "(?P<cut>b?)a", "c", scope="text")

    assert confirm(made, made.any[:1], searchable("a"), 1) is None
    assert confirm(made, made.any, searchable("ac"), 1) == Hit(made, ((1, 2),))
