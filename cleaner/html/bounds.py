"""Pages beyond the parser's limits, rewritten to fit: it stops without a word at ten million characters in one
text, attribute, script or comment, and 256 elements deep.
"""

from __future__ import annotations

import re

LARGE = 1_000_000
"""Characters up to which a page needs no precautions."""

_LIMIT = 9_000_000  # characters of one thing; the parser's is ten million
_BREAK_RUN = re.compile(r"(?:<br\s*/?>\s*){3,}+", re.I)
_LONG_VALUE = re.compile(r"""=\s*(?:"[^"<>]{1000000,}+"|'[^'<>]{1000000,}+'|[^"'<>\s]{1000000,}+)""")
_LONG_TEXT = re.compile(r"[^<]{1000000}[^<\s&]*")
_RAW = re.compile(r"<script\b|<style\b|<!--", re.I)
_RAW_ENDS = {"<script": re.compile("</script", re.I), "<style": re.compile("</style", re.I), "<!--": re.compile("-->")}
_NESTING_TAG = re.compile(
    r"</?(?:div|section|article|main|aside|header|footer|nav|center|ul|ol|li|dl|dt|dd|blockquote|table|tbody|thead"
    r"|tr|td|th|fieldset|form|details|figure|address|h[1-6]|p|pre)\b[^<>]*>",
    re.I,
)
_WRAPPING_TAG = re.compile(r"</?(?!(?:script|style|p|br|title|head|body|html)\b)[a-z][^<>]*>", re.I)


def shorten(text: str) -> str:
    """Without what makes a page large for nothing; no single thing in it is longer than the parser takes."""
    text = _BREAK_RUN.sub("<br><br>", text)
    if len(text) > _LIMIT:
        text = _LONG_VALUE.sub('=""', _without_long_scripts(text))
        text = _LONG_TEXT.sub(r"\g<0><wbr>", text)
    return text


def flatten(text: str) -> str:
    """Paragraphs in place of everything that nests."""
    return _WRAPPING_TAG.sub("", _NESTING_TAG.sub("<p>", text))


def _without_long_scripts(text: str) -> str:
    parts, position = [], 0
    while (start := _RAW.search(text, position)) is not None:
        end = _RAW_ENDS[start[0].lower()].search(text, start.end())
        if end is None:
            break
        cut = end.start() - start.end() > _LIMIT
        parts.append(text[position : start.end() if not cut else start.start()])
        if not cut:
            parts.append(text[start.end() : end.end()])
        position = end.end() if not cut or start[0] == "<!--" else text.find(">", end.end()) + 1 or len(text)
    return "".join([*parts, text[position:]])
