"""Sentences of articles that a rule is tempted to take, and that stay: fixtures/hard_negatives/<language>.toml.

Whole articles that tempt stand in fixtures/articles/*-keep-*, with the rules' ids in their `tempts.txt`; that they stay
is tested with the other fixtures.

A sentence *tempts* a rule if that rule alone, freed of everything that holds it back, would take something from it
in the midst of an article: without its `none` and `max_words`, anywhere, whatever the line's features, and with a
weight that no evidence of prose outweighs. So its words are what the rule looks for, and what saves the sentence is
one of the rule's guards, or the sum.
"""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from cleaner.model import Document
from cleaner.rules.model import Rule, RuleSet
from cleaner.text.match import Matcher
from tests.samples import FIXTURES, own_languages, shipped_cleaner, shipped_packs

FILES = sorted((FIXTURES / "hard_negatives").glob("*.toml"))
ARTICLES = sorted((FIXTURES / "articles").glob("*-keep-*/tempts.txt"))
EVERYWHERE = ("head", "body", "tail")
AT_LEAST = {"en": 40, "de": 25}
NO_MATCH = "none of the rule's patterns matches, even without its guards (.github/CONTRIBUTING.md, Add a language)"


@dataclass(frozen=True)
class Sentence:
    """A text, the rule it tempts, and the places of a small article in which it must stay."""

    text: str
    tempts: str
    where: tuple[str, ...]
    before: str
    after: str

    def article(self, place: str) -> Document:
        parts = {
            "head": (self.text, self.before, self.after),
            "body": (self.before, self.text, self.after),
            "tail": (self.before, self.after, self.text),
        }
        return Document("\n\n".join(parts[place]) + "\n")


@functools.cache
def sentences(path: Path) -> tuple[Sentence, ...]:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Sentence(each["text"], each["tempts"], tuple(each.get("where", EVERYWHERE)), data["before"], data["after"])
        for each in data["sentence"]
    )


def tempted_by(path: Path) -> list[str]:
    """The ids of the rules that an article tempts."""
    return path.read_text(encoding="utf-8").split()


@functools.cache
def known_rules() -> dict[str, Rule]:
    return {rule.id: rule for pack in shipped_packs() for rule in pack.rules}


@functools.cache
def unguarded() -> Matcher:
    """What finds the rules that are named, when nothing holds them back."""
    named = {sentence.tempts for path in FILES for sentence in sentences(path)}
    named.update(*map(tempted_by, ARTICLES))
    free = (
        replace(
            rule,
            weight=9.0,
            none=(),
            max_words=None,
            max_share=1.0,
            where=frozenset(("head", "body", "tail")),
            features=(),
        )
        for identifier, rule in known_rules().items()
        if identifier in named
    )
    return Matcher(RuleSet(rules=tuple(free)))


def losses(sentence: Sentence) -> Iterator[str]:
    """What goes, and where, with all that we ship."""
    for place in sentence.where:
        for removal in shipped_cleaner().clean(sentence.article(place)).removals:
            yield f"{place}: {removal.rule} ({removal.score:g}) takes {removal.text.strip()!r}"


def tempted(texts: list[str]) -> set[str]:
    """The ids of the named rules that the texts tempt."""
    return {hit.rule.id for found in unguarded().find(texts).values() for hit in found.hits}


def not_tempted(rule: str) -> str:
    """What is said of a rule that is named and not tempted."""
    return f"{rule}: {NO_MATCH if rule in known_rules() else 'there is no such rule'}"


def untempting(given: Iterable[Sentence]) -> list[str]:
    """What is wrong with sentences that do not tempt the rule that they name."""
    return [f"{not_tempted(each.tempts)}: {each.text}" for each in given if each.tempts not in tempted([each.text])]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEachLanguage:
    def test_the_sentences_stay(self, path: Path) -> None:
        lost = [loss for sentence in sentences(path) for loss in losses(sentence)]

        assert lost == [], "\n".join(lost)

    def test_each_tempts_the_rule_that_it_names(self, path: Path) -> None:
        wrong = untempting(sentences(path))

        assert wrong == [], "\n".join(wrong)

    def test_there_are_enough_of_them(self, path: Path) -> None:
        texts = Counter(each.text for each in sentences(path))

        assert len(texts) >= AT_LEAST.get(path.stem, 5)
        assert [text for text, number in texts.items() if number > 1] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_an_article_tempts_the_rules_that_it_names(path: Path) -> None:
    [article] = path.parent.glob("input.*")
    named = set(tempted_by(path))

    lines = [line.strip() for line in article.read_text(encoding="utf-8").splitlines() if line.strip()]
    wrong = [not_tempted(rule) for rule in sorted(named - tempted(lines))]

    assert named
    assert wrong == [], "\n".join(wrong)


def test_a_sentence_that_does_not_tempt_is_told_with_what_is_wrong() -> None:
    plain = replace(sentences(FILES[0])[0], text="Nothing of it.")

    assert untempting([plain]) == [f"{plain.tempts}: {NO_MATCH}: Nothing of it."]
    assert untempting([replace(plain, tempts="ad/none")]) == ["ad/none: there is no such rule: Nothing of it."]


def test_there_are_whole_articles_that_tempt() -> None:
    assert len(ARTICLES) >= 50
    assert len({path.parent.name[:2] for path in ARTICLES}) >= 15


def test_every_language_of_a_pack_has_its_sentences() -> None:
    ours = set(own_languages())

    assert ours <= {path.stem for path in FILES}
    assert sum(len(sentences(path)) for path in FILES) >= 200


def test_rules_of_every_category_are_tempted() -> None:
    categories = {sentence.tempts.partition("/")[0] for path in FILES for sentence in sentences(path)}

    assert categories == {rule.category for rule in known_rules().values()}
