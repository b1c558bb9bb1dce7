"""Text of a page to a tree, within bounds: nesting, size of a node, number of elements."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from cleaner.errors import DocumentError
from cleaner.html import bounds

BLOCK_TAGS = frozenset(
    re.findall(
        r"\w+",
        """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """,
    )
)
"""The elements that part text: what stands before, within and after them are blocks of their own."""

VERBATIM_TAGS = frozenset(("pre", "listing", "xmp", "plaintext"))
"""The elements whose white space is text."""

MAX_ELEMENTS = 1_000_000
"""More than any page holds, counted by its tags; each costs a few hundred bytes and several steps."""

MAX_ATTRIBUTES = 1_000
"""Of one element; the parser compares each with all before it."""

# The parser reads nothing behind the one and leaves what follows the other outside of the body; browsers do neither.
_PAGE_END = re.compile(r"</(?:html|body)\s*>", re.I)
_ATTRIBUTE = r"""[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++))?+"""
_MANY_ATTRIBUTES = re.compile(rf"<[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}")
_END = "cleaner-end"
_CHUNK = 100_000  # characters
_DEEP = 240  # elements; the parser stops at 256
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)  # in C; lxml.html's own asks Python each time
# References to characters that no text holds: decode.drop_controls took the characters themselves.
_CONTROL = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|7f|fff[ef])(?![0-9a-f]));?", re.I
)


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, without comments; None if it is blank.

    Raises DocumentError for a page of more than MAX_ELEMENTS, or where one has more than MAX_ATTRIBUTES.
    """
    closed = text.rfind("-->") + 1
    if text.find("<!--", closed) >= 0:  # an unclosed comment would swallow the rest
        text = text[:closed] + text[closed:].replace("<!--", "")
    text = _CONTROL.sub(_as_typed, _PAGE_END.sub("", text))
    if len(text) > bounds.LARGE:
        text = bounds.shorten(text)
    if text.count("<") - text.count("</") > MAX_ELEMENTS:
        raise DocumentError(f"the page has more than {MAX_ELEMENTS:,} elements")
    if _MANY_ATTRIBUTES.search(text):
        raise DocumentError(f"the page has an element of more than {MAX_ATTRIBUTES:,} attributes")
    tree = _parse(f"{text}<{_END}>") if text.strip() else None
    end = next(tree.iter(_END), None) if tree is not None else None
    if end is not None:
        end.drop_tree()
    elif tree is not None:  # it stopped before, or reads the rest as the text of a script or title
        tree = _parse(bounds.flatten(text) if _is_deep(tree) else text)
    return tree


def _as_typed(reference: re.Match[str]) -> str:
    return " " if reference[0].strip("&#;xX0") in ("12", "c", "C") else ""  # form feed


def _parse(text: str) -> HtmlElement | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        if len(text) <= bounds.LARGE:
            return etree.fromstring(text.encode("utf-8", "replace"), parser)
        for start in range(0, len(text), _CHUNK):  # all at once, it stops at a text that ends beyond ten million
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
        return parser.close()
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _is_deep(tree: HtmlElement) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEP:
            return True
    return False
