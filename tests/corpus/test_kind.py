from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.corpus.kind import looks_like_html, plain_suffix

HTML_STARTS = [
    b"<!doctype html><p>x",
    b"<!DOCTYPE HTML PUBLIC",
    b"\xef\xbb\xbf \r\n\t<html lang=en>",
    b"<HTML>",
    b"<head><title>",
    b"<body>",
    b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC',
]
OTHER_STARTS = [
    b"",
    b"The <html> element was born in 1991, he wrote.",
    b"<p>A line of text",
    b'<?xml version="1.0"?><rss>',
    b"<3 the dam",
    b"\x00<html>",
]


@pytest.mark.parametrize("name", ["a.html", "a.HTM", "a.xhtml"])
def test_the_suffix_decides_for_a_page(name: str) -> None:
    assert looks_like_html(Path(name), b"no markup")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.MARKDOWN", "a.text"])
def test_the_suffix_decides_for_a_text(name: str) -> None:
    assert not looks_like_html(Path(name), b"<!doctype html>")


@pytest.mark.parametrize("name", ["a", "-", "a.php", "article.2024"])
@pytest.mark.parametrize("start", HTML_STARTS + OTHER_STARTS)
def test_the_content_decides_where_the_suffix_does_not(name: str, start: bytes) -> None:
    assert looks_like_html(Path(name), start) == (start in HTML_STARTS)


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.HTML", ".html"), ("a.txt.gz", ".txt"), ("a.md.ZST", ".md"), ("a.gz", ""), ("a", ""), ("a.b/c", "")],
)
def test_a_name_ends_with_what_it_would_end_with_uncompressed(name: str, suffix: str) -> None:
    assert plain_suffix(Path(name)) == suffix
