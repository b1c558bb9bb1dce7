"""Ours is what the command writes; the others are known by what they need."""

from __future__ import annotations

import pytest

from tests.benchmarks import extractors
from tests.html.support import HARBOUR, page, paragraphs


@pytest.mark.parametrize("name", extractors.NAMES)
def test_each_that_is_there_finds_the_article(name: str) -> None:
    if modules := extractors.missing(name):
        pytest.skip(f"needs {', '.join(modules)}: pip install '.[bench]'")
    text = extractors.make(name)(page(f"<article>{paragraphs()}</article>").encode())
    assert [paragraph for paragraph in HARBOUR if paragraph not in text] == []
    assert extractors.label(name).startswith(name)


def test_a_page_without_an_article_is_empty() -> None:
    assert extractors.make(extractors.OURS)(b"<html><body></body></html>") == ""


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractors, "find_spec", lambda module: None if module == "html_text" else module)
    assert extractors.missing(extractors.OURS) == []
    assert extractors.missing("readability-lxml") == ["html_text"]
