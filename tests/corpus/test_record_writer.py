from __future__ import annotations

import io
from pathlib import Path

from cleaner.corpus.record import FailureRow
from cleaner.corpus.record_writer import RecordWriter, removal_row
from cleaner.model import Document, Dropped, Result
from tests.corpus.support import ROW, removal
from tests.support import RAN


def test_a_row_is_one_line_of_json_in_a_fixed_order(tmp_path: Path) -> None:
    handle = io.BytesIO()
    writer = RecordWriter(handle, tmp_path, RAN)

    dropped = (Dropped("extract/menu", "Home", 3),)
    writer.document(ROW, Result(Document("ab\u2028“Ad” x", dropped=dropped), (removal("\u2028“Ad”"),)))
    writer.failure(FailureRow("b.txt", "../in/b.txt", "is binary"))
    writer.end(1)

    assert handle.getvalue().decode().split("\n") == [
        '{"row":"run","format":2,"version":"1.0","rules":"00","threshold":1.0,"max_removed":0.6,"in_place":false,'
        '"encoding":"","title":false,"extractor":"readability","input_format":"","text_field":"text","form":"text",'
        '"removals_column":false,"learned":""}',
        '{"row":"document","doc":"a.txt","source":"../in/a.txt","output":"a.txt","kind":"text","form":"text",'
        '"encoding":"utf-8","errors":"surrogatepass","sha256":"00","clean_sha256":"11","chars":10,"removed_chars":4,"held":false,'
        '"number":0}',
        '{"row":"removal","doc":"a.txt","start":2,"end":7,"byte_start":2,"byte_end":9,"line":1,"end_line":2,'
        '"rule":"ad/x","category":"ad","score":1.1,"evidence":[["ad/x",1.1]],"text":"\u2028“Ad”"}',
        '{"row":"dropped","doc":"a.txt","rule":"extract/menu","text":"Home","line":3}',
        '{"row":"failure","doc":"b.txt","source":"../in/b.txt","reason":"is binary"}',
        '{"row":"end","documents":1}',
        "",
    ]


def test_paths_are_relative_to_the_root_so_that_all_can_be_moved(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(".")
    writer = RecordWriter(io.BytesIO(), tmp_path / "link" / "out", RAN)

    assert writer.relative(tmp_path / "in" / "a.txt") == "../in/a.txt"
    assert writer.relative(tmp_path / "link" / "out" / "b" / "a.txt") == "b/a.txt"


def test_text_without_a_utf8_form_is_kept_as_the_bytes_it_was() -> None:
    document = Document("x\udce9\udcff", encoding="utf-8", errors="surrogateescape")

    row = removal_row(removal("\udce9\udcff"), document)

    assert row["base64"] == "6f8="
    assert "text" not in row


def test_synced_rows_are_in_the_file(tmp_path: Path) -> None:
    with (tmp_path / "run.jsonl").open("wb") as handle:
        writer = RecordWriter(handle, tmp_path, RAN)
        writer.document(ROW, Result(Document(""), ()))
        writer.sync()

        assert (tmp_path / "run.jsonl").read_bytes().count(b"\n") == 2
