"""The packs that we ship: each rule has examples of both kinds, they hold, and every pattern compiles."""

from __future__ import annotations

import functools
from collections import Counter

import pytest

from cleaner.model import CATEGORIES
from cleaner.rules import Rule, builtin_ids
from cleaner.rules.engine import compile_exact
from cleaner.rules.lint import Advice, lint
from cleaner.text.match import Matcher
from cleaner.text.verify import Failure, verify
from tests.samples import shipped_cleaner, shipped_packs


@functools.cache
def failures() -> list[Failure]:
    cleaner = shipped_cleaner()
    return list(verify(cleaner.rules, [rule for pack in shipped_packs() for rule in pack.rules]))


@functools.cache
def advice() -> list[Advice]:
    return list(lint(shipped_packs(), [rule for pack in shipped_packs() for rule in pack.rules]))


def rules() -> list[Rule]:
    return [rule for pack in shipped_packs() for rule in pack.rules]


@pytest.mark.parametrize("pack", builtin_ids())
class TestEachPack:
    def test_it_loads_and_is_called_as_its_file_is(self, pack: str) -> None:
        [loaded] = [each for each in shipped_packs() if each.source == f"{pack}.toml"]

        assert loaded.id == pack
        assert loaded.summary.strip()
        assert loaded.rules or loaded.signals

    def test_its_patterns_compile_in_the_case_that_their_rule_asks_for(self, pack: str) -> None:
        [loaded] = [each for each in shipped_packs() if each.id == pack]

        for rule in loaded.rules:
            for pattern in (*rule.any, *rule.all, *rule.none):
                assert compile_exact(pattern, rule.exact_case).search(b"") is None or not pattern.source
        for signal in loaded.signals:
            assert all(compile_exact(pattern, signal.exact_case) for pattern in signal.any)

    def test_its_examples_hold(self, pack: str) -> None:
        assert [f"{f.rule}: example {f.number}: {f.reason}" for f in failures() if f.pack == pack] == []

    def test_each_rule_has_an_example_of_each_kind(self, pack: str) -> None:
        [loaded] = [each for each in shipped_packs() if each.id == pack]

        # An example is plain text, in which a rule that asks for elements of a page removes nothing.
        without = [rule.id for rule in loaded.rules if not rule.dom and not any(e.must_go for e in rule.examples)]
        untempted = [rule.id for rule in loaded.rules if all(example.must_go for example in rule.examples)]
        assert (without, untempted) == ([], [])

    def test_its_rules_are_summed_up(self, pack: str) -> None:
        [loaded] = [each for each in shipped_packs() if each.id == pack]

        assert [rule.id for rule in loaded.rules if not 5 <= len(rule.summary) <= 120 or "\n" in rule.summary] == []

    def test_nothing_of_a_new_pack_is_left_blank(self, pack: str) -> None:
        found = [
            f"{a.rule}: {a.text}" for a in advice() if a.pack == pack and a.check in ("no-summary", "no-languages")
        ]

        assert found == []

    def test_no_pattern_is_so_short_that_it_matches_everywhere(self, pack: str) -> None:
        found = [f"{a.rule}: {a.text}" for a in advice() if a.pack == pack and a.check in ("too-general", "too-weak")]

        assert found == []


def test_ids_are_unique_over_all_packs() -> None:
    ids = Counter(
        identifier
        for pack in shipped_packs()
        for identifier in (*(rule.id for rule in pack.rules), *(signal.id for signal in pack.signals))
    )

    assert [identifier for identifier, number in ids.items() if number > 1] == []


def test_there_are_rules_of_every_category() -> None:
    counts = Counter(rule.category for rule in rules())

    assert set(counts) == set(CATEGORIES) - {"repeat"}  # that is for what is found in somebody's own documents
    assert sum(counts.values()) >= 150


def test_the_lists_that_packs_share_are_used() -> None:
    sources = [pattern.source for rule in rules() for pattern in (*rule.any, *rule.all, *rule.none)]

    assert all(
        any(f"{{{{{name}}}}}" in source for source in sources) for name in ("agency", "photo_agency", "platform")
    )


def test_rules_that_need_a_companion_name_one_that_exists() -> None:
    known = {rule.id for rule in rules()}

    assert {companion for rule in rules() for each in rule.examples for companion in each.companions} <= known


def test_a_line_of_prose_calls_up_few_rules() -> None:
    cleaner = shipped_cleaner()
    stays = [line for rule in rules() for each in rule.examples if not each.must_go for line in each.text.split("\n")]
    prose = [line for line in stays if len(line.split()) >= 15]

    nominated = [len(cleaner.matcher.nominees(line)) for line in prose[::10]]

    assert isinstance(cleaner.matcher, Matcher)
    assert sum(nominated) / len(nominated) < 25
