from __future__ import annotations

import pytest

from cleaner.rules.model import Example, Rule
from cleaner.text.verify import Failure, expected, unmarked, verify
from tests.samples import PROSE, rule, ruleset, signal

OTHER = rule("ad/other", "^other")


def reasons(text: str, *companions: str, made: Rule | None = None) -> list[str]:
    """What fails for one example of a rule that removes lines beginning with `ad`."""
    tested = made or rule("ad/x", "^ad")
    tested = Rule(
        **{name: getattr(tested, name) for name in Rule.__slots__} | {"examples": (Example(text, companions),)}
    )
    failures = list(verify(ruleset(tested, OTHER, rule("credit/w", r"\(AP\)", scope="text")), [tested]))
    assert all((failure.rule, failure.pack, failure.number) == (tested.id, "test", 1) for failure in failures)
    return [failure.reason for failure in failures]


@pytest.mark.parametrize(
    ("text", "without", "left"),
    [
        ("a [-b-] c", "a b c", "a  c"),
        ("[-a\nb-]\nc", "a\nb\nc", "\nc"),
        ("[-a-][-b-]", "ab", ""),
        ("a", "a", "a"),
        ("[--]", "", ""),
        ("[-[x] - y-]", "[x] - y", ""),
    ],
)
def test_marks_are_taken_out_or_with_them_what_they_hold(text: str, without: str, left: str) -> None:
    assert unmarked(text) == without
    assert expected(text) == left


class TestMustGo:
    @pytest.mark.parametrize(
        "text", ["[-ad-]", f"{PROSE}\n\n[-ad-]\n\n{PROSE}", f"[-ad one-]\n[-ad two-]\n{PROSE}", "[-ad one\n\nad two-]"]
    )
    def test_an_example_that_holds(self, text: str) -> None:
        assert reasons(text) == []

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("[-so-]", "'so' must go, but stays (wholly or in part)"),
            ("[-ad-]\nad two", "'ad two' must stay, but goes"),
            ("[-ad-]\n[-other-]", "'other' must go, but stays (wholly or in part)"),
            ("It opens [-(AP)-] now", "'It opens (AP) now' must go, but stays (wholly or in part)"),
            ("[-ad-]\nx\nad\nx", "'ad' must stay, but goes"),
            ("[-x-]\nx", "the kept lines differ in number or order"),
        ],
    )
    def test_what_is_said_of_one_that_does_not(self, text: str, reason: str) -> None:
        assert reasons(text) == [reason]

    def test_white_space_does_not_count(self) -> None:
        assert reasons("It  opens [-(AP)-]  now\n\n\n x ", made=rule("credit/x", r"\(AP\)", scope="text")) == []

    def test_no_other_rule_can_pass_the_test(self) -> None:
        assert reasons("[-other-]") == ["'other' must go, but stays (wholly or in part)"]

    def test_companions_are_active_beside_the_rule(self) -> None:
        assert reasons("[-ad-]\n[-other-]", "ad/other") == []

    def test_one_that_is_unknown_is_named(self) -> None:
        assert reasons("[-ad-]", "ad/nobody") == ["with names 'ad/nobody', which is no rule"]

    def test_an_example_that_passes_without_the_rule_proves_nothing(self) -> None:
        assert reasons("[-other-]", "ad/other") == [
            "passes without the rule: its companions remove everything that is marked"
        ]

    def test_signals_are_active(self) -> None:
        weak = rule("ad/x", "^ad", weight=0.5, examples=(Example("[-ad-]"),))

        assert list(verify(ruleset(weak, signal("short", 0.5, "short")), [weak])) == []
        assert len(list(verify(ruleset(weak), [weak]))) == 1


class TestMustStay:
    def test_an_example_that_holds(self) -> None:
        assert reasons(f"He saw an ad.\n{PROSE}") == []

    def test_every_rule_is_active(self) -> None:
        assert reasons(f"{PROSE}\n\nother (x)\n") == ["'other (x)' must stay, but ad/other removes it (1)"]
        assert reasons("so (AP)") == ["'(AP)' must stay, but credit/w removes it (1)"]


def test_failures_come_in_the_order_of_rules_and_examples() -> None:
    one = rule("ad/one", "^one", examples=(Example("one"), Example("[-one-]"), Example("[-two-]")))
    two = rule("ad/two", "^two", examples=(Example("two"),))

    failures = list(verify(ruleset(one, two), [two, one]))

    assert [(failure.rule, failure.number) for failure in failures] == [("ad/two", 1), ("ad/one", 1), ("ad/one", 3)]
    assert failures[0] == Failure("ad/two", "test", 1, "'two' must stay, but ad/two removes it (1)")


def test_what_was_said_against_a_text_that_must_stay_is_kept() -> None:
    made = rule("ad/x", "^ad", examples=(Example("so"), Example(f"ad\n{PROSE}"), Example("[-so-]")))

    stays, goes = verify(ruleset(made, signal("short", 0.2, "short")), [made])

    assert [(item.id, item.weight) for item in stays.evidence] == [("ad/x", 1.0), ("signal/short", 0.2)]
    assert goes.evidence == ()


def test_rules_without_examples_fail_nothing() -> None:
    assert list(verify(ruleset(OTHER), [OTHER])) == []
