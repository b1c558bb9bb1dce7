"""A text with its removed passages as HTML, for notebooks; everything of the text is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LONGEST = 2_000
"""Characters that are shown of what stays between two passages: half at either end."""
_MOST = 500
"""Passages that are shown; each output is kept in the notebook's file."""
# Colours are see-through, and text has the notebook's own: so they fit light and dark themes alike.
_BOX = "white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40em; overflow: auto; unicode-bidi: plaintext"
_GONE = "background: rgba(224, 49, 49, .22); text-decoration: line-through; unicode-bidi: isolate"
_NAME = "background: rgba(224, 49, 49, .38); border-radius: 3px; padding: 0 .35em; font-size: 85%; user-select: none"
_LEFT_OUT = "opacity: .7; font-style: italic; user-select: none"


class Passage(NamedTuple):
    """Characters `start` to `end` go; `name` says by which rule, `why` with which evidence."""

    start: int
    end: int
    name: str
    why: str


def marked(text: str, passages: Sequence[Passage], caption: str) -> str:
    """The text with its passages, which are in order, each struck out after the name of its rule."""
    return (
        f'<div class="cleaner-result"><p><strong>{_escaped(caption)}</strong></p>'
        f'<div style="{_BOX}">{"".join(_parts(text, passages))}</div></div>'
    )


def _parts(text: str, passages: Sequence[Passage]) -> Iterator[str]:
    position = 0
    for start, end, name, why in passages[:_MOST]:
        yield _kept(text[position:start])
        body = text[start:end]
        words = body.strip()
        lead = body.index(words)
        yield _escaped(body[:lead])
        yield f'<span style="{_NAME}" title="{_escaped(why)}">{_escaped(name)}</span> '
        yield f'<del style="{_GONE}" title="{_escaped(why)}">{_escaped(words)}</del>'
        yield _escaped(body[lead + len(words) :])
        position = end
    if len(passages) > _MOST:
        yield _said(f"and {len(passages) - _MOST:,} more passages")
    else:
        yield _kept(text[position:])


def _kept(text: str) -> str:
    if len(text) <= _LONGEST:
        return _escaped(text)
    half = _LONGEST // 2
    left_out = _said(f"{len(text) - _LONGEST:,} characters that stay")
    return f"{_escaped(text[:half])}{left_out}{_escaped(text[-half:])}"


def _said(words: str) -> str:
    return f'<span style="{_LEFT_OUT}"> … {words} … </span>'


def _escaped(text: str) -> str:
    """Bytes that do not decode, and control characters, which no page may hold, become visible signs."""
    clean = "".join(char if char >= " " or char in "\n\r\t" else chr(0x2400 + ord(char)) for char in text)
    return html.escape(clean.encode("utf-8", "replace").decode("utf-8"))
