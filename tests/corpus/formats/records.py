"""Web archives that tests make, record by record."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

HTML = "text/html; charset=utf-8"


def record(number: int, kind: str, block: bytes, medium: str, *more: str) -> bytes:
    """A record; what it says of itself follows from its number."""
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>",
        f"WARC-Target-URI: https://example.org/{number}",
        "WARC-Date: 2024-05-01T10:00:00Z",
        *more,
        f"Content-Type: {medium}",
        f"Content-Length: {len(block)}",
    )
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + block + b"\r\n\r\n"


def http(payload: bytes, medium: str = HTML, *more: str, status: str = "200 OK") -> bytes:
    """What a server sends."""
    lines = (f"HTTP/1.1 {status}", *((f"Content-Type: {medium}",) if medium else ()), *more)
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + payload


def response(number: int, payload: str | bytes, medium: str = HTML, *more: str, status: str = "200 OK") -> bytes:
    """A record of a page."""
    data = payload.encode() if isinstance(payload, str) else payload
    return record(number, "response", http(data, medium, *more, status=status), "application/http; msgtype=response")


def conversion(number: int, text: str | bytes, *more: str) -> bytes:
    """A record of a text."""
    return record(number, "conversion", text.encode() if isinstance(text, str) else text, "text/plain", *more)


def warcinfo(name: str) -> bytes:
    return record(1, "warcinfo", b"software: a crawler\r\n", "application/warc-fields", f"WARC-Filename: {name}")


def members(records: Iterable[bytes]) -> bytes:
    """A gzip member for each record, as Common Crawl has it."""
    return b"".join(gzip.compress(found, mtime=0) for found in records)
