from __future__ import annotations

import pytest

from cleaner.reports.alike import key_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5 comments", "17 comments", True),
        ("Share  this\u00a0article", "Share this\narticle", True),
        ("٣ تعليقات", "5 تعليقات", True),
        ("Share this", "Share that", False),
        ("1 2", "12", False),
    ],
)
def test_white_space_and_numbers_make_no_difference(one: str, other: str, same: bool) -> None:
    assert (key_of(one) == key_of(other)) == same
