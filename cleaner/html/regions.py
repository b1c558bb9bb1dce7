"""What the names of elements say about the part of the page that a block stands in.

Consulted only where the finder has left something out or is to be overruled; what the finder keeps stays,
and the text rules decide about it. A name is only a suspicion: a part that holds much of the page's prose
is acquitted, since page builders call the wrapper of everything `share-enabled` or `newsletter-page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from lxml.html import HtmlElement

from cleaner.html.render import RenderedBlock
from cleaner.html.walk import Inherited, up_to

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NAME = re.compile(r"(?<![^\W_])[^\W\d_]+")  # the letters behind a digit are a hash's: no "ad" in e1e566ad
# Where classes are hashes, these still say what a part is.
_PART_DATA = (
    "data-testid",
    "data-test-id",
    "data-component",
    "data-component-name",
    "data-qa",
    "data-module",
    "data-block",
)
_PART_ATTRIBUTES = ("class", "id", "role", *_PART_DATA)
_WORD_ATTRIBUTES = frozenset((*_PART_ATTRIBUTES, "itemprop"))
_MAX_NAMES = 2000  # characters; more is data
_NO_WORDS: frozenset[str] = frozenset()

_FOREIGN_TEXT = frozenset(
    _WORD.findall("""
    comment comments disqus cookie cookies consent gdpr onetrust privacy footer
""")
)
_FOREIGN_PART = frozenset(
    _WORD.findall("""
    related recommended recommendation recommendations recommends promo promotion promoted
    newsletter newsletters subscribe subscription share sharing shares social sidebar breadcrumb
    breadcrumbs nav navbar navigation menu teaser teasers outbrain taboola sponsor sponsored ad ads
    advert advertisement commercial popup modal banner recirc recirculation paywall signup
    contentinfo complementary commenting popular trending cta
""")
)
_FOREIGN_TAGS = frozenset(("nav", "footer", "aside"))
_TRIMMING = frozenset(
    _WORD.findall("""
    caption captions byline author authors bio meta metainfo metadata time date pubdate timestamp
    rating ratings tags tag player hidden credit label video gallery sr screen price prices button
    disclaimer disclosure btn avatar dateline published kicker updated image picture photo img rail
""")
)
_TRIMMING_TAGS = frozenset(("figure", "figcaption", "time", "label", "address"))
# The share of the page's prose from which on a name is no longer believed.
_TEXT_ACQUITTED, _PART_ACQUITTED, _TRIMMING_ACQUITTED = 0.75, 0.4, 0.1
_SURE_SIZE = 500  # characters of prose from the finder; if it has that much, only its choice acquits


class Region(IntEnum):
    ARTICLE = 0
    TRIMMING = 1
    """Captions, bylines, ratings: in the article, but hardly of its text."""
    FOREIGN = 2
    """Comments, menus, teasers, sign-ups."""


def name_words(element: HtmlElement) -> frozenset[str]:
    """The lower-case words of class, id, role, itemprop and data-testid (and its like), and of the names of the
    other data attributes; "hidden" where the attribute stands.
    """
    words = _NO_WORDS
    for name, value in element.items():
        if name in _WORD_ATTRIBUTES:
            words |= _words(value)
        elif name.startswith("data-"):
            words |= _words(name[5:])
        elif name == "hidden":
            words |= _words(name)
    return words


def _part_words(element: HtmlElement) -> frozenset[str]:
    """The words that name a part of the page; other data attributes are as often the settings of a script."""
    words = _NO_WORDS
    for name, value in element.items():
        if name in _PART_ATTRIBUTES:
            words |= _words(value)
    return words


@lru_cache(maxsize=8192)
def _words(names: str) -> frozenset[str]:
    if len(names) > _MAX_NAMES:
        return _NO_WORDS
    return frozenset(word.lower() for name in _NAME.findall(names) for word in _WORD.findall(name) if len(word) > 1)


class Regions:
    """Region of each block of one page."""

    def __init__(self, body: HtmlElement, prose: Iterable[RenderedBlock]) -> None:
        prose = list(prose)
        chosen = [block for block in prose if block.kept]
        if sum(block.size for block in chosen) >= _SURE_SIZE:
            prose = chosen
        self._sizes: dict[HtmlElement, int] = {}
        for block in prose:
            for element in up_to(block.element, body):
                self._sizes[element] = self._sizes.get(element, 0) + block.size
        self._total = max(self._sizes.get(body, 0), 1)
        self._regions = Inherited(body, Region.ARTICLE, self._within)

    def of(self, block: RenderedBlock) -> Region:
        region = self._regions.of(block.element)
        for element in block.inline:
            region = max(region, _suspected(element, 0.0))
        return region

    def _within(self, outer: Region, element: HtmlElement) -> Region:
        if element.tag == "blockquote" and outer == Region.TRIMMING:
            outer = Region.ARTICLE  # a quotation is text, whatever player or box it stands in
        return max(outer, _suspected(element, self._share(element)))

    def _share(self, element: HtmlElement) -> float:
        return self._sizes.get(element, 0) / self._total


def _suspected(element: HtmlElement, share: float) -> Region:
    words = _part_words(element)
    if share < _TEXT_ACQUITTED and words & _FOREIGN_TEXT:
        return Region.FOREIGN
    if (
        share < _PART_ACQUITTED
        and element.tag not in ("article", "main")
        and (element.tag in _FOREIGN_TAGS or words & _FOREIGN_PART)
    ):
        return Region.FOREIGN
    if share < _TRIMMING_ACQUITTED and (element.tag in _TRIMMING_TAGS or words & _TRIMMING):
        return Region.TRIMMING
    return Region.ARTICLE
