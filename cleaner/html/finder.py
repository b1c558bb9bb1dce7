"""readability-lxml on our tree: which elements of the page it takes for the article.

`readability.Document` is used as a base class, without its two round trips through markup: `_parse` hands
it a copy of the pruned tree, and `get_clean_html` (documented there as a hook) keeps the chosen nodes
instead of serialising them. Both exist unchanged since 0.8.1. The copy's elements are the twins, in
document order, of the ones in the original.
"""

from __future__ import annotations

import copy
import logging
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from readability.readability import REGEXES, Document, Unparseable

logging.getLogger("readability.readability").addHandler(logging.NullHandler())  # it logs what it raises

_BLOCKY = (
    "blockquote",
    "dl",
    "div",
    "img",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
)  # prefixes of tags, as it reads them
_INLINE = frozenset(["a", "b", "cite", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"])
_DOOMED = "cleaner-doomed"
_IN_CODE = etree.XPath("boolean(ancestor-or-self::pre | ancestor-or-self::code)")
_HOLDS_ARTICLE = etree.XPath("boolean(descendant-or-self::main | descendant-or-self::article)")


def find(root: HtmlElement) -> set[HtmlElement]:
    """The elements below `root` (a pruned body) that readability keeps; empty if it finds nothing or gives up."""
    finder = _Finder(root)
    try:
        finder.summary(html_partial=True)
    except Unparseable:
        return set()
    return finder.chosen


class _Finder(Document):  # type: ignore[misc]  # readability ships no types
    """`Document` on a tree of ours; three of its steps again in linear time, with the same outcome."""

    def __init__(self, root: HtmlElement) -> None:
        super().__init__("")
        self._root = root
        self._twins: dict[HtmlElement, HtmlElement] = {}
        self.chosen: set[HtmlElement] = set()

    def _parse(self, input: object) -> HtmlElement:  # noqa: ARG002 - readability's signature
        twin = copy.deepcopy(self._root)
        # Backwards, since they die in this order, and a part that was cut off looks through its nodes from the
        # first on for living ones, each time that one of them dies.
        self._twins = dict(zip(reversed(list(twin.iter())), reversed(list(self._root.iter())), strict=True))
        return twin

    def get_clean_html(self) -> str:
        twins = self._twins
        self.chosen = {twins[element] for element in self.html.iter() if element in twins}
        return "".join(self.html.itertext())

    def remove_unlikely_candidates(self) -> None:
        for element in self.html.iter():
            names = f"{element.get('class', '')} {element.get('id', '')}"
            if (
                len(names) > 1
                and _is_unlikely(names)
                and element.tag not in ("html", "body")
                and not _IN_CODE(element)
                and not _HOLDS_ARTICLE(element)
            ):
                element.tag = _DOOMED
        etree.strip_elements(self.html, _DOOMED, with_tail=False)

    def class_weight(self, e: HtmlElement) -> int:
        return sum(_weight(names) for name in ("class", "id") if (names := e.get(name)))

    def get_link_density(self, elem: HtmlElement) -> float:
        linked = sum(_length(link) for link in elem.iterfind(".//a"))
        return linked / max(_length(elem), 1) if linked else 0.0

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Divs without block content become paragraphs; loose text in the others is wrapped into some."""
        blocky: set[HtmlElement] = set()  # what holds, or is, a block
        for element in reversed(list(self.html.iter())):
            if element in blocky or element.tag.startswith(_BLOCKY):
                blocky.add(element.getparent())
        divs = []
        for div in list(self.html.iter("div")):
            if div in blocky:
                divs.append(div)
            else:
                div.tag = "p"
        for div in divs:
            _wrap_loose_text(div, blocky)


def _wrap_loose_text(div: HtmlElement, blocky: set[HtmlElement]) -> None:
    paragraph: HtmlElement | None = None
    children = list(div)
    if div.text and not div.text.isspace():
        paragraph = fragment_fromstring("<p/>")
        paragraph.text, div.text = div.text, None
        div.insert(0, paragraph)
    for child in children:
        if child.tag not in _INLINE or child in blocky:
            paragraph = None
            if child.tail and not child.tail.isspace():
                paragraph = fragment_fromstring("<p/>")
                paragraph.text, child.tail = child.tail, None
                child.addnext(paragraph)
            if child.tag == "br":
                child.drop_tree()
            continue
        if paragraph is None:
            paragraph = fragment_fromstring("<p/>")
            child.addprevious(paragraph)
        paragraph.append(child)  # takes the tail along


@lru_cache(maxsize=8192)
def _is_unlikely(names: str) -> bool:
    return bool(REGEXES["unlikelyCandidatesRe"].search(names) and not REGEXES["okMaybeItsACandidateRe"].search(names))


@lru_cache(maxsize=8192)
def _weight(names: str) -> int:
    return 25 * (bool(REGEXES["positiveRe"].search(names)) - bool(REGEXES["negativeRe"].search(names)))


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
