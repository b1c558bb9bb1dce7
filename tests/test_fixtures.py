"""The articles and the hostile files under fixtures/: what comes out is what stands beside them, to the byte."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from cleaner.errors import DocumentError
from cleaner.html import extract, page_document
from cleaner.model import CATEGORIES, Document, Result
from cleaner.text.decode import decode
from tests.samples import FIXTURES, own_languages, shipped_cleaner

ARTICLES = sorted(path for path in (FIXTURES / "articles").iterdir() if path.is_dir())
HOSTILE = sorted((FIXTURES / "hostile").iterdir())

REFUSED = {
    "binary.txt": "is binary (it holds NUL bytes), not text",
    "empty-shell.html": "no article",
}
"""What cannot be cleaned, and the words that say why."""
UNTOUCHED = {"empty.txt", "only-blank.txt"}
NO_TEXT_LOST = re.compile(r"\w")


def document_of(path: Path) -> Document:
    data = path.read_bytes()
    if path.suffix == ".html":
        return page_document(extract(data), path.name)
    return decode(data, path.name)


def cleaned(path: Path) -> Result:
    return shipped_cleaner().clean(document_of(path))


def pieces(result: Result) -> list[tuple[str, str]]:
    return [(removal.category, removal.text.strip()) for removal in result.removals]


def not_found_yet(folder: Path) -> list[str]:
    """Boilerplate that no rule finds so far: `known_failures.txt`, to be emptied and never to be added to in haste."""
    known = folder / "known_failures.txt"
    return known.read_text(encoding="utf-8").splitlines() if known.exists() else []


def harmed_so_far(folder: Path) -> list[str]:
    """Lines of the article that go so far: `known_harm.txt`."""
    known = folder / "known_harm.txt"
    return known.read_text(encoding="utf-8").splitlines() if known.exists() else []


def input_of(folder: Path) -> Path:
    [path] = folder.glob("input.*")
    return path


@pytest.mark.parametrize("folder", ARTICLES, ids=lambda path: path.name)
class TestArticles:
    def test_the_article_is_left(self, folder: Path) -> None:
        expected = (folder / "expected.txt").read_bytes().decode()
        known, harmed = not_found_yet(folder), harmed_so_far(folder)
        if not known and not harmed:
            assert cleaned(input_of(folder)).data.decode() == expected
            return
        # Everything of the article is there, and nothing beside it but what is known to be left.
        left = [line for line in cleaned(input_of(folder)).text.splitlines() if line.strip()]
        wanted = [line for line in expected.splitlines() if line.strip() and line not in harmed]
        assert [line for line in left if line not in known] == wanted
        assert [line for line in left if line in known] == known, "what is found now goes out of known_failures.txt"

    def test_what_was_removed_is_of_the_categories_that_it_should_be(self, folder: Path) -> None:
        wanted = json.loads((folder / "removals.json").read_bytes())

        known = not_found_yet(folder)
        expected = [(item["category"], item["text"].strip()) for item in wanted if item["text"].strip() not in known]
        harmed = harmed_so_far(folder)
        assert [piece for piece in pieces(cleaned(input_of(folder))) if piece[1] not in harmed] == expected

    def test_the_fixture_is_whole(self, folder: Path) -> None:
        wanted = json.loads((folder / "removals.json").read_bytes())
        text = document_of(input_of(folder)).text

        assert {item["category"] for item in wanted} <= set(CATEGORIES)
        assert all(item["text"].strip() in text.replace("\r\n", "\n") for item in wanted)
        assert bool(wanted) == ((folder / "expected.txt").read_bytes().decode() != text)


def test_articles_come_with_and_without_boilerplate() -> None:
    whole = [folder for folder in ARTICLES if json.loads((folder / "removals.json").read_bytes()) == []]

    assert len(ARTICLES) >= 130
    assert len(whole) >= 80


def test_each_language_has_articles_that_must_stay_whole() -> None:
    kept = Counter(folder.name.partition("-")[0] for folder in ARTICLES if "-keep-" in folder.name)

    assert {language: kept[language] for language in own_languages() if kept[language] < 2} == {}


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_hostile_files_are_cleaned_or_refused(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(DocumentError, match=re.escape(REFUSED[path.name])):
            cleaned(path)
        return
    document = document_of(path)
    result = cleaned(path)

    kept = [document.encode(document.text[start:end]) for start, end in result.kept_spans()]
    assert result.data == b"".join(kept)
    if path.suffix == ".txt":
        data = path.read_bytes()
        for removal in result.removals:
            assert data[removal.byte_start : removal.byte_end] == document.encode(removal.text)
        assert document.encode(document.text) == data
    assert shipped_cleaner().clean(Document(result.text)).removals == ()


@pytest.mark.parametrize("path", [path for path in HOSTILE if path.name not in REFUSED], ids=lambda path: path.name)
def test_hostile_files_keep_their_words_unless_a_rule_says_why(path: Path) -> None:
    document = document_of(path)
    result = cleaned(path)

    assert bool(NO_TEXT_LOST.search(result.text)) == (path.name not in UNTOUCHED)
    assert all(removal.rule and removal.evidence for removal in result.removals)
    assert len(result.text) + sum(len(removal.text) for removal in result.removals) == len(document.text)
