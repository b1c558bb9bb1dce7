"""Files elsewhere: over HTTP from a real server, and in fsspec's own memory."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pytest

from cleaner.corpus.find import find_sources
from cleaner.corpus.read import file_size, read_bytes
from cleaner.corpus.remote import RemotePath, as_path
from cleaner.corpus.write import replacing, write_atomically
from cleaner.errors import DocumentError, UsageError
from tests.cli.test_carry import carried
from tests.support import ARTICLE, CLEAN, DAM, contents, run, written


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a web server, and the folder that it shows."""
    folder = tmp_path / "site"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", folder
        httpd.shutdown()


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    yield system
    system.rm("/", recursive=True)


class TestAsPath:
    @pytest.mark.parametrize("text", ["s3://bucket/a/b.jsonl", "https://host.example/x?y=1", "memory://a"])
    def test_a_url_stays_what_it_is(self, text: str) -> None:
        path = as_path(text)

        assert isinstance(path, RemotePath)
        assert str(path) == path.as_posix() == str(pickle.loads(pickle.dumps(path))) == text
        assert str(path.parent / "c") == f"{text.rpartition('/')[0]}/c"
        assert str(path.parents[-1]) == "."

    @pytest.mark.parametrize("text", ["a.txt", "/a/b", "C://x", "notes: part 2/x", "a/s3://b", "-"])
    def test_all_else_is_here(self, text: str) -> None:
        assert type(as_path(text)) is type(Path(text))

    def test_so_is_a_file(self) -> None:
        assert as_path("file:///tmp/a.txt") == Path("/tmp/a.txt")


class TestReading:
    def test_a_page_of_a_server(self, server: tuple[str, Path]) -> None:
        address, folder = server
        written(folder, {"a.txt": ARTICLE})
        path = as_path(f"{address}/a.txt")

        assert read_bytes(path) == ARTICLE.encode()
        assert file_size(path) == len(ARTICLE)
        assert [source.name for source in find_sources([path])] == ["a.txt"]

    def test_one_that_is_not_there(self, server: tuple[str, Path]) -> None:
        path = as_path(f"{server[0]}/a.txt")

        with pytest.raises(UsageError, match=f"^{path}: does not exist; check the path$"):
            find_sources([path])
        with pytest.raises(DocumentError, match=f"^{path}: cannot be read \\(no such file there\\)$"):
            read_bytes(path)

    def test_a_scheme_that_nobody_knows(self) -> None:
        with pytest.raises(UsageError, match=r"^nowhere://a/b: Protocol not known: nowhere"):
            find_sources([as_path("nowhere://a/b")])

    def test_a_folder_is_searched_like_one_here(self, memory: Any) -> None:
        for name in ("a.txt", "b/c.jsonl", "b/.hidden.txt", ".git/x.txt", "picture.png"):
            memory.pipe(f"/corpus/{name}", b"x")

        found = find_sources([as_path("memory://corpus")])

        assert [source.name for source in found] == ["a.txt", "b/c.jsonl"]
        assert read_bytes(found[1].path) == b"x"


class TestWriting:
    def test_it_is_there_when_it_is_whole(self, memory: Any) -> None:
        target = as_path("memory://out/a.txt")

        with replacing(target) as file:
            file.write(b"half")
            assert not memory.exists("/out/a.txt")
        assert memory.cat("/out/a.txt") == b"half"

    def test_where_something_goes_wrong_the_old_one_stays(self, memory: Any) -> None:
        target = as_path("memory://out/a.txt")
        write_atomically(target, b"old")

        with pytest.raises(RuntimeError), replacing(target) as file:
            file.write(b"new")
            raise RuntimeError

        assert memory.cat("/out/a.txt") == b"old"

    def test_a_server_that_takes_nothing_is_said(self, server: tuple[str, Path]) -> None:
        target = as_path(f"{server[0]}/out.txt")

        with pytest.raises(UsageError, match=f"^{target}: cannot be written \\(501"):
            write_atomically(target, b"x")


class TestRuns:
    def test_from_folder_to_folder(self, memory: Any, tmp_path: Path) -> None:
        memory.pipe("/corpus/a.txt", ARTICLE.encode())
        memory.pipe("/corpus/b/c.jsonl", b'{"text":"%s"}\n' % DAM.encode())

        totals = carried(tmp_path, resume=False, paths=[as_path("memory://corpus")], output="memory://clean")

        assert (totals.documents, totals.failures) == (2, [])
        assert memory.cat("/clean/a.txt") == CLEAN.encode()
        assert memory.cat("/clean/b/c.jsonl") == b'{"text":"%s"}\n' % DAM.encode()
        assert sorted(memory.find("/clean")) == ["/clean/a.txt", "/clean/b/c.jsonl"]

    def test_the_command_reads_from_a_server(self, server: tuple[str, Path], place: Path) -> None:
        address, folder = server
        written(folder, {"a.jsonl": f'{{"text":"{DAM}\\n\\nSign up for the valley letter\\n"}}\nbroken\n'})

        ran = run(["clean", f"{address}/a.jsonl", "-o", "out/", "-q", "-j", "2"], place)

        assert (ran.code, ran.errors) == (3, f"cleaner: {address}/a.jsonl:2: is no JSON object; mend the line\n")
        assert contents(place / "out") == {"a.jsonl": f'{{"text":"{DAM}\\n"}}\nbroken\n'.encode()}
        checked = run(["check", f"{address}/a.jsonl"], place)
        assert checked.out.startswith(f"{address}/a.jsonl:1:3  newsletter/valley-letter".encode())

    def test_nothing_over_there_is_cleaned_in_place(self, place: Path) -> None:
        ran = run(["clean", "memory://corpus/a.txt", "--in-place"], place)

        assert ran.code == 2
        assert "memory://corpus/a.txt: does not exist" in ran.errors
