"""Which lists are text, taken as a whole: one of the article loses no item for the link that the item is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from cleaner.html.render import RenderedBlock

_LINKED = 0.5  # of a list's characters, from which on it is one of links
_COLONS = (":", "：")
_INTRODUCTION = 40  # characters of a line with a colon at its end, from which on it says more than "read on"
_WITHIN = 3  # elements from an item's block up to its list


@dataclass(slots=True)
class _List:
    introduced: bool
    size: int = 0
    linked: int = 0


class Lists:
    """The lists among some blocks of a page, in document order."""

    def __init__(self, blocks: Iterable[RenderedBlock]) -> None:
        self._known: dict[HtmlElement, _List] = {}
        before = ""
        for block in blocks:
            if (element := _list_around(block)) is not None:
                introduced = len(before) >= _INTRODUCTION and before.endswith(_COLONS)
                known = self._known.setdefault(element, _List(introduced))
                known.size += block.size
                known.linked += block.linked
            before = block.text

    def is_text_around(self, block: RenderedBlock) -> bool:
        """Whether the block is an item of a list that a sentence introduces, or that is not mostly links."""
        element = _list_around(block)
        if element is None:
            return False
        known = self._known[element]
        return known.introduced or known.linked < _LINKED * known.size


def _list_around(block: RenderedBlock) -> HtmlElement | None:
    outer = (block.element, *islice(block.element.iterancestors(), _WITHIN - 1))
    item = next((i for i, element in enumerate(outer) if element.tag == "li"), None)
    return outer[item + 1] if item is not None and item + 1 < len(outer) else None
