"""Prose beside lines that repeat."""

from __future__ import annotations

import pytest

from cleaner.model import Document
from cleaner.text.clean import TextCleaner
from cleaner.text.decide import Decision
from cleaner.text.explain import explain
from cleaner.text.match import Matcher
from cleaner.text.spare import decide_sparing
from tests.samples import MORE_PROSE, PROSE, gone, rule, ruleset, signal

APP = "The meeting is open to the public and begins at noon, the town said; download our app for the agenda of it."
SHORT = "Download our app"
RULES = (
    rule("newsletter/app", "[Dd]ownload our app", weight=0.9),
    rule("ad/box", "^Advertisement$"),
    rule("repeat/paper-1", "^Our masthead$"),
    signal("after-removed", 0.15, "prev-removed"),
    signal("before-removed", 0.15, "next-removed"),
)


def sparing(*texts: str, rules: tuple[object, ...] = RULES) -> Decision:
    chosen = ruleset(*rules)  # type: ignore[arg-type]  # rules and signals
    matcher = Matcher(chosen)
    return decide_sparing(texts, matcher.find(texts), (), chosen, matcher)


def test_prose_does_not_go_for_standing_beside_what_repeats() -> None:
    decision = sparing(PROSE, "Our masthead", APP, "Our masthead", MORE_PROSE)

    assert gone(decision) == [1, 3]
    assert decision.verdicts[2].score == 0.9, "what is said of it is what kept it"


def test_nor_for_standing_beside_what_goes_with_that() -> None:
    chosen = (*RULES, rule("social/share", "^Share$", weight=0.9))

    assert gone(sparing(PROSE, "Our masthead", "Share", APP, PROSE, rules=chosen)) == [1, 2]


def test_prose_goes_beside_other_lines_as_ever() -> None:
    assert gone(sparing(PROSE, "Advertisement", APP, MORE_PROSE)) == [1, 2]
    assert gone(sparing(PROSE, "Our masthead", APP, "Advertisement", MORE_PROSE)) == [1, 2, 3]


def test_lines_that_are_no_prose_go_beside_what_repeats() -> None:
    assert gone(sparing(PROSE, "Our masthead", SHORT, MORE_PROSE)) == [1, 2]


def test_prose_that_repeats_itself_goes() -> None:
    repeats = rule("repeat/paper-2", "^The meeting is open", weight=0.2)

    assert gone(sparing(PROSE, APP, MORE_PROSE, rules=(*RULES, repeats))) == [1]


@pytest.mark.parametrize("line", [5, 3])
def test_the_explanation_adds_up(line: int) -> None:
    cleaner = TextCleaner(ruleset(*RULES))
    said = explain(cleaner, Document("\n\n".join((PROSE, "Our masthead", APP, MORE_PROSE))), line)

    assert said is not None
    assert said.verdict is not None
    assert said.verdict.removed == (said.verdict.score >= 1) == (line == 3)
    assert sum(item.weight for item in said.evidence) == pytest.approx(said.verdict.score)
