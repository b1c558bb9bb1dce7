"""What is a page's title, and what a version of it."""

from __future__ import annotations

import pytest

from cleaner.html.title import resembles, says, says_any
from tests.html.support import FERRY

TITLE = "Oakhurst rebuilds its mole"


def test_says() -> None:
    assert says("Oakhurst Rebuilds Its Mole.", TITLE)
    assert not says("Oakhurst rebuilds its mole and pier", TITLE)
    assert not says("", TITLE)
    assert not says(FERRY, "")
    assert says("Oakhurst re\u00adbuilds its mole", TITLE)


def test_says_any() -> None:
    assert says_any("The mole", [TITLE, "The mole"])
    assert not says_any("The pier", [TITLE, "The mole"])


@pytest.mark.parametrize(
    ("text", "title", "similar"),
    [
        ("The council: Oakhurst rebuilds its old mole", "Oakhurst rebuilds its old mole", True),
        ("The councilOakhurst rebuilds its old mole", "Oakhurst rebuilds its old mole", True),
        ("Oakhurst rebuilds the mole of old", "Oakhurst rebuilds its old mole", True),
        ("Oakhurst waits for its ferry", "Oakhurst rebuilds its old mole", False),
        (
            "Oakhurst rebuilds its old mole, which the storm broke in two",
            "Oakhurst rebuilds its old mole",
            False,
        ),
        ("Oakhurst rebuilds its pier", "Oakhurst rebuilds its mole", False),
        ("Oakhurst", "", False),
    ],
)
def test_versions_of_a_title(text: str, title: str, *, similar: bool) -> None:
    assert resembles(text, title) == similar
