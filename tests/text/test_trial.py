from __future__ import annotations

import pytest

from cleaner.model import Document, Result
from cleaner.rules.model import RuleSet
from cleaner.text.trial import Trial, Tried
from tests.samples import MORE_PROSE, PROSE, cleaned, rule, ruleset, signal

LETTER = "Get our letter every Friday"
TRIED = rule("tried/pattern", "get our letter")
OTHER = rule("ad/label", "^Advertisement$")


def tried(rules: RuleSet, text: str, one: object = TRIED) -> Tried:
    return Trial(rules, one).of(cleaned(rules, text))  # type: ignore[arg-type]


def words(found: Tried) -> list[str]:
    return [removal.text.strip() for removal in found.added]


def test_what_the_rule_alone_removes_is_added_to_the_rest() -> None:
    found = tried(ruleset(OTHER), f"{PROSE}\n\nAdvertisement\n\n{LETTER}\n\n{MORE_PROSE}\n")

    assert words(found) == [LETTER]
    assert [removal.text.strip() for removal in found.result.removals] == ["Advertisement", LETTER]
    assert (found.already, found.staying) == (0, 0)


def test_a_document_that_it_does_not_name_is_as_it_was() -> None:
    before = cleaned(ruleset(OTHER), f"{PROSE}\n\nAdvertisement\n")

    assert Trial(ruleset(OTHER), TRIED).of(before) == Tried(before)


def test_what_other_rules_remove_is_counted_and_not_added() -> None:
    found = tried(ruleset(rule("newsletter/letter", "letter every Friday")), f"{PROSE}\n\n{LETTER}\n\n{MORE_PROSE}\n")

    assert (words(found), found.already) == ([], 1)


def test_what_stays_in_spite_of_it_is_counted() -> None:
    text = f"{PROSE}\n\nMore than half of the town would get our letter every Friday, a survey found last year.\n"

    found = tried(ruleset(signal("prose", -0.4, "prose")), text)

    assert (words(found), found.staying) == ([], 1)


def test_what_goes_along_is_added() -> None:
    beside = rule("bio/beside", "^The mill", features=("prev-removed",))

    found = tried(ruleset(beside), f"{PROSE}\n\n{LETTER}\n\nThe mill that would not close\n\n{MORE_PROSE}\n")

    assert words(found) == [LETTER, "The mill that would not close"]


def test_a_line_that_lost_words_already_is_added_when_the_rest_goes_too() -> None:
    cut = rule("credit/wire", r"\(Wire\)", scope="text")

    found = tried(ruleset(cut), f"{PROSE}\n\n(Wire) Get our letter now\n\n{MORE_PROSE}\n")

    assert [removal.text.strip() for removal in found.added] == ["(Wire) Get our letter now"]


def test_words_that_a_cut_brings_to_the_beginning_of_a_line_are_found() -> None:
    cut = rule("credit/wire", r"\(Wire\)", scope="text")

    found = tried(
        ruleset(cut), f"{PROSE}\n\n(Wire) {LETTER}\n\n{MORE_PROSE}\n", rule("tried/pattern", "^get our letter")
    )

    assert words(found) == [LETTER]


@pytest.mark.parametrize("line", [LETTER, "Advertisement", "nothing of interest"])
def test_it_says_what_a_run_with_the_rule_would_say(line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{MORE_PROSE}\n"
    found = tried(ruleset(OTHER), text)

    whole: Result = cleaned(ruleset(OTHER, TRIED), text)
    assert found.result.removals == whole.removals
    assert found.result.document == Document(text)
