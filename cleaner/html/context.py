"""What the DOM knew about each block of an article: tags, name words, links, JSON-LD, flow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from cleaner.html.flow import Flow
from cleaner.html.jsonld import Said
from cleaner.html.prose import is_prose
from cleaner.html.regions import name_words
from cleaner.html.render import RenderedBlock
from cleaner.html.walk import Inherited, up_to
from cleaner.model import Dom

_Names = tuple[frozenset[str], frozenset[str]]

_TELLING_SHARE = 0.4  # of the article's characters, from which on an element's names tell nothing about a block
_CAPTION_WORDS = frozenset(("caption", "captions"))
_NONE: frozenset[str] = frozenset()


def describe(body: HtmlElement, chosen: Sequence[RenderedBlock], said: Said | None) -> list[Dom]:
    """A Dom for each of the chosen blocks of a page, at least one."""
    root = _common_ancestor(body, chosen)
    context = _Context(root, chosen)
    names = [context.of(block) for block in chosen]
    flow = Flow(body, [block for block, its_names in zip(chosen, names, strict=True) if _is_running(block, its_names)])
    if said is not None and 2 * said.size < sum(len(block.text) for block in chosen):
        said = None  # a teaser: to be missing from it says nothing
    return [
        Dom(
            *its_names,
            link_density=round(block.linked / block.size, 3) if block.size else 0.0,
            in_jsonld=said.has(block.text) if said is not None else None,
            flow=round(flow.share_of_others(block), 3),
        )
        for block, its_names in zip(chosen, names, strict=True)
    ]


def _is_running(block: RenderedBlock, names: _Names) -> bool:
    tags, words = names
    return "figcaption" not in tags and words.isdisjoint(_CAPTION_WORDS) and is_prose(block)


def _common_ancestor(body: HtmlElement, chosen: Sequence[RenderedBlock]) -> HtmlElement:
    """The article's root: the smallest element that holds all of it."""
    common = list(up_to(chosen[0].element, body))[::-1]
    for element in {block.element for block in chosen}:
        path = set(up_to(element, body))
        while common[-1] not in path:
            common.pop()
    return common[-1]


class _Context:
    """Tags and name words from an element up to the article's root, without those that say nothing.

    Page builders call the wrapper of everything `newsletter-page` or put it into a form: what holds much
    of the article tells nothing about one of its lines.
    """

    def __init__(self, root: HtmlElement, chosen: Sequence[RenderedBlock]) -> None:
        self._counts: Counter[HtmlElement] = Counter()
        self._sizes: Counter[HtmlElement] = Counter()
        for block in chosen:
            for element in up_to(block.element, root):
                self._counts[element] += 1
                self._sizes[element] += block.size
        self._limit = _TELLING_SHARE * self._sizes[root]
        self._names = Inherited(root, (_NONE, _NONE), self._with_names)
        self._root = root

    def of(self, block: RenderedBlock) -> _Names:
        names = self._names.of(block.element)
        for element in (*block.inline, *((self._root,) if block.element is self._root else ())):
            names = _joined(names, element)
        return names

    def _with_names(self, outer: _Names, element: HtmlElement) -> _Names:
        if self._counts[element] > 1 and self._sizes[element] > self._limit:
            return outer
        return _joined(outer, element)


def _joined(names: _Names, element: HtmlElement) -> _Names:
    tags, words = names
    if element.tag != "figcaption" or not _names_a_speaker(element):
        tags |= {element.tag}
    return tags, words | name_words(element)


def _names_a_speaker(caption: HtmlElement) -> bool:
    """Whether what the figure shows is a quotation."""
    figure = caption.getparent()
    return figure is not None and figure.find(".//blockquote") is not None
