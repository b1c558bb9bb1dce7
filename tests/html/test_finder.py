"""readability on our tree."""

from __future__ import annotations

import lxml.html
import pytest
from readability import Document

from cleaner.html.finder import find
from tests.html.support import FERRY, HARBOUR, TEASER, body_of, page, paragraphs

MENU = "<ul class=menu><li><a href=/>Home</a><li><a href=/a>Archive</a></ul>"
PAGES = {
    "article": f"{MENU}<article class=story><h1>The mole</h1>{paragraphs()}</article><div class=sidebar>{TEASER}</div>",
    "divs": "<div class=content>" + "".join(f"<div>{t}</div>" for t in HARBOUR) + "</div>" + MENU,
    "breaks": f"<div class=content>{'<br><br>'.join(HARBOUR)}</div>",
    "loose text": f"<div class=text>{HARBOUR[0]} <b>{HARBOUR[1]}</b> {HARBOUR[2]}<p>{HARBOUR[3]}</p>{HARBOUR[4]}</div>",
    "comments": f"<div class=entry>{paragraphs()}</div><div id=comments><p>{FERRY}</p></div>",
    "table": f"<table><tr><td>{MENU}</td><td>{paragraphs()}</td></tr></table>",
    "list": f"<article>{paragraphs(*HARBOUR[:3])}<ul>{''.join(f'<li>{t}' for t in HARBOUR[3:])}</ul></article>",
    "short": "<p>Closed on Monday.</p>",
}


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("name", PAGES)
def test_it_keeps_what_readability_keeps(name: str) -> None:
    html = page(PAGES[name])
    body = body_of(html)
    found = find(body)
    theirs = Document(html).summary(html_partial=True)
    ours = "".join(
        ((element.text or "") if element in found else "")
        + ((element.tail or "") if element.getparent() in found else "")
        for element in body.iter()
    )
    assert words(ours) == words(lxml.html.fromstring(theirs).text_content())


def test_the_tree_is_left_as_it_is() -> None:
    body = body_of(page(PAGES["article"]))
    before = [(element, element.tag, element.text, element.tail) for element in body.iter()]
    find(body)
    assert before == [(element, element.tag, element.text, element.tail) for element in body.iter()]


def test_found_elements_are_of_the_tree() -> None:
    body = body_of(page(PAGES["article"]))
    found = find(body)
    assert found
    assert found <= set(body.iter())


def test_what_readability_cannot_take_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("no body")

    monkeypatch.setattr("readability.readability.Document.score_paragraphs", fail)
    assert find(body_of(page(paragraphs()))) == set()
