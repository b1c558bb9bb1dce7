"""A tree without what nobody reads: scripts, styles, hidden parts, form controls, empty shells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from cleaner.html.regions import name_words
from cleaner.html.tree import BLOCK_TAGS
from cleaner.model import HEADING_TAGS, Dropped

_UNREAD = (
    "script", "style", "noscript", "noframes", "template", "svg", "iframe", "canvas", "audio", "video", "object",
    "applet", "map", "link", "meta", "button", "select", "datalist", "textarea", "input", "progress", "meter", "rt",
    "rp", "rtc", "annotation", "annotation-xml", "img", "picture", "head",
)  # fmt: skip
_UNCLOSED = ("embed", "source", "track", "wbr", "keygen", "image")  # void, but the parser puts what follows inside
# What words do not reach across, though it is no block.
_SOLID = ("iframe", "video", "audio", "object", "embed", "canvas", "button", "select", "textarea", "input")
_DOOMED = "cleaner-doomed"
_SIZE = etree.XPath("string-length(normalize-space(.))")
_INVISIBLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}\w*)"
    r"\s*(?:!important\s*)?(?:;|$)",
    re.I,
)
_OUT_OF_SIGHT = re.compile(
    r"(?<![a-z])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?)(?![a-z])|clip(?:-path)?\s*:\s*(?:rect|inset)\(",
    re.I,
)
_CONSENT = re.compile(r"(?<![a-z])(?:cookies?|consent|gdpr|onetrust|cmp)(?![a-z])", re.I)
_MENU_TAGS = frozenset(("nav", "footer"))
_CONSENT_TAGS = frozenset(("div", "section", "aside", "form"))
_GUARDED_SHARE = 0.3  # a "hidden" part with more of the page's text than this is only waiting for its script
_HEADING_DEPTH = 2  # elements from a button up to the heading that it fills
# What parts are called that open one by one; nobody calls the wrapper of all so.
_FOLDING = frozenset(("accordion", "collapse", "collapsible", "faq"))
_PROSE_SIZE = 60  # characters of a paragraph that make a hidden part worth reading


@dataclass(frozen=True, slots=True)
class Pruned:
    """The body of a pruned tree, None if no text is left, and the texts that went."""

    body: HtmlElement | None
    dropped: tuple[Dropped, ...] = ()


def prune(tree: HtmlElement, *, menus: bool = False) -> Pruned:
    """Take away, in place, what is no text for anybody; with `menus`, page footers and menus stay."""
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return Pruned(None)
    for element in body.iter(*_SOLID):
        if element.tail:
            element.tail = " " + element.tail
        elif element.tag == "embed" and element.text:
            element.text = " " + element.text
    etree.strip_tags(body, *_UNCLOSED)
    for button in [button for button in body.iter("button") if _is_heading(button)]:
        button.tag = "span"
        button.attrib.clear()  # what it is called says button
    etree.strip_elements(body, *_UNREAD, with_tail=False)
    dropped = _strip_hidden(body, menus=menus)
    _strip_empty(body)
    return Pruned(body if len(body) or (body.text or "").strip() else None, tuple(dropped))


def _is_heading(button: HtmlElement) -> bool:
    """Whether the button is the heading of a section that it unfolds, such as the question above an answer."""
    if next(button.iter(*HEADING_TAGS), None) is not None:
        return True
    outer = next((outer for outer in islice(button.iterancestors(), _HEADING_DEPTH) if outer.tag in HEADING_TAGS), None)
    if outer is not None:
        return next(outer.iter("button")) is button and _text_size(outer) == _text_size(button)
    return not _FOLDING.isdisjoint(name_words(button))


def _strip_hidden(body: HtmlElement, *, menus: bool) -> list[Dropped]:
    """Unshown parts, consent dialogues, menus and page footers, unless they hold much of the text."""
    suspects = [e for e in body.iterdescendants() if (not menus if e.tag in _MENU_TAGS else _is_unshown(e))]
    if not suspects:
        return []
    limit = _GUARDED_SHARE * _text_size(body)
    doomed: dict[HtmlElement, None] = {}  # in document order
    dropped = []
    for element in suspects:
        if (size := _text_size(element)) <= limit and not any(outer in doomed for outer in element.iterancestors()):
            doomed[element] = None
            if size:
                dropped.append(Dropped(_rule(element), _text(element), element.sourceline or 0))
    for element in doomed:
        _doom(element)
    etree.strip_elements(body, _DOOMED, with_tail=False)
    return dropped


def _rule(element: HtmlElement) -> str:
    return "extract/menu" if element.tag in _MENU_TAGS else "extract/hidden"


def _text(element: HtmlElement) -> str:
    """One line; what stands in different elements is parted."""
    return " ".join(" ".join(element.itertext()).split())


def _is_unshown(element: HtmlElement) -> bool:
    tag = element.tag
    if tag == "dialog":
        return "open" not in element.attrib
    if tag == "span" and _is_whispered(element):
        return True
    folded = concealed = False
    for name, value in element.items():
        if name == "style":
            if _INVISIBLE.search(value) is not None:
                if _folds_up(element):
                    folded = True
                else:
                    concealed = True
        elif name in ("class", "id"):
            concealed = concealed or (tag in _CONSENT_TAGS and _CONSENT.search(value) is not None)
        elif name == "hidden":
            folded = True
        elif name == "aria-hidden" and value == "true":
            folded, concealed = folded or tag == "p", concealed or tag != "p"
    if folded:  # prose that is folded up, waits for its script or stands behind a gate is read all the same
        return not _has_prose(element)
    return concealed


def _is_whispered(span: HtmlElement) -> bool:
    """Whether it tells screen readers alone what their users need to know of a link's words: opens in a new tab."""
    link = span.getparent()
    if link is None or link.tag != "a" or not _OUT_OF_SIGHT.search(f"{span.get('class', '')} {span.get('style', '')}"):
        return False
    return bool((link.text or "").strip())


def _folds_up(panel: HtmlElement) -> bool:
    """Whether the part is one of those that open one by one: it, what it stands in or what it holds is called so."""
    near = (panel, panel.getparent(), panel[0] if len(panel) else None)
    return any(not _FOLDING.isdisjoint(name_words(element)) for element in near if element is not None)


def _has_prose(element: HtmlElement) -> bool:
    paragraphs = element.iter("p", "li")
    return any(_text_size(p) >= _PROSE_SIZE and p.find(".//a") is None for p in paragraphs)


def _text_size(element: HtmlElement) -> int:
    return int(_SIZE(element))


def _strip_empty(body: HtmlElement) -> None:
    """Elements without text: thousands on some pages, and each costs every later step."""
    filled: set[HtmlElement] = set()
    elements = list(body.iter())
    for element in reversed(elements[1:]):
        parent = element.getparent()
        tail = element.tail
        if tail and not tail.isspace():
            filled.add(parent)
        text = element.text
        if element in filled or element.tag == "br" or (text and not text.isspace()):
            filled.add(parent)
        elif element.tag != "hr":
            if text or (len(element) and any(child.tail for child in element)):
                element.tail = " " + (tail or "")  # white space of its own parts words, too
            _doom(element)
    etree.strip_elements(body, _DOOMED, with_tail=False)


def _doom(element: HtmlElement) -> None:
    """Mark for removal; a block that parts the text on its two sides goes on doing so."""
    if element.tag in BLOCK_TAGS and _parts_text(element):
        element.clear(keep_tail=True)
        element.tag = "hr"
    else:
        element.tag = _DOOMED


def _parts_text(element: HtmlElement) -> bool:
    parent, before, after = element.getparent(), element.getprevious(), element.getnext()
    if parent is None:  # went with what it stood in
        return False
    text_before = parent.text if before is None else before.tail
    if not (text_before and not text_before.isspace()) and (before is None or before.tag in BLOCK_TAGS):
        return False
    tail = element.tail
    return bool(tail and not tail.isspace()) or (after is not None and after.tag not in BLOCK_TAGS)
