from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import pytest
from lxml import html
from markdown_it import MarkdownIt

from cleaner.reports.finding import brief
from cleaner.reports.github_summary import MOST_SHOWN, GithubSummary
from cleaner.reports.view import Examined, Outcome
from tests.reports.support import FAILED, HOSTILE, NAMES, PASSED, RUN, examined, passage, real
from tests.support import ARTICLE, DAM

LIMIT = 1 << 20
"""Bytes of a step's summary."""


def summary(
    items: Iterable[Examined], *, failures: Sequence[tuple[str, str]] = (), outcome: Outcome = FAILED
) -> tuple[html.HtmlElement, str]:
    """The page as GitHub renders it, with its tables and raw HTML, and its source."""
    handle = io.BytesIO()
    view = GithubSummary(handle, RUN)
    for item in items:
        view.add(item)
    for failure in failures:
        view.fail(*failure)
    view.end(outcome)
    source = handle.getvalue().decode("utf-8")
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    return html.fromstring(f"<div>{rendered}</div>"), source


def table(page: html.HtmlElement, title: str) -> list[list[str]]:
    [heading] = [found for found in page.iter("h3") if found.text == title]
    rows = heading.getnext().iter("tr")
    return [[cell.text_content() for cell in row.iter("td")] for row in rows][1:]


def test_it_says_how_it_ended_why_and_what_to_run() -> None:
    page, _ = summary([], outcome=FAILED)
    paragraphs = [found.text_content() for found in page.iter("p")]

    assert [found.text for found in page.iter("h2")] == ["cleaner: failed"]
    assert paragraphs[:2] == ["2 new passages, 0 allowed", "Next: cleaner diff in"]
    assert [found.text for found in summary([], outcome=PASSED)[0].iter("h2")] == ["cleaner: passed"]


def test_it_has_totals_categories_and_the_new_findings() -> None:
    page, _ = summary([*real({"a.txt": ARTICLE, "b.txt": DAM}), passage("Sign up", name="c d.txt", known=True)])

    assert "Documents: 3; with findings 2, without 1, failed 0." in page.text_content()
    assert "Passages: 1 new, 1 known; " in page.text_content()
    assert table(page, "By category") == [["ad", "0", "1", "7"], ["newsletter", "1", "0", "29"]]
    assert table(page, "Findings") == [["a.txt:3", "newsletter/valley-letter", "Sign up for the valley letter"]]


def test_it_says_what_could_not_be_cleaned() -> None:
    page, _ = summary([], failures=[("a|b.txt", "is <b>binary</b>")])

    assert "Documents: 1; with findings 0, without 0, failed 1." in page.text_content()

    assert table(page, "Not cleaned") == [["a|b.txt", "is <b>binary</b>"]]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_texts_and_names_is_markdown_or_html(words: str, name: str) -> None:
    page, source = summary([passage(words, name=name)], failures=[(name, words)], outcome=Outcome(False, words, words))

    [cells] = table(page, "Findings")
    assert cells == [f"{brief(name)}:3", "ad/label", brief(words)]
    assert table(page, "Not cleaned") == [[brief(name), brief(words)]]
    tags = {found.tag for found in page.iter()}
    assert tags == {"div", "h2", "h3", "p", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert not any(mark in source for mark in ("://", "@some", "\x1b", "\u202e"))


def test_it_lists_the_first_and_counts_the_rest() -> None:
    items = [passage("x", name=str(number)) for number in range(MOST_SHOWN + 1234)]
    page, source = summary(items, failures=[("f", "is binary")] * (MOST_SHOWN + 1))

    assert len(table(page, "Findings")) == len(table(page, "Not cleaned")) == MOST_SHOWN
    assert source.count("and 1,234 more.") == source.count("and 1 more.") == 1


def test_it_stays_far_below_the_limit_whatever_it_holds() -> None:
    worst = "|" * 5000
    items = [passage(worst, name=f"{number}{worst}") for number in range(MOST_SHOWN + 1)]
    _, source = summary(items, failures=[(worst, worst)] * 100, outcome=Outcome(False, worst, worst))

    assert len(source.encode()) < LIMIT / 2


def test_known_findings_after_new_ones_are_left_out_and_do_not_count_as_more() -> None:
    page, source = summary([examined("a", "one\ntwo\n", [(0, 4), (4, 8)], known=[1])])

    assert [row[2] for row in table(page, "Findings")] == ["one"]
    assert "more." not in source
