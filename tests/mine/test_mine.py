"""From documents to proposals, on made-up sites whose truth is known."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cleaner.mine import count
from cleaner.mine.count import Counts
from cleaner.mine.propose import Proposal
from cleaner.reports.mine import as_toml
from cleaner.rules import RuleSet, load_packs
from cleaner.text.verify import verify
from tests.mine.corpus import Made, documents, with_hard_repeats
from tests.mine.support import mined, quality, signals

PROSE = (
    "Below the bridge of {} the river runs through a new bed, which the town paid for with a loan over thirty years."
)


def prose(number: int) -> str:
    """A paragraph that is like no other, in more than numbers."""
    return PROSE.format("".join("abcdefghij"[int(digit)] for digit in str(number)))


def site_of(count: int, around: Callable[[int, list[str]], Sequence[str]]) -> list[Made]:
    """Documents of one site: `around` puts lines around and between the prose of its n-th."""
    found = []
    for number in range(count):
        lines = around(number, [prose(4 * number + part) for part in range(4)])
        found.append(Made("paper.example", f"{number:03}.txt", tuple((line, False) for line in lines)))
    return found


def patterns(proposals: Sequence[Proposal]) -> list[str]:
    return [pattern.source for proposal in proposals for pattern in proposal.rule.any]


@pytest.fixture(scope="module")
def corpus() -> list[Made]:
    return list(documents(600))


@pytest.fixture(scope="module")
def proposals(corpus: list[Made]) -> list[Proposal]:
    return mined(corpus)


def test_furniture_is_found_and_articles_are_left_alone(corpus: list[Made], proposals: list[Proposal]) -> None:
    found = quality(proposals, corpus)

    assert found.furniture > 4000
    assert found.recall >= 0.95, sorted(found.missed)
    assert found.lost_share <= 0.005, sorted(found.wrong)


def test_rules_hold_for_documents_that_were_not_counted(proposals: list[Proposal]) -> None:
    found = quality(proposals, [made for number, made in enumerate(documents(1200)) if number >= 600])

    assert found.recall >= 0.95, sorted(found.missed)
    assert found.lost_share <= 0.005, sorted(found.wrong)


def test_hard_repeats_are_left_alone() -> None:
    some = list(with_hard_repeats(documents(400)))
    found = quality(mined(some), some)

    assert found.recall >= 0.95, sorted(found.missed)
    assert found.lost == 0, sorted(found.wrong)


def test_the_order_of_documents_does_not_matter(
    corpus: list[Made], proposals: list[Proposal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count, "_BATCH", 500)
    monkeypatch.setattr(count, "_PORTION", 2000)
    shuffled = random.Random(7).sample(corpus, len(corpus))

    assert as_toml(mined(shuffled), 600, 5) == as_toml(proposals, 600, 5)


def test_the_examples_of_all_proposals_hold(proposals: list[Proposal]) -> None:
    rules = tuple(sorted((proposal.rule for proposal in proposals), key=lambda rule: rule.id))

    assert all(len(rule.examples) >= 2 for rule in rules)
    assert list(verify(RuleSet(rules, signals().signals), rules)) == []


def test_a_number_that_varies_is_any_number_and_one_that_does_not_is_itself() -> None:
    made = site_of(10, lambda n, text: [*text, f"{n + 3} comments", "Channel 4 at home"])

    assert patterns(mined(made)) == [r"^\d+(?:[.,]\d+)* comments$", "^Channel 4 at home$"]


def test_a_rule_says_where_its_line_stands_and_how_often() -> None:
    made = site_of(10, lambda n, text: ["Our masthead", *text, *(["Colophon"] if n % 2 else [])])

    first, second = (proposal.rule for proposal in mined(made))

    assert first.summary == "stands in 10 of 10 articles of paper.example, before the article"
    assert second.summary == "stands in 5 of 10 articles of paper.example, at the end"
    assert first.where == frozenset(("head",))
    assert second.where == frozenset(("tail",))


def test_a_line_of_several_sites_gets_one_rule() -> None:
    one = site_of(10, lambda _, text: [*text, "Our masthead"])
    other = [Made("river.example", f"river/{made.name}", made.lines) for made in one]

    (proposal,) = mined([*one, *other])

    assert proposal.rule.id == "repeat/shared-1"
    assert proposal.rule.summary == "stands in 10 of 10 articles of paper.example and on 1 more site, at the end"


def test_copies_of_an_article_count_once() -> None:
    copies = [
        Made("paper.example", f"{number}.txt", (*((prose(part), False) for part in range(4)), ("Our masthead", True)))
        for number in range(20)
    ]

    assert mined(copies) == []


def test_articles_that_were_crawled_again_and_again_are_still_counted() -> None:
    once = site_of(10, lambda _, text: [*text, "Our masthead"])
    often = [Made(made.site, f"{turn}/{made.name}", made.lines) for made in once for turn in range(6)]

    assert patterns(mined(often)) == ["^Our masthead$"]


@pytest.mark.parametrize(
    "line",
    [
        "The ministry did not answer our questions by the evening.",
        "“No bridge without us, and no town without a bridge”",
        "* * *",
        "17",
    ],
)
def test_between_prose_no_sentence_is_proposed(line: str) -> None:
    made = site_of(20, lambda _, text: [text[0], line, *text[1:]])

    assert mined(made) == []


def test_a_sentence_at_the_end_needs_furniture_beside_it() -> None:
    sentence = "Whoever writes here agrees to the rules of our house."
    alone = site_of(20, lambda _, text: [*text, sentence])
    among = site_of(20, lambda _, text: [*text, sentence, "Our masthead"])

    assert mined(alone) == []
    assert patterns(mined(among)) == ["^Our masthead$", r"^Whoever writes here agrees to the rules of our house\.$"]


def test_what_few_articles_of_a_large_site_hold_is_left_alone() -> None:
    made = site_of(100, lambda n, text: [*text, *(["Ashford Town", "Valley United 12"] if n % 12 == 0 else [])])

    assert mined(made) == []


def test_nothing_comes_of_nothing() -> None:
    assert mined([]) == []
    assert mined([Made("paper.example", "a.txt", ())]) == []


def test_what_toml_or_our_own_marks_cannot_hold_is_no_obstacle(tmp_path: Path) -> None:
    odd = ['Say """hello""" \\ here', "It's 'quoted' '''thrice'''", "Look [-here-] now", "Bell \x07 rings"]
    pack = tmp_path / "mined.toml"

    proposals = mined(site_of(20, lambda _, text: [*text, *odd]))
    pack.write_text(as_toml(proposals, 20, 1), encoding="utf-8")
    loaded = load_packs((str(pack),), examples=True)

    assert len(proposals) == 2
    assert [(rule.any, rule.examples) for rule in loaded[0].rules] == [
        (proposal.rule.any, proposal.rule.examples) for proposal in proposals
    ]


def test_a_name_that_only_some_documents_give_is_known_in_these_only() -> None:
    called = frozenset({"the paper"})
    documents = [(f"{number}.txt", called if number % 2 else frozenset[str]()) for number in range(20)]

    found = []
    for order in (documents, documents[::-1]):
        with Counts() as counts:
            for name, names in order:
                counts.add("a.example", name, [prose(int(name[:-4])), "Read The Paper"], names)
            found.append(counts.standing(5, 0.1))

    assert found[0] == found[1]
    assert [(line.articles, line.first) for line in found[0]] == [(10, "Read The Paper")] * 2


def test_a_temporary_folder_may_be_called_as_it_likes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / 'it\'s "here"'
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))

    assert patterns(mined(site_of(10, lambda _, text: [*text, "Our masthead"]))) == ["^Our masthead$"]
    assert list(folder.iterdir()) == []
