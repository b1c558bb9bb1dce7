"""Removals with the same words are one group, whatever their documents."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest

from cleaner.reports import Examined
from cleaner.reports.html.groups import MOST_PLACES, Document, Group, Groups
from cleaner.reports.html.spill import Sums
from cleaner.reports.place import Places
from cleaner.reports.statistics import Place
from tests.reports.support import examined, passage


def grouped(items: Iterable[Examined], *, most: int = 1000) -> list[Group]:
    """The groups of documents, of which each is a site of its own and the earlier one has the lower rank."""
    groups = Groups(threshold=1.0)
    groups._groups = Sums(most)
    for number, item in enumerate(items):
        groups.add(item, Document(number, number / 100, Place(f"site{number}"), "en"), Places(item.result.document))
    return groups.ranked(1000)[1]


def test_a_group_knows_what_its_removals_have_in_common() -> None:
    [group] = grouped(passage("Share this", name=f"{n}.txt", known=n == 1) for n in range(5))

    assert (group.removals, group.documents, group.known, group.characters) == (5, 5, 1, 50)
    assert (group.lowest, group.rest, group.whole) == (1.25, 0.25, True)
    assert group.rule == "ad/label" and group.languages == {"en": 5} and len(group.places) == 5
    assert [sample.name for _, _, sample in group.samples] == ["0.txt", "1.txt", "2.txt"]
    sample = group.samples[0][2]
    assert (sample.before, sample.words, sample.after) == (
        "The dam opens in May.", "Share this", "Below it runs the river.",
    )  # fmt: skip
    assert (sample.line, sample.inline) == (3, False)


def test_a_document_counts_once() -> None:
    text = "Ad\nThe dam opens in May.\nAd\n"
    [group] = grouped([examined("a", text, [(0, 3), (25, 28)])])

    assert (group.removals, group.documents, len(group.samples)) == (2, 1, 1)


def test_words_within_a_line_are_no_whole_line() -> None:
    text = "The dam (Wire) opens.\n"
    [group] = grouped([examined("a", text, [(7, 14)])])

    assert not group.whole
    sample = group.samples[0][2]
    assert (sample.before, sample.words, sample.after, sample.inline) == ("The dam ", "(Wire)", " opens.", True)


def test_places_are_few() -> None:
    [group] = grouped(passage("Share this") for _ in range(2 * MOST_PLACES))

    assert group.places == set(sorted(Place(f"site{number}") for number in range(2 * MOST_PLACES))[:MOST_PLACES])


@pytest.mark.parametrize("most", [1, 4])
def test_groups_do_not_depend_on_what_fits_into_memory(most: int) -> None:
    chance = random.Random(3)
    items = [passage(f"Line {'abcdefgh'[chance.randrange(8)]}", name=f"{n}.txt") for n in range(200)]

    assert grouped(items, most=most) == grouped(items)


def test_risk_comes_first_but_the_most_frequent_are_there() -> None:
    groups = Groups(threshold=1.0)
    words = ["Often", "Often", "Often", *(f'"Once {letter} she was cold," he said.' for letter in "abcdefghi")]
    for number, item in enumerate(map(passage, words)):
        groups.add(item, Document(number, 0.5, Place("x"), "en"), Places(item.result.document))

    assert groups.ranked(100)[0] == 10
    assert [len(groups.ranked(most)[1]) for most in (0, 1, 9, 10, 11, 100)] == [0, 1, 9, 10, 10, 10]
    assert [group.removals for group in groups.ranked(8)[1]] == [1, 1, 1, 1, 1, 3, 1, 1]
