"""Labelled texts are read as they stand, and figures count what their names say."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.benchmarks.labelled import NOT_STATED, Labelled, Outcome, figures, outcomes, read


def text(*lines: tuple[str, str]) -> Labelled:
    return Labelled("oakhurst.example", "en", False, lines)


def left_of(text: Labelled, *left: str) -> list[Outcome]:
    def method(lines: Sequence[str]) -> list[str]:
        assert len(lines) == len(left)
        return list(left)

    return outcomes(method, [text])


class TestRead:
    def test_lines_with_labels_and_language(self, tmp_path: Path) -> None:
        row = {"site": "oakhurst.example", "lang": "sv", "lines": [{"text": "Dela", "label": "social"}]}
        (tmp_path / "lines.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        (read_back,) = read(tmp_path / "lines.jsonl")
        assert (read_back.site, read_back.language, read_back.lines) == (row["site"], "sv", (("Dela", "social"),))

    @pytest.mark.parametrize(
        ("html", "language"),
        [('<!doctype html><html class="js" lang="it-IT">', "it"), ("<html><body lang=it>", NOT_STATED)],
    )
    def test_a_language_that_only_the_page_states(self, tmp_path: Path, html: str, language: str) -> None:
        row: dict[str, object] = {"id": "7", "set": "town", "site": "oakhurst.example", "lang": None, "lines": []}
        (tmp_path / "lines.jsonl").write_text(json.dumps(row), encoding="utf-8")
        assert [each.language for each in read(tmp_path / "lines.jsonl")] == [NOT_STATED]
        (tmp_path / "pages" / "town").mkdir(parents=True)
        (tmp_path / "pages" / "town" / "7.html.gz").write_bytes(gzip.compress(html.encode()))
        assert [each.language for each in read(tmp_path / "lines.jsonl")] == [language]

    @pytest.mark.parametrize("row", ["no JSON", "[]", '{"site": "oakhurst.example", "lang": "en"}'])
    def test_a_row_of_something_else_is_named(self, tmp_path: Path, row: str) -> None:
        path = tmp_path / "lines.jsonl"
        path.write_text('{"site": "oakhurst.example", "lang": "en", "lines": []}\n' + row, encoding="utf-8")
        with pytest.raises(ValueError, match=r"lines\.jsonl: row 2 is no labelled text"):
            read(path)


class TestFigures:
    def test_by_hand(self) -> None:
        some = left_of(
            text(
                ("a" * 60, "article"), ("b" * 40, "keep"), ("Share", "social"), ("By Ines", "byline"), ("?", "unsure")
            ),
            "a" * 60,
            "",
            "",
            "By Ines",
            "",
        )
        found = figures(some)
        assert (found.must_stay, found.must_go) == (2, 2)
        assert (found.precision, found.recall, found.core_recall) == (0.5, 0.5, 1.0)
        assert (found.lines_lost, found.characters_lost) == (0.5, 0.4)

    @pytest.mark.parametrize(("left", "lost"), [(100, False), (90, False), (89, True), (0, True)])
    def test_an_article_line_is_lost_from_a_tenth_on(self, left: int, lost: bool) -> None:
        assert Outcome("en", False, "article", 100, left).lost == lost

    @pytest.mark.parametrize(("left", "gone"), [(100, False), (60, False), (59, True), (0, True)])
    def test_a_line_of_boilerplate_goes_only_with_most_of_it(self, left: int, gone: bool) -> None:
        assert Outcome("en", False, "social", 100, left).gone == gone

    def test_white_space_is_not_counted(self) -> None:
        (one,) = left_of(text(("The  dam \u00a0opens", "article")), " The dam opens")
        assert (one.size, one.left) == (13, 13)

    def test_nothing_to_count_is_no_number(self) -> None:
        found = figures([])
        assert math.isnan(found.precision)
        assert math.isnan(found.recall)
        assert math.isnan(found.lines_lost)
