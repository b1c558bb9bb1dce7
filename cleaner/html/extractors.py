"""Other programs that find the article in a page.

Each is a function from a decoded page to the text of its article, a block a line.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from cleaner.errors import UsageError

Extractor = Callable[[str], str]


def _trafilatura() -> Extractor:
    from trafilatura import extract

    return lambda page: extract(page, include_comments=False) or ""


def _resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: str(extract_plain_text(page, main_content=True, alt_texts=False))


_OTHERS: dict[str, Callable[[], Extractor]] = {"trafilatura": _trafilatura, "resiliparse": _resiliparse}


@lru_cache
def load(name: str) -> Extractor:
    """Another program by its name. Raises UsageError where it is not installed."""
    try:
        return _OTHERS[name]()
    except ImportError:
        raise UsageError(f"the extractor {name} is not installed: pip install 'article-cleaner[{name}]'") from None
