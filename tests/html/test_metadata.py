"""What the page says about itself."""

from __future__ import annotations

import json

import pytest

from cleaner.html import tree
from cleaner.html.metadata import Metadata, Said, read
from tests.html.support import HARBOUR, page

BODY = " ".join(HARBOUR)


def about(head: str, body: str = "<p>text</p>") -> Metadata:
    root = tree.parse(page(body, head))
    assert root is not None
    return read(root)


def ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld({"headline": "The  mole &amp; the sea"}) + "<title>x</title>", "<h1>y</h1>", "The mole & the sea"),
        ("<meta property='og:title' content='The mole'><title>x</title>", "<h1>y</h1>", "The mole"),
        (
            "<meta property='og:title' content='The mole | Oakhurst Herald'>"
            "<meta property='og:site_name' content='Oakhurst Herald'>",
            "",
            "The mole",
        ),
        ("<meta property='og:title' content='The mole - a history'>", "", "The mole - a history"),
        ("<title>The mole | Oakhurst Herald</title>", "<h1> The\n mole </h1>", "The mole"),
        ("<title>Oakhurst rebuilds its mole - Herald</title>", "", "Oakhurst rebuilds its mole"),
        ("<title>Mole - Herald</title>", "", "Mole - Herald"),
        (
            "<title>What the mole cost</title>",
            "<h1>Oakhurst Herald</h1><h1>What the mole cost</h1>",
            "What the mole cost",
        ),
        ("", "<h1>The mole</h1>", "The mole"),
        ("", "<p>text</p>", ""),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert about(head, body).title == title


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "NewsArticle", "articleBody": BODY},
        [{"@type": "WebSite"}, {"@graph": [{"articleBody": "Short."}, {"mainEntity": {"articleBody": BODY}}]}],
        {"articleBody": "".join(f"<p>{text}</p>" for text in HARBOUR)},
        {"articleBody": "".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in HARBOUR)},
    ],
)
def test_article_body(thing: object) -> None:
    assert about(ld(thing)).body.split() == BODY.split()


@pytest.mark.parametrize(
    "wrap", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */ {} /* ]]> */", "{};", "\n\t{}"]
)
def test_wrapped_json(wrap: str) -> None:
    script = wrap.replace("{}", json.dumps({"articleBody": BODY}))
    assert about(f"<script type='application/ld+json'>{script}</script>").body == BODY


@pytest.mark.parametrize(
    "head",
    [
        ld({"articleBody": "The council voted."}),
        ld({"articleBody": [BODY]}),
        ld([1, None, "articleBody"]),
        "<script type='application/ld+json'>{broken</script>",
        f"<script type='application/ld+json'>{'[' * 100_000}</script>",
        f"<script>{json.dumps({'articleBody': BODY})}</script>",
    ],
)
def test_no_article_body(head: str) -> None:
    assert about(head).body == ""


def test_said() -> None:
    said = Said(BODY)
    assert said.has(HARBOUR[1])
    assert said.has(HARBOUR[1].replace(",", " –").upper())
    assert said.has("The old mole" if "The old mole" in BODY else "the old mole")
    assert not said.has("A mole")
    assert not said.has("…")
    assert not said.has("The harbour council of Millwater heard nothing of this until the ferries came, it says.")
