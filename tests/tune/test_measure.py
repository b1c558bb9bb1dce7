from __future__ import annotations

from collections import Counter

import pytest

from cleaner.rules.model import Rule
from cleaner.text.clean import TextCleaner
from cleaner.tune.measure import Tally, measure
from tests.samples import MORE_PROSE, PROSE, rule, ruleset
from tests.tune.support import labelled

RULES = (rule("ad/x", "^ad"), rule("bio/y", "^she"), rule("credit/z", r"\(AP\)", scope="text"))


def tally(*lines: tuple[str, str], rules: tuple[Rule, ...] = RULES, keeps: tuple[str, ...] = ()) -> Tally:
    return measure(TextCleaner(ruleset(*rules)), [labelled("a.example", *lines)], keeps)


def test_lines_count_under_their_label_and_what_goes_under_what_took_it() -> None:
    counted = tally(
        (PROSE, "article"), ("ad one", "ad"), ("ad two", "related"), ("so", "ad"), ("she", "article"), ("he", "bio")
    )

    assert counted.article == 2
    assert counted.lines == {"ad": 2, "related": 1, "bio": 1}
    assert {name: number for name, number in counted.found.items() if number} == {"ad": 1, "related": 1}
    assert (counted.right, counted.lost) == (Counter(ad=2), Counter(bio=1))
    assert (counted.recall("ad"), counted.recall("bio"), counted.recall()) == (0.5, 0.0, 0.5)
    assert (counted.precision("ad"), counted.precision("bio"), counted.precision()) == (1.0, 0.0, 2 / 3)


def test_a_share_of_nothing_is_none() -> None:
    assert (Tally().recall("ad"), Tally().recall(), Tally().precision()) == (None, None, None)


@pytest.mark.parametrize(
    ("line", "label", "found", "lost"),
    [
        (f"{PROSE} (AP)", "article", 0, 0),  # less than a tenth of it
        ("A dam (AP)", "article", 0, 1),
        ("A dam (AP)", "credit", 0, 0),  # more than a tenth of it stays
        ("(AP)", "credit", 1, 0),
    ],
)
def test_words_within_a_line_count_by_their_share(line: str, label: str, found: int, lost: int) -> None:
    counted = tally((MORE_PROSE, "article"), (line, label))

    assert (counted.found.total(), counted.lost.total()) == (found, lost)


def test_what_is_not_scored_or_asked_to_stay_counts_nowhere() -> None:
    assert tally(("ad 1", "neutral"), ("ad 2", "unsure"), ("ad 3", "bio"), keeps=("bio",)) == Tally()


def test_one_removal_may_take_several_lines() -> None:
    counted = tally(("ad 1", "ad"), ("ad 2", "ad"), ("she", "bio"), (PROSE, "article"), ("ad 3", "ad"))

    assert (counted.found, counted.lost.total()) == (Counter(ad=3, bio=1), 0)


def test_tallies_add_up() -> None:
    whole = tally(("ad 1", "ad"), (PROSE, "article"))
    whole.add(tally(("ad 1", "article"), ("she", "ad")))

    assert whole == Tally(Counter(ad=2), Counter(ad=2), Counter(ad=1, bio=1), Counter(ad=1), 2)
