from __future__ import annotations

import pytest

from cleaner.model import Document, Evidence
from cleaner.rules.model import RuleSet
from cleaner.text.clean import TextCleaner
from cleaner.text.explain import Explanation, explain
from tests.samples import MORE_PROSE, PROSE, rule, ruleset, signal

AD = rule("ad/x", "^ad")
LAST = rule("byline/last", "^by", features=("last",))
TEXT = f"ad one\n\n{PROSE}\n\nby two\n\nad three\n"


def told(rules: RuleSet, text: str, number: int) -> Explanation:
    explanation = explain(TextCleaner(rules), Document(text), number)
    assert explanation is not None
    return explanation


@pytest.mark.parametrize("number", [0, -1, 2, 8, 99])
def test_blank_lines_and_those_beyond_the_end_have_no_explanation(number: int) -> None:
    assert explain(TextCleaner(ruleset(AD)), Document(TEXT), number) is None


def test_a_removed_line_has_its_sum() -> None:
    explanation = told(ruleset(AD, signal("short", 0.1, "short")), TEXT, 1)

    assert (explanation.text, explanation.zone, explanation.round) == ("ad one", "head", 1)
    assert explanation.features == ("brief", "lower-start", "short", "unclosed")
    assert explanation.verdict is not None
    assert explanation.verdict.removed
    assert explanation.evidence == (Evidence("ad/x", 1.0), Evidence("signal/short", 0.1))
    assert explanation.near_misses == ()


def test_a_line_that_no_rule_names_has_none() -> None:
    explanation = told(ruleset(AD), TEXT, 3)

    assert (explanation.zone, explanation.verdict, explanation.evidence, explanation.cuts) == ("body", None, (), ())
    assert not explanation.protected


def test_the_pass_that_settled_the_line_is_told() -> None:
    assert told(ruleset(AD, LAST), TEXT, 5).round == 2
    assert told(ruleset(AD, LAST), TEXT, 7).round == 1


def test_a_line_that_stays_is_told_as_the_last_pass_saw_it() -> None:
    rules = ruleset(AD, rule("byline/weak", "^by", weight=0.5), signal("first", 0.2, "first"))

    explanation = told(rules, f"ad\n\nby me\n\n{PROSE}\n", 3)

    assert explanation.round == 2
    assert explanation.evidence == (Evidence("byline/weak", 0.5), Evidence("signal/first", 0.2))


def test_words_that_go_are_told_and_what_protects_a_line() -> None:
    rules = ruleset(AD, rule("credit/x", r"\(AP\)", scope="text"), keep=("keep",))

    cut = told(rules, f"{PROSE} (AP)\n", 1)
    kept = told(rules, "ad to keep (AP)\n", 1)

    assert [(c.start, c.end) for c in cut.cuts] == [(len(PROSE) + 1, len(PROSE) + 5)]
    assert cut.round == 1
    assert (kept.protected, kept.cuts) == (True, ())
    assert kept.verdict is not None
    assert not kept.verdict.removed


def test_a_line_that_loses_words_and_then_goes_is_told_as_it_goes() -> None:
    rules = ruleset(rule("ad/x", "^ad$"), rule("credit/x", r"\(AP\)", scope="text"))

    explanation = told(rules, f"{PROSE}\n\n(AP) ad\n", 3)

    assert (explanation.round, explanation.cuts) == (2, ())
    assert explanation.verdict is not None
    assert explanation.verdict.removed


def test_a_line_of_which_all_words_go_is_told_with_its_cuts() -> None:
    explanation = told(ruleset(rule("credit/x", r"\(AP\)", scope="text")), f"{PROSE}\n\n(AP)\n", 3)

    assert (explanation.round, explanation.verdict) == (1, None)
    assert [(cut.start, cut.end) for cut in explanation.cuts] == [(0, 4)]


class TestNearMisses:
    @pytest.mark.parametrize(
        ("near", "text", "reasons"),
        [
            (
                rule("ad/x", "sign up", max_words=2),
                "sign up now",
                ["max_words: the line has 3 words, the rule allows 2"],
            ),
            (rule("ad/x", "sign up", exact_case=True), "Sign up", ["any: no pattern is found to the letter"]),
            (rule("ad/x", "sign up", all=("letter",)), "sign up", ["all: 'letter' is missing"]),
            (rule("ad/x", "sign up", none=("said",)), "sign up, he said", ["none: 'said' is found"]),
            (rule("ad/x", all=("sign up", "letter")), "sign up", ["all: 'letter' is missing"]),
            (rule("ad/x", "sign up", features=("closed",)), "sign up", ["features: not 'closed'"]),
            (rule("ad/x", "sign up", dom=("aside",)), "sign up", ["dom: none of aside"]),
            (
                rule("ad/x", "sign up", where=frozenset(("head",))),
                "sign up",
                ["where: the line stands in the body, not in head"],
            ),
            (rule("ad/x", "sign up", scope="text", weight=0.5), "sign up", ["weight: 0.5 is under the threshold"]),
            (
                rule("ad/x", "sign up", all=("Letter",), none=("said",), exact_case=True, max_words=3),
                "Sign up, he said",
                [
                    "max_words: the line has 4 words, the rule allows 3",
                    "any: no pattern is found to the letter",
                    "all: 'Letter' is missing",
                    "none: 'said' is found",
                ],
            ),
        ],
    )
    def test_a_rule_that_the_words_call_up_says_why_it_had_no_say(
        self, near: object, text: str, reasons: list[str]
    ) -> None:
        explanation = told(ruleset(near), f"{text}\n", 1)  # type: ignore[arg-type]

        [miss] = explanation.near_misses
        assert miss.rule is near
        assert list(miss.reasons) == reasons
        assert explanation.verdict is None

    def test_a_rule_that_has_its_say_is_no_near_miss(self) -> None:
        assert told(ruleset(AD, rule("ad/other", "log in")), "ad\n", 1).near_misses == ()

    def test_one_that_needs_a_removed_neighbour(self) -> None:
        near = rule("caption/x", "^photo", features=("prev-removed",))

        [miss] = told(ruleset(AD, near), f"{PROSE}\n\nphoto\n\n{MORE_PROSE}\n", 3).near_misses

        assert miss.reasons == ("features: not 'prev-removed'",)


def test_a_line_of_a_hard_wrapped_paragraph_is_told_with_its_paragraph() -> None:
    lines = ["The dam opens in May, the ministry said, after nine years of work,"] * 9
    text = "\r\n".join(lines)

    explanation = told(ruleset(AD), text, 5)

    assert explanation.text == " ".join(lines)


def test_a_line_that_went_in_pieces_is_told_by_the_pass_that_took_the_rest() -> None:
    rules = ruleset(rule("credit/x", r"\(AP\)", scope="text"), rule("byline/x", "^by one two$"))

    explanation = told(rules, f"{PROSE}\n\nby one (AP) two\n", 3)

    assert (explanation.text, explanation.round) == ("by one two", 2)
    assert explanation.verdict is not None
    assert explanation.verdict.removed
