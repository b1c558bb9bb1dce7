"""Web archives: the pages of a WARC file become the records of a WET file, and those of a WET file are cleaned.

The records are told apart here, since libraries read on over lengths that lie and take a file that is cut off for
whole; what a server sent is taken apart by FastWARC.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, Literal

from fastwarc.warc import WarcRecord

from cleaner.corpus.compression import plain_name
from cleaner.corpus.formats.encoded import decoded
from cleaner.corpus.formats.format import CHUNK, Change, Chunk, Entry
from cleaner.corpus.formats.json_rows import PlainSink
from cleaner.corpus.kind import MAX_DOCUMENT, looks_like_html
from cleaner.errors import DocumentError
from cleaner.model import Metadata

_LONGEST_HEAD = 1 << 20
_LONGEST_BLOCK = MAX_DOCUMENT + _LONGEST_HEAD
_BEGINNING = 1 << 16
"""Bytes that are kept of a longer block: what it is, is said there."""
_END = b"\r\n\r\n"
_FIELD = re.compile(rb"^([^\s:]+)[ \t]*:[ \t]*(.*(?:\n[ \t].*)*)$", re.M)
_PAGES = ("text/html", "application/xhtml+xml")
_TOO_LARGE = f"is larger than {MAX_DOCUMENT >> 20} MB; it is left out"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its version and fields as they stand there, with the blank line after them, and its block; of one
    that holds no document no block, of one that is too long its beginning.
    """

    number: int
    head: bytes
    block: bytes
    whole: bool = True

    @property
    def fields(self) -> dict[str, str]:
        """By names in lower case."""
        return {
            name.decode("utf-8", "replace").lower(): b" ".join(value.split()).decode("utf-8", "replace")
            for name, value in _FIELD.findall(self.head.replace(b"\r\n", b"\n"))
        }

    @property
    def raw(self) -> bytes:
        return self.head + self.block + _END


@dataclass(frozen=True, slots=True)
class Archive:
    """A WARC file, or with `wet` a file of texts; both may hold pages and texts alike."""

    wet: bool = False
    keeps_rows = False
    line_by_line = False
    packs = True

    def chunks(self, handle: BinaryIO) -> Iterator[Chunk]:
        records: list[Record] = []
        size = 0
        buffered = handle if isinstance(handle, io.BufferedReader) else io.BufferedReader(handle)  # type: ignore[type-var] # a pipe
        for record, length in _records(buffered):
            records.append(record)
            size += length
            if size >= CHUNK:
                yield Chunk(records[0].number, tuple(records), size)
                records, size = [], 0
        if records:
            yield Chunk(records[0].number, tuple(records), size)

    def entries(self, chunk: Chunk) -> list[Entry]:
        return [_entry(record) for record in chunk.data]

    def rewritten(
        self,
        chunk: Chunk,
        entries: Sequence[Entry],  # noqa: ARG002 - a chunk is all records, with what they hold
        changes: Sequence[Change | None],
    ) -> tuple[bytes, ...]:
        """The records that are written, each for itself; a text without a change is the record that it was."""
        written = (self._record(record, change) for record, change in zip(chunk.data, changes, strict=True))
        return tuple(filter(None, written))

    def _record(self, record: Record, change: Change | None) -> bytes:
        kind = record.fields.get("warc-type", "").lower()
        if kind == "warcinfo" and record.whole:
            return record.raw if self.wet else _adapted(record)
        if kind == "conversion" and record.whole:
            return _changed(record, change.text) if change is not None and change.removals else record.raw
        return _conversion(record, change.text) if change is not None else b""

    def halves(self, chunk: Chunk) -> tuple[Chunk, ...]:
        middle = len(chunk.data) // 2
        if not middle:
            return ()
        one, two = chunk.data[:middle], chunk.data[middle:]
        return Chunk(one[0].number, one, 0), Chunk(two[0].number, two, chunk.size)

    def sink(self, handle: BinaryIO) -> PlainSink:
        return PlainSink(handle)

    def target_name(self, name: str) -> str:
        plain = plain_name(name)
        ending = "" if self.wet or PurePath(plain).suffix.lower() == ".wet" else ".wet"
        return plain + ending + name[len(plain) :]


def _records(handle: BinaryIO) -> Iterator[tuple[Record, int]]:
    """The records of an archive, with the bytes that each takes there. Raises DocumentError where none begins."""
    number = 1
    while head := _head(handle, number):
        fields = Record(number, head, b"").fields
        said = fields.get("content-length", "")
        if not re.fullmatch(r"[0-9]{1,18}", said):
            raise DocumentError(f"record {number} does not say its length; get the file again")
        length = int(said)
        read = fields.get("warc-type", "").lower() in ("response", "resource", "conversion", "warcinfo")
        whole = length <= _LONGEST_BLOCK
        block = _block(handle, number, length, (length if whole else _BEGINNING) if read else 0)
        if handle.read(len(_END)) != _END:
            raise DocumentError(f"record {number} does not end where it says; it or its Content-Length is damaged")
        yield Record(number, head, block, whole), len(head) + length + len(_END)
        number += 1


def _head(handle: BinaryIO, number: int) -> bytes:
    """The version and the fields of the next record; b"" at the end."""
    line = handle.readline(_LONGEST_HEAD)
    while line in (b"\r\n", b"\n"):
        line = handle.readline(_LONGEST_HEAD)
    if not line:
        return b""
    if not line.startswith(b"WARC/"):
        if number == 1:
            raise DocumentError("is no web archive: it does not begin with WARC/")
        raise DocumentError(f"no record begins after record {number - 1}; the file is damaged there")
    lines, size = [line], len(line)
    while line not in (b"\r\n", b"\n"):
        line = handle.readline(_LONGEST_HEAD)
        lines.append(line)
        size += len(line)
        if not line or size > _LONGEST_HEAD:
            raise DocumentError(f"the headers of record {number} have no end; the file is cut off or damaged there")
    return b"".join(lines)


def _block(handle: BinaryIO, number: int, length: int, kept: int) -> bytes:
    """The beginning of a block, which is read to its end, and never taken for as long as it says it is."""
    parts: list[bytes] = []
    done = 0
    while done < length:
        part = handle.read(min(CHUNK, length - done))
        if not part:
            raise DocumentError(f"record {number} is cut off after {done} of its {length} bytes; get the file again")
        parts.append(part[: max(0, kept - done)])
        done += len(part)
    return b"".join(parts)


def _entry(record: Record) -> Entry:
    fields = record.fields
    kind, medium = fields.get("warc-type", "").lower(), _medium(fields.get("content-type"))
    about = Metadata(url=fields.get("warc-target-uri", "").strip("<>"), date=fields.get("warc-date", ""))
    if kind == "conversion" and medium.startswith("text/"):
        if not record.whole:
            return Entry(record.number, None, _TOO_LARGE)
        if not _is_utf8(record.block):
            return Entry(record.number, None, "is not UTF-8, as the texts of a WET file have to be")
        return Entry(record.number, record.block, metadata=about, is_page=False)
    if kind == "response" and medium == "application/http":
        return _of_response(record, about)
    if kind in ("response", "resource"):
        return _page(record.number, record.block, medium, "", about, whole=record.whole)
    return Entry(record.number, None)


def _of_response(record: Record, about: Metadata) -> Entry:
    """What a server sent, if it is a page and no error or redirection, without the encodings that it travelled in."""
    try:
        sent, payload = _sent(record, "none")
        headers, medium = sent.http_headers, _medium(sent.http_content_type)
        if headers.status_code is None:
            return Entry(record.number, None, "its HTTP headers cannot be read")
        if not 200 <= headers.status_code < 300 or (medium and medium not in _PAGES):
            return Entry(record.number, None)
        if record.whole and not looks_like_html(Path(), payload):  # some crawlers decode it, and keep the headers
            payload = decoded(_sent(record, "transfer")[1], headers.get("Content-Encoding") or "", MAX_DOCUMENT + 1)
    except (OSError, ValueError) as error:
        return Entry(record.number, None, f"what the server sent cannot be decoded ({error})")
    return _page(record.number, payload, medium, sent.http_charset or "", about, whole=record.whole)


def _sent(record: Record, decode: Literal["none", "transfer"]) -> tuple[WarcRecord, bytes]:
    """What a server sent, and the payload of that. Raises OSError."""
    sent = WarcRecord.from_bytes(record.raw)
    sent.parse_http(auto_decode=decode, max_header_len=_LONGEST_HEAD, quirks_mode=True)
    return sent, sent.reader.read(_LONGEST_BLOCK)


def _page(number: int, payload: bytes, medium: str, charset: str, about: Metadata, *, whole: bool) -> Entry:
    if medium not in _PAGES and (medium or not looks_like_html(Path(), payload)):
        return Entry(number, None)
    if not whole or len(payload) > MAX_DOCUMENT:
        return Entry(number, None, _TOO_LARGE)
    encoding = None if _is_utf8(payload) else charset or None
    return Entry(number, payload, encoding=encoding, metadata=about, is_page=True)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _medium(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _conversion(record: Record, text: str) -> bytes:
    """The record of a page's clean text. Its id follows from the page's, so that a second run writes the same."""
    fields, block = record.fields, _bytes(text)
    version = record.head.partition(b"\n")[0].strip().decode("ascii", "replace")
    refers = fields.get("warc-record-id", "")
    head = {
        "WARC-Type": "conversion",
        "WARC-Target-URI": fields.get("warc-target-uri", ""),
        "WARC-Date": fields.get("warc-date", ""),
        "WARC-Record-ID": _own_id(record),
        "WARC-Refers-To": refers,
        "WARC-Block-Digest": _digest(block),
        "Content-Type": "text/plain",
        "Content-Length": str(len(block)),
    }
    lines = (f"{name}: {value}\r\n" for name, value in head.items() if value)
    return f"{version}\r\n{''.join(lines)}\r\n".encode() + block + _END


def _changed(record: Record, text: str) -> bytes:
    """The record of a text with another one in it."""
    block = _bytes(text)
    head = _with_field(record.head, "Content-Length", str(len(block)))
    for name in ("WARC-Block-Digest", "WARC-Payload-Digest"):
        head = _with_field(head, name, _digest(block))
    return head + block + _END


def _adapted(record: Record) -> bytes:
    """What a WARC file says about itself, in the file of its texts, which has another name."""
    head = _with_field(record.head, "WARC-Record-ID", _own_id(record))
    return _with_field(head, "WARC-Filename", None) + record.block + _END


def _with_field(head: bytes, name: str, value: str | None) -> bytes:
    """With another value for a field, or without it, if it is there."""
    line = b"" if value is None else f"{name}: {value}\r\n".encode()
    return re.sub(rb"(?im)^%s[ \t]*:.*\n(?:[ \t].*\n)*" % name.encode(), lambda _: line, head)


def _own_id(record: Record) -> str:
    said = record.fields.get("warc-record-id") or record.head.decode("utf-8", "replace")
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'article-cleaner {said}')}>"


def _digest(block: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode('ascii')}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
