"""What a line looks like: counts and forms that need no rule and no neighbour."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_CLOSERS = frozenset(".!?…。！？．؟۔।॥")
_AFTER_CLOSER = "\"'”’»«›)]）」』】〉》“"
_BULLETS = ("- ", "– ", "— ", "• ", "* ", "· ", "‣ ", "▪ ", "► ", "> ", "→ ", "» ", "■ ", "● ", "○ ", "✓ ")
_QUOTED = re.compile(r"[\"“„«»”「『‘‚](?=\S)([^\"“”„«»」』]{2,})[\"”“»«」』’]")
_OPENS_SPEECH = re.compile(r"^[\"“„«»「『]|^[—–-] ?[\"“„«]|[\"”»«」』][.,]?$")
_WORD = re.compile(r"[^\W\d_]{4,}")

SHORT, BRIEF, SENTENCE, PROSE, PROSE_UNCLOSED, LONG = 8, 20, 6, 12, 30, 45
"""Bounds in words, see `rules.model.FEATURES`."""


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of a script written without spaces. To compile a class of so many takes 4 ms, of a start of 250."""
    return re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")


def is_closed(text: str) -> bool:
    """Whether a stripped text ends a sentence, quotes and brackets after its end aside."""
    if not text:
        return False
    if text[-1] in _CLOSERS:
        return True
    bare = text.rstrip(_AFTER_CLOSER)
    return bare != text and bare[-1:] in _CLOSERS


def count_words(text: str) -> int:
    """Words between spaces; in scripts without spaces two characters count as one word."""
    words = text.count(" ") + 1
    if len(text) > 6 * words and not text.isascii():
        unspaced = len(_unspaced().findall(text))
        if unspaced:
            words += unspaced // 2
    return words


def is_prose(text: str) -> bool:
    """Whether a stripped line reads like running text; the landmark that positions refer to."""
    words = text.count(" ") + 1
    if words < PROSE_UNCLOSED:
        words = count_words(text)
    return words >= PROSE_UNCLOSED or (words >= PROSE and is_closed(text))


@lru_cache(maxsize=4096)
def shape(text: str) -> frozenset[str]:
    """The features of `rules.model.FEATURES` that follow from the line's own characters."""
    words, found = count_words(text), set()
    if words == 1:
        found.add("one-word")
    if words <= SHORT:
        found.add("short")
    if words <= BRIEF:
        found.add("brief")
    if words >= LONG:
        found.add("long")
    closed = is_closed(text)
    found.add("closed" if closed else "unclosed")
    if closed and words >= SENTENCE:
        found.add("sentence")
    if is_prose(text):
        found.add("prose")
    bare = text.rstrip(_AFTER_CLOSER)
    if bare.endswith((":", "：")):
        found.add("colon")
    if bare.endswith(("?", "？", "؟")):
        found.add("question")
    if text.startswith(_BULLETS):
        found.add("bullet")
    if text[:1].islower():
        found.add("lower-start")
    if text.isupper() and sum(map(str.isalpha, text)) >= 4:
        found.add("all-caps")
    longer = _WORD.findall(text)
    if len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= 0.75 * len(longer):
        found.add("title-case")
    if _OPENS_SPEECH.search(text) or any(count_words(m) >= 4 for m in _QUOTED.findall(text)):
        found.add("quotation")
    return frozenset(found)
