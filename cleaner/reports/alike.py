"""Which passages say the same."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_KEY = 8
"""Bytes of a key: among a million groups, the odds that any two share one are one to 37 million."""
_DIGITS = re.compile(r"\d+")


@lru_cache(maxsize=4096)
def key_of(words: str) -> bytes:
    """The same for words that differ in white space and numbers only."""
    alike = _DIGITS.sub("0", " ".join(words.split()))
    return hashlib.blake2b(alike.encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
