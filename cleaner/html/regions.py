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

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_PART_ATTRIBUTES = ("class", "id", "role")
_WORD_ATTRIBUTES = (*_PART_ATTRIBUTES, "itemprop")
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
    btn avatar dateline published kicker updated image picture photo img rail
""")
)
_TRIMMING_TAGS = frozenset(("figure", "figcaption", "time", "label", "address"))
# The share of the page's prose from which on a name is no longer believed.
_TEXT_ACQUITTED, _PART_ACQUITTED, _TRIMMING_ACQUITTED = 0.75, 0.4, 0.1
_SURE_SIZE = 500  # characters of prose from the finder that acquit what it did not choose no more


class Region(IntEnum):
    ARTICLE = 0
    TRIMMING = 1
    """Captions, bylines, ratings: in the article, but hardly of its text."""
    FOREIGN = 2
    """Comments, menus, teasers, sign-ups."""


def name_words(element: HtmlElement) -> frozenset[str]:
    """The lower-case words of class, id, role, itemprop and of the names of data attributes."""
    words = _NO_WORDS
    for name, value in element.items():
        if name in _WORD_ATTRIBUTES:
            words |= _words(value)
        elif name.startswith("data-"):
            words |= _words(name[5:])
    return words


def _part_words(element: HtmlElement) -> frozenset[str]:
    """The words that name a part of the page; data attributes are as often the settings of a script."""
    names = " ".join([value for name in _PART_ATTRIBUTES if (value := element.get(name))])
    return _words(names) if names else _NO_WORDS


@lru_cache(maxsize=4096)
def _words(names: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(names))


class Regions:
    """Region of each block of one page, remembered by element."""

    def __init__(self, body: HtmlElement, prose: Iterable[RenderedBlock]) -> None:
        self._body = body
        self._known: dict[HtmlElement, Region] = {body: Region.ARTICLE}
        self._sizes: dict[HtmlElement, int] = {}
        self._chosen: set[HtmlElement] = set()
        chosen_size = 0
        for block in prose:
            for element in up_to(block.element, body):
                self._sizes[element] = self._sizes.get(element, 0) + block.size
                if block.kept:
                    self._chosen.add(element)
            chosen_size += block.size if block.kept else 0
        self._sure = chosen_size >= _SURE_SIZE
        self._total = max(self._sizes.get(body, 0), 1)

    def of(self, block: RenderedBlock) -> Region:
        region = self._of_element(block.element)
        for element in block.inline:
            region = max(region, _suspected(element, 0.0))
        return region

    def _of_element(self, element: HtmlElement) -> Region:
        path = []
        current = element
        while current not in self._known:
            path.append(current)
            current = current.getparent()
        region = self._known[current]
        for current in reversed(path):
            region = max(region, _suspected(current, self._share(current)))
            self._known[current] = region
        return region

    def _share(self, element: HtmlElement) -> float:
        if self._sure and element not in self._chosen:
            return 0.0
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


def up_to(element: HtmlElement, top: HtmlElement) -> Iterable[HtmlElement]:
    """The element and its ancestors up to and with `top`."""
    current: HtmlElement | None = element
    while current is not None:
        yield current
        if current is top:
            return
        current = current.getparent()
