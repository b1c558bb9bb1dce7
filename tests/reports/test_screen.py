"""The report for a person at a terminal."""

from __future__ import annotations

import io
import os

import pytest

from cleaner.reports.screen import MOST_DOCUMENTS, ScreenReport, rows
from cleaner.reports.text import TextReport
from cleaner.reports.view import Examined, Outcome, Run
from tests.support import ARTICLE, DAM, LETTER, RIVER, ours

MANY = "\n\n".join(f"{DAM}\n\n{LETTER}\n\n{RIVER}" for _ in range(9)) + "\n"


def shown(texts: dict[str, str], columns: int = 100, lines: int = 24) -> list[str]:
    handle = io.BytesIO()
    report = ScreenReport(handle, Run(), size=os.terminal_size((columns, lines)), colour=False)
    for name, text in texts.items():
        report.add(Examined(name, ours().clean(text), text.encode()))
    report.end(Outcome(True, ""))
    return handle.getvalue().decode().removesuffix("\n").split("\n")


@pytest.mark.parametrize(("columns", "lines"), [(100, 24), (60, 30), (200, 40)])
def test_a_document_fills_a_screen_at_most(columns: int, lines: int) -> None:
    found = shown({"a.txt": MANY}, columns, lines)

    assert sum(rows(line, columns) for line in found) < lines
    passages = sum(LETTER in line for line in found)
    assert 1 <= passages < 9
    assert found[-2] == f"  and {9 - passages} more passages; --full shows all"


def test_one_passage_is_shown_however_small_the_screen() -> None:
    assert sum(LETTER in line for line in shown({"a.txt": MANY}, 20, 3)) == 1


def test_what_fits_is_as_in_the_text_report() -> None:
    handle = io.BytesIO()
    TextReport(handle).add(Examined("a.txt", ours().clean(ARTICLE), ARTICLE.encode()))

    assert shown({"b.txt": DAM, "a.txt": ARTICLE}) == handle.getvalue().decode().removesuffix("\n").split("\n")


def test_documents_beyond_the_first_are_counted() -> None:
    found = shown({f"{number}.txt": ARTICLE for number in range(MOST_DOCUMENTS + 7)})

    assert sum(LETTER in line for line in found) == MOST_DOCUMENTS
    assert found[-1] == "and 7 more documents with 7 passages (newsletter 7); --full shows all"


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("", 1),
        ("a" * 10, 1),
        ("a" * 11, 2),
        ("\x1b[31maaaaa aaaa\x1b[0m", 1),
        ("ダム" * 3, 2),
        ("e\u0301" * 10, 1),
    ],
)
def test_rows(line: str, count: int) -> None:
    assert rows(line, 10) == count
