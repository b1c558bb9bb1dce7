"""Which blocks are the article."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.html import finder, jsonld, render
from cleaner.html.choose import choose
from tests.html.support import FERRY, HARBOUR, TEASER, body_of, page, paragraphs

TITLE = "Oakhurst rebuilds its mole"


def chosen(body: str, said: str = "", *, title: str = TITLE, others: Sequence[str] = ()) -> list[str]:
    pruned = body_of(page(body))
    blocks = render.render(pruned, finder.find(pruned))
    return [block.text for block in choose(pruned, blocks, jsonld.Said(said) if said else None, [title, *others], "")]


def test_an_article_among_other_things() -> None:
    html = (
        f"<header><a href=/>Herald</a></header><div class=sidebar><p>{TEASER}</p></div>"
        f"<article><h1>{TITLE}</h1>{paragraphs()}</article><div class=related><p><a href=x>{TEASER}</a></p></div>"
    )
    assert chosen(html) == list(HARBOUR)


def test_headings_lists_and_tables_between_the_paragraphs() -> None:
    between = (
        "<h2>The plan</h2><ul><li>Two summers</li><li>Four million</li></ul>"
        "<table><tr><td>2026</td><td>1.5</td></tr><tr><td>2027</td><td>2.5</td></tr></table>"
    )
    html = f"<main><article>{paragraphs(*HARBOUR[:3])}{between}{paragraphs(*HARBOUR[3:])}</article></main>"
    assert chosen(html) == [
        *HARBOUR[:3],
        "The plan",
        "- Two summers",
        "- Four million",
        "2026 | 1.5\n2027 | 2.5",
        *HARBOUR[3:],
    ]


def test_a_paragraph_of_links_in_the_flow_stays_and_a_list_of_links_goes() -> None:
    link = f"<p><a href=x>{FERRY}</a></p>"
    links = "<ul><li><a href=x>Fishing at Millwater</a></li><li><a href=x>The ice house</a></li></ul>"
    html = f"<article>{paragraphs(*HARBOUR[:3])}{link}{links}{paragraphs(*HARBOUR[3:])}</article>"
    assert chosen(html) == [*HARBOUR[:3], FERRY, *HARBOUR[3:]]


def test_a_list_of_text_keeps_the_items_that_are_links() -> None:
    items = "<ul><li><a href=x>Fishing at Millwater</a></li><li>The ice house, before the summer season</li></ul>"
    html = f"<article>{paragraphs(*HARBOUR[:3])}{items}{paragraphs(*HARBOUR[3:])}</article>"
    assert chosen(html) == [
        *HARBOUR[:3],
        "- Fishing at Millwater",
        "- The ice house, before the summer season",
        *HARBOUR[3:],
    ]


def test_sections_of_a_page_builder() -> None:
    sections = "".join(
        f"<div class='row row-{i}'><div class=col><p>{text}</p></div></div>" for i, text in enumerate(HARBOUR * 2)
    )
    assert chosen(f"<div class=site><div class=menu><a href=x>Home</a></div>{sections}</div>") == list(HARBOUR * 2)


def test_every_second_paragraph_in_a_box_of_its_own() -> None:
    mixed = "".join(
        f"<p>{t}</p>" if i % 2 else f"<div class=wide><div><p>{t}</p></div></div>" for i, t in enumerate(HARBOUR * 2)
    )
    assert chosen(f"<div class=content>{mixed}</div>") == list(HARBOUR * 2)


def test_a_lead_in_a_container_of_its_own() -> None:
    head = f"<header><h1>{TITLE}</h1><p class=standfirst>{FERRY}</p></header><div><p>By Ines Varga</p></div>"
    html = f"{head}<article>{paragraphs()}</article>"
    assert chosen(html) == [FERRY, *HARBOUR]


def test_the_flow_goes_on_after_the_finders_choice() -> None:
    sections = (f"<section><div class=text>{part}</div></section>" for part in (paragraphs(), paragraphs(FERRY)))
    html = f"<main>{''.join(sections)}</main>"
    assert chosen(html) == [*HARBOUR, FERRY]


def test_what_stands_above_the_title_is_not_the_article() -> None:
    news = "".join(f"<li><a href=x>Short</a> {TEASER} {i}</li>" for i in range(9))
    html = f"<div><ul>{news}</ul><h1>{TITLE}</h1><div class=text>{paragraphs(*HARBOUR[:3])}</div></div>"
    assert chosen(html) == list(HARBOUR[:3])


def test_a_section_with_the_titles_name_is_not_where_the_article_begins() -> None:
    opening = f"<div class=extra>{paragraphs(*HARBOUR[:3], FERRY)}</div>"  # of all names the finder's least liked
    rest = f"<h2>{TITLE}</h2><div class=text>{paragraphs()}</div>"
    assert chosen(f"<main><h1>{TITLE}</h1>{opening}{rest}</main>") == [*HARBOUR[:3], FERRY, *HARBOUR]


@pytest.mark.parametrize("echo", [f"<h1>{TITLE}</h1>", f"<h2>{TITLE}.</h2>", "<h1>Mole: money found</h1>"])
def test_the_title_is_left_out(echo: str) -> None:
    assert chosen(f"<article>{echo}{paragraphs()}</article>") == list(HARBOUR)


def test_the_title_is_left_out_again() -> None:
    gallery = f"<div class=gallery><p>{TITLE}</p></div>"
    html = f"<article>{paragraphs(*HARBOUR[:3])}{gallery}{paragraphs(*HARBOUR[3:])}</article>"
    assert chosen(html) == list(HARBOUR)


def test_another_version_of_the_title_above_the_text_is_left_out_too() -> None:
    head = f"<header><h2>The council: {TITLE}</h2></header>"
    html = f"<article>{head}<div class=text>{paragraphs()}</div></article>"
    assert chosen(html, title=f"{TITLE} at last") == list(HARBOUR)


def test_a_heading_above_the_text_that_is_another_of_the_pages_titles_is_left_out() -> None:
    body = f"<article><h2>Four million for a wall</h2>{paragraphs()}</article>"

    assert chosen(body, others=["Four million for a wall"]) == list(HARBOUR)
    assert chosen(body) == ["Four million for a wall", *HARBOUR]


def test_a_standfirst_that_is_a_title_elsewhere_stays() -> None:
    body = f"<article><h1>{TITLE}</h1><p class='lead'>Four million for a wall in the sea</p>{paragraphs()}</article>"

    assert chosen(body, others=["Four million for a wall in the sea"])[0] == "Four million for a wall in the sea"


def test_headings_of_the_first_rank_that_part_the_article_stay() -> None:
    first, second = paragraphs(*HARBOUR[:3]), paragraphs(*HARBOUR[3:])
    html = f"<article><h1>First</h1><h1>Second</h1>{first}<h1>Third</h1>{second}</article>"
    assert chosen(html) == ["First", "Second", *HARBOUR[:3], "Third", *HARBOUR[3:]]


def test_what_the_json_ld_says_is_the_article_wherever_it_stands() -> None:
    html = (
        f"<div class=intro-box><p>{FERRY}</p></div><aside>{paragraphs(TEASER)}</aside><article>{paragraphs()}</article>"
    )
    assert chosen(html, " ".join([FERRY, *HARBOUR])) == [FERRY, *HARBOUR]


def test_comments_are_not_the_article_however_long() -> None:
    comments = "".join(f"<div class=comment><p>{text.replace('the', 'a')}</p></div>" for text in HARBOUR * 3)
    html = f"<article>{paragraphs()}</article><section id=comments>{comments}</section>"
    assert chosen(html) == list(HARBOUR)


def test_a_page_without_prose_gives_what_it_has() -> None:
    assert chosen("<p>Closed on Monday.</p><nav>Home</nav><div>Open on Tuesday.</div>") == [
        "Closed on Monday.",
        "Open on Tuesday.",
    ]
