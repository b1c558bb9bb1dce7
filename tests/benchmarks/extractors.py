"""Programs that find the article in a page, ours among them, each as a function from a page's bytes to text.

The others are installed with `pip install '.[bench]'`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec

Extractor = Callable[[bytes], str]
"""From a page to its article, "" where there is none. May raise whatever the program raises."""

OURS = "`cleaner`"


def cleaner(extractor: str = "readability") -> Extractor:
    from cleaner import Cleaner
    from cleaner.errors import DocumentError

    ours = Cleaner()

    def extract(page: bytes) -> str:
        # As the command writes it: nothing for a page without an article, nor for one that is held.
        try:
            result = ours.clean_html(page, extractor=extractor)
        except DocumentError:
            return ""
        return "" if result.held else result.text

    return extract


def readability() -> Extractor:
    import html_text  # readability gives HTML, and no text
    from readability import Document

    return lambda page: str(html_text.extract_text(Document(_decoded(page)).summary(html_partial=True)))


def trafilatura() -> Extractor:
    from trafilatura import extract

    return lambda page: extract(_decoded(page), include_comments=False) or ""


def resiliparse() -> Extractor:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: str(extract_plain_text(_decoded(page), main_content=True, alt_texts=False))


def _decoded(page: bytes) -> str:
    return page.decode("utf-8", "replace")


_PROGRAMS: dict[str, tuple[Callable[[], Extractor], tuple[str, ...]]] = {
    OURS: (cleaner, ()),
    "readability-lxml": (readability, ("readability", "html_text")),
    "trafilatura": (trafilatura, ("trafilatura",)),
    "resiliparse": (resiliparse, ("resiliparse",)),
    f"{OURS} on trafilatura": (partial(cleaner, "trafilatura"), ("trafilatura",)),
    f"{OURS} on resiliparse": (partial(cleaner, "resiliparse"), ("resiliparse",)),
    f"{OURS} on the whole page": (partial(cleaner, "none"), ()),
}
"""By name: what makes the extractor, and the modules that it takes."""

NAMES = tuple(_PROGRAMS)


def missing(name: str) -> list[str]:
    """The modules that an extractor takes and that are not installed. Imports none of them."""
    _, modules = _PROGRAMS[name]
    return [module for module in modules if find_spec(module) is None]


def make(name: str) -> Extractor:
    """The extractor of this name. Raises ImportError where something is missing."""
    maker, _ = _PROGRAMS[name]
    return maker()


def label(name: str) -> str:
    """The name with the installed version, as a table shows it; ours is the checkout's."""
    return name if name.startswith(OURS) else f"{name} {version(name)}"
