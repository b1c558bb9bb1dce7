"""What the names of elements say, and when they are not believed."""

from __future__ import annotations

import pytest

from cleaner.html import finder
from cleaner.html.prose import is_prose
from cleaner.html.regions import Region, Regions, name_words
from cleaner.html.render import render
from tests.html.support import FERRY, HARBOUR, body_of, page, paragraphs


def region_of(text: str, html: str) -> Region:
    body = body_of(html)
    blocks = render(body, finder.find(body))
    regions = Regions(body, [block for block in blocks if is_prose(block)])
    (block,) = [block for block in blocks if text in block.text]
    return regions.of(block)


@pytest.mark.parametrize(
    ("opening", "region"),
    [
        ("<div>", Region.ARTICLE),
        ("<div class=story-text>", Region.ARTICLE),
        ("<div class=comments-list>", Region.FOREIGN),
        ("<div id=relatedStories>", Region.FOREIGN),
        ("<div class='newsletter_signup'>", Region.FOREIGN),
        ("<div class='ad300x250 col2'>", Region.FOREIGN),
        ("<div class='e1e566ad b7nav'>", Region.ARTICLE),
        ("<div role=navigation>", Region.FOREIGN),
        ("<div data-testid='share-tools'>", Region.FOREIGN),
        ("<div data-share-url=x>", Region.ARTICLE),
        ("<aside>", Region.FOREIGN),
        ("<div class=photo-caption>", Region.TRIMMING),
        ("<div class=article__byline>", Region.TRIMMING),
        ("<figure>", Region.TRIMMING),
        ("<div class=player><blockquote>", Region.ARTICLE),
        ("<aside><blockquote>", Region.FOREIGN),
        ("<p><span class=credit>", Region.TRIMMING),
    ],
)
def test_names(opening: str, region: Region) -> None:
    html = page(f"<article>{paragraphs()}{opening}The mole at dusk</div></article>")
    assert region_of("The mole at dusk", html) == region


@pytest.mark.parametrize("name", ["newsletter-page", "comments-open", "share-enabled", "has-sidebar", "video-template"])
def test_the_wrapper_of_everything_is_not_believed(name: str) -> None:
    html = page(f"<div class={name}><article>{paragraphs()}</article></div><div>{FERRY}</div>")
    assert region_of(HARBOUR[0], html) == Region.ARTICLE


def test_a_wrapper_of_comments_is_believed_however_long_they_are() -> None:
    comments = "".join(f"<p>{text.upper()}</p>" for text in HARBOUR * 2)
    html = page(
        f"<article>{paragraphs()}</article><div class=comments>{comments.replace('<p>', f'<p>{FERRY}</p><p>', 1)}</div>"
    )
    assert region_of(FERRY, html) == Region.FOREIGN


def test_name_words() -> None:
    (element,) = body_of(
        "<p class='articleBody story-2-text XMLFeed' id=p_17 data-testid=lead-text data-ad-slot=9 title=x hidden>"
        + FERRY
        + FERRY
        + "</p>"
    ).iter("p")
    assert name_words(element) == {"article", "body", "story", "text", "xml", "feed", "lead", "ad", "slot", "hidden"}
