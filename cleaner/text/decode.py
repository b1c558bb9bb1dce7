"""Bytes to text, such that the text's slices encode to slices of the bytes."""

from __future__ import annotations

import codecs

from cleaner.errors import DocumentError
from cleaner.model import Document

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STATEFUL = ("iso2022", "hz", "utf-7", "punycode", "idna")
"""Codecs whose bytes for a slice depend on what stands before it."""
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})
_SAMPLE = 1 << 16


def decode(data: bytes, name: str = "-", *, encoding: str | None = None) -> Document:
    """Decode by byte order mark, as UTF-8, as UTF-8 with a few bad bytes, or by detection.

    Bytes that are not UTF-8 in a text that otherwise is become one surrogate each. Raises
    DocumentError where the bytes are no text or do not come back from the codec unchanged.
    """
    if encoding is not None:
        return _strictly(data, name, encoding)
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, codec)
    if b"\0" in data:
        codec_found = _utf16_without_mark(data)
        if codec_found is None:
            raise DocumentError(f"{name}: is binary (it holds NUL bytes), not text")
        return _strictly(data, name, codec_found)
    try:
        return Document(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        pass
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50:
        raise DocumentError(f"{name}: is binary (it holds many control characters), not text")
    return _mostly_utf8(data, name) or _detected(data, name)


def _strictly(data: bytes, name: str, encoding: str) -> Document:
    """Decode with one codec and make sure that it gives the same bytes back."""
    codec, errors, text = encoding, "strict", ""
    try:
        codec = _without_mark(data, codecs.lookup(encoding).name)
        if codec.startswith(_STATEFUL):
            raise DocumentError(f"{name}: {encoding} cannot be cleaned byte for byte; convert the file to UTF-8")
        errors = "surrogatepass" if codec.startswith("utf") else "strict"
        text = data.decode(codec, errors)
        same = text.encode(codec, errors) == data
    except LookupError:
        raise DocumentError(f"{name}: {encoding!r} is no encoding that Python knows") from None
    except ValueError:
        same = False
    if not same:
        if codec == "utf-8":
            return Document(data.decode("utf-8", "surrogateescape"), name, errors="surrogateescape")
        raise DocumentError(
            f"{name}: is not valid {encoding}; name its encoding with --encoding or convert it to UTF-8"
        )
    return Document(text, name, encoding=codec, errors=errors)


def _without_mark(data: bytes, codec: str) -> str:
    """For a codec that writes a byte order mark before whatever it encodes, the one that these data are in."""
    if codec in ("utf-16", "utf-32"):
        return next((found for mark, found in _BOMS if found.startswith(codec) and data.startswith(mark)), codec)
    return "utf-8" if codec == "utf-8-sig" else codec


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows by zeros in every other byte, as Latin text and its spaces have them."""
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _mostly_utf8(data: bytes, name: str) -> Document | None:
    """UTF-8 with a few bad bytes: the well-formed sequences must outnumber the bad bytes."""
    text = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - bad
    return Document(text, name, errors="surrogateescape") if good > bad else None


def _detected(data: bytes, name: str) -> Document:
    from charset_normalizer import from_bytes

    found = [match.encoding for match in from_bytes(data)]
    for codec in (*found, "cp1252", "latin-1"):
        try:
            return _strictly(data, name, codec)
        except DocumentError:
            continue
    raise AssertionError("latin-1 decodes and gives back any bytes")
