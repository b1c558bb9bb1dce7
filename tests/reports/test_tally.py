from __future__ import annotations

from cleaner.reports.tally import Tally
from tests.reports.support import examined


def test_everything_is_counted_by_category() -> None:
    tally = Tally()
    tally.add(examined("a", "one\n\ntwo\n", [(0, 5), (5, 9)], known=[1]))
    tally.add(examined("b", "three", [(0, 5)], rule="related/list"))
    tally.add(examined("c", "four", []))

    assert tally.as_data() == {
        "documents": 3,
        "documents_with_findings": 2,
        "failures": 0,
        "characters": 18,
        "findings": 3,
        "known": 1,
        "found_characters": 11,
        "categories": {
            "ad": {"findings": 2, "known": 1, "found_characters": 6},
            "related": {"findings": 1, "known": 0, "found_characters": 5},
        },
    }
    assert tally.categories() == ["ad", "related"]
    assert tally.share == 11 / 18


def test_of_nothing_nothing_is_found() -> None:
    assert Tally().share == 0.0
