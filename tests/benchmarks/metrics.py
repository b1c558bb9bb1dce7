"""How near extracted texts come to the articles: two published metrics, on words.

Words are runs of letters, digits and underscores, as both publications have it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

from tests.benchmarks.gold import Page

Extracted = Sequence[tuple[Page, str]]
"""Pages, at least one, each with the text that was extracted from it."""

_WORD = re.compile(r"\w+")
_SHINGLE = 4


def shingle_f1(some: Extracted) -> float:
    """F1 of the scrapinghub article-extraction-benchmark, of shingles of four words.

    Precision and recall of a page are averaged, each over the pages where it is defined; F1 is of the two averages.
    """
    precisions, recalls = [], []
    for page, text in some:
        found, wanted = _shingles(text), _shingles(page.article)
        common = (found & wanted).total()
        if found:
            precisions.append(common / found.total())
        if wanted:
            recalls.append(common / wanted.total())
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words; a text with fewer is one run."""
    words = _WORD.findall(text)
    last = max(0, len(words) - _SHINGLE)
    return Counter(tuple(words[at : at + _SHINGLE]) for at in range(last + 1) if words)


def accuracy(some: Extracted) -> float:
    """The share of pages whose words are the article's, all and in order: that benchmark's accuracy."""
    return fmean(_WORD.findall(text) == _WORD.findall(page.article) for page, text in some)


def word_f1(some: Extracted) -> float:
    """F1 of the web-content-extraction benchmark (WCXB): of a page's words in any order and case, averaged."""
    return fmean(_overlap(text, page.article) for page, text in some)


def _overlap(text: str, article: str) -> float:
    found, wanted = (Counter(_WORD.findall(each.lower())) for each in (text, article))
    return 2 * (found & wanted).total() / ((found + wanted).total() or 1)


def present(some: Extracted) -> float:
    """The share of a page's snippets that must be in the text and are, averaged; 1 for a page without any."""
    return fmean(_share(snippet.lower() in text.lower() for snippet in page.must_have) for page, text in some)


def absent(some: Extracted) -> float:
    """The share of a page's snippets that must not be in the text and are not, averaged; 1 for a page without any."""
    return fmean(_share(snippet.lower() not in text.lower() for snippet in page.must_not) for page, text in some)


def _share(hold: Iterable[bool]) -> float:
    return fmean(list(hold) or [True])
