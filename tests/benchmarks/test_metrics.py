"""The published metrics, on texts short enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.gold import Page
from tests.benchmarks.metrics import Extracted, absent, accuracy, present, shingle_f1, word_f1

ARTICLE = "The dam opens in May, they said."


def extracted(*texts: str, article: str = ARTICLE) -> Extracted:
    page = Page("town", Path("7.html.gz"), article, ("dam", "May"), ("share", "log in"))
    return [(page, text) for text in texts]


class TestShingles:
    @pytest.mark.parametrize(
        ("text", "f1"),
        [
            (ARTICLE, 1.0),
            ("The dam opens\nin May -- they said", 1.0),
            ("the dam opens in May, they said.", 2 * (3 / 4) * (3 / 4) / (3 / 4 + 3 / 4)),
            ("The dam opens in May", 2 * 1 * (2 / 4) / (1 + 2 / 4)),
            ("Share", 0.0),
            ("", 0.0),
        ],
    )
    def test_one_page(self, text: str, f1: float) -> None:
        assert shingle_f1(extracted(text)) == pytest.approx(f1)

    def test_texts_shorter_than_a_shingle_are_compared_whole(self) -> None:
        assert shingle_f1(extracted("The dam.", article="The dam")) == 1.0
        assert shingle_f1(extracted("The", article="The dam")) == 0.0

    def test_a_page_without_text_has_no_precision_to_average(self) -> None:
        assert shingle_f1(extracted(ARTICLE, "")) == pytest.approx(2 * 1 * 0.5 / 1.5)


def test_accuracy_is_of_whole_pages() -> None:
    assert accuracy(extracted(ARTICLE, "The dam opens in May they said", "The dam opens", "")) == 0.5


@pytest.mark.parametrize(
    ("text", "f1"),
    [("SAID they: in may opens the dam", 1.0), ("The dam dam", 2 * 2 / (3 + 7)), ("Share", 0.0), ("", 0.0)],
)
def test_words_in_any_order(text: str, f1: float) -> None:
    assert word_f1(extracted(text)) == pytest.approx(f1)


def test_words_are_averaged_over_pages() -> None:
    assert word_f1(extracted(ARTICLE, "")) == 0.5


def test_snippets_in_any_case() -> None:
    some = extracted("The DAM. Log in", "The dam opens in May.")
    assert present(some) == (0.5 + 1) / 2
    assert absent(some) == (0.5 + 1) / 2


def test_a_page_without_snippets_misses_none() -> None:
    some = [(Page("town", Path("7.html.gz"), ARTICLE), "")]
    assert (present(some), absent(some)) == (1.0, 1.0)
