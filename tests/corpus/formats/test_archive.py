"""WARC files become WET files, WET files clean ones; other readers accept them, and damage is never cleaned over."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import pickle
import re
import subprocess
import zlib
from pathlib import Path

import brotli
import pytest
from backports import zstd
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from cleaner.corpus.formats import Chunk, Entry
from cleaner.corpus.formats.archive import Archive
from cleaner.corpus.formats.format import CHUNK, Change
from cleaner.corpus.kind import MAX_DOCUMENT
from cleaner.errors import DocumentError
from cleaner.model import Metadata
from tests.corpus.formats.records import HTML, conversion, members, record, response, warcinfo
from tests.support import ARTICLE, CLEAN, LETTER, PAGE, command, configured, contents, environment, run, written

RECORDS = (
    warcinfo("crawl.warc.gz"),
    record(2, "request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
    response(3, PAGE),
    response(4, b"\x89PNG", "image/png"),
    response(5, gzip.compress(PAGE.encode(), mtime=0), HTML, "Content-Encoding: gzip"),
    record(6, "metadata", b"fetchTimeMs: 5\r\n", "application/warc-fields"),
    conversion(7, ARTICLE, "WARC-Block-Digest: sha1:OLD", "WARC-Identified-Content-Language: eng"),
    record(8, "resource", PAGE.encode(), "text/html"),
)


def chunks(data: bytes) -> list[Chunk]:
    return list(Archive().chunks(io.BufferedReader(io.BytesIO(data))))


def entry(data: bytes) -> Entry:
    """The one document of an archive."""
    (chunk,) = chunks(data)
    (found,) = Archive().entries(chunk)
    return found


def read_back(data: bytes) -> list[tuple[dict[str, str], bytes]]:
    """The headers and blocks of an archive, as two other programs read it, which verify its digests."""
    found = []
    for item in ArchiveIterator(io.BytesIO(data), parse_http=False, record_types=WarcRecordType.any_type):
        if "WARC-Block-Digest" in item.headers:
            assert item.verify_block_digest()
        found.append((item.headers.to_dict(), item.reader.read()))
    again = []
    for item in WarcioIterator(io.BytesIO(data), check_digests="raise", no_record_parse=True):
        again.append((dict(item.rec_headers.headers), item.content_stream().read()))
    assert found == again
    return found


def test_a_warc_file_becomes_a_wet_file_that_other_programs_read(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"crawl.warc.gz": members(RECORDS)})
    assert run(["clean", "crawl.warc.gz", "-o", "out/"], folder).code == 0
    data = (folder / "out" / "crawl.warc.wet.gz").read_bytes()
    assert contents(folder / "out") == {"crawl.warc.wet.gz": data}
    assert subprocess.run(["gzip", "-t", folder / "out" / "crawl.warc.wet.gz"], check=False).returncode == 0
    records = read_back(data)
    assert [head["WARC-Type"] for head, _ in records] == ["warcinfo"] + 4 * ["conversion"]
    assert [block for _, block in records] == [b"software: a crawler\r\n", *4 * [CLEAN.encode()]]
    about, page = records[0][0], records[1][0]
    assert "WARC-Filename" not in about
    digest = base64.b32encode(hashlib.sha1(CLEAN.encode()).digest()).decode()
    identity = page["WARC-Record-ID"]
    assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", identity)
    assert page == {
        "WARC-Type": "conversion",
        "WARC-Target-URI": "https://example.org/3",
        "WARC-Date": "2024-05-01T10:00:00Z",
        "WARC-Record-ID": identity,
        "WARC-Refers-To": "<urn:uuid:00000000-0000-0000-0000-000000000003>",
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": "text/plain",
        "Content-Length": str(len(CLEAN)),
    }
    assert len({head["WARC-Record-ID"] for head, _ in records}) == len(records)
    text = records[3][0]
    assert text["WARC-Record-ID"].endswith("7>")
    assert text["WARC-Identified-Content-Language"] == "eng"
    assert text["WARC-Block-Digest"] == f"sha1:{digest}"
    rows = [json.loads(line) for line in (folder / "out/.cleaner/run.jsonl").read_bytes().splitlines()]
    assert [row["doc"] for row in rows if row["row"] == "document"] == [f"crawl.warc.gz:{n}" for n in (3, 5, 7, 8)]


def test_any_number_of_processes_and_a_second_run_write_the_same(tmp_path: Path) -> None:
    pages = [response(n, f"{PAGE}<!-- {n * ' village'} {'x' * 20_000} -->") for n in range(1, 121)]
    assert sum(map(len, pages)) > 2 * CHUNK
    folder = written(configured(tmp_path / "here"), {"a.warc.gz": members(pages), "b.warc": b"".join(pages)})
    for name, jobs in (("one", "1"), ("two", "2"), ("again", "2")):
        assert run(["clean", "a.warc.gz", "b.warc", "-o", f"{name}/", "-j", jobs], folder).code == 0
    one = contents(folder / "one")
    assert set(one) == {"a.warc.wet.gz", "b.warc.wet"}
    assert one == contents(folder / "two") == contents(folder / "again")
    assert gzip.decompress(one["a.warc.wet.gz"]) == one["b.warc.wet"]
    assert len(read_back(one["a.warc.wet.gz"])) == 120
    records = [(folder / name / ".cleaner" / "run.jsonl").read_bytes() for name in ("one", "two")]
    assert records[0] == records[1]


def test_held_and_failed_pages_have_no_record_and_held_and_failed_texts_are_passed_on(tmp_path: Path) -> None:
    appeal = f"{LETTER}\n"
    empty = response(2, "<html><body></body></html>")
    held = conversion(3, appeal, "X-Kept: yes")
    broken = conversion(4, "caf\xe9".encode("latin-1"))
    same = conversion(5, CLEAN)
    page = response(6, f"<html><body><article><p>{LETTER}</p></article></body></html>")
    folder = written(
        configured(tmp_path / "here"), {"x.wet": b"".join((warcinfo("x.wet"), empty, held, broken, same, page))}
    )
    done = run(["clean", "x.wet", "-o", "out/"], folder)
    assert done.code == 3
    assert (folder / "out" / "x.wet").read_bytes() == b"".join((warcinfo("x.wet"), held, broken, same))
    assert "x.wet:4: is not UTF-8" in done.errors
    assert "x.wet:3: held" in done.errors
    assert "x.wet:2: no article found" in done.errors


def test_rows_say_what_the_archive_knows_where_the_page_does_not(tmp_path: Path) -> None:
    said = PAGE.replace("<title>", '<link rel="canonical" href="https://paper.example/dam"><title>')
    data = members((response(1, PAGE), response(2, said), conversion(3, ARTICLE)))
    folder = written(configured(tmp_path / "here"), {"x.warc.gz": data})
    done = run(["clean", "x.warc.gz", "--format", "jsonl", "-o", "rows.jsonl.gz"], folder)
    assert done.code == 0
    rows = [json.loads(line) for line in gzip.decompress((folder / "rows.jsonl.gz").read_bytes()).splitlines()]
    assert [row["doc"] for row in rows] == ["x.warc.gz:1", "x.warc.gz:2", "x.warc.gz:3"]
    assert [row["url"] for row in rows] == [
        "https://example.org/1",
        "https://paper.example/dam",
        "https://example.org/3",
    ]
    assert {row["date"] for row in rows} == {"2024-05-01T10:00:00Z"}
    assert rows[0]["title"] == "The dam"
    assert {row["text"] for row in rows} == {CLEAN}


def test_markdown_stands_in_the_records(tmp_path: Path) -> None:
    page = PAGE.replace("<p>", "<p><b>Now.</b> ", 1)
    folder = written(configured(tmp_path / "here"), {"x.warc": response(1, page)})
    assert run(["clean", "x.warc", "--format", "markdown", "-o", "out/"], folder).code == 0
    ((_, block),) = read_back((folder / "out" / "x.warc.wet").read_bytes())
    assert b"**Now.**" in block


def test_archives_are_found_piped_and_told_by_how_they_begin(tmp_path: Path) -> None:
    plain = b"".join(RECORDS)
    folder = written(configured(tmp_path / "here"), {"in/a.warc": plain, "in/b.WARC.zst": zstd.compress(plain)})
    written(folder, {"in/c": plain, "in/d.warc.wet.gz": members(RECORDS), "in/e.gz": members(RECORDS)})
    assert run(["clean", "in", "-o", "out"], folder).code == 0
    found = contents(folder / "out")
    assert list(found) == ["a.warc.wet", "b.WARC.wet.zst", "c.wet", "d.warc.wet.gz"]
    assert run(["clean", "in/e.gz", "-o", "more/"], folder).code == 0
    assert gzip.decompress((folder / "more" / "e.wet.gz").read_bytes()) == found["a.warc.wet"]
    for data in (plain, members(RECORDS), zstd.compress(plain)):
        assert run([], folder, stdin=data).out == found["a.warc.wet"]


def test_a_reader_that_is_forced_says_what_is_wrong_with_another_file(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"a.txt": ARTICLE})
    done = run(["clean", "a.txt", "--input-format", "warc", "-o", "out/"], folder)
    assert (done.code, contents(folder / "out")) == (3, {})
    assert "a.txt: is no web archive: it does not begin with WARC/" in done.errors


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"".join(RECORDS)[:-60], "record 8 is cut off after"),
        (b"".join(RECORDS)[:-2], "record 8 does not end where it says"),
        (RECORDS[2] + b"garbage\r\n" * 3 + RECORDS[7], "no record begins after record 1"),
        (RECORDS[2][:90], "the headers of record 1 have no end"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000, "the headers of record 1 have no end"),
        (conversion(1, ARTICLE).replace(b"Length: ", b"Length: -"), "record 1 does not say its length"),
        (conversion(1, ARTICLE).replace(b"Length: ", b"Length: 9"), "record 1 is cut off after"),
        (conversion(1, ARTICLE).replace(b"Length: ", b"Length: 99999999999"), "record 1 is cut off after"),
        (conversion(1, ARTICLE).replace(b"Content-Length", b"X-Length"), "record 1 does not say its length"),
        (conversion(1, "a" * 50).replace(b"Length: 50", b"Length: 51") + RECORDS[2], "record 1 does not end where"),
        (conversion(1, "a" * 50).replace(b"Length: 50", b"Length: 49") + RECORDS[2], "record 1 does not end where"),
        (conversion(1, "a" * 50).replace(b"Length: 50", b"Length: 99") + RECORDS[2], "record 1 does not end where"),
    ],
)  # fmt: skip
def test_a_damaged_archive_fails(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        chunks(data)


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_nothing_is_written_of_an_archive_that_is_cut_off(name: str, tmp_path: Path) -> None:
    whole = [response(n, PAGE + " " * 4000) for n in range(1, 400)]
    data = (members(whole) if name.endswith(".gz") else b"".join(whole))[:-30]
    folder = written(configured(tmp_path / "here"), {name: data})
    done = run(["clean", name, "-o", "out/"], folder)
    assert (done.code, contents(folder / "out")) == (3, {})
    assert "cut off" in done.errors


def chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n0\r\n\r\n"


RAW = zlib.compressobj(wbits=-15)
DEFLATED = RAW.compress(PAGE.encode()) + RAW.flush()


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (PAGE.encode(), ()),
        (chunked(PAGE.encode()), ("Transfer-Encoding: chunked",)),
        (gzip.compress(PAGE.encode(), mtime=0), ("content-encoding: GZIP",)),
        (chunked(gzip.compress(PAGE.encode(), mtime=0)), ("Transfer-Encoding: chunked", "Content-Encoding: gzip")),
        (zlib.compress(PAGE.encode()), ("Content-Encoding: deflate",)),
        (DEFLATED, ("Content-Encoding: deflate",)),
        (brotli.compress(PAGE.encode()), ("Content-Encoding: br",)),
        (zstd.compress(PAGE.encode()), ("Content-Encoding: zstd",)),
        (brotli.compress(gzip.compress(PAGE.encode(), mtime=0)), ("Content-Encoding: gzip, br",)),
        (PAGE.encode(), ("Content-Encoding: identity",)),
        # Crawlers that decode what they get, and keep the headers of what they got.
        (PAGE.encode(), ("Content-Encoding: gzip",)),
        (PAGE.encode(), ("Transfer-Encoding: chunked",)),
    ],
)
def test_a_page_is_decoded(payload: bytes, headers: tuple[str, ...]) -> None:
    found = entry(response(3, payload, HTML, *headers))
    about = Metadata(url="https://example.org/3", date="2024-05-01T10:00:00Z")
    assert found == Entry(1, PAGE.encode(), encoding=None, metadata=about, is_page=True)


def test_a_page_without_a_type_is_told_by_how_it_begins() -> None:
    assert entry(response(1, PAGE, "")).content == PAGE.encode()
    assert entry(response(1, "plain", "")) == Entry(1, None)


def test_headers_with_bare_line_feeds_are_read() -> None:
    block = b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE.encode()
    assert entry(record(1, "response", block, "application/http")).content == PAGE.encode()


def test_the_header_names_the_encoding_of_a_page_that_is_not_utf_8(tmp_path: Path) -> None:
    page = PAGE.replace("river", "\u0440\u0435\u043a\u0430")
    data = page.encode("koi8-r")
    assert entry(response(1, data, "text/html; charset=KOI8-R")).encoding == "koi8-r"
    assert entry(response(1, page, "text/html; charset=KOI8-R")).encoding is None
    folder = written(configured(tmp_path / "here"), {"x.warc": response(1, data, "text/html; charset=KOI8-R")})
    assert "\u0440\u0435\u043a\u0430" in run(["clean", "x.warc"], folder).out.decode()


@pytest.mark.parametrize(
    "data",
    [
        warcinfo("x"),
        record(1, "request", b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"),
        record(1, "revisit", b"HTTP/1.1 200 OK\r\n\r\n", "application/http; msgtype=response"),
        record(1, "conversion", b"\x89PNG", "image/png"),
        record(1, "response", b"example.org. 300 IN A 192.0.2.1", "text/dns"),
        record(1, "resource", b"a {}", "text/css"),
        response(1, b"\x89PNG", "image/png"),
        response(1, PAGE, status="404 Not Found"),
        response(1, PAGE, status="301 Moved Permanently"),
    ],
)
def test_what_holds_no_article_is_no_fault(data: bytes) -> None:
    assert entry(data) == Entry(1, None)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (record(1, "response", b"rubbish", "application/http"), "its HTTP headers cannot be read"),
        (response(1, b"ab" * 99, HTML, "Content-Encoding: gzip"), "cannot be decoded .gzip: "),
        (response(1, b"ab" * 99, HTML, "Content-Encoding: sdch"), "cannot be decoded .sdch is no content encoding"),
        (response(1, b"ab" * 99, HTML, "Transfer-Encoding: chunked"), "cannot be decoded .Invalid chunk"),
        (response(1, PAGE + " " * MAX_DOCUMENT), "is larger than 64 MB"),
        (response(1, PAGE + " " * (MAX_DOCUMENT + (2 << 20))), "is larger than 64 MB"),
        (conversion(1, " " * (MAX_DOCUMENT + (2 << 20))), "is larger than 64 MB"),
    ],
)  # fmt: skip
def test_a_page_that_cannot_be_had_fails_alone(data: bytes, reason: str) -> None:
    found = entry(data)
    assert found.content is None
    assert re.search(reason, found.fault)


def test_a_long_record_that_is_no_page_is_passed_over() -> None:
    (chunk,) = chunks(response(1, b" " * (MAX_DOCUMENT + (2 << 20)), "video/mp4"))
    assert Archive().entries(chunk) == [Entry(1, None)]
    assert len(pickle.dumps(chunk)) < CHUNK


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_response_that_swells_stops_at_the_limit(encoding: str, tmp_path: Path) -> None:
    block = bytes(1 << 20)
    parts: list[bytes]
    if encoding == "gzip":
        member = zlib.compressobj(wbits=31)
        parts = [*(member.compress(block) for _ in range(512)), member.flush()]
    elif encoding == "br":
        made = brotli.Compressor(quality=3)
        parts = [*(made.process(block) for _ in range(512)), made.finish()]
    else:
        frame = zstd.ZstdCompressor()
        parts = [*(frame.compress(block) for _ in range(512)), frame.flush()]
    here = configured(tmp_path / "here")
    path = here / "bomb.warc"
    path.write_bytes(response(1, b"".join(parts), HTML, f"Content-Encoding: {encoding}"))
    line = f"ulimit -v 900000; {command()} clean {path}"
    done = subprocess.run(["sh", "-c", line], cwd=here, env=environment(), capture_output=True, check=False)
    assert b"bomb.warc:1: is larger than 64 MB; it is left out" in done.stderr


def test_chunks_are_small_halved_and_rewritten_to_the_same() -> None:
    data = b"".join(conversion(n, ARTICLE + "x" * 5000) for n in range(1, 501))
    found = chunks(data)
    assert len(found) > 2
    assert sum(chunk.size for chunk in found) == len(data)
    assert all(len(pickle.dumps(chunk)) < 2 * CHUNK for chunk in found)
    form = Archive()
    for chunk in found:
        entries = form.entries(chunk)
        changes = [Change(text.content.decode() if text.content else "", ()) for text in entries]
        whole = b"".join(form.rewritten(chunk, entries, changes))
        assert whole == b"".join(item.raw for item in chunk.data)
        halves = form.halves(chunk)
        assert [item for half in halves for item in half.data] == list(chunk.data)
        assert sum(half.size for half in halves) == chunk.size
    assert form.halves(Chunk(1, found[0].data[:1], 1)) == ()


def test_the_output_is_called_as_common_crawl_calls_it() -> None:
    names = {
        "x.warc": "x.warc.wet",
        "x.warc.gz": "x.warc.wet.gz",
        "a/x.wet": "a/x.wet",
        "x.warc.wet.gz": "x.warc.wet.gz",
    }
    assert {name: Archive().target_name(name) for name in names} == names
    assert Archive(wet=True).target_name("texts.gz") == "texts.gz"


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"x.warc": RECORDS[2], "hidden/fastwarc.py": "raise ImportError"})
    done = run(["clean", "x.warc", "-o", "out/"], folder, env=environment(PYTHONPATH=str(folder / "hidden")))
    assert done.code == 2
    assert "web archives need FastWARC: pip install 'article-cleaner[warc]'" in done.errors
