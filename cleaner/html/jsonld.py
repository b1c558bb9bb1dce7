"""A page's JSON-LD: the things it describes, and whether its articleBody contains a text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]{0,1000}>")
_JSON_WRAP = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)"
    r"|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>|;)\s*$"
)
_MAX_JSON = 4_000_000  # characters; more is no description of one page
_BODY_SIZE = 250  # characters; a shorter articleBody is a teaser
_GRAM = 6  # words; how finely a block is compared with the articleBody

Thing = dict[str, Any]


def things(root: HtmlElement) -> Iterator[Thing]:
    """Every object of the JSON-LD of an unpruned tree, outer before inner, in document order."""
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


def article_body(found: list[Thing]) -> str:
    """The longest articleBody, line breaks as given; "" if there is none, or only a teaser."""
    bodies = (body for thing in found if isinstance(body := thing.get("articleBody"), str))
    body = as_text(max(bodies, key=len, default=""))
    return body if len(body) >= _BODY_SIZE else ""


def as_text(markup: str) -> str:
    """A value without the tags and character references that some pages write into it."""
    if "&" in markup:
        markup = html.unescape(markup)
    if "<" in markup:
        markup = _TAG.sub(" ", markup)
    return markup.strip()


def words(text: str) -> str:
    """The words of a text in lower case, a space between them."""
    return " ".join(_WORD.findall(text.lower()))


class Said:
    """A text of an article, as a page's JSON-LD has it, to ask whether it contains a block."""

    def __init__(self, body: str) -> None:
        self._words = words(body)
        self._padded = f" {self._words} "
        self.size = len(body)

    def has(self, text: str) -> bool:
        """Whether seven tenths of its word neighbourhoods stand there, whatever the punctuation."""
        found = _WORD.findall(text.lower())
        if not found:
            return False
        if len(found) <= _GRAM:
            return f" {' '.join(found)} " in self._padded
        grams = [" ".join(found[i : i + _GRAM]) for i in range(0, len(found) - _GRAM + 1, 2)]
        return 10 * sum(gram in self._words for gram in grams) >= 7 * len(grams)
