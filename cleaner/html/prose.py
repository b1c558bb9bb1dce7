"""Which blocks of a page are running text, in any language, by what they are alone."""

from __future__ import annotations

import re

from cleaner.html.render import RenderedBlock

_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f]['\"\u2019\u201d\u00bb\u300d)\]]?$")
_PROSE_SIZE = 80  # characters from which on a block is prose
_SENTENCE_SIZE = 60  # ... and one that ends like a sentence


def is_prose(block: RenderedBlock) -> bool:
    """Whether the block is running text, by its length, its end and its links."""
    size = block.size
    if not block.text.isascii():
        size += 2 * len(_WIDE.findall(block.text))
    if size >= _PROSE_SIZE:
        return block.linked < 0.3 * block.size
    return size >= _SENTENCE_SIZE and block.linked < 0.2 * block.size and bool(_SENTENCE_END.search(block.text))
