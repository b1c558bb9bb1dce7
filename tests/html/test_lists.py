"""Lists of text and lists of links."""

from __future__ import annotations

import pytest

from cleaner.html.lists import Lists
from cleaner.html.render import render
from tests.html.support import HARBOUR, body_of, page

INTRODUCTION = f"<p>{HARBOUR[0].rstrip('.')}:</p>"
LINK = "<li><a href=x>The plan of the old mole</a>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<ul>{LINK}<li>The account of the county for the year</ul>", True),
        (f"<ul>{LINK}<li>The account</ul>", False),
        (f"<ol>{LINK}{LINK}</ol>", False),
        (f"{INTRODUCTION}<ol>{LINK}{LINK}</ol>", True),
        (f"{INTRODUCTION}<ul><li><p><a href=x>The plan</a></p></li>{LINK}</ul>", True),
        (f"<p>More on the mole:</p><ul>{LINK}</ul>", False),
        (f"{INTRODUCTION}<p>So it was read.</p><ul>{LINK}</ul>", False),
        (f"{INTRODUCTION}<p><a href=x>The plan</a></p>", False),
    ],
)
def test_an_item_is_judged_by_its_list(html: str, *, text: bool) -> None:
    blocks = render(body_of(page(html)), set())
    lists = Lists(blocks, "")
    [first, *_] = [block for block in blocks if block.linked]
    assert lists.is_text_around(first) == text


AWAY = "<li><a href=https://library.example/mole>The plan of the old mole</a>"
BESIDE = "<li><a href=https://archive.herald.example/mole>The plan of the old mole</a>"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (AWAY + AWAY, True),
        (AWAY + "<li><a href=//town.example>The town</a>", True),
        (AWAY + LINK, False),
        (AWAY + BESIDE, False),
        (AWAY + "<li><a href='https://[x'>The town</a>", False),
    ],
)
def test_a_list_of_links_to_other_sites_is_text(items: str, *, text: bool) -> None:
    blocks = render(body_of(page(f"<ul>{items}</ul>")), set())
    assert Lists(blocks, "https://www.herald.example/mole").is_text_around(blocks[0]) == text
    assert not Lists(blocks, "").is_text_around(blocks[0])
