"""Where the article's prose flows: which places of the page hold it, and how much.

Two blocks stand in the same place when the elements around them have the same names and classes, up to the
body. The paragraphs of an article share one place, or two or three; captions, teasers, sign-ups and
bylines have places of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from cleaner.html.render import RenderedBlock
from cleaner.html.walk import Inherited

# Parts of a list, a table or a quotation: they flow where the whole of it stands.
_PARTS = frozenset(
    ("li", "ul", "ol", "dl", "dt", "dd", "blockquote", "table", "tbody", "thead", "tr", "td", "th", "pre")
)
_PART = re.compile(r"[^\s_:-]+")


class Flow:
    """The share of the given prose, by characters, that stands in the same place as a block."""

    def __init__(self, body: HtmlElement, prose: Iterable[RenderedBlock]) -> None:
        self._numbers: dict[tuple[int, str, str], int] = {}
        self._places = Inherited(body, 0, self._number)
        self._sizes: dict[int, int] = {}
        self._counted: set[int] = set()
        for block in prose:
            place = self._place(block)
            self._sizes[place] = self._sizes.get(place, 0) + block.size
            self._counted.add(id(block))
        self._total = max(sum(self._sizes.values()), 1)

    def share(self, block: RenderedBlock) -> float:
        return self._sizes.get(self._place(block), 0) / self._total

    def share_of_others(self, block: RenderedBlock) -> float:
        """The share of the prose without the block itself; 1 where there is no other."""
        own = block.size if id(block) in self._counted else 0
        if own == self._total:
            return 1.0
        return (self._sizes.get(self._place(block), 0) - own) / (self._total - own)

    def _place(self, block: RenderedBlock) -> int:
        """The number of the place: equal numbers, equal names and classes all the way up."""
        inner, element = block.element, block.element.getparent()
        while element is not None and (
            element.tag in _PARTS or (element.tag == "figure" and inner.tag in _PARTS)  # not its caption
        ):
            inner, element = element, element.getparent()
        return self._places.of(element) if element is not None and element.tag != "html" else 0

    def _number(self, parent: int, element: HtmlElement) -> int:
        names = _names(element.get("class", ""))
        return self._numbers.setdefault((parent, element.tag, names), len(self._numbers) + 1)


@lru_cache(maxsize=4096)
def _names(classes: str) -> str:
    """Without the parts that hold digits: they number or hash, and are seldom the same twice."""
    return " ".join(sorted({part for part in _PART.findall(classes) if part.isalpha()}))
