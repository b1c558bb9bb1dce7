"""Text of a page to a tree without what nobody reads: scripts, styles, hidden parts, form controls, empty
shells.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

_UNREAD = (
    "script", "style", "noscript", "noframes", "template", "svg", "iframe", "canvas", "audio", "video", "object",
    "embed", "applet", "map", "link", "meta", "button", "select", "datalist", "textarea", "input", "progress",
    "meter", "rt", "rp", "rtc", "annotation", "annotation-xml", "img", "picture", "source", "hr", "wbr", "head",
)  # fmt: skip
_DOOMED = "cleaner-doomed"
_SUSPECT = etree.XPath(
    "descendant::*[@hidden or @aria-hidden='true' or self::nav or self::footer or self::dialog[not(@open)]"
    " or @style[contains(., 'none') or contains(., 'hidden') or contains(., 'NONE')]"
    " or (@class | @id)[contains(., 'ookie') or contains(., 'onsent') or contains(., 'gdpr') or contains(., 'GDPR')"
    " or contains(., 'onetrust') or contains(., 'cmp')]]"
)
_INVISIBLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!important\s*)?(?:;|$)", re.I
)
_CONSENT = re.compile(r"(?<![a-z])(?:cookies?|consent|gdpr|onetrust|cmp)(?![a-z])", re.I)
_GUARDED_SHARE = 0.3  # a "hidden" part with more of the page's text than this is only waiting for its script
_NESTING_TAG = re.compile(
    r"</?(?:div|section|article|main|aside|header|footer|nav|center|ul|ol|li|dl|dt|dd|blockquote|table|tbody|thead"
    r"|tr|td|th|fieldset|form|details|figure|address|h[1-6]|p|pre)\b"
    r"[^<>]{0,2000}>",
    re.I,
)
_WRAPPING_TAG = re.compile(
    r"</?(?!(?:script|style|template|noscript|p|br|title|head|body|html)\b)[a-z][^<>]{0,2000}>", re.I
)


def parse(text: str) -> HtmlElement | None:
    """The tree of a page; None if it holds no element. Comments are gone, nesting is bounded by the parser."""
    closed = text.rfind("-->") + 1
    if text.find("<!--", closed) >= 0:  # an unclosed comment would swallow the rest
        text = text[:closed] + text[closed:].replace("<!--", "")
    tree, too_deep = _parse(text)
    if too_deep:  # the parser dropped what lies below; paragraphs do not nest
        tree, _ = _parse(_WRAPPING_TAG.sub("", _NESTING_TAG.sub("<p>", text)))
    return tree


def _parse(text: str) -> tuple[HtmlElement | None, bool]:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    too_deep = any("depth" in entry.message for entry in parser.error_log)
    return tree, too_deep


def prune(tree: HtmlElement) -> HtmlElement | None:
    """Take away, in place, what is no text for anybody; gives the body, None if no text is left."""
    body = tree.find("body") if tree.tag == "html" else tree
    if body is None:
        return None
    etree.strip_elements(body, *_UNREAD, with_tail=False)
    _strip_hidden(body)
    _strip_empty(body)
    return body if len(body) or (body.text or "").strip() else None


def _strip_hidden(body: HtmlElement) -> None:
    """Unshown parts, consent dialogues, menus and page footers, unless they hold much of the text."""
    suspects = [element for element in _SUSPECT(body) if _is_unshown(element)]
    if not suspects:
        return
    limit = _GUARDED_SHARE * _text_size(body)
    for element in suspects:
        if element is not body and _text_size(element) <= limit:
            element.tag = _DOOMED
    etree.strip_elements(body, _DOOMED, with_tail=False)


def _is_unshown(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.tag in ("nav", "footer", "dialog"):
        return True
    return (
        element.get("aria-hidden") == "true"
        or _INVISIBLE.search(element.get("style", "")) is not None
        or (
            element.tag in ("div", "section", "aside", "form")
            and _CONSENT.search(element.get("class", "") + " " + element.get("id", "")) is not None
        )
    )


def _text_size(element: HtmlElement) -> int:
    return sum(len(text) for text in element.itertext() if not text.isspace())


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
        else:
            element.tag = _DOOMED
    etree.strip_elements(body, _DOOMED, with_tail=False)
