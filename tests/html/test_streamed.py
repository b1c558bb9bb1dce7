"""Parts that were sent late stand where they belong."""

from __future__ import annotations

from lxml.html import HtmlElement

from cleaner.html import streamed, tree
from tests.html.support import FERRY, HARBOUR, page, paragraphs, texts


def settled(html: str) -> HtmlElement:
    root = tree.parse(html)
    assert root is not None
    streamed.settle(root)
    return root


def test_parts_are_moved_into_their_places() -> None:
    root = settled(
        "<main><p>one</p><template id='B:0'></template><p>three</p></main>"
        "<div hidden id='S:0'><p>two</p><template id='P:1'></template></div>"
        "<div hidden id='S:1'><p>two and a half</p></div>"
    )
    main = root.find(".//main")
    assert main is not None
    assert [p.text for p in main.iter("p")] == ["one", "two", "two and a half", "three"]
    assert root.find(".//div[@hidden]") is None


def test_text_around_a_part_and_a_place_stays_where_it_is() -> None:
    root = settled("<p>a <template id='B:0'></template> c</p><i>d</i><div hidden id='S:0'>b</div> e")
    assert " ".join(root.text_content().split()) == "a b cd e"


def test_places_without_parts_and_parts_without_places_are_left_alone() -> None:
    root = settled(
        "<p>a</p><template id='B:0'></template><template></template><div hidden id='S:7'>b</div><div hidden>c</div>"
    )
    assert len(list(root.iter("template"))) == 2
    assert len(root.findall(".//div[@hidden]")) == 2


def test_a_part_that_holds_its_own_place_is_left_alone() -> None:
    root = settled("<div hidden id='S:0'><template id='B:0'></template>a</div>")
    assert root.find(".//div[@hidden]") is not None


def test_parts_in_one_another_without_end_are_left_alone() -> None:
    chain = "".join(f"<div hidden id='S:{i}'><template id='B:{i + 1}'></template></div>" for i in range(30_000))
    html = page(f"<template id='B:0'></template>{chain}{paragraphs()}")
    assert texts(html) == list(HARBOUR)


def test_an_article_that_was_sent_late_is_found() -> None:
    html = page(
        f"<main><h1>Oakhurst rebuilds its mole</h1><p>{FERRY}</p><template id='B:a'></template></main>"
        f"<aside><p>Weather: fair.</p></aside><div hidden id='S:a'>{paragraphs()}</div>"
    )
    assert texts(html) == [FERRY, *HARBOUR]
