from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.model import Dom
from cleaner.rules.model import FEATURES
from cleaner.text.places import Places
from tests.samples import MORE_PROSE, PROSE

TEXTS = (
    *("MORE TODAY", "More: today?", PROSE),
    *("- a list item", "More today", "a caption", MORE_PROSE),
    *("so it goes on without an end " * 8 + "until", '"It is so far", he said'),
    *("more today", "The Valley Times Again", "Read on:", "Why?", "Words"),
)


def holding(feature: str, texts: Sequence[str] = TEXTS, doms: Sequence[Dom] = (), removed: int = -1) -> list[int]:
    places = Places(texts, doms, {})
    places.removed.add(removed)
    return [index for index in range(len(texts)) if places.has_all((feature,), index)]


EXPECTED = (
    ("head", [0, 1]),
    ("body", [2, 3, 4, 5, 6, 7]),
    ("tail", [8, 9, 10, 11, 12, 13]),
    ("first", [0]),
    ("last", [13]),
    ("one-word", [12, 13]),
    ("short", [0, 1, 3, 4, 5, 8, 9, 10, 11, 12, 13]),
    ("brief", [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13]),
    ("long", [7]),
    ("closed", [1, 2, 6, 12]),
    ("unclosed", [0, 3, 4, 5, 7, 8, 9, 10, 11, 13]),
    ("sentence", [2, 6]),
    ("prose", [2, 6, 7]),
    ("title-case", [10]),
    ("all-caps", [0]),
    ("bullet", [3]),
    ("colon", [11]),
    ("question", [1, 12]),
    ("lower-start", [5, 7, 9]),
    ("quotation", [8]),
    ("repeated", [0, 4, 9]),
    ("prev-removed", [6]),
    ("next-removed", [4]),
    ("prev-prose", [3, 7, 8]),
    ("next-prose", [1, 5, 6]),
    ("in-run", [3, 4, 5, 8, 9, 10, 11]),
    ("linked", [1, 2]),
    ("off-flow", [2]),
    ("in-jsonld", [2]),
    ("not-in-jsonld", [1]),
)


@pytest.mark.parametrize(("feature", "expected"), EXPECTED)
def test_which_lines_have_it(feature: str, expected: list[int]) -> None:
    doms = [Dom()] * len(TEXTS)
    doms[1] = Dom(link_density=0.8, in_jsonld=False, flow=0.1)
    doms[2] = Dom(link_density=1.0, in_jsonld=True, flow=0.09)

    assert holding(feature, doms=doms, removed=5) == expected


def test_each_feature_was_asked() -> None:
    assert [feature for feature, _ in EXPECTED] == list(FEATURES)


@pytest.mark.parametrize("feature", ["linked", "off-flow", "in-jsonld", "not-in-jsonld"])
def test_a_plain_text_has_none_that_only_pages_have(feature: str) -> None:
    assert holding(feature) == []


def test_a_text_without_prose_is_all_body() -> None:
    assert holding("body", ["a", "b", "c"]) == [0, 1, 2]
    assert holding("head", ["a", "b", "c"]) == holding("tail", ["a", "b", "c"]) == []


@pytest.mark.parametrize(("named", "first", "last"), [({0: 0.5, 2: 0.5}, 1, 1), ({0: 0.4, 2: 0.4}, 0, 2), ({}, 0, 2)])
def test_prose_that_a_strong_rule_names_is_no_landmark(named: dict[int, float], first: int, last: int) -> None:
    places = Places([PROSE, PROSE, PROSE], (), named)

    assert (places.first_prose, places.last_prose) == (first, last)
