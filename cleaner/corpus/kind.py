"""What a document is, a text or a page, by its name and its first bytes; and how large one may be."""

from __future__ import annotations

from pathlib import Path

from cleaner.corpus.compression import plain_name

HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
TEXT_SUFFIXES = frozenset((".txt", ".md", ".markdown", ".text"))
MAX_DOCUMENT = 64 << 20
"""Largest document that is cleaned, in bytes; a larger one is reported and left as it is."""
_HTML_START = 2048
_HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body")


def looks_like_html(path: Path, data: bytes) -> bool:
    """By extension, and by content where the extension does not say."""
    suffix = plain_suffix(path)
    if suffix in HTML_SUFFIXES:
        return True
    if suffix in TEXT_SUFFIXES:
        return False
    start = data[:_HTML_START].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((*_HTML_SIGNS, b"<?xml")) and any(sign in start for sign in _HTML_SIGNS)


def plain_suffix(path: Path) -> str:
    """What a name ends with, in lower case, compressed or not."""
    return Path(plain_name(path.name)).suffix.lower()
