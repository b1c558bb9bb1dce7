"""The article of a page that only its script would show, where the page brings it along as data.

Applications ship their state as JSON, plain or as a string inside a string, and the article in it as markup.
"""

from __future__ import annotations

import json
import re

from lxml.html import HtmlElement

_STRING = re.compile(r'"((?:[^"\\]|\\.){300,}+)"', re.S)  # possessive: no way back, so linear
_PARAGRAPH = re.compile(r"<p[\s>]", re.I)
_MIN_PARAGRAPHS = 3
_MAX_DEPTH = 2  # strings inside strings
_MAX_SCRIPT = 8_000_000  # characters


def find_markup(root: HtmlElement) -> str:
    """The longest markup with paragraphs among the strings of the page's scripts; "" if there is none."""
    found = [
        markup
        for script in root.iter("script")
        if script.text and len(script.text) <= _MAX_SCRIPT
        for markup in _markup_in(script.text, _MAX_DEPTH)
    ]
    return max(found, key=len, default="")


def _markup_in(text: str, depth: int) -> list[str]:
    found: list[str] = []
    for match in _STRING.finditer(text):
        try:
            value = json.loads(f'"{match[1]}"', strict=False)
        except ValueError:
            continue
        inner = _markup_in(value, depth - 1) if depth > 1 and '"' in value else []
        if inner:
            found += inner
        elif len(_PARAGRAPH.findall(value)) >= _MIN_PARAGRAPHS:
            found.append(value)
    return found
