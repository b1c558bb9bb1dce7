"""Whole pages: exact texts and what the DOM knew; no markup whatever raises anything but DocumentError."""

from __future__ import annotations

import json
import re
import string
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import DocumentError
from cleaner.html import Page, extract
from cleaner.model import Dom
from tests.html.support import FERRY, HARBOUR, TEASER, page, paragraphs, texts

TITLE = "Oakhurst rebuilds its mole"
NEWS = f"""
<header class="site-header"><a href="/">The Oakhurst Herald</a>
 <nav><a href="/town">Town</a><a href="/sea">Sea</a></nav></header>
<main id="content">
 <article class="story newsletter-enabled">
  <header><h1>{TITLE}</h1><p class="standfirst">{FERRY}</p>
   <div class="byline">By <a href="/varga">Ines Varga</a></div><time datetime="2031-05-12">12 May 2031</time></header>
  <div class="story__body">
   <p>{HARBOUR[0]}</p>
   <figure class="image"><img src="mole.jpg">
    <figcaption>The mole at low tide. <span class="credit">Photo: Tom Reyes</span></figcaption></figure>
   <p>{HARBOUR[1]}</p>
   <h2>Two summers</h2>
   <p>{HARBOUR[2]}</p>
   <div class="related-links"><ul><li><a href="/ice">Millwater asks for an ice house</a></li></ul></div>
   <p>{HARBOUR[3]}</p>
   <p><em>{HARBOUR[4]}</em></p>
  </div>
 </article>
 <aside class="most-read"><h3>Most read</h3><p><a href="/ice">{TEASER}</a></p></aside>
</main>
<footer><p>© The Oakhurst Herald, Quay Street 3, Oakhurst. The news of the town and of the sea since 1871.</p></footer>
<script>track()</script>
"""


def json_ld(thing: dict[str, str]) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def dom_of(found: Page, text: str) -> Dom:
    (block,) = [block for block in found.blocks if text in block.text]
    return block.dom


def test_a_news_page() -> None:
    found = extract(page(NEWS))
    assert found.metadata.title == TITLE
    assert texts(found) == [
        FERRY,
        HARBOUR[0],
        "The mole at low tide. Photo: Tom Reyes",
        HARBOUR[1],
        "Two summers",
        *HARBOUR[2:],
    ]


def test_what_the_dom_knew() -> None:
    found = extract(page(NEWS))
    assert dom_of(found, HARBOUR[0]) == Dom(frozenset(("p",)), flow=0.848)
    assert dom_of(found, "Two summers") == Dom(frozenset(("h2",)), flow=0.879)
    assert dom_of(found, HARBOUR[4]) == Dom(frozenset(("p", "em")), flow=0.86)
    assert dom_of(found, "low tide") == Dom(frozenset(("figcaption", "figure")), frozenset(("image",)), flow=0.0)
    assert dom_of(found, FERRY) == Dom(frozenset(("p", "header")), frozenset(("standfirst",)), flow=0.0)


def test_names_of_what_holds_much_of_the_article_are_left_out() -> None:
    box = f"<div class=factbox><p>{FERRY}</p></div>"
    found = extract(page(f"<form class=newsletter-page><div class=share-enabled>{paragraphs()}{box}</div></form>"))
    assert [(block.text, block.dom.tags, block.dom.words) for block in found.blocks] == [
        *((text, frozenset(("p",)), frozenset()) for text in HARBOUR),
        (FERRY, frozenset(("p", "div")), frozenset(("factbox",))),
    ]


def test_link_density_and_flow() -> None:
    boxed = "<div class=box><p>See <a href=x>the plan</a> of May</p></div>"
    found = extract(page(f"<article>{paragraphs(*HARBOUR[:3])}{boxed}{paragraphs(*HARBOUR[3:])}</article>"))
    assert dom_of(found, "See the plan") == Dom(frozenset(("p", "div")), frozenset(("box",)), 0.421, flow=0.0)


def test_captions_are_none_of_the_prose_that_flows() -> None:
    boxes = (f"<figure><figcaption>{TEASER}</figcaption></figure>", f"<div class=image-caption><p>{FERRY}</p></div>")
    found = extract(page(f"<article>{paragraphs(*HARBOUR[:3])}{''.join(boxes)}{paragraphs(*HARBOUR[3:])}</article>"))
    assert [dom_of(found, text).flow for text in (*HARBOUR, TEASER, FERRY)] == [1.0] * 5 + [0.0] * 2


def test_the_caption_of_a_quotation_names_who_said_it() -> None:
    quotation = f"<figure><blockquote>{FERRY}</blockquote><figcaption>Tom Reyes, skipper</figcaption></figure>"
    found = extract(page(f"<article>{paragraphs(*HARBOUR[:3])}{quotation}{paragraphs(*HARBOUR[3:])}</article>"))
    assert dom_of(found, "Tom Reyes").tags == {"figure"}


def test_json_ld_says_what_belongs() -> None:
    ld = json_ld({"headline": TITLE, "articleBody": " ".join(HARBOUR)})
    found = extract(page(NEWS, ld))
    assert {block.text: block.dom.in_jsonld for block in found.blocks} == {
        **dict.fromkeys(HARBOUR, True),
        FERRY: False,
        "The mole at low tide. Photo: Tom Reyes": False,
        "Two summers": True,
    }


def test_json_ld_that_is_a_teaser_says_nothing() -> None:
    ld = json_ld({"articleBody": HARBOUR[0] + HARBOUR[1]})
    assert {block.dom.in_jsonld for block in extract(page(NEWS, ld)).blocks} == {None}


def test_bytes_and_text_give_the_same() -> None:
    assert extract(page(NEWS)) == extract(page(NEWS).encode()) == extract(page(NEWS).encode("utf-16"))


def test_an_article_in_parts() -> None:
    parts = [[f"{text} ({part})" for text in HARBOUR] for part in range(3)]
    sections = [
        f"<section><h2>Part {i}</h2><div class=text>{paragraphs(*part)}</div></section>" for i, part in enumerate(parts)
    ]
    expected = [text for i, part in enumerate(parts) for text in (f"Part {i}", *part)]
    assert texts(page(f"<div class=wrap><h1>{TITLE}</h1>{''.join(sections)}</div>")) == expected


def test_a_live_blog() -> None:
    entries = [
        f"<div class=entry><time>1{i}:05</time><h3>Entry {i}</h3><p>{text}</p></div>" for i, text in enumerate(HARBOUR)
    ]
    expected = [line for i, text in enumerate(HARBOUR) for line in (f"1{i}:05", f"Entry {i}", text)]
    assert texts(page(f"<article><h1>{TITLE}</h1><div class=live>{''.join(entries)}</div></article>")) == expected


def test_an_interview() -> None:
    questions = ("Why now?", "And the ferries?", "Who pays?", "Until when?", "Is that all?")
    dialogue = "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in zip(questions, HARBOUR, strict=True))
    expected = [line for pair in zip(questions, HARBOUR, strict=True) for line in pair]
    assert texts(page(f"<article><div class=text><p>{FERRY}</p>{dialogue}</div></article>")) == [FERRY, *expected]


def test_a_page_without_paragraphs() -> None:
    assert texts(
        page(f"<div class=content>{'<br><br>'.join(HARBOUR)}</div><div class=menu><a href=/>Home</a></div>")
    ) == list(HARBOUR)


def test_a_page_laid_out_in_tables() -> None:
    menu = "".join(f"<tr><td><a href=/{i}>Page {i}</a></td></tr>" for i in range(5))
    html = f"<table><tr><td><table>{menu}</table></td><td><font face=x>{paragraphs()}</font></td></tr></table>"
    assert texts(page(html)) == list(HARBOUR)


def test_a_page_above_the_finders_limit_is_read_all_the_same() -> None:
    rest = "<div class=menu>" + "<a href=x>Archive</a> " * 61_000 + "</div>"
    assert texts(page(f"{rest}<article>{paragraphs()}</article>")) == list(HARBOUR)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("", "the page is empty"),
        ("<!-- only a comment -->", "the page shows no text"),
        ("<html><body></body></html>", "the page shows no text"),
        ("<img src=a.png>", "the page shows no text"),
        ("<frameset cols='50%,50%'><frame src=a><frame src=b></frameset>", "the page only frames other pages"),
        (page("<div id=root></div><script src=app.js></script>"), "no text without its scripts"),
        (
            page("<noscript>Please enable scripts to read this.</noscript><script></script>"),
            "no text without its scripts",
        ),
        (page("<div id=root>Loading...</div><script></script>"), "no text without its scripts"),
    ],
)
def test_no_article(html: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"^no article found: .*{reason}"):
        extract(html)


def test_a_shell_with_json_ld() -> None:
    ld = json_ld({"headline": TITLE, "articleBody": "\n".join(HARBOUR)})
    found = extract(page("<div id=root></div>", ld))
    assert (found.metadata.title, texts(found)) == (TITLE, list(HARBOUR))
    assert {block.dom.in_jsonld for block in found.blocks} == {True}


CONTROLS = {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127)}
TAGS = re.findall(
    r"\S+",
    """
    p div span a b i em br hr ul ol li table tr td th h1 h2 article main section aside nav footer header form figure
    figcaption blockquote pre dl dt dd script style template noscript iframe ruby rt select option button img wbr svg
    math title head body html frameset frame base embed x-y
    """,
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " hidden",
        " aria-hidden=true",
        " style='display:none'",
        " class='comment share'",
        " class=story id=S:0",
        " id=B:0",
        " href=#",
    ]
)
WORDS = st.sampled_from(
    [
        *HARBOUR,
        FERRY,
        "Oakhurst",
        "By Ines Varga",
        "&amp;",
        "&#11;",
        "&#11a",
        "&#12;",
        "\f",
        "&#xFFFE;",
        "&#xD800;",
        "&#x110000;",
        "&#x000b",
        "&#0;",
        "\0",
        " ",
        "\n",
        "",
        "<!--",
        "-->",
        "]]>",
        "港町",
    ]
)
OPENING = st.builds(lambda tag, attributes: f"<{tag}{attributes}>", st.sampled_from(TAGS), ATTRIBUTES)
CLOSING = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
NOISE = st.text(string.printable + "äß„\ud83d\udc1f\u2028", max_size=12)
MARKUP = st.lists(st.one_of(OPENING, CLOSING, WORDS, WORDS, NOISE), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_any_markup_gives_blocks_or_a_document_error_and_always_the_same(html: str) -> None:
    try:
        found = extract(html)
    except DocumentError:
        with pytest.raises(DocumentError):
            extract(html)
        return
    assert found == extract(html)
    assert found.blocks
    for block in found.blocks:
        assert block.text.strip()
        assert block.text == block.text.rstrip()
        assert not CONTROLS.intersection(block.text)
        assert 0 <= block.dom.link_density <= 1
        assert 0 <= block.dom.flow <= 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "nonsense"]))
def test_any_bytes_give_blocks_or_a_document_error(data: bytes, encoding: str | None) -> None:
    with suppress(DocumentError):
        assert extract(data, encoding=encoding).blocks
