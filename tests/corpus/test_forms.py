"""The forms of clean text."""

from __future__ import annotations

import json
from pathlib import Path

from cleaner.corpus.find import Source
from cleaner.corpus.forms import clean_bytes, json_row
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, clean_one
from cleaner.model import JSONL, MARKDOWN, TEXT
from cleaner.rules import Selection
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, RIVER, ours, written


def one(folder: Path, name: str, data: str | bytes, max_removed: float = 1.0) -> Cleaned:
    path = written(folder, {name: data}) / name
    item = clean_one(Source(path, name), ours(Selection(max_removed=max_removed)), Reading(markup=True))
    assert isinstance(item, Cleaned)
    return item


def test_a_text_stays_slices_of_its_bytes_in_every_form(tmp_path: Path) -> None:
    item = one(tmp_path, "a.txt", ARTICLE.encode("utf-16"))

    start = ARTICLE.encode("utf-16")[:2]
    assert {clean_bytes(item, form) for form in (TEXT, MARKDOWN, JSONL)} == {start + CLEAN.encode("utf-16-le")}


def test_a_page_as_markdown(tmp_path: Path) -> None:
    page = f"<html><body><article><h2>The <em>dam</em></h2><p>{DAM}</p><p>{RIVER}</p></article></body></html>"
    item = one(tmp_path, "p.html", page)

    assert clean_bytes(item, MARKDOWN) == f"## The *dam*\n\n{DAM}\n\n{RIVER}\n".encode()
    assert clean_bytes(item, TEXT) == f"The dam\n\n{DAM}\n\n{RIVER}\n".encode()


def test_held_documents(tmp_path: Path) -> None:
    text, page = one(tmp_path, "a.txt", ARTICLE, 0.0), one(tmp_path, "p.html", PAGE, 0.0)

    assert clean_bytes(text, MARKDOWN) == ARTICLE.encode()
    assert clean_bytes(page, MARKDOWN) is None
    assert json.loads(json_row(text))["text"] == ARTICLE


def test_a_row_has_what_the_page_says_and_what_went(tmp_path: Path) -> None:
    head = (
        "<html lang='en-GB'><head><title>The dam</title><link rel='canonical' href='https://valley.example/dam'>"
        "<meta name='author' content='Ines Varga'><meta name='date' content='2024-05-02'></head><body>"
    )
    page = f"{head}<nav>Home</nav><article><p>{DAM}</p><p>{LETTER}</p><p>{RIVER}</p></article></body></html>"

    row = json.loads(json_row(one(tmp_path, "p.html", page)))

    assert list(row)[:8] == ["doc", "title", "authors", "date", "site", "language", "url", "text"]
    assert (row["authors"], row["date"], row["site"]) == (["Ines Varga"], "2024-05-02", "valley.example")
    assert (row["language"], row["url"]) == ("en-GB", "https://valley.example/dam")
    assert row["text"].startswith(DAM)
    assert row["removed_chars"] > 0
    assert row["dropped_chars"] >= len("Home")


def test_bytes_that_are_no_text_survive_a_row(tmp_path: Path) -> None:
    data = f"{DAM}\n".encode() + b"\xff\xe9 ende\n"
    item = one(tmp_path, "bad.txt", data)

    text = json.loads(json_row(item))["text"]

    assert item.result.document.encode(text) == data
