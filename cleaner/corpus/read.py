"""Reading one document: bytes with a size limit, then text or the article of a page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cleaner.corpus.find import HTML_SUFFIXES, TEXT_SUFFIXES
from cleaner.errors import DocumentError
from cleaner.model import NO_EXTRACTOR, OWN_EXTRACTOR, Document
from cleaner.text.decode import decode

MAX_DOCUMENT = 64 << 20
"""Largest document that is cleaned, in bytes; a larger one is reported and left as it is."""
_AT_ONCE = 1 << 17
"""Bytes asked for first: Python sets aside what is asked for, and nearly every document is small."""
_SNIFF = 2048
_HTML_SIGNS = (b"<!doctype html", b"<html", b"<head", b"<body")


class TooLargeError(DocumentError):
    """A document above MAX_DOCUMENT; `start` is what was read of it, for a stream has it no more."""

    def __init__(self, message: str, start: bytes) -> None:
        super().__init__(message)
        self.start = start


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: a forced encoding; of pages, whether the title goes first, what finds the article (one of
    `EXTRACTORS`), and whether marks are noted for Markdown.
    """

    encoding: str | None = None
    title: bool = False
    extractor: str = OWN_EXTRACTOR
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document's bytes and what they hold; for a page, `document` is its extracted text."""

    data: bytes
    is_html: bool
    document: Document

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises DocumentError where it cannot be read or is too large."""
    try:
        with path.open("rb") as handle:
            return read_limited(handle, str(path))
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror})") from None


def read_limited(handle: BinaryIO, name: str) -> bytes:
    """All bytes of a stream. Raises TooLargeError where they are more than MAX_DOCUMENT."""
    data = handle.read(_AT_ONCE)
    if len(data) == _AT_ONCE:
        data += handle.read(max(0, MAX_DOCUMENT + 1 - _AT_ONCE))
    if len(data) > MAX_DOCUMENT:
        raise TooLargeError(f"{name}: is larger than {MAX_DOCUMENT >> 20} MB; split it into articles", data)
    return data


def looks_like_html(path: Path, data: bytes) -> bool:
    """By extension, and by content where the extension does not say."""
    suffix = path.suffix.lower()
    if suffix in HTML_SUFFIXES:
        return True
    if suffix in TEXT_SUFFIXES:
        return False
    start = data[:_SNIFF].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((*_HTML_SIGNS, b"<?xml")) and any(sign in start for sign in _HTML_SIGNS)


def sniff_html(path: Path) -> bool:
    """The same for a file on disk, of which no more than the beginning is read."""
    if path.suffix.lower() in HTML_SUFFIXES | TEXT_SUFFIXES:
        return looks_like_html(path, b"")
    try:
        with path.open("rb") as handle:
            return looks_like_html(path, handle.read(_SNIFF))
    except OSError:
        return False  # said when the file is read for cleaning


def require_extractor(name: str) -> None:
    """Raises UsageError where a reading's extractor is not installed, before anything is read."""
    if name not in (OWN_EXTRACTOR, NO_EXTRACTOR):  # asked here, so that nothing of HTML is loaded for texts
        from cleaner.html.extractors import load as load_extractor

        load_extractor(name)


def load(data: bytes, name: str, reading: Reading, *, is_html: bool) -> Loaded:
    """Decode a text or extract a page. Raises DocumentError."""
    if not is_html:
        return Loaded(data, False, decode(data, name, encoding=reading.encoding))
    from cleaner.html import extract, page_document

    try:
        page = extract(data, encoding=reading.encoding, extractor=reading.extractor, markup=reading.markup)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from None
    return Loaded(data, True, page_document(page, name, title=reading.title))
