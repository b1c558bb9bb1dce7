"""Which of a page's blocks are the article: the finder's choice, and what it left out.

Measured on real pages, a finder's usual faults are: one section of an article that a page builder cut
into many; the lead in a container of its own; headings, lists and tables between the paragraphs it kept.
So where its share of the prose is poor we take the part of the page that holds the prose; and in any case
we take what flows on in the same places, the lead below the title, and fill the gaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from cleaner.html.flow import Flow
from cleaner.html.jsonld import Said
from cleaner.html.lead import find_lead
from cleaner.html.lists import Lists
from cleaner.html.prose import is_prose
from cleaner.html.regions import Region, Regions
from cleaner.html.render import RenderedBlock
from cleaner.html.title import resembles, says, says_any
from cleaner.html.walk import up_to
from cleaner.model import HEADING_TAGS

_POOR = 0.7  # of the prose; a finder that has less is not believed alone
_FRAME = 0.6  # of the prose that the smallest part to widen to must hold
_SAID_ENOUGH = 0.85  # of the JSON-LD articleBody; a finder that has that much is right
_IN_FLOW = 0.1  # of the prose in a place from which on the article flows there


def choose(
    body: HtmlElement, blocks: Sequence[RenderedBlock], said: Said | None, titles: Sequence[str], url: str
) -> list[RenderedBlock]:
    """The article's blocks in document order, without its title; empty if the page has no text.

    `body` is the pruned page, `blocks` all of its blocks, `said` its JSON-LD articleBody, if it has one, and `titles`
    what it calls itself: first its title, then other versions of that, which count where they are headings.
    """
    prose = [i for i, block in enumerate(blocks) if is_prose(block)]
    regions = Regions(body, [blocks[i] for i in prose])
    kept = [i for i in prose if blocks[i].kept and regions.of(blocks[i]) < Region.FOREIGN]
    start = _title_place(blocks, kept, titles)
    others = [i for i in prose if i > start and not blocks[i].kept and regions.of(blocks[i]) == Region.ARTICLE]
    anchors = set(kept)
    if not _confirmed([blocks[i] for i in kept], said):
        inside = _widened(body, blocks, [*kept, *others])
        if sum(blocks[i].size for i in kept) < _POOR * sum(blocks[i].size for i in inside):
            anchors.update(inside)
    if said is not None:
        anchors.update(i for i in prose if not blocks[i].kept and said.has(blocks[i].text))
    flow = Flow(body, [blocks[i] for i in sorted(anchors)])
    anchors.update(i for i in others if flow.share(blocks[i]) >= _IN_FLOW)
    if not anchors:
        trusted = [block for block in blocks if block.kept]
        return trusted or [b for b in blocks if regions.of(b) < Region.FOREIGN and _may_fill(b)]
    first, last = min(anchors), max(anchors)
    anchors.update(find_lead(blocks[:first], regions, titles))
    if (
        first - 1 > start
        and _is_heading_of(blocks[first - 1], blocks[first])
        and regions.of(blocks[first - 1]) == Region.ARTICLE
    ):
        anchors.add(first - 1)
    echoes = {i for i in range(first + 1) if _is_title(blocks[i], titles)}
    if len(ranks := [i for i in range(first + 1) if blocks[i].element.tag == "h1"]) == 1:
        echoes.update(ranks)

    lists = Lists(blocks[first : last + 1], url)

    def fills_gap(block: RenderedBlock) -> bool:
        flows = (block.element.tag == "p" or lists.is_text_around(block)) and flow.share(block) >= _IN_FLOW
        return (flows or _may_fill(block)) and regions.of(block) == Region.ARTICLE

    def repeats_title(i: int, block: RenderedBlock) -> bool:
        repeats = says(block.text, titles[0])
        if not repeats and i <= first and block.element.tag in HEADING_TAGS:
            repeats = any(resembles(block.text, title) for title in titles)
        return repeats and flow.share(block) < _IN_FLOW

    return [
        block
        for i, block in enumerate(blocks)
        if (block.kept or i in anchors or (first <= i <= last and fills_gap(block)))
        and not (i in echoes or repeats_title(i, block))
    ]


def _title_place(blocks: Sequence[RenderedBlock], kept: Sequence[int], titles: Sequence[str]) -> int:
    """The title above the finder's prose, where the article cannot begin before; -1 if there is none."""
    above = range(kept[0]) if kept else range(0)
    headings = [i for i in above if blocks[i].element.tag in HEADING_TAGS]
    same = [i for i in headings if says_any(blocks[i].text, titles)]
    ranked = [i for i in headings if blocks[i].element.tag == "h1"]
    if same:  # a section of the article may have its name, but not its rank
        return max(set(same) & set(ranked) or same)
    return ranked[0] if ranked else -1


def _is_title(block: RenderedBlock, titles: Sequence[str]) -> bool:
    return says_any(block.text, titles if block.element.tag in HEADING_TAGS else titles[:1])


def _confirmed(kept: Sequence[RenderedBlock], said: Said | None) -> bool:
    if said is None:
        return False
    return sum(len(block.text) for block in kept if said.has(block.text)) >= _SAID_ENOUGH * said.size


def _widened(body: HtmlElement, blocks: Sequence[RenderedBlock], prose: Sequence[int]) -> list[int]:
    """The prose in the smallest part of the page that holds most of it."""
    sizes: dict[HtmlElement, int] = {}
    for i in prose:
        for element in up_to(blocks[i].element, body):
            sizes[element] = sizes.get(element, 0) + blocks[i].size
    frame, enough = body, _FRAME * sizes.get(body, 0)
    while True:
        inner = max((child for child in frame if child in sizes), key=sizes.__getitem__, default=None)
        if inner is None or sizes[inner] < enough:
            break
        frame = inner
    return [i for i in prose if any(element is frame for element in up_to(blocks[i].element, body))]


def _is_heading_of(block: RenderedBlock, paragraph: RenderedBlock) -> bool:
    """Whether the block is the heading of the section that begins with the paragraph."""
    if block.element.tag not in HEADING_TAGS or block.linked:
        return False
    section = block.element.getparent()
    return any(outer is section for outer in islice(paragraph.element.iterancestors(), 2))


def _may_fill(block: RenderedBlock) -> bool:
    if block.linked < 0.5 * block.size:
        return True  # a heading may link to itself; one inside a link is a teaser's
    return block.element.tag in HEADING_TAGS and next(block.element.iterancestors("a"), None) is None
