"""Rows of the indexes, shards, and what "keep" would write for a group."""

from __future__ import annotations

import json

import pytest

from cleaner.reports.html.groups import Document, Group, Groups
from cleaner.reports.html.listing import Known, Names, Shards, chosen, document_row, group_entry, group_row
from cleaner.reports.html.script import as_json
from cleaner.reports.place import Places
from cleaner.reports.statistics import Place
from tests.reports.support import examined, passage

PLACE = Place(folders=("a", "b"))
KNOWN = Known({"ad/label": 0, "ad/other": 1}, {PLACE: "a/b"}, frozenset(), 1.0)


def group(*words: str, rule: str = "ad/label") -> Group:
    """The first group of documents of which these words go."""
    groups = Groups(1.0)
    for number, one in enumerate(words):
        item = passage(one, name=f"{number}.txt", rule=rule)
        groups.add(item, Document(number, number / 10, PLACE, "en"), Places(item.result.document))
    return groups.ranked(10)[1][0]


def test_a_row_says_what_lists_sort_and_filter_by() -> None:
    places = Names()
    row = group_row(group("5 comments", "6 comments"), KNOWN, places, shard=3)

    assert row == [row[0], "5 comments", [0], 2, 2, 2.0, [["middle", 1.0]], [0], 1.25, ["en"], 3]
    assert places.all() == ["a/b"]


def test_a_long_text_is_cut_in_the_index() -> None:
    row = group_row(group("word " * 100), KNOWN, Names(), 0)

    assert len(row[1]) == 160 and row[1].endswith("…")


def test_an_entry_has_samples_and_what_keep_writes() -> None:
    key, about = group_entry(group("5 comments", "6 comments"), KNOWN)

    assert about["keep"] == r"'^\d+ comments$'" and about["whole"] and about["tweakable"]
    assert [sample[1] for sample in about["samples"]] == ["0.txt", "1.txt"]
    assert about["samples"][0][2:10] == [
        3, "ad/label", 1.25, (("ad/label", 1.0), ("signal/tail", 0.25)), "The dam opens in May.", "5 comments",
        "Below it runs the river.", 0,
    ]  # fmt: skip
    assert len(key) == 16


def test_rules_that_take_words_within_a_line_keep_every_line_that_holds_them() -> None:
    known = Known(KNOWN.rules, KNOWN.places, frozenset(("ad/label",)), 1.0)

    assert group_entry(group("(Wire)"), known)[1]["keep"] == r"'\(Wire\)'"


def test_where_the_rest_of_the_evidence_is_enough_no_tweak_would_do() -> None:
    known = Known(KNOWN.rules, KNOWN.places, frozenset(), threshold=0.25)

    assert not group_entry(group("Share this"), known)[1]["tweakable"]


def test_groups_are_listed_as_long_as_they_fit() -> None:
    groups = [group(f"{letter} is removed") for letter in "abcdefgh"]
    size = sum(len(as_json(group_entry(one, KNOWN)) + as_json(group_row(one, KNOWN, Names(), 0))) for one in groups[:3])

    assert [one for one, _ in chosen(groups, KNOWN, size)] == groups[:3]
    assert [one for one, _ in chosen(groups, KNOWN, 10**9)] == groups


def test_a_document_gets_the_name_of_its_place_at_the_end() -> None:
    row = as_json(["x.txt", ["", "a", "b"], "en", 0.5, 2, 0, ["ad"]])

    assert document_row(9, row, KNOWN.places, Names(), 4) == [9, "x.txt", 0, "en", 0.5, 2, 0, ["ad"], 4]


def test_shards_hold_every_entry_once_in_order() -> None:
    shards, numbers = Shards(), []
    written: dict[int, bytes] = {}
    for entry in range(1_000):
        numbers.append(shards.add(json.dumps([entry, "x" * 1_000]).encode()))
        written.update(shards.full())
    written.update(shards.full(at_end=True))

    assert list(written) == list(range(5))
    read = {number: [entry for entry, _ in json.loads(data)] for number, data in written.items()}
    assert [entry for entries in read.values() for entry in entries] == list(range(1_000))
    assert all(entry in read[number] for entry, number in enumerate(numbers))
    assert max(map(len, written.values())) < 252_000


@pytest.mark.parametrize("at_end", [False, True])
def test_without_entries_there_is_no_shard(at_end: bool) -> None:
    assert list(Shards().full(at_end=at_end)) == []


def test_a_removal_within_a_line_is_shown_within_it() -> None:
    groups = Groups(1.0)
    item = examined("a", "The dam (Wire) opens.\n", [(7, 14)])
    groups.add(item, Document(0, 0.0, PLACE, "en"), Places(item.result.document))

    assert group_entry(groups.ranked(1)[1][0], KNOWN)[1]["samples"][0][-1] == 1
