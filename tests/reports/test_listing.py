from __future__ import annotations

import io

import pytest

from cleaner.model import Document, Removal, Result
from cleaner.reports.listing import ListingReport
from cleaner.reports.view import Examined
from tests.support import ARTICLE, PAGE, ours


def listed(text: str, *, name: str = "a/b.txt", colour: bool = False) -> str:
    """The line for a document that is all removed."""
    removal = Removal("x", 0, len(text), 0, 0, 1, 1, "ad/x", "ad", 1.25, (), text)
    out = io.BytesIO()
    ListingReport(out, colour=colour).add(Examined(name, Result(Document(text), (removal,)), None))
    return out.getvalue().decode().removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Buy one\n\n", "1  ad/x  1.25  Buy one"),
        ("\n\nBuy one \r\n  get two\n", "3-4  ad/x  1.25  Buy one get two"),
        ("\x1b[31mred\x07 \udce9", "1  ad/x  1.25  \\x1b[31mred\\x07 \\udce9"),
        ("x" * 100, f"1  ad/x  1.25  {'x' * 100}"),
        ("x" * 101, f"1  ad/x  1.25  {'x' * 99}…"),
        ("[bold]:smile:", "1  ad/x  1.25  [bold]:smile:"),
    ],
)
def test_a_finding_is_one_line_fit_for_a_terminal(text: str, said: str) -> None:
    assert listed(text) == f"a/b.txt:{said}"


def test_a_name_is_made_fit_too_and_colours_are_asked_for() -> None:
    said = "\x1b[1ma\\x0ab\x1b[0m:1  \x1b[31mad/x\x1b[0m  1.25  Buy"

    assert listed("Buy", name="a\nb", colour=True) == said


def test_of_a_page_the_line_is_that_of_its_source() -> None:
    out = io.BytesIO()
    ListingReport(out).add(Examined("page.html", ours().clean_html(PAGE.replace("<p>Sign", "\n\n<p>Sign")), None))

    assert out.getvalue() == b"page.html:3  newsletter/valley-letter  1  Sign up for the valley letter\n"


def test_what_is_known_is_left_out() -> None:
    result = ours().clean(ARTICLE)
    out = io.BytesIO()
    report = ListingReport(out)
    report.add(Examined("dam.txt", result, None, frozenset((0,))))
    report.add(Examined("new.txt", result, None))
    report.add(Examined("clean.txt", Result(Document("x"), ()), None))

    assert out.getvalue() == b"new.txt:3  newsletter/valley-letter  1  Sign up for the valley letter\n"
