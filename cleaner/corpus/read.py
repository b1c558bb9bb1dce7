"""Reading one document: bytes with a size limit, then text or the article of a page."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from cleaner.corpus.compression import Unpacked, unpacked
from cleaner.corpus.formats import SNIFF, Entry, Format, format_of
from cleaner.corpus.kind import HTML_SUFFIXES, MAX_DOCUMENT, TEXT_SUFFIXES, looks_like_html, plain_suffix
from cleaner.corpus.remote import RemotePath
from cleaner.errors import DocumentError
from cleaner.model import MAX_RATIO, NO_EXTRACTOR, OWN_EXTRACTOR, TEXT_FIELD, Document
from cleaner.text.decode import decode

MAX_LINES = 1_000_000
"""Most lines of a document that is cleaned, which is what a text of MAX_DOCUMENT has; each costs half a kilobyte."""
_AT_ONCE = 1 << 17
"""Bytes asked for first: Python sets aside what is asked for, and nearly every document is small."""


class TooLargeError(DocumentError):
    """A document above MAX_DOCUMENT or MAX_LINES; `start` is what was read of it, for a stream has it no more."""

    def __init__(self, message: str, start: bytes) -> None:
        super().__init__(message)
        self.start = start


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: a forced encoding; of pages, whether the title goes first, what finds the article (one of
    `EXTRACTORS`), and whether marks are noted for Markdown; a forced format ("" for none, else one of
    `INPUT_FORMATS`), and the field that holds the text in files of many documents; whether these get a column of what
    is removed; how many bytes may come of a packed one.
    """

    encoding: str | None = None
    title: bool = False
    extractor: str = OWN_EXTRACTOR
    markup: bool = False
    input_format: str = ""
    text_field: str = TEXT_FIELD
    removals_column: bool = False
    max_ratio: float = MAX_RATIO

    def is_page(self, path: Path, data: bytes) -> bool:
        """Whether a document is HTML: as forced, by its extension, or by its first bytes."""
        return self.input_format == "html" if self.input_format in ("text", "html") else looks_like_html(path, data)

    def of_entry(self, entry: Entry) -> Reading:
        """The same for a document in a container, which may know what it is, and how it is encoded: of rows for
        certain, of pages as far as servers do.
        """
        if entry.is_page is None:
            return replace(self, encoding=entry.encoding)
        kind = "html" if entry.is_page else "text"
        return replace(self, input_format=kind, encoding=self.encoding or entry.encoding)

    def format_of(self, path: Path, start: bytes | None = None) -> Format | None:
        """What a file of many documents is, which begins with `start` (None: look there, if the name says nothing);
        None for a single document, and for what cannot be read. Raises UsageError where there can be no column of
        removals.
        """
        begin = (lambda: _start(path)) if start is None else (lambda: start)
        return format_of(
            path,
            begin,
            wanted=self.input_format,
            text_field=self.text_field,
            encoding=self.encoding,
            removals=self.removals_column,
        )


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
    """The bytes of a file, unpacked. Raises DocumentError where it cannot be read, is too large, or was changed
    meanwhile.
    """
    before = stamp(path)
    try:
        with path.open("rb") as handle:
            data = read_limited(unpacked(handle, str(path)), str(path))
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror})") from None
    check_unchanged(path, before)
    return data


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when somebody writes to a file, or puts another one in its place; None where it is not there, or
    not on this machine.
    """
    try:
        found = None if isinstance(path, RemotePath) else os.stat(path)  # noqa: PTH116 - asked of every small file
    except OSError:
        return None
    return found and (found.st_ino, found.st_size, found.st_mtime_ns)


def check_unchanged(path: Path, before: tuple[int, int, int] | None) -> None:
    """Raises DocumentError where a file is no more what its `stamp` was before it was read."""
    if stamp(path) != before:
        raise DocumentError(f"{path}: was changed while it was read; clean it again")


def file_size(path: Path) -> int:
    """Bytes of a file, 0 where that is not to be known."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def read_stream(path: Path, max_ratio: float = math.inf) -> Iterator[BinaryIO]:
    """A file of any length, open to be read, unpacked. Raises DocumentError where it cannot be read, now or within."""
    try:
        with path.open("rb") as handle:
            yield unpacked(handle, str(path), max_ratio)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror})") from None


def _too_large(name: str, data: bytes) -> TooLargeError:
    return TooLargeError(f"{name}: is larger than {MAX_DOCUMENT >> 20} MB; split it into articles", data)


def read_limited(handle: BinaryIO, name: str) -> bytes:
    """All bytes of a stream. Raises TooLargeError where they are more than MAX_DOCUMENT; a DocumentError where that
    was compressed, and cannot be passed on under the name of what it holds.
    """
    data = handle.read(_AT_ONCE)
    if len(data) == _AT_ONCE:
        data += handle.read(max(0, MAX_DOCUMENT + 1 - _AT_ONCE))
    if len(data) > MAX_DOCUMENT:
        if isinstance(handle, Unpacked):
            raise DocumentError(f"{name}: is larger than {MAX_DOCUMENT >> 20} MB when unpacked; split it into articles")
        raise _too_large(name, data)
    return data


def sniff_html(path: Path) -> bool:
    """Whether a file on disk `looks_like_html`; no more than its beginning is read."""
    if plain_suffix(path) in HTML_SUFFIXES | TEXT_SUFFIXES:
        return looks_like_html(path, b"")
    return looks_like_html(path, _start(path))


def is_packed(path: Path) -> bool:
    """Whether a file is compressed; also False where that cannot be known."""
    try:
        with path.open("rb") as handle:
            return isinstance(unpacked(handle, str(path)), Unpacked)
    except OSError:
        return False


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return unpacked(handle, str(path)).read(SNIFF)
    except (OSError, DocumentError):
        return b""  # said when the file is read for cleaning


def require_extractor(name: str) -> None:
    """Raises UsageError where a reading's extractor is not installed, before anything is read."""
    if name not in (OWN_EXTRACTOR, NO_EXTRACTOR):  # asked here, so that nothing of HTML is loaded for texts
        from cleaner.html.extractors import load as load_extractor

        load_extractor(name)


def load(data: bytes, name: str, reading: Reading, *, is_html: bool) -> Loaded:
    """Decode a text or extract a page. Raises DocumentError; where there is too much of it, TooLargeError."""
    if len(data) > MAX_DOCUMENT:
        raise _too_large(name, data)
    loaded = Loaded(data, is_html, _page(data, name, reading) if is_html else _text(data, name, reading))
    text = loaded.document.text
    if len(text) > MAX_LINES and text.count("\n") + text.count("\r") - text.count("\r\n") > MAX_LINES:
        raise TooLargeError(f"{name}: has more than {MAX_LINES:,} lines; split it into articles", data)
    return loaded


def _text(data: bytes, name: str, reading: Reading) -> Document:
    return decode(data, name, encoding=reading.encoding)


def _page(data: bytes, name: str, reading: Reading) -> Document:
    from cleaner.html import extract, page_document

    try:
        page = extract(data, encoding=reading.encoding, extractor=reading.extractor, markup=reading.markup)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from None
    return page_document(page, name, title=reading.title)
