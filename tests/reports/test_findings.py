from __future__ import annotations

import io

import pytest

from cleaner.model import Document, Removal, Result
from cleaner.reports.findings import FindingsReport, render
from cleaner.reports.text import Painter
from cleaner.reports.view import Examined
from tests.support import ARTICLE, ours


def finding(text: str, line: int = 3, end_line: int = 3) -> Removal:
    return Removal("x", 0, 0, 0, 0, line, end_line, "ad/x", "ad", 1.25, (), text)


@pytest.mark.parametrize(
    ("removal", "said"),
    [
        (finding("Buy one\n\n"), "a/b.txt:3  ad/x  1.25  Buy one"),
        (finding("Buy one \r\n  get two\n", 3, 4), "a/b.txt:3-4  ad/x  1.25  Buy one get two"),
        (finding("\x1b[31mred\x07 \udce9"), "a/b.txt:3  ad/x  1.25  \\x1b[31mred\\x07 \\udce9"),
        (finding("x" * 100), f"a/b.txt:3  ad/x  1.25  {'x' * 100}"),
        (finding("x" * 101), f"a/b.txt:3  ad/x  1.25  {'x' * 99}…"),
        (finding("[bold]:smile:"), "a/b.txt:3  ad/x  1.25  [bold]:smile:"),
    ],
)
def test_a_finding_is_one_line_fit_for_a_terminal(removal: Removal, said: str) -> None:
    assert render("a/b.txt", removal, Painter(False)) == said


def test_a_name_is_made_fit_too_and_colours_are_asked_for() -> None:
    assert render("a\nb", finding("Buy"), Painter(True)) == "\x1b[1ma\\x0ab\x1b[0m:3  \x1b[31mad/x\x1b[0m  1.25  Buy"


def test_what_is_known_is_left_out() -> None:
    result = ours().clean(ARTICLE)
    out = io.BytesIO()
    report = FindingsReport(out)
    report.add(Examined("dam.txt", result, None, frozenset((0,))))
    report.add(Examined("new.txt", result, None))
    report.add(Examined("clean.txt", Result(Document("x"), ()), None))

    assert out.getvalue() == b"new.txt:3  newsletter/valley-letter  1  Sign up for the valley letter\n"
