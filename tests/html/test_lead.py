"""The lead between title and first paragraph."""

from __future__ import annotations

import pytest

from cleaner.html.lead import find_lead
from cleaner.html.regions import Regions
from cleaner.html.render import render
from tests.html.support import HARBOUR, body_of, page

TITLE = "Oakhurst rebuilds its mole"
LEAD = "The storm broke it in two places; now the council has found the money to mend it."


def lead(before: str, title: str = TITLE) -> list[str]:
    """The lead among the blocks of `before`, in a page whose article follows."""
    body = body_of(page(f"<main>{before}<div class=story><p>{HARBOUR[0]}</p></div></main>"))
    blocks = render(body, set())[:-1]
    return [blocks[i].text for i in find_lead(blocks, Regions(body, []), [title])]


@pytest.mark.parametrize(
    "head", [f"<h1>{TITLE}</h1>", f"<h2>{TITLE}!</h2>", f"<div>{TITLE}</div>", "<h1>Another headline</h1>"]
)
def test_a_sentence_close_below_the_title(head: str) -> None:
    assert lead(f"{head}<p>By Ines Varga</p><p>{LEAD}</p>") == [LEAD]


def test_no_title_no_lead() -> None:
    assert lead(f"<p>{LEAD}</p>") == []


def test_above_the_title_stands_no_lead() -> None:
    assert lead(f"<p>{LEAD}</p><h1>{TITLE}</h1>") == []


def test_far_below_the_title_a_lead_needs_a_name() -> None:
    between = "".join(f"<p>Button {i}</p>" for i in range(5))
    assert lead(f"<h1>{TITLE}</h1>{between}<p>{LEAD}</p>") == []
    assert lead(f"<h1>{TITLE}</h1>{between}<p class=article__standfirst>{LEAD}</p>") == [LEAD]
    assert lead(f"<h1>{TITLE}</h1>{between}<div class=intro><p>{LEAD}</p></div>") == [LEAD]


def test_or_company() -> None:
    between = "".join(f"<p>Button {i}</p>" for i in range(5))
    story = "".join(f"<p>{text}</p>" for text in HARBOUR[1:3])
    assert lead(f"<h1>{TITLE}</h1>{between}<div class=text>{story}</div>") == list(HARBOUR[1:3])


@pytest.mark.parametrize(
    "other",
    [
        "<p>By Ines Varga, in Oakhurst</p>",
        "<p>12 May, 10:45 am</p>",
        f"<figcaption>{LEAD}</figcaption>",
        f"<div class=caption><p>{LEAD}</p></div>",
        f"<aside class=newsletter><p>{LEAD}</p></aside>",
        f"<p><a href=x>{LEAD}</a></p>",
        "<p>Ten thousand copies of the Oakhurst Herald are sold on every market day</p>",
    ],
)
def test_what_else_stands_there(other: str) -> None:
    assert lead(f"<h1>{TITLE}</h1>{other}") == []


def test_a_short_deck_that_names_itself() -> None:
    assert lead(f"<h1>{TITLE}</h1><h2 class=deck>Council finds the money at last</h2>") == [
        "Council finds the money at last"
    ]
