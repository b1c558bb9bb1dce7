from __future__ import annotations

import pickle
from functools import partial

import pytest

from cleaner.rules.calls import calls_of
from cleaner.rules.lazy import LazyRules
from cleaner.rules.model import Rule
from tests.samples import rule

ONE, TWO, THREE = rule("ad/one", "newsletter"), rule("ad/two", "sign up"), rule("bio/three", features=("last",))
READ: list[str] = []


def read(made: Rule) -> Rule:
    READ.append(made.id)
    return made


@pytest.fixture
def rules() -> LazyRules:
    READ.clear()
    return LazyRules({each.id: partial(read, each) for each in (ONE, TWO, THREE)}, [calls_of([ONE, TWO, THREE])])


def test_a_rule_is_read_when_it_is_asked_for_and_once(rules: LazyRules) -> None:
    assert (len(rules), rules.ids, READ) == (3, ("ad/one", "ad/two", "bio/three"), [])

    assert rules.with_id("ad/two") is TWO
    assert rules[1] is TWO

    assert READ == ["ad/two"]


def test_they_are_a_sequence_like_any_other(rules: LazyRules) -> None:
    assert [*rules] == [ONE, TWO, THREE]
    assert rules[1:] == (TWO, THREE)
    assert rules == (ONE, TWO, THREE) == rules
    assert rules != (ONE, TWO)
    assert rules != [ONE, TWO, THREE]
    assert rules == LazyRules.of((ONE, TWO, THREE))
    with pytest.raises(IndexError):
        rules[3]
    with pytest.raises(KeyError):
        rules.with_id("ad/four")


def test_a_text_calls_up_some_which_are_not_read_for_that(rules: LazyRules) -> None:
    assert rules.called_up({b"", b"newsle"}) == {"ad/one", "bio/three"}
    assert rules.called_up({b""}) == {"bio/three"}
    assert READ == []


def test_rules_that_are_there_already_are_called_up_by_every_text(rules: LazyRules) -> None:
    assert LazyRules.of(rules) is rules
    assert LazyRules.of((ONE, TWO)).called_up({b""}) == {"ad/one", "ad/two"}
    assert LazyRules.of(()).called_up({b""}) == frozenset()


def test_of_several_the_last_with_an_id_wins_and_is_called_up_by_its_own_clues(rules: LazyRules) -> None:
    other = rule("ad/one", "log in here")

    merged = LazyRules.merged([rules, LazyRules({"ad/one": other}, [calls_of([other])]), (rule("ad/four", "x"),)])

    assert merged.ids == ("ad/one", "ad/two", "bio/three", "ad/four")
    assert merged.with_id("ad/one") is other
    assert merged.called_up({b"", b"log in"}) == {"ad/one", "bio/three", "ad/four"}
    assert READ == []


def test_what_is_left_out_is_not_called_up_any_more(rules: LazyRules) -> None:
    changed = rule("ad/two", "sign up", weight=0.5)

    chosen = rules.chosen(("ad/two", "ad/one"), {"ad/two": changed})

    assert chosen.ids == ("ad/two", "ad/one")
    assert chosen[0] is changed
    assert chosen.called_up({b"", b"newsle", b"sign u"}) == {"ad/one", "ad/two"}
    assert READ == []


def test_all_are_read_at_once_and_called_up_by_every_text_from_then_on(rules: LazyRules) -> None:
    assert rules.with_id("ad/two") is TWO

    assert rules.read_all() == {"ad/one", "ad/two", "bio/three"} == rules.called_up({b""})
    assert READ == ["ad/two", "ad/one", "bio/three"]


def test_they_are_pickled_unread(rules: LazyRules) -> None:
    again = pickle.loads(pickle.dumps(rules))

    assert READ == []
    assert again.called_up({b"sign u"}) == {"ad/two"}
    assert again == rules
