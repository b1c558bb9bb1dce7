from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner.rules.by_path import ByPath
from cleaner.rules.load import PerPath, Selection

SELECTION = Selection(
    base=Path("/papers"),
    disable=("byline/*",),
    keep=("^Note",),
    threshold=0.9,
    per_path=(
        PerPath("reuters/**", disable=("credit/*",), threshold=1.2, max_removed=0.3),
        PerPath("*.md", keep=("^#",), keep_categories=("caption",), threshold=1.5),
    ),
)


def test_where_nothing_is_said_about_a_path_it_is_the_very_selection() -> None:
    assert ByPath(SELECTION).at(Path("/papers/herald/a.txt")) is SELECTION


def test_what_is_said_of_a_path_is_added_and_its_numbers_hold() -> None:
    found = ByPath(SELECTION).at(Path("/papers/reuters/2024/a.txt"))

    assert found == Selection(
        base=Path("/papers"), disable=("byline/*", "credit/*"), keep=("^Note",), threshold=1.2, max_removed=0.3
    )


def test_of_several_that_name_a_path_the_last_number_holds() -> None:
    found = ByPath(SELECTION).at(Path("/papers/reuters/a.md"))

    assert (found.threshold, found.max_removed) == (1.5, 0.3)
    assert found.disable == ("byline/*", "credit/*")
    assert (found.keep, found.keep_categories) == (("^Note", "^#"), ("caption",))


def test_paths_are_meant_from_the_folder_of_the_configuration() -> None:
    assert ByPath(SELECTION).at(Path("/elsewhere/reuters/a.txt")) is SELECTION


def test_equal_paths_give_equal_selections_in_other_processes_too() -> None:
    here = ByPath(SELECTION)
    there = pickle.loads(pickle.dumps(here))

    assert there.at(Path("/papers/reuters/a.txt")) == here.at(Path("/papers/reuters/b.txt"))


def test_a_path_that_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="!"):
        ByPath(Selection(per_path=(PerPath("!"),)))
