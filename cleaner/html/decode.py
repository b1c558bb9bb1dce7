"""The bytes of a page to text, whatever its meta says.

Order of trust: byte order mark, the zero bytes of UTF-16, UTF-8 validity (a multi-byte text that is valid
UTF-8 is UTF-8, even where the meta says latin-1), the declared charset, and last a detector.
"""

from __future__ import annotations

import codecs
import re

from cleaner.errors import DocumentError
from cleaner.html import twice

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What browsers read when a page says the left name: the superset that its writer really used.
_BROWSER_CODECS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
    "utf-16": "utf-8",  # a meta that can be read as ASCII is no UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}
_NO_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
"""Codecs of Python's for names and for its own source: a page that says one of them is in something else, and most of
them cannot replace what they do not know.
"""
_WESTERN = "cp1252"
_LEGACY = {
    "ru uk bg be mk sr": ("cp1251", "koi8_r", "iso8859_5", "cp866"),
    "pl cs sk hu hr sl ro": ("cp1250", "iso8859_2"),
    "el": ("cp1253", "iso8859_7"),
    "tr az": ("cp1254",),
    "he iw": ("cp1255",),
    "ar fa ur": ("cp1256", "iso8859_6"),
    "lt lv et": ("cp1257",),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5"),
    "ko": ("cp949",),
    "de en fr es it pt nl sv da no nb nn fi is ca gl eu ga id ms": (_WESTERN,),
}
_BY_LANGUAGE = {language: names for languages, names in _LEGACY.items() for language in languages.split()}
_ALL_LEGACY = tuple(dict.fromkeys([_WESTERN, *(name for names in _LEGACY.values() for name in names)]))
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_LANG = re.compile(rb"""<html[^>]{0,400}?\blang\s*=\s*["']?([a-z]{2})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.I)
_NON_ASCII_RUN = re.compile(rb"[^<>]{0,80}[\x80-\xff][^<>]{0,400}")
_CONTROLS = "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF]))
_BINARY_MARKS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_NO_CONTROLS = {**dict.fromkeys(map(ord, _CONTROLS)), 12: " "}  # the form feed is white space
_SNIFF_BYTES = 8192  # where a charset declaration is looked for
_SAMPLE_BYTES = 20_000  # what the detector gets to see of the non-ASCII stretches


def decode(data: bytes, encoding: str | None = None) -> str:
    """The page as text; `encoding` (from a header, say) is trusted if the bytes fit it.

    Raises DocumentError for pictures, archives and the like.
    """
    text = _decode(data, encoding)
    head = text[:_SNIFF_BYTES]
    if data.startswith(_BINARY_MARKS) or 10 * sum(map(head.count, _CONTROLS[1:])) > len(head):
        raise DocumentError("no article found: this is no text")
    return drop_controls(text)


def drop_controls(text: str) -> str:
    """Without NUL and the control characters that no article holds (they cut the parser short)."""
    return text.translate(_NO_CONTROLS) if any(control in text for control in _CONTROLS) else text


def _decode(data: bytes, encoding: str | None) -> str:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    if encoding is not None and (named := _python_codec(encoding)) is not None:
        try:
            return data.decode(named)
        except UnicodeError:
            pass
    if (wide := _utf16_without_mark(data)) is not None:
        return data.decode(wide, "replace")
    declared = _declared(data)
    if declared is not None and declared.startswith("iso2022"):  # seven-bit, so it would pass for UTF-8
        return data.decode(declared, "replace")
    if b"\x1b$B" in data or b"\x1b$@" in data:
        return data.decode("iso2022_jp", "replace")
    try:
        return twice.undo(data.decode("utf-8"), data)
    except UnicodeDecodeError:
        pass
    return _decode_legacy(data, declared)


def _decode_legacy(data: bytes, declared: str | None) -> str:
    nearly = data.decode("utf-8", "replace")
    bad = nearly.count("\ufffd")
    good = len(nearly) - len(nearly.encode("ascii", "ignore")) - bad
    if good >= 10 * bad:  # a few broken bytes (a cut page, a pasted advertisement) in what is UTF-8
        return nearly
    if declared is not None and declared != "utf-8":
        try:
            return data.decode(declared)
        except UnicodeError:
            text = data.decode(declared, "replace")
            if text.count("\ufffd") * 20 <= len(text) - len(text.encode("ascii", "ignore")):
                return text
    codec = _detected(data)
    return data.decode(codec, "replace")


def _python_codec(label: str) -> str | None:
    """The codec a browser would use for this label; None if there is none or it makes no text."""
    try:
        info = codecs.lookup(label.strip().replace("x-sjis", "shift_jis").replace("windows-31j", "cp932"))
    except (LookupError, ValueError):
        return None
    if info.name in _NO_CHARSETS or not getattr(info, "_is_text_encoding", True):
        return None
    return _BROWSER_CODECS.get(info.name, info.name)


def _declared(data: bytes) -> str | None:
    head = data[:_SNIFF_BYTES]
    match = _META.search(head) or _XML.search(head)
    return _python_codec(match[1].decode("ascii", "ignore")) if match else None


def _utf16_without_mark(data: bytes) -> str | None:
    if data.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if data[0] else "utf-16-be"
    head = data[:2048]
    half = len(head) // 2
    if half < 8:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _detected(data: bytes) -> str:
    """The detector's guess for the stretches that need one, among what the page's language was written in."""
    import charset_normalizer  # slow to import, and hardly a page comes here

    sample = bytearray()
    for match in _NON_ASCII_RUN.finditer(data):
        sample += match[0] + b"\n"
        if len(sample) > _SAMPLE_BYTES:
            break
    language = _LANG.search(data[:_SNIFF_BYTES])
    codecs_of = _BY_LANGUAGE.get(language[1].decode().lower() if language else "", _ALL_LEGACY)
    if len(codecs_of) == 1:
        return codecs_of[0]
    best = charset_normalizer.from_bytes(bytes(sample), cp_isolation=list(codecs_of)).best()
    return _python_codec(best.encoding) or _WESTERN if best is not None else _WESTERN
