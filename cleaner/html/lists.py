"""Which lists are text, taken as a whole: one of the article loses no item for the link that the item is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from cleaner.html.render import RenderedBlock

_LINKED = 0.5  # of a list's characters, from which on it is one of links
_COLONS = (":", "：")
_INTRODUCTION = 40  # characters of a line with a colon at its end, from which on it says more than "read on"
_COMMON_NAMES = frozenset(("www", "com", "co", "org", "ac", "gov"))  # parts of a host that many sites have
_WITHIN = 3  # elements from an item's block up to its list


@dataclass(slots=True)
class _List:
    introduced: bool
    leads_away: bool
    size: int = 0
    linked: int = 0


class Lists:
    """The lists among some blocks of a page, in document order."""

    def __init__(self, blocks: Iterable[RenderedBlock], url: str) -> None:
        """`url` is the page's own address, "" where that is unknown."""
        own = _names(url)
        self._known: dict[HtmlElement, _List] = {}
        before = ""
        for block in blocks:
            if (element := _list_around(block)) is not None:
                introduced = len(before) >= _INTRODUCTION and before.endswith(_COLONS)
                if (known := self._known.get(element)) is None:
                    known = self._known[element] = _List(introduced, bool(own) and _leads_away(element, own))
                known.size += block.size
                known.linked += block.linked
            before = block.text

    def is_text_around(self, block: RenderedBlock) -> bool:
        """Whether the block is an item of a list that a sentence introduces, that is not mostly links, or whose links
        lead to other sites: sources and things to buy, no articles beside this one.
        """
        element = _list_around(block)
        if element is None:
            return False
        known = self._known[element]
        return known.introduced or known.leads_away or known.linked < _LINKED * known.size


def _leads_away(element: HtmlElement, own: frozenset[str]) -> bool:
    links = [href for link in element.iter("a") if (href := link.get("href"))]
    return bool(links) and all((names := _names(href)) and names.isdisjoint(own) for href in links)


def _names(url: str) -> frozenset[str]:
    """The parts of its host that tell sites apart, of whatever country; none of an address within a site."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return frozenset()
    return frozenset(host.split(".")[:-1]) - _COMMON_NAMES


def _list_around(block: RenderedBlock) -> HtmlElement | None:
    outer = (block.element, *islice(block.element.iterancestors(), _WITHIN - 1))
    item = next((i for i, element in enumerate(outer) if element.tag == "li"), None)
    return outer[item + 1] if item is not None and item + 1 < len(outer) else None
