"""Ways in for files that hold many documents, and for compressed ones."""

from __future__ import annotations

import gzip
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.corpus.compression import unpacked, zstd
from cleaner.corpus.find import Source
from cleaner.corpus.formats import Format
from cleaner.corpus.read import Reading, read_limited
from cleaner.corpus.work import End, Part, Worker, parts
from cleaner.model import TEXT
from tests.reliability.target import Target
from tests.support import ARTICLE, DAM, LETTER, PAGE, RIVER, ours


@cache
def _worker(kind: str, *, removals: bool = False) -> Worker:
    return Worker(ours(), Reading(input_format=kind, removals_column=removals), TEXT, Path())


def _cleaned(kind: str, data: bytes, *, removals: bool = False) -> bytes:
    """What is written for a file of many documents, by way of what a run does with it; the halves of its chunks give
    the same as the whole. Raises DocumentError where the run would say that the file has a fault.
    """
    worker = _worker(kind, removals=removals)
    path = Path(f"x.{kind}")
    form = worker.reading.format_of(path, data)
    assert form is not None
    out = io.BytesIO()
    sink = form.sink(out)
    for task in parts(Source(path, path.name), path, form, io.BufferedReader(io.BytesIO(data))):
        done = worker.do(task)
        if isinstance(task, Part):
            _same_in_halves(worker, task, done.piece, form)
            sink.write(done.piece)
        elif isinstance(task, End) and task.fault:
            raise task.fault
    sink.close()
    return out.getvalue()


def _same_in_halves(worker: Worker, task: Part, piece: object, form: Format) -> None:
    halves = task.halves()
    if halves and form.packs:
        again = b"".join(worker.do(half).piece for half in halves)
        assert again == piece, "the halves of a chunk give something else than the chunk"


def _lines(data: bytes) -> None:
    out = _cleaned("jsonl", data)
    assert out.count(b"\n") == data.count(b"\n"), "another number of lines"
    for before, after in zip(data.split(b"\n"), out.split(b"\n"), strict=True):
        assert before == after or _is_cleaned(json.loads(before), json.loads(after)), "more than the text changed"
    assert _cleaned("jsonl", out) == out, "cleaned twice, it is something else"


def _is_cleaned(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return len(after.pop("text")) < len(before.pop("text")) and json.dumps(before) == json.dumps(after)


def _cells(data: bytes) -> None:
    """The first byte says in which encoding, and whether tabs part the cells."""
    kind, rest = data[:1], data[1:]
    _cleaned("csv", rest)
    if kind == b"7":
        _in_encoding(rest, "utf-7")
    elif kind == b"w":
        _in_encoding(rest, "utf-16")


def _in_encoding(data: bytes, encoding: str) -> None:
    reading = Reading(input_format="csv", encoding=encoding)
    form = reading.format_of(Path("x.csv"), data)
    assert form is not None
    worker = Worker(ours(), reading, TEXT, Path())
    handle = io.BufferedReader(io.BytesIO(data))
    for task in parts(Source(Path("x.csv"), "x.csv"), Path("x.csv"), form, handle):
        worker.do(task)


def _table(data: bytes) -> None:
    """The first byte says whether there is a column of removals."""
    out = _cleaned("parquet", data[1:], removals=data[:1] == b"r")
    before, after = (pq.read_metadata(io.BytesIO(each)) for each in (data[1:], out))
    rows = sum(before.row_group(index).num_rows for index in range(before.num_row_groups))  # the sum may lie
    assert after.num_rows == rows, "another number of rows"


def _archive(data: bytes) -> None:
    """The first byte says which of the two kinds it is."""
    kind = "wet" if data[:1] == b"t" else "warc"
    out = _cleaned(kind, data[1:])
    if out:
        _cleaned("wet", out)  # what we write, we can read


def _packed(data: bytes) -> None:
    handle = unpacked(io.BufferedReader(io.BytesIO(data)), "x.gz")
    read_limited(handle, "x.gz")


def _rows() -> list[bytes]:
    rows = [
        json.dumps({"text": ARTICLE, "id": 1, "url": "https://x.example/a"}),
        '{"id": "a", "text": "Br\\u00fccke \\ud83d\\ude00 \\ud800", "text": null}',
        f'{{"text":"{DAM} (North Wire)","more":[1.0e5,{{"text":"{LETTER}"}},true,null,NaN]}}',
        '{"text": "' + f"{DAM}\\r\\n\\r\\n{LETTER}\\r\\n" + '"}\r',
        "",
        "  {}",
    ]
    return ["\n".join(rows[start:]).encode() for start in range(len(rows))] + [rows[0].encode() + b"\n"] * 2


def _sheets() -> list[bytes]:
    sheets = [
        f'id,text\n1,"{ARTICLE}"\n2,{DAM}\n',
        f'\ufeffid;text;removed_chars\r\n"a;""b";"{ARTICLE}";0\r\n\r\n',
        f"text\tmore\n{DAM} (North Wire)\tx\n",
        f'"te\nxt"|text\n{RIVER}|{LETTER}',
    ]
    return [b"8" + sheet.encode() for sheet in sheets] + [
        b"7" + sheets[0].encode("utf-7"),
        b"w" + sheets[0].encode("utf-16"),
    ]


def _tables() -> list[bytes]:
    texts = [ARTICLE, None, DAM, f"{DAM}\n{LETTER}"]
    more = {
        "id": [1, 2, 3, None],
        "tags": [["a"], [], None, ["b", "c"]],
        "at": pa.array([0, 1, 2, 3], pa.timestamp("us")),
    }
    found = []
    for kind in (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        table = pa.table(
            {"text": pa.array(texts).cast(pa.string()).cast(kind) if kind != pa.string_view() else texts, **more}
        )
        for options in (
            {"compression": "snappy"},
            {"compression": "none", "row_group_size": 2},
            {"compression": "zstd", "use_dictionary": False},
        ):
            out = io.BytesIO()
            pq.write_table(table, out, **options)
            found.append(out.getvalue())
    small = io.BytesIO()
    pq.write_table(pa.table({"text": ["a"]}), small, compression="none", store_schema=False, write_statistics=False)
    return [mark + data for data in (small.getvalue(), *found) for mark in (b"-", b"r")]


def _records() -> list[bytes]:
    page = PAGE.encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n%s\r\n%s"
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    sent = [
        http % (b"", page),
        http % (b"Content-Encoding: gzip\r\n", gzip.compress(page, mtime=0)),
        http % (b"Transfer-Encoding: chunked\r\n", chunked),
        b"HTTP/1.1 404 Not Found\r\n\r\n" + page,
    ]
    info = _record("warcinfo", "application/warc-fields", b"software: x\r\nformat: WARC File Format 1.0\r\n")
    responses = [_record("response", "application/http; msgtype=response", body) for body in sent]
    texts = [_record("conversion", "text/plain", ARTICLE.encode()), _record("conversion", "text/plain", b"\xff")]
    resource = _record("resource", "text/html", page)
    archives = [
        info + b"".join(responses),
        info + resource,
        resource + _record("request", "application/http", b"GET / HTTP/1.1\r\n\r\n"),
    ]
    return [
        *(b"w" + archive for archive in archives),
        b"w" + responses[1],
        b"w" + responses[2],
        b"t" + info + b"".join(texts),
    ]


def _record(kind: str, medium: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:6d1f7a52-6a5e-4d2c-9f4e-000000000000>\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: https://x.example/a\r\n"
        f"Content-Type: {medium}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _compressed() -> list[bytes]:
    data = ARTICLE.encode()
    gz, zst = gzip.compress(data, mtime=0), zstd().compress(data, 3)
    return [gz, zst, gz + gz, zst + zst, b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + zst, gz[:-9], zst[:-5], data]


TARGETS = (
    Target("jsonl", "JSON Lines, read, cleaned and written", _lines, _rows),
    Target("csv", "CSV and TSV in three encodings, read, cleaned and written", _cells, _sheets),
    Target("parquet", "Parquet, read, cleaned and written", _table, _tables),
    Target("warc", "WARC and WET, read, cleaned, written and read again", _archive, _records),
    Target("packed", "gzip and zstd, unpacked up to the largest document", _packed, _compressed),
)
