"""Whether a text is a page's title, as it is or in another version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\w+")
_SOFT_HYPHEN = "\u00ad"
_RESEMBLING = 0.6  # of the words that a heading shares with the title, from which on it is one of its versions
_TITLE_WORDS = 5  # of a title, from which on that is no chance


def says(text: str, title: str) -> bool:
    """Whether the text has the title's words and no others."""
    return bool(title) and len(text) < 2 * len(title) and _words(text) == _words(title)


def says_any(text: str, titles: Iterable[str]) -> bool:
    """Whether the text says one of a page's titles: they may differ in search results, in feeds, and on the page."""
    return any(says(text, title) for title in titles)


def resembles(text: str, title: str) -> bool:
    """Whether most words of the text are the title's, and most of the title's the text's."""
    words, wanted = set(_words(text)), set(_words(title))
    most = _RESEMBLING * max(len(words), len(wanted))
    return len(wanted) >= _TITLE_WORDS and len(words & wanted) >= most


@lru_cache(maxsize=1024)  # each title, and each text once for every title
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.replace(_SOFT_HYPHEN, "").casefold()))
