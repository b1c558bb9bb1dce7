"""What stands between the title and the first paragraph: the lead, among stamps, names and buttons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.html.regions import Region, Regions, name_words
from cleaner.html.render import RenderedBlock
from cleaner.html.title import says_any

_WORD = re.compile(r"\w+")
_LEAD_WORDS = frozenset(
    _WORD.findall("""
    lead lede standfirst deck dek subdeck summary intro excerpt abstract subtitle subheadline subheading
    subhead subheader chapo vorspann anleser sommario sumario entradilla bajada ingress manchet synopsis
    strapline teaser
""")
)
_ENDS = (".", "!", "?", "…", "。", "！", "？")
_LEAD_SIZE = 60  # characters from which on an unlinked block close below the title is a lead
_NAMED_SIZE = 30  # ... and from which on one whose own names say so
_MAX_SIZE = 500  # ... to which; more is an article of its own
_RUN_SIZE = 300  # characters of several blocks in places of one kind that are a long lead, near or not
_NEAR = 3  # blocks below the title, within which a lead needs no name


def find_lead(before: Sequence[RenderedBlock], regions: Regions, titles: Sequence[str]) -> list[int]:
    """The places of the lead's blocks, of those `before` the first paragraph; none if the title is not there."""
    start = max((i for i, block in enumerate(before) if is_title(block, titles)), default=None)
    if start is None:
        return []
    plausible = [i for i in range(start + 1, len(before)) if _is_plausible(before[i], regions)]
    sizes: Counter[str] = Counter()
    for i in plausible:
        sizes[_kind(before[i])] += min(before[i].size, _RUN_SIZE - 1)  # one block makes no run
    return [i for i in plausible if i - start <= _NEAR or _is_named(before[i]) or sizes[_kind(before[i])] >= _RUN_SIZE]


def is_title(block: RenderedBlock, titles: Sequence[str]) -> bool:
    """Whether the block is a heading of the first rank or says what one of the page's titles says."""
    return block.element.tag == "h1" or says_any(block.text, titles)


def _is_plausible(block: RenderedBlock, regions: Regions) -> bool:
    if block.size < _NAMED_SIZE or block.linked > 0.3 * block.size:
        return False
    region = regions.of(block)
    if block.size <= _MAX_SIZE and _is_named(block):
        return region != Region.TRIMMING
    closed = block.text.rstrip("\"'”’»").endswith(_ENDS)
    return closed and region == Region.ARTICLE and block.size >= _LEAD_SIZE


def _kind(block: RenderedBlock) -> str:
    parent = block.element.getparent()
    return "" if parent is None else f"{parent.tag} {parent.get('class', '')}"


def _is_named(block: RenderedBlock) -> bool:
    if name_words(block.element) & _LEAD_WORDS:
        return True
    parent = block.element.getparent()
    return parent is not None and bool(name_words(parent) & (_LEAD_WORDS - {"teaser"}))
