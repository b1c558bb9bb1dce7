"""A page's JSON-LD."""

from __future__ import annotations

import json

import pytest

from cleaner.html import tree
from cleaner.html.jsonld import Said, article_body, things
from tests.html.support import HARBOUR, page

BODY = " ".join(HARBOUR)


def said_body(head: str) -> str:
    root = tree.parse(page("<p>text</p>", head))
    assert root is not None
    return article_body(list(things(root)))


def ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


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
    assert said_body(ld(thing)).split() == BODY.split()


@pytest.mark.parametrize(
    "wrap", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */ {} /* ]]> */", "{};", "\n\t{}"]
)
def test_wrapped_json(wrap: str) -> None:
    script = wrap.replace("{}", json.dumps({"articleBody": BODY}))
    assert said_body(f"<script type='application/ld+json'>{script}</script>") == BODY


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
    assert said_body(head) == ""


def test_said() -> None:
    said = Said(BODY)
    assert said.has(HARBOUR[1])
    assert said.has(HARBOUR[1].replace(",", " –").upper())
    assert said.has("The old mole" if "The old mole" in BODY else "the old mole")
    assert not said.has("A mole")
    assert not said.has("…")
    assert not said.has("The harbour council of Millwater heard nothing of this until the ferries came, it says.")
