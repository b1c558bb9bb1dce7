"""What the page says about itself: its title, and the article's text in its JSON-LD."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_JSON_WRAP = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)"
    r"|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>|;)\s*$"
)
_TITLE_PARTS = re.compile(r"\s+(?:[|\u2013\u2014\u00b7\u2022\u00bb:-]|::|//)\s+")
_MAX_JSON = 4_000_000  # characters; more is no description of one page
_BODY_SIZE = 250  # characters; a shorter articleBody is a teaser
_GRAM = 6  # words; how finely a block is compared with the articleBody


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str = ""
    body: str = ""
    """The JSON-LD articleBody, line breaks as given; "" if the page has none, or only a teaser."""


def read(root: HtmlElement) -> Metadata:
    """Of an unpruned tree."""
    headline, body = "", ""
    for thing in _json_things(root):
        text = thing.get("articleBody")
        if isinstance(text, str) and len(text) > len(body):
            body = text
        name = thing.get("headline")
        if isinstance(name, str) and not headline:
            headline = _line(name)
    body = _text(body)
    return Metadata(headline or _title(root), body if len(body) >= _BODY_SIZE else "")


class Said:
    """The JSON-LD articleBody, to ask whether it contains a block."""

    def __init__(self, body: str) -> None:
        self._words = " ".join(_WORD.findall(body.lower()))
        self._padded = f" {self._words} "
        self.size = len(body)

    def has(self, text: str) -> bool:
        """Whether seven tenths of its word neighbourhoods stand there, whatever the punctuation."""
        words = _WORD.findall(text.lower())
        if not words:
            return False
        if len(words) <= _GRAM:
            return f" {' '.join(words)} " in self._padded
        grams = [" ".join(words[i : i + _GRAM]) for i in range(0, len(words) - _GRAM + 1, 2)]
        return 10 * sum(gram in self._words for gram in grams) >= 7 * len(grams)


def _json_things(root: HtmlElement) -> Iterator[dict[str, object]]:
    for script in root.iter("script"):
        text = script.text
        if "ld+json" not in script.get("type", "").lower() or not text or len(text) > _MAX_JSON:
            continue
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            try:
                found = json.loads(_JSON_WRAP.sub("", text), strict=False)
            except (ValueError, RecursionError):
                continue
        waiting: list[object] = [found]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, dict):
                yield thing
                waiting.extend(reversed(list(thing.values())))
            elif isinstance(thing, list):
                waiting.extend(reversed(thing))


def _text(markup: str) -> str:
    if "&" in markup:
        markup = html.unescape(markup)
    if "<" in markup:
        markup = _TAG.sub(" ", markup)
    return markup.strip()


def _line(markup: str) -> str:
    return _SPACE.sub(" ", _text(markup))


def _title(root: HtmlElement) -> str:
    og: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name in ("og:title", "og:site_name") and meta.get("content"):
            og.setdefault(name, _SPACE.sub(" ", meta.get("content")).strip())
    headings = [_SPACE.sub(" ", h1.text_content()).strip() for h1 in root.iter("h1")]
    element = root.find(".//title")
    title = _SPACE.sub(" ", element.text_content()).strip() if element is not None else ""
    site = og.get("og:site_name", "")
    if og.get("og:title"):
        return _cut_site(og["og:title"], site, sure=True)
    only = [heading for heading in headings if heading]
    for heading in only:
        if len(only) == 1 or heading.lower() in title.lower():
            return heading
    return _cut_site(title, site, sure=False)


def _cut_site(title: str, site: str, *, sure: bool) -> str:
    """Without the site's name at its end; where that is unknown, the last short part, unless `sure` is wanted."""
    last = None
    for last in _TITLE_PARTS.finditer(title):
        if site and title[last.end() :].lower() == site.lower():
            return title[: last.start()]
    if sure or last is None:
        return title
    head, tail = title[: last.start()], title[last.end() :]
    return head if len(head.split()) >= 3 and len(tail.split()) <= 4 else title
