"""Other programs that find the article, and none."""

from __future__ import annotations

import sys

import pytest

from cleaner.errors import DocumentError, UsageError
from cleaner.html import extract, extractors
from cleaner.model import Dom
from tests.html.support import HARBOUR, TEASER, page, paragraphs, texts

MENU = "<nav><a href='/'>Home</a><a href='/news'>News</a></nav>"
NEWS = page(
    f"{MENU}<h1>Oakhurst rebuilds its mole</h1><article>{paragraphs()}</article>"
    f"<aside class='related'><p>Related: <a href='/ice'>{TEASER}</a></p></aside><footer>Oakhurst Herald</footer>"
)


@pytest.mark.parametrize("name", ["trafilatura", "resiliparse"])
def test_another_program_gives_the_article_and_its_lines_know_the_dom(name: str) -> None:
    found = extract(NEWS, extractor=name)

    blocks = {block.text: block for block in found.blocks}
    assert [text for text in blocks if text in HARBOUR] == list(HARBOUR)
    assert "p" in blocks[HARBOUR[0]].dom.tags
    assert blocks[HARBOUR[1]].dom.flow > 0.5


def test_what_another_program_leaves_out_is_dropped() -> None:
    found = extract(NEWS, extractor="trafilatura")

    said = {item.text: item.rule for item in found.dropped}
    assert said["Home News"] == "extract/menu"
    assert said[f"Related: {TEASER}"] == "extract/outside-article"
    assert not set(HARBOUR) & said.keys()


def test_a_line_that_is_no_block_of_the_page_stays_with_nothing_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractors, "_OTHERS", {"odd": lambda: lambda _page: f"{HARBOUR[0]} {HARBOUR[1]}\n\n odd \n"})
    extractors.load.cache_clear()

    found = extract(NEWS, extractor="odd")

    assert [(block.text, block.dom) for block in found.blocks] == [
        (f"{HARBOUR[0]} {HARBOUR[1]}", Dom()),
        ("odd", Dom()),
    ]
    dropped = {item.text for item in found.dropped}
    assert HARBOUR[2] in dropped
    assert not {HARBOUR[0], HARBOUR[1]} & dropped


def test_none_leaves_the_whole_page_to_the_rules() -> None:
    found = extract(NEWS, extractor="none")

    shown = texts(found)
    assert shown[:2] == ["HomeNews", "Oakhurst rebuilds its mole"]  # as a browser shows links without space between
    assert [text for text in shown if text in HARBOUR] == list(HARBOUR)
    assert shown[-1] == "Oakhurst Herald"
    assert found.dropped == ()


def test_one_that_finds_nothing_is_said() -> None:
    with pytest.raises(DocumentError, match="no article found: trafilatura finds none in the page"):
        extract(page("<p></p>"), extractor="trafilatura")


def test_one_that_is_not_installed_is_said_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    extractors.load.cache_clear()
    monkeypatch.setitem(sys.modules, "trafilatura", None)

    with pytest.raises(UsageError, match=r"trafilatura is not installed: pip install 'article-cleaner\[trafilatura\]'"):
        extractors.load("trafilatura")
