from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from cleaner.config.read import read_config
from cleaner.reports.tune import MARK, as_data, as_toml, render, rows
from cleaner.rules import Tweak
from cleaner.tune.measure import Tally
from cleaner.tune.run import Change, Tuning

BEFORE = Tally(Counter(ad=10, bio=3), Counter(ad=8), Counter(ad=7, credit=1), Counter(ad=1), 90)
AFTER = Tally(Counter(ad=10, bio=3), Counter(ad=9, bio=1), Counter(ad=9, bio=1), Counter(), 90)
CHANGES = (
    Change("ad/x", 0.7, 0.8, 9, 1),
    Change("related/list#block", 0.8, 0.75, 3, 0),
    Change("related/more", 1.0, 1.05, 4, 0),
    Change("related/more#block", 0.9, 1.0, 5, 2),
    Change("social/y", 1.0, 1.05, 0, 0),
)
TUNING = Tuning(12, 5, BEFORE, AFTER, CHANGES)


def test_the_table_has_a_row_for_each_category_that_occurs_and_one_for_all() -> None:
    assert list(rows(TUNING)) == [
        ("ad", "10", "0.800 -> 0.900", "0.875 -> 1.000", "1 -> 0"),
        ("credit", "0", "- -> -", "1.000 -> -", "0 -> 0"),
        ("bio", "3", "0.000 -> 0.333", "- -> 1.000", "0 -> 0"),
        ("all", "13", "0.615 -> 0.769", "0.889 -> 1.000", "1 -> 0"),
    ]


def test_in_a_pipe_it_is_aligned_text() -> None:
    assert "\n".join(render(TUNING)) == (
        "12 sites in 5 parts, each cleaned with weights from the other parts' sites only; before -> after\n"
        "category  lines          recall       precision  article lines lost\n"
        "ad           10  0.800 -> 0.900  0.875 -> 1.000              1 -> 0\n"
        "credit        0          - -> -      1.000 -> -              0 -> 0\n"
        "bio           3  0.000 -> 0.333      - -> 1.000              0 -> 0\n"
        "all          13  0.615 -> 0.769  0.889 -> 1.000              1 -> 0"
    )


def test_as_data_it_holds_the_same_and_every_change() -> None:
    data = as_data(TUNING)

    assert (data["sites"], data["folds"], data["article_lines"], data["helps"]) == (12, 5, 90, True)
    assert list(data["categories"]) == ["ad", "credit", "bio", "all"]
    assert data["categories"]["ad"]["before"] == {"lines": 10, "recall": 0.8, "precision": 0.875, "lost": 1}
    assert data["categories"]["credit"]["after"] == {"lines": 0, "recall": None, "precision": None, "lost": 0}
    assert data["changes"][1] == {
        "id": "related/list", "key": "block_weight", "old": 0.8, "new": 0.75, "goes": 3, "stays": 0,
    }  # fmt: skip


def test_the_toml_is_a_configuration_with_one_tweak_for_each_rule(tmp_path: Path) -> None:
    text = as_toml(TUNING)
    (tmp_path / "cleaner.toml").write_text(text, encoding="utf-8")

    assert read_config(tmp_path / "cleaner.toml").selection.tweaks == (
        Tweak("ad/x", 0.8),
        Tweak("related/list", block_weight=0.75),
        Tweak("related/more", 1.05, block_weight=1.0),
        Tweak("social/y", 1.05),
    )
    assert text.startswith(MARK)


def test_the_toml_says_what_was_and_why() -> None:
    assert as_toml(TUNING).split("\n")[:7] == [
        f"{MARK}; review them like any other change.",
        "# On sites kept apart: recall 0.615 -> 0.769, precision 0.889 -> 1.000,",
        "# article lines lost 1 -> 0 of 90.",
        "",
        "[[tweak]]",
        'id = "ad/x"',
        "weight = 0.8 # was 0.7; of the labelled lines it speaks about, 9 must go and 1 must stay",
    ]
    assert as_toml(TUNING).endswith("weight = 1.05 # was 1; no labelled line speaks of it: its examples hold only so\n")


def test_where_nothing_changes_the_toml_changes_nothing() -> None:
    assert set(tomllib.loads(as_toml(Tuning(12, 5, BEFORE, BEFORE, ())))) == set()
