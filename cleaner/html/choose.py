"""Which of a page's blocks are the article: the finder's choice, and what it left out.

Measured on real pages, a finder's usual faults are: one section of an article that a page builder cut
into many; the lead in a container of its own; headings, lists and tables between the paragraphs it kept.
So where its share of the prose is poor we take the part of the page that holds the prose; and in any case
we fill the gaps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from cleaner.html.metadata import Said
from cleaner.html.regions import Region, Regions, up_to
from cleaner.html.render import RenderedBlock

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]['\"\u2019\u201d\u00bb\u300d)\]]?$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PROSE_SIZE, _SENTENCE_SIZE = (
    80,
    60,
)  # characters from which on a block, or one that ends like a sentence, is prose
_POOR = 0.7  # of the prose; a finder that has less is not believed alone
_FRAME = 0.6  # of the prose that the smallest part to widen to must hold
_SAID_ENOUGH = 0.85  # of the JSON-LD articleBody; a finder that has that much is right


def choose(body: HtmlElement, blocks: Sequence[RenderedBlock], said: Said | None) -> list[RenderedBlock]:
    """The article's blocks in document order; empty if the page has no text.

    `body` is the pruned page, `blocks` all of its blocks, `said` its JSON-LD articleBody, if it has one.
    """
    texts = [block for block in blocks if _is_prose(block)]
    regions = Regions(body, texts)
    where = {id(block): regions.of(block) for block in blocks}
    prose = [b for b in texts if where[id(b)] < (Region.FOREIGN if b.kept else Region.TRIMMING)]
    anchors = {id(block) for block in prose if block.kept}
    if not _confirmed(prose, said):
        inside = _widened(body, prose)
        if sum(b.size for b in prose if b.kept) < _POOR * sum(b.size for b in inside):
            anchors.update(id(block) for block in inside)
    if said is not None:
        anchors.update(id(block) for block in texts if not block.kept and said.has(block.text))
    places = [i for i, block in enumerate(blocks) if id(block) in anchors]
    first, last = (places[0], places[-1]) if places else (1, 0)
    chosen = [
        block
        for i, block in enumerate(blocks)
        if block.kept
        or id(block) in anchors
        or (first <= i <= last and where[id(block)] == Region.ARTICLE and _may_fill(block))
    ]
    return chosen or [b for b in blocks if where[id(b)] < Region.FOREIGN and _may_fill(b)]


def _is_prose(block: RenderedBlock) -> bool:
    size = block.size
    if not block.text.isascii():
        size += 2 * len(_WIDE.findall(block.text))
    if size >= _PROSE_SIZE:
        return block.linked < 0.3 * block.size
    return (
        size >= _SENTENCE_SIZE and block.linked < 0.2 * block.size and bool(_SENTENCE_END.search(block.text))
    )


def _confirmed(prose: Sequence[RenderedBlock], said: Said | None) -> bool:
    if said is None:
        return False
    return sum(len(b.text) for b in prose if b.kept and said.has(b.text)) >= _SAID_ENOUGH * said.size


def _widened(body: HtmlElement, prose: Sequence[RenderedBlock]) -> list[RenderedBlock]:
    """The prose in the smallest part of the page that holds most of it."""
    sizes: dict[HtmlElement, int] = {}
    for block in prose:
        for element in up_to(block.element, body):
            sizes[element] = sizes.get(element, 0) + block.size
    frame, enough = body, _FRAME * sizes.get(body, 0)
    while True:
        inner = max((child for child in frame if child in sizes), key=sizes.__getitem__, default=None)
        if inner is None or sizes[inner] < enough:
            break
        frame = inner
    return [block for block in prose if any(element is frame for element in up_to(block.element, body))]


def _may_fill(block: RenderedBlock) -> bool:
    if block.linked < 0.5 * block.size:
        return True  # a heading may link to itself; one inside a link is a teaser's
    return block.element.tag in _HEADINGS and next(block.element.iterancestors("a"), None) is None
