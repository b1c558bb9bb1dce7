from __future__ import annotations

import pytest

from cleaner.rules import Selection, select
from cleaner.rules.scaffold import new_pack, new_rule
from cleaner.text.verify import verify
from tests.samples import read

PHRASES = [
    "Sign up for the valley letter",
    "Read on (it's free)",
    "What? Now! [Really] {so} ^up^ $5 a+b|c*d",
    "Back\\slash",
    'He said "subscribe"',
    "''' three quotes '''",
    "both ''' and \"\"\" and \\ in one",
    "Jetzt abonnieren – für 5 € im Monat",
    "続きを読む",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_new_rule_is_a_valid_one_that_removes_its_phrase(phrase: str) -> None:
    pack = read(new_pack("valley") + new_rule("newsletter/valley", phrase))
    chosen = select([pack], Selection())

    [made] = pack.rules
    failures = [failure for failure in verify(chosen, pack.rules) if failure.number == 1]

    assert (pack.id, made.id, made.category) == ("valley", "newsletter/valley", "newsletter")
    assert [example.must_go for example in made.examples] == [True, False]
    assert failures == []


@pytest.mark.parametrize("phrase", PHRASES)
def test_its_second_example_is_tempting_and_stays_for_the_author_to_mend(phrase: str) -> None:
    [made] = read(new_pack("valley") + new_rule("newsletter/valley", phrase)).rules

    assert phrase in made.examples[1].text


def test_a_new_pack_has_no_rules_yet() -> None:
    pack = read(new_pack("valley"))

    assert (pack.id, pack.rules, pack.signals, pack.languages) == ("valley", (), (), ())
