"""Rules that ask what a page's markup says: what each takes from a page, and what stands in a part of the same name.

Their own examples are plain text, in which no line has a tag. The whole page goes to the rules here, so that no choice
of ours comes before them.
"""

from __future__ import annotations

import pytest

from cleaner.html import extract, page_document
from cleaner.model import Dom, Removal, Result
from cleaner.rules.model import Rule
from tests.html.support import FERRY, HARBOUR, page, paragraphs
from tests.samples import shipped_cleaner, shipped_packs

ARTICLE = paragraphs(*HARBOUR)
FERRY_PARAGRAPH = f"<p>{FERRY}</p>"
SAID = "“We can wait two summers more,” he said."

# For each rule a part of a page that goes, with the line that the rule speaks about, and one whose line stays.
PARTS: dict[str, tuple[str, str, str, str]] = {
    "caption/figcaption": (
        "<figure><figcaption>The mole on Wednesday, after the first storm</figcaption></figure>",
        "The mole on Wednesday, after the first storm",
        f"<figure><blockquote><p>{SAID}</p></blockquote></figure>",
        SAID,
    ),
    "byline/time-tag": (
        "<p><time datetime='2024-03-05'>5 March 2024</time></p>",
        "5 March 2024",
        "<p><time datetime='21:40'>It was twenty to ten when they voted.</time></p>",
        "It was twenty to ten when they voted.",
    ),
    "byline/byline-box": (
        "<div class='byline'>Anneke Torvald</div>",
        "Anneke Torvald",
        f"<div class='byline'>{SAID}</div>",
        SAID,
    ),
    "newsletter/newsletter-box": (
        "<div class='newsletter'><a href='/n'>Newsletter sign-up</a></div>",
        "Newsletter sign-up",
        f"<div class='newsletter'><p>{SAID}</p></div>",
        SAID,
    ),
    "newsletter/sign-up-box": (
        "<aside class='newsletter-signup'><h3>The Oakhurst Briefing</h3><p>The stories that matter to the harbour, and "
        "to those who live by it, every weekday morning.</p></aside>",
        "The stories that matter to the harbour, and to those who live by it, every weekday morning.",
        "<div class='newsletter'><ul><li>a letter to the members of the club</li></ul></div>",
        "- a letter to the members of the club",
    ),
    "social/share-box": (
        "<div class='share'><a href='/s'>Share</a></div>",
        "Share",
        f"<div class='share'><p>{SAID}</p></div>",
        SAID,
    ),
    "related/related-box": (
        "<div class='related'><a href='/r'>Related: fishermen ask for a larger ice house</a></div>",
        "Related: fishermen ask for a larger ice house",
        f"<div class='related'><p>{SAID}</p></div>",
        SAID,
    ),
    "comments/comments-box": (
        "<div class='comments'><p>12 comments</p></div>",
        "12 comments",
        f"<div class='comments'><p>{SAID}</p></div>",
        SAID,
    ),
    "navigation/breadcrumb-box": (
        "<div class='breadcrumb'><p>Home &gt; Harbour</p></div>",
        "Home > Harbour",
        f"<div class='breadcrumb'><p>{SAID}</p></div>",
        SAID,
    ),
    "caption/caption-box": (
        "<div class='media'><p class='caption'>The old mole, seen from the ferry that turns back when the west wind "
        "blows, as it did on forty days of last year.</p></div>",
        "The old mole, seen from the ferry that turns back when the west wind blows, as it did on forty days of last "
        "year.",
        "<div class='media'><ul class='captions'><li>needs a permit of the county</li></ul></div>",
        "- needs a permit of the county",
    ),
    "ad/call-to-action-box": (
        "<div class='cta'><p>Find your next berth</p></div>",
        "Find your next berth",
        f"<div class='cta'><p>{SAID}</p></div>",
        SAID,
    ),
    "ad/banner-box": (
        "<div class='banner'><p>Boat insurance from Halvard</p></div>",
        "Boat insurance from Halvard",
        f"<div class='banner'><p>{SAID}</p></div>",
        SAID,
    ),
    "related/teaser-box": (
        "<div class='carousel'><p>Ice house for Millwater</p></div>",
        "Ice house for Millwater",
        f"<div class='carousel'><p>{SAID}</p></div>",
        SAID,
    ),
    "bio/bio-box": (
        "<div class='bio'><p>Anneke Torvald keeps a boat that has never left the harbour.</p></div>",
        "Anneke Torvald keeps a boat that has never left the harbour.",
        "<div class='bio'><ul><li>Born in Millwater</li></ul></div>",
        "- Born in Millwater",
    ),
    "comments/poll-box": (
        "<div class='poll'><p>Should the mole be rebuilt before the pier?</p></div>",
        "Should the mole be rebuilt before the pier?",
        "<div class='poll'><ul><li>41 per cent for the mole</li></ul></div>",
        "- 41 per cent for the mole",
    ),
    "bio/author-box": (
        "<div class='author'><p>Anneke Torvald</p></div>",
        "Anneke Torvald",
        f"<div class='author'><p>{SAID}</p></div>",
        SAID,
    ),
    "navigation/popup-box": (
        "<div class='modal'><p>The pages that you keep can be read on a telephone and on the screen of the ferry.</p>"
        "</div>",
        "The pages that you keep can be read on a telephone and on the screen of the ferry.",
        "<div class='modal'><ul><li>the old mole</li></ul></div>",
        "- the old mole",
    ),
    "byline/stamp-at-head": (
        "<div class='stamp'><p><time>Updated in March 2024 at nine / Original in March 2024 at half past eight</time>"
        "</p></div>",
        "Updated in March 2024 at nine / Original in March 2024 at half past eight",
        "<div class='stamp'><p><time datetime='21:40'>It was twenty to ten when they voted.</time></p></div>",
        "It was twenty to ten when they voted.",
    ),
    "related/caps-link": (
        "<p><strong><a href='/f'>FISHERMEN ASK FOR A LARGER ICE HOUSE</a></strong></p>" + FERRY_PARAGRAPH,
        "FISHERMEN ASK FOR A LARGER ICE HOUSE",
        "<p>THE MOLE IS CLOSED UNTIL MAY</p>" + FERRY_PARAGRAPH,
        "THE MOLE IS CLOSED UNTIL MAY",
    ),
    "related/invitation-link": (
        "<p><a href='/f'>Find out how the ice house of Millwater was built</a></p>",
        "Find out how the ice house of Millwater was built",
        "<p>Find out <a href='/f'>how the ice house</a> of Millwater was built</p>",
        "Find out how the ice house of Millwater was built",
    ),
    "navigation/form-label": (
        "<form><p><label>The mole first</label></p></form>",
        "The mole first",
        "<form><ul><li><label>the old mole</label></li></ul></form>",
        "- the old mole",
    ),
}
RULES: dict[str, Rule] = {rule.id: rule for pack in shipped_packs() if pack.id == "dom" for rule in pack.rules}
AT_THE_HEAD = ("byline/byline-box", "byline/stamp-at-head", "navigation/breadcrumb-box")


def cleaned(rule: str, part: str) -> Result:
    """The page of the article with this part, above it or in its middle or below it."""
    body = f"{part}{ARTICLE}" if rule in AT_THE_HEAD else f"{ARTICLE}{part}"
    found = extract(page(f"<article>{body}</article>"), extractor="none")
    return shipped_cleaner().clean(page_document(found, "-"))


def removal_of(result: Result, line: str) -> Removal | None:
    return next((removal for removal in result.removals if removal.text.strip() == line), None)


def dom_of(result: Result, line: str) -> Dom:
    start = result.document.text.index(line)
    return next(block.dom for block in result.document.blocks if block.start == start)


def test_every_rule_has_its_parts() -> None:
    assert PARTS.keys() == RULES.keys()


@pytest.mark.parametrize("rule", PARTS)
def test_it_takes_what_stands_in_such_a_part(rule: str) -> None:
    goes, line, _, _ = PARTS[rule]

    result = cleaned(rule, goes)

    removal = removal_of(result, line)
    assert removal is not None
    assert rule in [item.id for item in removal.evidence]
    assert [text for text in HARBOUR if text not in result.text] == []


@pytest.mark.parametrize("rule", PARTS)
def test_and_leaves_what_the_article_says_in_one_of_the_same_name(rule: str) -> None:
    _, _, stays, line = PARTS[rule]

    result = cleaned(rule, stays)

    dom = dom_of(result, line)
    names = {*dom.tags, *(f"class:{word}" for word in dom.words)}
    assert names & set(RULES[rule].dom) or rule == "caption/figcaption"  # a quotation in a figure has no caption's tag
    assert line in result.text.split("\n")


BOXES = sorted(
    name
    for rule in RULES.values()
    for name in rule.dom
    if name.startswith("class:") and rule.category != "caption"  # which prose may be, wherever it stands
)


@pytest.mark.parametrize("share", [2, 4, 5])
@pytest.mark.parametrize("name", BOXES)
def test_an_article_of_which_much_stands_in_such_a_box_keeps_its_prose(name: str, share: int) -> None:
    """A letter to readers on a page of its own, an essay in what the site calls its authors' part."""
    before = "".join(map(paragraphs, HARBOUR[:-share]))
    inside = paragraphs(*HARBOUR[-share:], SAID)
    body = f"{before}<div class='{name.removeprefix('class:')}'>{inside}</div>"

    result = shipped_cleaner().clean(page_document(extract(page(f"<article>{body}</article>"), extractor="none"), "-"))

    assert [line for line in (*HARBOUR, SAID) if line not in result.text.split("\n")] == []
