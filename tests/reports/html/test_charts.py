"""What the pictures count, and where their bars stand."""

from __future__ import annotations

import pytest

from cleaner.reports.html.charts import BINS, Positions, Shares, columns
from tests.reports.support import examined


def test_documents_are_counted_by_the_share_that_goes() -> None:
    shares = Shares()
    for share in (0.0, 0.01, 0.05, 0.99, 1.0):
        shares.add(share)

    assert shares.unchanged == 1
    assert {label: count for label, count in zip(shares.labels(), shares.counts, strict=True) if count} == {
        "0 to 5 %": 1, "5 to 10 %": 1, "95 to 100 %": 2,
    }  # fmt: skip


def test_characters_are_counted_where_they_stand() -> None:
    positions = Positions()
    positions.add(examined("a", "x" * 100, [(0, 3), (48, 52)]).result)

    assert [positions.counts[index] for index in (0, 9, 10)] == [3, 2, 2]
    assert sum(positions.counts) == 7


@pytest.mark.parametrize("length", [1, 7, 19, 20, 21, 1000, 1001])
def test_every_character_is_counted_once(length: int) -> None:
    positions = Positions()
    positions.add(examined("a", "x" * length, [(0, length)]).result)

    assert sum(positions.counts) == length
    assert len(positions.labels()) == len(positions.counts) == BINS


def test_the_highest_bar_fills_the_picture_and_none_is_lost() -> None:
    bars = columns(["a", "b", "c"], [1000, 1, 0])

    assert [bar.height for bar in bars] == [160, 2, 0]
    assert [bar.y + bar.height for bar in bars] == [160, 160, 160]
    assert [round(bar.x) for bar in bars] == [0, 200, 400]
    assert [bar.height for bar in columns(["a"], [0])] == [0]
