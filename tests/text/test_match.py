from __future__ import annotations

import functools
import random
import re
from dataclasses import replace
from functools import partial

import pytest

from cleaner.model import Document
from cleaner.rules.calls import Calls, calls_of
from cleaner.rules.lazy import LazyRules
from cleaner.rules.model import Rule, RuleSet
from cleaner.text.clean import TextCleaner
from cleaner.text.confirm import NOTHING, Found, Hit
from cleaner.text.match import Matcher
from tests.samples import MORE_PROSE, PROSE, patterns, rule, ruleset, shipped_cleaner


def hits(text: str, *rules: Rule, keep: tuple[str, ...] = ()) -> Found:
    return Matcher(ruleset(*rules, keep=keep)).find([text]).get(0, NOTHING)


class TestMatcher:
    def test_units_and_rules_come_in_their_order(self) -> None:
        one, two, three = rule("ad/one", "up"), rule("ad/two", "sign"), rule("ad/three", r"\d\d", all=("up",))
        texts = ["nothing", "sign up", "12 up and sign", "sign"]

        found = Matcher(ruleset(two, one, three)).find(texts)

        assert {index: [hit.rule.id for hit in some.hits] for index, some in found.items()} == {
            1: ["ad/one", "ad/two"],
            2: ["ad/one", "ad/three", "ad/two"],
            3: ["ad/two"],
        }

    def test_prose_is_not_even_mentioned(self) -> None:
        assert Matcher(ruleset(rule("ad/x", "sign up"), keep=("^Editor",))).find(["The dam opens.", ""]) == {}
        assert Matcher(ruleset()).find(["The dam opens."]) == {}
        assert Matcher(ruleset(rule("ad/x", "sign up"))).find([]) == {}

    def test_a_keep_pattern_protects_whether_or_not_a_rule_matches(self) -> None:
        made = rule("ad/x", "sign up")

        assert hits("Sign up", made, keep=("sign",)) == Found((Hit(made),), protected=True)
        assert hits("Sign", made, keep=("nothing", "sign")) == Found((), protected=True)
        assert hits("Sign up", made, keep=("^up",)) == Found((Hit(made),))

    def test_rules_without_patterns_are_told_apart(self) -> None:
        plain, of_page = rule("ad/a", features=("first",)), rule("ad/b", dom=("aside",))
        beside = rule("ad/c", features=("prev-removed",))
        matcher = Matcher(ruleset(plain, of_page, beside, rule("ad/d", "sign"), rule("ad/e", all=("sign",))))

        assert matcher.structural(dom=False) == (plain,)
        assert matcher.structural(dom=True) == (plain, of_page)

    def test_rules_that_need_a_removed_neighbour_are_asked_apart(self) -> None:
        plain = rule("ad/plain", "sign")
        after, before = (
            rule("ad/after", "sign", features=("prev-removed",)),
            rule("ad/before", features=("next-removed",)),
        )
        words = rule("ad/words", "sign", scope="text", features=("prev-removed",))
        matcher = Matcher(ruleset(plain, after, before, words))

        assert [hit.rule for hit in matcher.find(["sign up"])[0].hits] == [plain, words]
        assert matcher.find_beside(["sign up", "read on"]) == [(after, before), (before,)]

    def test_nominees_are_all_that_a_text_calls_up(self) -> None:
        plain = rule("ad/plain", "sign up", none=("said",))
        beside = rule("ad/after", "sign up", features=("prev-removed",))
        matcher = Matcher(ruleset(plain, beside, rule("ad/other", "log in"), keep=("sign",)))

        assert matcher.nominees("He said sign up") == [beside, plain]
        assert matcher.nominees("The dam opens.") == []


class TestReadingRules:
    """Rules are read when a text calls them up: those of the first text, then all."""

    RULES = tuple(rule(f"ad/{word}", word, f"{word} now") for word in ("newsletter", "subscribe", "advertisement"))

    @pytest.fixture
    def unread(self) -> list[str]:
        return [each.id for each in self.RULES]

    @pytest.fixture
    def matcher(self, unread: list[str]) -> Matcher:
        def read(made: Rule) -> Rule:
            unread.remove(made.id)
            return made

        some = LazyRules({each.id: partial(read, each) for each in self.RULES}, [calls_of(self.RULES)])
        return Matcher(RuleSet(some))

    def test_of_one_text_those_that_it_calls_up(self, matcher: Matcher, unread: list[str]) -> None:
        found = matcher.find(["The dam opens.", "Our newsletter"])

        assert found == {1: Found((Hit(self.RULES[0]),))}
        assert unread == ["ad/subscribe", "ad/advertisement"]

    def test_what_is_left_of_it_calls_up_no_more(self, matcher: Matcher, unread: list[str]) -> None:
        matcher.find(["Our newsletter, today"])

        assert matcher.find(["Our newsletter"]) == {0: Found((Hit(self.RULES[0]),))}
        assert matcher.find_beside(["newsletter"]) == [()]
        assert unread == ["ad/subscribe", "ad/advertisement"]

    def test_texts_that_call_up_nothing_read_nothing(self, matcher: Matcher, unread: list[str]) -> None:
        assert matcher.find(["The dam opens."]) == matcher.find(["It closes."]) == {}
        assert len(unread) == 3

    def test_a_second_text_reads_all(self, matcher: Matcher, unread: list[str]) -> None:
        matcher.find(["Our newsletter"])

        assert matcher.find(["Subscribe"]) == {0: Found((Hit(self.RULES[1]),))}
        assert unread == []
        assert matcher.find(["Advertisement"]) == {0: Found((Hit(self.RULES[2]),))}

    def test_of_a_long_text_nobody_asks_what_it_calls_up(
        self, matcher: Matcher, unread: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(LazyRules, "called_up", lambda *_args: pytest.fail("was asked"))

        assert matcher.find([PROSE * 100, "Subscribe"]) == {1: Found((Hit(self.RULES[1]),))}
        assert unread == []

    def test_rules_that_somebody_else_has_read_are_all_there(self) -> None:
        some = LazyRules({each.id: partial(one, each) for each in self.RULES}, [calls_of(self.RULES)])
        assert len([*some]) == 3

        assert Matcher(RuleSet(some))._ready.whole


def one(made: Rule) -> Rule:
    return made


@functools.cache
def shipped() -> tuple[RuleSet, Calls, list[str]]:
    """All rules that we ship, what calls them up, and the lines of their examples."""
    rules = shipped_cleaner().rules
    examples = (example.text for rule in rules.rules for example in rule.examples)
    lines = (line for text in examples for line in re.sub(r"\[-|-\]", "", text).split("\n") if line.strip())
    return rules, calls_of(rules.rules), list(dict.fromkeys(lines))


@pytest.mark.parametrize("seed", range(40))
def test_a_first_text_is_cleaned_as_any_other(seed: int) -> None:
    rules, calls, lines = shipped()
    some = random.Random(seed)
    text = "\n\n".join([PROSE, *some.sample(lines, some.randrange(1, 12)), MORE_PROSE])
    unread = LazyRules({each.id: partial(one, each) for each in rules.rules}, [calls])
    fresh = TextCleaner(replace(rules, rules=unread))

    result = fresh.clean(Document(text))

    assert result == shipped_cleaner().clean(Document(text))
    assert not fresh.matcher._ready.whole


def test_patterns_of_the_samples_are_read() -> None:
    assert [one.source for one in patterns("a", "b")] == ["a", "b"]


@pytest.mark.parametrize(
    ("needed", "text", "matches"),
    [
        (r"\p{Han}", "sign up", False),
        (r"\p{Han}", "sign up 新", True),
        (r"\p{Latin}", "sign up", True),
        ("[가-힣]", "sign up 신", True),
        ("[\u2120-\u2130]", "sign up K", True),
    ],
    ids=["no-han", "han", "latin", "hangul", "kelvin"],
)
def test_a_letter_that_a_rule_asks_for_besides(needed: str, text: str, matches: bool) -> None:
    assert bool(Matcher(ruleset(rule("ad/x", "sign up", all=(needed,)))).find([text])) == matches


@pytest.mark.parametrize(
    ("feature", "text", "matches"),
    [
        ("all-caps", "SIGN UP", True),
        ("all-caps", "Sign UP", False),
        ("lower-start", "sign up", True),
        ("lower-start", "Sign up", False),
        ("closed", "Sign up.", True),
        ("unclosed", "Sign up.", False),
    ],
)
def test_patterns_are_not_tried_where_a_cheap_feature_is_missing(feature: str, text: str, matches: bool) -> None:
    assert bool(Matcher(ruleset(rule("ad/x", "sign up", features=(feature,)))).find([text])) == matches
