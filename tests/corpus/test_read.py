from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from cleaner.corpus import read
from cleaner.corpus.kind import looks_like_html
from cleaner.corpus.read import Reading, TooLargeError, load, read_bytes, read_limited, sniff_html
from cleaner.errors import DocumentError
from tests.support import DAM, LETTER, PAGE, RIVER, written


class TestReadBytes:
    def test_a_file_is_read_as_it_is(self, tmp_path: Path) -> None:
        data = bytes(range(256)) + b"\r\n\r"

        assert read_bytes(written(tmp_path, {"x": data}) / "x") == data

    def test_what_cannot_be_read_is_the_documents_error(self, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to("nowhere")

        with pytest.raises(DocumentError, match=r"gone\.txt: cannot be read \(No such file or directory\)$"):
            read_bytes(tmp_path / "gone.txt")
        with pytest.raises(DocumentError, match=r"cannot be read \(Is a directory\)$"):
            read_bytes(tmp_path)

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="there is no other file whose reading fails")
    def test_so_is_an_error_in_the_middle_of_reading(self) -> None:
        with pytest.raises(DocumentError, match=r"^/proc/self/mem: cannot be read \(Input/output error\)$"):
            read_bytes(Path("/proc/self/mem"))

    def test_a_document_of_the_largest_size_is_read_and_one_byte_more_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 1 << 20)
        data = bytes(1 << 20)

        assert read_limited(io.BytesIO(data), "x") == data
        with pytest.raises(TooLargeError, match=r"^x: is larger than 1 MB; split it into articles$") as caught:
            read_limited(io.BytesIO(data + b"yz"), "x")
        assert caught.value.start == data + b"y"


class TestIsItHtml:
    @pytest.mark.parametrize("name", ["a", "a.php", "a.html", "a.txt"])
    @pytest.mark.parametrize("start", [b"<!doctype html><p>x", b"The <html> element was born in 1991, he wrote."])
    def test_planning_and_reading_come_to_the_same(self, tmp_path: Path, name: str, start: bytes) -> None:
        data = start + b" x" * 5000
        path = written(tmp_path, {name: data}) / name

        assert sniff_html(path) == looks_like_html(path, data)

    def test_what_cannot_be_read_is_left_to_the_reader(self, tmp_path: Path) -> None:
        assert not sniff_html(tmp_path / "nowhere")
        assert not sniff_html(tmp_path)


class TestLoad:
    def test_a_text_is_decoded_and_hashed(self) -> None:
        loaded = load(DAM.encode("utf-16"), "dam.txt", Reading(), is_html=False)

        assert (loaded.document.text, loaded.document.name) == ("\ufeff" + DAM, "dam.txt")
        assert loaded.digest == hashlib.sha256(DAM.encode("utf-16")).hexdigest()
        assert not loaded.is_html

    def test_the_encoding_can_be_given(self) -> None:
        assert load("Čáslav".encode("cp1250"), "x", Reading("cp1250"), is_html=False).document.text == "Čáslav"

    def test_of_a_page_the_article_is_extracted(self) -> None:
        loaded = load(PAGE.encode(), "dam.html", Reading(title=True), is_html=True)

        assert loaded.is_html
        assert loaded.data == PAGE.encode()
        assert loaded.document.text == f"The dam\n\n{DAM}\n\n{LETTER}\n\n{RIVER}\n"

    @pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
    def test_a_document_has_no_more_lines_than_an_article_could(
        self, monkeypatch: pytest.MonkeyPatch, end: str
    ) -> None:
        monkeypatch.setattr(read, "MAX_LINES", 3)

        assert load((f"a{end}" * 3).encode(), "x", Reading(), is_html=False).document.text == f"a{end}" * 3
        with pytest.raises(TooLargeError, match=r"^x: has more than 3 lines; split it into articles$"):
            load((f"a{end}" * 4).encode(), "x", Reading(), is_html=False)

    def test_a_row_may_be_no_larger_than_a_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 1 << 20)

        with pytest.raises(TooLargeError, match=r"^x:7: is larger than 1 MB"):
            load(bytes((1 << 20) + 1), "x:7", Reading(), is_html=False)

    @pytest.mark.parametrize(("data", "is_html"), [(b"\x00\x01\x02", False), (b"<html></html>", True), (b"", True)])
    def test_what_is_no_document_is_refused_by_its_name(self, data: bytes, is_html: bool) -> None:
        with pytest.raises(DocumentError, match=r"^dam\.x: "):
            load(data, "dam.x", Reading(), is_html=is_html)
