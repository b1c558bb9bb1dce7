from __future__ import annotations

import pytest

from cleaner.rules.lint import Advice, lint
from cleaner.rules.model import Example, Pack, Rule
from cleaner.rules.scaffold import new_pack, new_rule
from tests.samples import read, rule, signal

GO, STAY = Example("[-Sign up for the letter-]"), Example("He would sign up, he said.")


def checks(*rules: Rule, threshold: float = 1.0) -> list[tuple[str, str]]:
    pack = Pack("ours", "ours.toml", rules=rules, signals=(signal("tail", 0.2, "tail"), signal("long", -0.3, "long")))
    return [(advice.rule, advice.check) for advice in lint([pack], rules, threshold)]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (rule("ad/x", "sign up", examples=(GO, STAY)), []),
        (rule("ad/x", "sign up"), ["no-must-go", "no-must-stay"]),
        (rule("ad/x", "sign up", examples=(GO,)), ["no-must-stay"]),
        (rule("ad/x", "sign up", examples=(STAY,)), ["no-must-go"]),
        (rule("ad/x", "sign up", examples=(GO, Example("Nothing of it."))), ["not-tempting"]),
        (rule("ad/x", "^Sign up$", examples=(GO, Example('A box said "Sign up", and nobody did.'))), []),
        (rule("ad/x", r"^\d+ people sign up$", examples=(GO, Example("Of these 4 people sign up today."))), []),
        (rule("ad/x", "^Sign up$", examples=(GO, Example("A sign stood there."))), ["not-tempting"]),
        (rule("ad/x", features=("first",), examples=(GO, Example("Nothing of it."))), []),
        (rule("ad/x", "log", examples=(GO, Example("He kept a log."))), ["too-general"]),
        (rule("ad/x", "^log", examples=(GO, Example("Log in, he said."))), []),
        (rule("ad/x", "log$", examples=(GO, Example("He kept a log"))), []),
        (rule("ad/x", r"\.\.\. ?\[\+\]", examples=(GO, Example("So he said... [+] and left."))), []),
        (rule("ad/x", "log", scope="text", examples=(GO, Example("He kept a log."))), []),
        (rule("ad/x", "sign up", scope="text", weight=0.9, examples=(GO, STAY)), ["too-weak"]),
        (rule("ad/x", "sign up", scope="line", weight=0.3, examples=(GO, STAY)), []),
        (rule("ad/x", features=("first",), weight=0.7, examples=(GO, STAY)), ["too-weak"]),
        (rule("ad/x", features=("first",), weight=0.8, examples=(GO, STAY)), []),
    ],
)
def test_advice_on_one_rule(made: Rule, found: list[str]) -> None:
    assert checks(made) == [("ad/x", check) for check in found]


def test_what_is_too_weak_depends_on_the_threshold() -> None:
    weak = rule("ad/x", "sign up", scope="text", weight=0.9, examples=(GO, STAY))

    assert checks(weak, threshold=0.8) == []


def test_the_same_pattern_in_two_rules_is_told_once_and_where() -> None:
    one = rule("ad/one", "sign up", examples=(GO, STAY))
    two = rule("ad/two", "sign up", "letter", examples=(GO, STAY))
    exact = rule("ad/three", "sign up", exact_case=True, examples=(GO, STAY))
    pack = Pack("ours", "ours.toml", rules=(one, two, exact))

    advice = list(lint([pack], pack.rules))

    assert advice == [Advice("test", "ad/two", "duplicate", "'sign up' stands in ad/one too")]
    assert list(lint([pack], [one])) == []


def test_a_must_stay_example_tempts_where_any_line_of_it_does() -> None:
    stay = Example("The dam opens in May.\nHe would SIGN  UP, he said.")

    assert checks(rule("ad/x", "sign up", examples=(GO, stay))) == []


def test_the_remark_on_an_example_that_does_not_tempt_names_a_pattern_and_the_way_out() -> None:
    made = rule("ad/x", "register for the letter", "sign up", examples=(GO, Example("Nothing of it.")))

    [advice] = lint([Pack("ours", "ours.toml", rules=(made,))], [made])

    assert "such as 'sign up'; write a sentence that one of them would match" in advice.text


def test_what_a_new_pack_leaves_blank_is_told_until_it_is_filled_in() -> None:
    new = new_pack("valley") + new_rule("ad/x", "Sign up")
    filled = new.replace('summary = ""', 'summary = "Lines of the valley"').replace("[]", '["en"]', 1)
    told = filled.replace("say what kind of line this is", "Asks to sign up")

    blank = [(advice.rule, advice.check) for advice in lint([read(new)], read(new).rules)]

    assert blank == [("[pack]", "no-summary"), ("[pack]", "no-languages"), ("ad/x", "no-summary")]
    assert [advice.rule for advice in lint([read(filled)], read(filled).rules)] == ["ad/x"]
    assert list(lint([read(told)], read(told).rules)) == []


def test_a_pack_may_state_no_languages_and_one_of_which_no_rule_is_chosen_is_left_alone() -> None:
    neutral = read('schema = 1\n[pack]\nid = "ours"\nsummary = "Signs"\n' + new_rule("ad/x", "Sign up"))

    assert [advice.check for advice in lint([read(new_pack("valley")), neutral], neutral.rules)] == ["no-summary"]
