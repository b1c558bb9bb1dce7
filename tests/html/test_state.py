"""Articles that a page brings along as data for its script."""

from __future__ import annotations

import json

import pytest

from cleaner.errors import DocumentError
from cleaner.html import extract, state, tree
from tests.html.support import HARBOUR, page, paragraphs, texts

STORY = {"title": "Oakhurst rebuilds its mole", "teaser": "<p>Soon</p>", "content": paragraphs()}


def found(script: str) -> str:
    root = tree.parse(f"<div id=app></div><script>{script}</script>")
    assert root is not None
    return state.find_markup(root)


def test_markup_among_json_strings() -> None:
    assert found(f"window.STATE = {json.dumps({'page': STORY})};") == paragraphs()


def test_markup_in_a_string_within_a_string() -> None:
    assert found(f"self.f.push([1, {json.dumps(json.dumps(STORY))}])") == paragraphs()


def test_escaped_tags() -> None:
    escaped = json.dumps(STORY).replace("<", "\\u003c").replace(">", "\\u003e")
    assert found(f"window.STATE = {escaped}") == paragraphs()


def test_the_longest_wins() -> None:
    other = "".join(f"<p>{text[:80]}</p>" for text in HARBOUR)
    assert found(json.dumps([other, paragraphs(), other])) == paragraphs()


@pytest.mark.parametrize("script", ["", "var a = 1;", '"' * 100_001, '"' + "a\\" * 50_001, json.dumps("word " * 200)])
def test_no_markup(script: str) -> None:
    assert found(script) == ""


def test_a_shell_with_its_article_as_data() -> None:
    data = json.dumps(STORY)
    assert texts(page(f"<div id=root></div><script>window.STATE = {data}</script>")) == list(HARBOUR)


def test_data_is_no_match_for_what_the_page_shows() -> None:
    data = json.dumps({"content": paragraphs(*(text.upper() for text in HARBOUR))})
    assert texts(page(f"{paragraphs()}<script>window.STATE = {data}</script>")) == list(HARBOUR)


def test_a_shell_without_data() -> None:
    with pytest.raises(DocumentError, match="no text without its scripts"):
        extract(page("<div id=root></div><script src=app.js></script>"))
