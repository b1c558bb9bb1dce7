"""A document as the report shows it: complete where it is short, its ends where it is long."""

from __future__ import annotations

from dataclasses import replace

from cleaner.model import Dropped, Result
from cleaner.reports.html.documents import dropped, parts, rank, share
from cleaner.reports.place import Places
from tests.reports.support import examined, passage


def test_the_parts_are_the_text() -> None:
    item = passage("Share this", known=True)
    found = parts(item, Places(item.result.document), ["aa"])

    assert found == [
        "The dam opens in May.\n\n",
        ["Share this", "ad/label", 1.25, [["ad/label", 1.0], ["signal/tail", 0.25]], 3, "aa", 1],
        "\n\nBelow it runs the river.\n",
    ]


def test_of_a_long_document_the_ends_of_its_passages_are_there() -> None:
    text = "a" * 300_000 + "\n" + "b" * 200_000 + "\nend"
    item = examined("a", text, [(300_001, 500_002)])
    kept, left, kept_end, gone, left_within, gone_end, rest = parts(item, Places(item.result.document), ["aa"])

    assert kept == "a" * 1500 and kept_end == "a" * 1499 + "\n" and left == 297_001
    assert gone[0] == "b" * 1500 and gone_end[0] == "b" * 1499 + "\n" and left_within == 197_001
    assert gone[1:] == gone_end[1:] and rest == "end"


def test_removals_without_number_end_in_a_number() -> None:
    text = "ab" * 3_000
    item = examined("a", text, [(2 * n, 2 * n + 1) for n in range(3_000)])
    found = parts(item, Places(item.result.document), ["aa"] * 3_000)

    assert sum(isinstance(part, list) for part in found) == 2_000
    assert found[-1] == 6_000 - 3_999


def test_what_a_page_lost_before_the_rules_is_counted_and_the_first_of_it_shown() -> None:
    item = passage("x")
    lost = tuple(Dropped("extract/outside", "y" * 1_500, line) for line in range(300))
    item = replace(item, result=Result(replace(item.result.document, dropped=lost), ()))
    count, characters, first = dropped(item)

    assert (count, characters, len(first)) == (300, 450_000, 200)
    assert first[7] == ["extract/outside", 7, "y" * 1_000]


def test_the_share_is_that_of_the_words() -> None:
    assert share(examined("a", "x\n\n" + "y" * 7, [(0, 3)]).result) == 0.1
    assert share(examined("a", "", []).result) == 0


def test_a_rank_is_the_same_in_every_run_and_lower_for_what_matters_more() -> None:
    plain, held = passage("x", name="a.txt"), passage("x", name="a.txt")
    held = replace(held, result=replace(held.result, held=True))
    clean = replace(plain, result=Result(plain.result.document, ()))

    assert rank("s", plain) == rank("s", plain) != rank("t", plain)
    assert rank("s", held) < rank("s", plain) < rank("s", clean)
    assert 0 <= rank("s", replace(plain, name="caf\udce9.txt")) < 1
