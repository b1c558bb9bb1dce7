"""What the page says about itself."""

from __future__ import annotations

import json

import pytest

from cleaner.html import jsonld, tree
from cleaner.html.metadata import read, titles
from cleaner.model import Metadata
from tests.html.support import page


def about(head: str, body: str = "<p>text</p>") -> Metadata:
    root = tree.parse(page(body, head))
    assert root is not None
    return read(root, list(jsonld.things(root)))


def ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (ld({"headline": "The  mole &amp; the sea"}) + "<title>x</title>", "<h1>y</h1>", "The mole & the sea"),
        ("<meta property='og:title' content='The mole'><title>x</title>", "<h1>y</h1>", "The mole"),
        (
            "<meta property='og:title' content='The mole | Oakhurst Herald'>"
            "<meta property='og:site_name' content='Oakhurst Herald'>",
            "",
            "The mole",
        ),
        ("<meta property='og:title' content='The mole - a history'>", "", "The mole - a history"),
        ("<title>The mole | Oakhurst Herald</title>", "<h1> The\n mole </h1>", "The mole"),
        ("<title>Oakhurst rebuilds its mole - Herald</title>", "", "Oakhurst rebuilds its mole"),
        ("<title>Mole - Herald</title>", "", "Mole - Herald"),
        (
            "<title>What the mole cost</title>",
            "<h1>Oakhurst Herald</h1><h1>What the mole cost</h1>",
            "What the mole cost",
        ),
        (
            "<meta property='og:title' content='The mole | Oakhurst Herald'>",
            "<h1>Oakhurst Herald</h1><h1>The mole</h1>",
            "The mole",
        ),
        ("", "<h1>The mole</h1>", "The mole"),
        ("", "<p>text</p>", ""),
    ],
)
def test_title(head: str, body: str, title: str) -> None:
    assert about(head, body).title == title


def test_other_titles() -> None:
    head = (
        "<title>What the mole costs | Oakhurst Herald</title><meta property='og:site_name' content='Oakhurst Herald'>"
        "<meta property='og:title' content='Four million for the mole | Oakhurst Herald'>"
        "<meta name='twitter:title' content='The mole'>"
    )
    root = tree.parse(page("<p>text</p>", head))
    assert root is not None

    assert titles(root, [], "The mole") == ("The mole", "Four million for the mole", "What the mole costs")


ANNA = {"@type": "Person", "@id": "#anna", "name": "Anna Lindqvist"}


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (ld({"@type": "NewsArticle", "author": ANNA}), "", ("Anna Lindqvist",)),
        (ld({"@type": ["Thing", "Article"], "author": [ANNA, {"name": "Ek"}, ANNA]}), "", ("Anna Lindqvist", "Ek")),
        (ld({"@graph": [{"@type": "BlogPosting", "author": {"@id": "#anna"}}, ANNA]}), "", ("Anna Lindqvist",)),
        (ld({"@type": "Article", "creator": ["Bo Ek"]}), "", ("Bo Ek",)),
        (ld([{"@type": "Person", "name": "A Reader"}, {"headline": "x", "author": "By Bo Ek"}]), "", ("Bo Ek",)),
        ("<meta name='Author' content='By Anna Lindqvist, Bo Ek and Carl Maria Holm'>", "",
         ("Anna Lindqvist", "Bo Ek", "Carl Maria Holm")),
        ("<meta name='author' content='Anna Lindqvist, MD'>", "", ("Anna Lindqvist, MD",)),
        ("<meta property='article:author' content='https://herald.example/staff/ek'>",
         "<a rel='author' href='/ek'> Bo\n Ek </a>", ("Bo Ek",)),
        ("<meta name='author' content='@boek'>", "<span itemprop='author name'>Bo Ek</span>", ("Bo Ek",)),
        ("<meta name='author' content='(Photo: Herald)'>", "<p>Bo Ek</p>", ()),
        (ld({"@type": "Article", "author": {"@id": "#nobody"}}), "", ()),
        (ld({"@type": "Article", "author": 7}), "", ()),
    ],
)  # fmt: skip
def test_authors(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert about(head, body).authors == authors


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (ld({"@type": "Article", "datePublished": "2024-01-18T07:02:00Z"}), "", "2024-01-18T07:02:00+00:00"),
        (ld({"@type": "Article", "dateCreated": "2024-01-18"}), "", "2024-01-18"),
        (
            ld({"@type": "Article", "datePublished": "soon"}) + "<meta name=date content=2024-02-01>",
            "",
            "2024-02-01",
        ),
        (
            "<meta property='article:published_time' content='2024-01-18T07:02:00+0100'>",
            "",
            "2024-01-18T07:02:00+01:00",
        ),
        ("<meta name='pubdate' content='Thu, 18 Jan 2024 07:02:00 GMT'>", "", "2024-01-18T07:02:00+00:00"),
        ("<meta name='cXenseParse:recs:publishtime' content='1705561320000'>", "", "2024-01-18T07:02:00+00:00"),
        ("<meta name='date' content='2024-01-18 at seven'>", "", "2024-01-18"),
        ("<meta name='date' content='2024-13-45 at seven'>", "", ""),
        ("<meta name='date' content='Fri,'>", "", ""),
        ("", "<span itemprop='datePublished' content='2024-01-18'>yesterday</span>", "2024-01-18"),
        ("", "<time>now</time><time datetime='2024-01-18'>yesterday</time>", "2024-01-18"),
    ],
)
def test_date(head: str, body: str, date: str) -> None:
    assert about(head, body).date == date


@pytest.mark.parametrize(
    ("head", "site", "url"),
    [
        ("<link rel='canonical' href='https://www.herald.example/mole'>", "herald.example", "https://www.herald.example/mole"),
        ("<link rel='canonical' href='/mole'><meta property='og:url' content='http://herald.example/mole'>",
         "herald.example", "http://herald.example/mole"),
        ("<meta property='og:site_name' content='Oakhurst &amp;amp; Herald'>", "Oakhurst & Herald", ""),
        (ld({"@type": "Article", "publisher": {"name": "The Herald"}, "mainEntityOfPage": {"@id": "https://h.example/m"}}),
         "The Herald", "https://h.example/m"),
        (ld({"@type": "Article", "mainEntityOfPage": "https://h.example/m"}), "h.example", "https://h.example/m"),
        ("<link rel='canonical' href='javascript:alert(1)'>", "", ""),
    ],
)  # fmt: skip
def test_site_and_url(head: str, site: str, url: str) -> None:
    said = about(head)
    assert (said.site, said.url) == (site, url)


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("<html lang='de-ch'><p>x", "de-CH"),
        ("<html xml:lang='nb'><p>x", "nb"),
        (f"<html lang='?'>{ld({'@type': 'Article', 'inLanguage': 'pt_BR'})}<p>x", "pt-BR"),
        ("<meta property='og:locale' content='en_GB'><p>x", "en-GB"),
        ("<meta http-equiv='Content-Language' content='FR, en'><p>x", "fr"),
        ("<p>x", ""),
    ],
)
def test_language(source: str, language: str) -> None:
    root = tree.parse(source)
    assert root is not None
    assert read(root, list(jsonld.things(root))).language == language
