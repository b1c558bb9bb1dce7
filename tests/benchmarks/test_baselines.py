"""The line filters that the benchmarks compare with do what their papers say."""

from __future__ import annotations

import pytest

from tests.benchmarks.baselines import by_cleaner, c4, keep_all, refinedweb
from tests.samples import MORE_PROSE, PROSE
from tests.support import LETTER, ours


class TestCleaner:
    def test_what_is_left_is_told_line_by_line(self) -> None:
        assert by_cleaner(ours())([PROSE, LETTER, MORE_PROSE]) == [PROSE, "", MORE_PROSE]

    def test_of_a_line_that_stands_twice_the_place_counts(self) -> None:
        assert by_cleaner(ours())([LETTER, PROSE, MORE_PROSE, PROSE]) == ["", PROSE, MORE_PROSE, PROSE]

    def test_a_held_text_is_left_as_it_was(self) -> None:
        lines = ["Dams.", LETTER, LETTER]
        assert by_cleaner(ours())(lines) == lines


def test_keep_all_keeps_all() -> None:
    assert keep_all([PROSE, LETTER]) == [PROSE, LETTER]


class TestC4:
    @pytest.mark.parametrize("line", [PROSE, "Who pays for it?", '"We do, of course"', " The dam is open. "])
    def test_sentences_stay(self, line: str) -> None:
        assert c4([line]) == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "Dam opens in May",
            "It opens.",
            "The dam opens in May and then...",
            "Please turn JavaScript on to go on.",
            "By going on you accept our Privacy Policy.",
        ],
    )
    def test_other_lines_go(self, line: str) -> None:
        assert c4([PROSE, line]) == [PROSE, ""]


class TestRefinedWeb:
    @pytest.mark.parametrize(
        "line", [PROSE, "Dam opens in May", "UN opens the dam", "He had 3 likes in a year", "Readers follow the dam"]
    )
    def test_articles_stay(self, line: str) -> None:
        assert refinedweb([line]) == [line]

    @pytest.mark.parametrize(
        "line",
        [
            "THE DAM OPENS in May",
            "12 / 2024",
            "3 likes",
            "Dams",
            "Sign in to your account",
            "The dam in numbers: read more...",
            "You have 2 items in cart now",
        ],
    )
    def test_what_is_no_text_goes(self, line: str) -> None:
        assert refinedweb([PROSE, line]) == [PROSE, ""]

    def test_phrases_count_in_short_lines_only(self) -> None:
        line = "Follow the river down to the second bridge, where the old mill stands."
        assert refinedweb([line]) == [line]
