"""Compressed inputs are read as what they hold, outputs are written as they are called, damage is always said."""

from __future__ import annotations

import gzip
import io
import json
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

from cleaner.corpus.compression import Pieces, Unpacked, is_compressed, packed, plain_name, unpacked
from cleaner.corpus.find import Source
from cleaner.corpus.formats.format import CHUNK
from cleaner.corpus.kind import MAX_DOCUMENT
from cleaner.corpus.read import Reading
from cleaner.corpus.work import Part, tasks
from cleaner.errors import DocumentError
from cleaner.model import MAX_RATIO
from tests.support import ARTICLE, CLEAN, PAGE, command, configured, contents, environment, run, written

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd.compress}
UNPACK: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.decompress, ".zst": zstd.decompress}
BOTH = pytest.mark.parametrize("suffix", list(COMPRESSORS))


def rows(count: int) -> bytes:
    made = (
        {"id": n, "raw": "x" * 3000, "text": f"{ARTICLE}\nNumber {n}, said the ministry, is the last of them.\n"}
        for n in range(count)
    )
    return b"".join(json.dumps(row).encode() + b"\n" for row in made)


def read(data: bytes) -> bytes:
    return unpacked(io.BufferedReader(io.BytesIO(data)), "x").read()


@BOTH
def test_all_members_are_read(suffix: str) -> None:
    compress = COMPRESSORS[suffix]
    parts = [random.Random(1).randbytes(300_000), b"", b"a" * 3_000_000, b"end"]
    assert read(b"".join(map(compress, parts))) == b"".join(parts)
    assert read(compress(b"")) == b""


def test_a_frame_about_the_file_is_passed_over() -> None:
    about = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    assert read(about + zstd.compress(b"text")) == b"text"


@pytest.mark.parametrize("data", [b"", b"a", b"plain", b"\x50*"])
def test_what_is_not_compressed_is_the_stream_itself(data: bytes) -> None:
    handle = io.BufferedReader(io.BytesIO(data))
    assert unpacked(handle, "x") is handle
    assert handle.read() == data


@BOTH
@pytest.mark.parametrize("end", [-1, -9, 200, 20])
def test_a_stream_that_is_cut_off_fails(suffix: str, end: int) -> None:
    with pytest.raises(DocumentError, match=r"^x: its (gzip|zstd) data are cut off; get the file again$"):
        read(COMPRESSORS[suffix](random.Random(2).randbytes(1000))[:end])


@BOTH
def test_a_stream_that_is_damaged_fails(suffix: str) -> None:
    whole = COMPRESSORS[suffix](ARTICLE.encode() * 99)
    for data in (whole + b"garbage", whole[:-6] + b"\xff\xff" + whole[-4:], whole + whole[:2] + b"x" + whole[3:]):
        with pytest.raises(DocumentError, match=r"^x: its (gzip|zstd) data are (damaged|cut off)"):
            read(data)


@BOTH
def test_a_small_file_that_swells_is_given_up_unless_that_is_meant(suffix: str) -> None:
    bomb = COMPRESSORS[suffix](bytes(70 << 20))

    def size(max_ratio: float) -> int:
        stream = unpacked(io.BufferedReader(io.BytesIO(bomb)), "x", max_ratio)
        return sum(len(block) for block in iter(lambda: stream.read(1 << 20), b""))

    with pytest.raises(DocumentError, match=r"^x: unpacks to more than 200 times its size; .* raise --max-ratio$"):
        size(MAX_RATIO)
    assert size(50_000) == 70 << 20


def test_the_option_says_how_far_a_file_may_swell(tmp_path: Path) -> None:
    row = json.dumps({"text": "x", "raw": "y" * 500_000}).encode() + b"\n"
    folder = written(configured(tmp_path / "here"), {"bomb.jsonl.gz": gzip.compress(row * 140)})

    refused = run(["clean", "bomb.jsonl.gz", "-o", "out/", "-q"], folder)
    meant = run(["clean", "bomb.jsonl.gz", "-o", "meant/", "-q", "--max-ratio", "2000"], folder)

    assert refused.errors == (
        "cleaner: bomb.jsonl.gz: unpacks to more than 200 times its size; if it is meant to, raise --max-ratio\n"
    )
    assert (refused.code, meant.code) == (3, 0)
    assert contents(folder / "out") == {}
    assert gzip.decompress(contents(folder / "meant")["bomb.jsonl.gz"]) == row * 140


def test_a_stream_in_pieces_gives_what_is_there() -> None:
    stream = Pieces([b"", b"abc", b"", b"de"])
    assert [stream.read(2), stream.read(2), stream.read(2), stream.read(2)] == [b"ab", b"c", b"de", b""]


def test_names() -> None:
    assert [plain_name(name) for name in ("a.txt.gz", "b/c.ZST", "d.txt", ".gz")] == ["a.txt", "b/c", "d.txt", ".gz"]
    assert [is_compressed(name) for name in ("a.gz", "a.zst", "a.txt", ".gz")] == [True, True, False, False]


@BOTH
def test_equal_bytes_are_packed_equally(suffix: str) -> None:
    assert packed(b"text", f"a{suffix}") == packed(b"text", f"b{suffix}")
    assert UNPACK[suffix](packed(b"text", f"a{suffix}")) == b"text"
    assert packed(b"text", "a.txt") == b"text"


def test_gzip_says_neither_when_nor_what() -> None:
    data = packed(b"text", "a.gz")
    assert data[3:8] == b"\0\0\0\0\0"  # no flags, so no name, and no time


@BOTH
def test_rows_are_cleaned_to_rows(suffix: str, tmp_path: Path) -> None:
    data = rows(600)
    assert len(data) > CHUNK
    half = data.index(b"\n", len(data) // 2) + 1
    folder = configured(tmp_path / "here")
    whole = COMPRESSORS[suffix](data[:half]) + COMPRESSORS[suffix](data[half:])
    written(folder, {f"a.jsonl{suffix}": whole, "plain.jsonl": data})
    for name, jobs in (("one", "1"), ("two", "2"), ("again", "2")):
        assert run(["clean", f"a.jsonl{suffix}", "plain.jsonl", "-o", f"{name}/", "-j", jobs], folder).code == 0
    one = contents(folder / "one")
    assert one == contents(folder / "two") == contents(folder / "again")
    assert UNPACK[suffix](one[f"a.jsonl{suffix}"]) == one["plain.jsonl"]
    assert b"Sign up" not in one["plain.jsonl"]
    assert one["plain.jsonl"].count(b"\n") == 600
    if suffix == ".gz":
        path = folder / "one" / "a.jsonl.gz"
        assert subprocess.run(["zcat", path], capture_output=True, check=True).stdout == one["plain.jsonl"]
        assert subprocess.run(["gzip", "-t", path], check=False).returncode == 0


@BOTH
def test_the_name_of_the_output_says_whether_it_is_compressed(suffix: str, tmp_path: Path) -> None:
    row = json.dumps({"text": ARTICLE}).encode() + b"\n"
    folder = written(configured(tmp_path / "here"), {f"a.jsonl{suffix}": COMPRESSORS[suffix](row), "b.jsonl": row})
    written(folder, {"c.txt": ARTICLE})
    clean = json.dumps({"text": CLEAN}).encode() + b"\n"
    assert run(["clean", f"a.jsonl{suffix}"], folder).out == clean
    assert run(["clean", f"a.jsonl{suffix}", "-o", "a.jsonl"], folder).code == 0
    assert (folder / "a.jsonl").read_bytes() == clean
    assert run(["clean", "b.jsonl", "-o", f"b.jsonl{suffix}"], folder).code == 0
    assert UNPACK[suffix]((folder / f"b.jsonl{suffix}").read_bytes()) == clean
    assert run(["clean", "c.txt", "-o", f"c.txt{suffix}", "--record", "run.jsonl"], folder).code == 0
    assert UNPACK[suffix]((folder / f"c.txt{suffix}").read_bytes()) == CLEAN.encode()
    assert run(["restore", "run.jsonl", "-o", "back"], folder).code == 0
    assert contents(folder / "back") == {"c.txt": ARTICLE.encode()}
    assert run(["clean", "-", "-o", f"d.txt{suffix}"], folder, stdin=ARTICLE.encode()).code == 0
    assert UNPACK[suffix]((folder / f"d.txt{suffix}").read_bytes()) == CLEAN.encode()


@BOTH
def test_an_output_of_nothing_is_a_compressed_file_too(suffix: str, tmp_path: Path) -> None:
    name = f"a.jsonl{suffix}"
    folder = written(configured(tmp_path / "here"), {name: COMPRESSORS[suffix](b"")})
    assert run(["clean", name, "-o", "out/"], folder).code == 0
    data = (folder / "out" / name).read_bytes()
    assert data
    assert UNPACK[suffix](data) == b""


@BOTH
def test_documents_are_written_as_what_they_hold_and_restored_as_that(suffix: str, tmp_path: Path) -> None:
    compress = COMPRESSORS[suffix]
    files = {f"in/a.txt{suffix}": compress(ARTICLE.encode()), f"in/b.html{suffix}": compress(PAGE.encode())}
    folder = written(
        configured(tmp_path / "here"), {**files, f"in/c.pdf{suffix}": compress(b"%PDF"), f"in/d{suffix}": b""}
    )
    assert run(["clean", "in", "-o", "out"], folder).code == 0
    assert contents(folder / "out") == {"a.txt": CLEAN.encode(), "b.txt": CLEAN.encode()}
    assert run(["restore", "out/.cleaner/run.jsonl", "-o", "back"], folder).code == 0
    assert contents(folder / "back") == {"a.txt": ARTICLE.encode(), "b.html": PAGE.encode()}
    assert run(["check", "in"], folder).code == 1
    for name in ("a.txt", "b.html"):
        data = (folder / "in" / f"{name}{suffix}").read_bytes()
        assert run([], folder, stdin=data).out == CLEAN.encode()
        assert run(["check", "-"], folder, stdin=data).code == 1


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt"])
def test_a_compressed_file_stays_as_it_is(name: str, tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {name: gzip.compress(ARTICLE.encode())})
    done = run(["clean", name, "--in-place"], folder)
    assert done.code == 2
    assert f"{name}: a compressed file cannot be cleaned in place; use -o OUT" in done.errors


def test_two_documents_that_would_be_one_are_refused(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"in/a.txt": ARTICLE, "in/a.txt.gz": gzip.compress(b"text")})
    done = run(["clean", "in", "-o", "out"], folder)
    assert done.code == 2
    assert "would both be written to a.txt" in done.errors


def test_rows_that_are_cut_off_leave_no_output(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"a.jsonl.gz": gzip.compress(rows(600))[:-20]})
    done = run(["clean", "a.jsonl.gz", "-o", "out/"], folder)
    assert (done.code, contents(folder / "out")) == (3, {})
    assert "a.jsonl.gz: its gzip data are cut off; get the file again" in done.errors
    piped = run([], folder, stdin=(folder / "a.jsonl.gz").read_bytes())
    assert piped.code == 3


@pytest.mark.parametrize("piped", [False, True])
def test_a_bomb_stops_at_the_limit(piped: bool, tmp_path: Path) -> None:
    here = configured(tmp_path / "here")
    path = here / "bomb.txt.gz"
    path.write_bytes(gzip.compress(bytes(1 << 26)) * 160)  # 10 GB
    assert path.stat().st_size < 12 << 20
    given = f"< {path}" if piped else f"clean {path} -o {tmp_path}/out/"
    line = f"ulimit -v 1500000; ulimit -t 60; {command()} {given}"
    done = subprocess.run(["sh", "-c", line], cwd=here, env=environment(), capture_output=True, check=False)
    assert done.returncode == 3
    said = "unpacks to more than 200 times its size" if piped else "is larger than 64 MB"
    assert said in done.stderr.decode()
    assert not done.stdout
    assert contents(tmp_path / "out") == {}


def test_a_text_that_is_too_large_is_not_copied_under_a_name_that_says_compressed(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"a.txt": b" " * (MAX_DOCUMENT + 1)})
    assert run(["clean", "a.txt", "-o", "b.txt.gz"], folder).code == 3
    assert not (folder / "b.txt.gz").exists()
    assert run(["clean", "-", "-o", "b.txt.gz"], folder, stdin=(folder / "a.txt").read_bytes()).code == 3
    assert not (folder / "b.txt.gz").exists()


def test_a_run_comes_as_far_as_the_file_is_long(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows(600)))
    sizes = [task.size for task in tasks([(Source(path, path.name), path)], Reading()) if isinstance(task, Part)]
    assert len(sizes) > 1
    assert sum(sizes) == path.stat().st_size


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path) -> None:
    folder = written(configured(tmp_path / "here"), {"a.txt.zst": zstd.compress(b"text")})
    written(folder, {"hidden/backports/__init__.py": ""})
    done = run(["clean", "a.txt.zst", "-o", "out/"], folder, env=environment(PYTHONPATH=str(folder / "hidden")))
    assert done.code == 2
    assert "zstd is not installed: pip install 'article-cleaner[zstd]'" in done.errors


def test_an_unpacked_stream_can_be_read_in_lines() -> None:
    stream = unpacked(io.BufferedReader(io.BytesIO(gzip.compress(b"a\nb\n"))), "x")
    assert isinstance(stream, Unpacked)
    assert list(stream) == [b"a\n", b"b\n"]
