from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.record import DocumentRow, FailureRow, read_record, read_run, record_root
from cleaner.corpus.record_writer import RecordWriter
from cleaner.errors import UsageError
from cleaner.model import Document, Dropped, Result
from tests.corpus.support import ROW, removal
from tests.support import RAN

RUN: dict[str, Any] = {"row": "run", "format": 2}
DOCUMENT = {"row": "document", **{name: getattr(ROW, name) for name in DocumentRow.__slots__[:-4]}}
REMOVAL = {
    "row": "removal", "doc": "a.txt", "start": 0, "end": 4, "byte_start": 0, "byte_end": 4, "line": 1, "end_line": 1,
    "rule": "ad/x", "category": "ad", "score": 1, "evidence": [["ad/x", 1.0]], "text": "Ad.\n",
}  # fmt: skip


def record_of(folder: Path, *rows: dict[str, Any] | str) -> Path:
    path = folder / "run.jsonl"
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
    return path


@pytest.mark.parametrize(
    ("record", "root"), [("out/.cleaner/run.jsonl", "out"), ("out/record.jsonl", "out"), ("run.jsonl", "")]
)
def test_the_root_is_the_output_folder_or_the_records_own(tmp_path: Path, record: str, root: str) -> None:
    assert record_root(tmp_path / record) == tmp_path / root


class TestReading:
    @pytest.mark.parametrize(
        ("document", "text"),
        [
            (Document("plain text"), "Ad.\r\n"),
            (Document("«»", encoding="cp1252", errors="strict"), "«Ad»"),
            (Document("x\udcff", errors="surrogateescape"), "\udcff\udcc0"),
            (Document("\ud800x", encoding="utf-16-le"), "\ud800"),
            (Document("\x00\x1b"), "\x00\x1b[31m\u2028\x85\U0001f984"),
        ],
    )
    def test_what_was_written_comes_back(self, tmp_path: Path, document: Document, text: str) -> None:
        row = replace(
            ROW, doc=os.fsdecode(b"caf\xe9 \n.txt"), encoding=document.encoding, errors=document.errors, held=True
        )
        failure, menu = FailureRow("b", "../b", "\x00"), Dropped("extract/menu", "Home")
        with (tmp_path / "run.jsonl").open("wb") as handle:
            writer = RecordWriter(handle, tmp_path, RAN)
            writer.document(row, Result(replace(document, dropped=(menu,)), (removal(text), removal("Ad"))))
            writer.failure(failure)
            writer.document(ROW, Result(document, ()))
            writer.end(2)

        first, second, third = read_record(tmp_path / "run.jsonl")

        assert isinstance(first, DocumentRow)
        assert first.removals == (removal(text), removal("Ad"))
        assert first.dropped == (menu,)
        assert first.doc == row.doc
        assert (second, third) == (failure, ROW)

    def test_keys_of_later_versions_in_the_run_row_do_no_harm(self, tmp_path: Path) -> None:
        assert list(read_record(record_of(tmp_path, {**RUN, "new": 1}, {"row": "end", "documents": 0}))) == []

    def test_a_torn_last_row_is_what_a_killed_run_leaves(self, tmp_path: Path) -> None:
        whole = [json.dumps(row) + "\n" for row in (RUN, DOCUMENT, REMOVAL, {**DOCUMENT, "doc": "b.txt"})]

        for length in range(1, len(whole[-1])):
            [row] = read_record(record_of(tmp_path, *whole[:-1], whole[-1][:length]))
            assert (row.doc, len(getattr(row, "removals", ()))) == ("a.txt", 1)


class TestDamage:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ([], "is empty; a run record begins with a row about its run"),
            (["The dam opens in May.\n"], "1: is no JSON object; the record is damaged"),
            (["[" * 100_000 + "\n"], "1: is no JSON object; the record is damaged"),
            (["[]\n"], "1: is no JSON object; the record is damaged"),
            (["\x00\x00\n"], "1: is no JSON object; the record is damaged"),
            ([DOCUMENT], "is no run record (run.jsonl) of format 2"),
            ([{"row": "run", "format": 1}], "is no run record (run.jsonl) of format 2"),
            ([RUN, DOCUMENT, "\n", DOCUMENT], "3: is no JSON object; the record is damaged"),
            ([RUN, {**DOCUMENT, "doc": 5}], "2: doc is 5; the record is damaged"),
            ([RUN, {**DOCUMENT, "doc": "a\0b"}], "2: doc is 'a\\x00b'; the record is damaged"),
            ([RUN, {**DOCUMENT, "output": "\0"}], "2: output is '\\x00'; the record is damaged"),
            ([RUN, {**DOCUMENT, "output": "\ud900"}], "2: output is '\\ud900'; the record is damaged"),
            (
                [RUN, {**DOCUMENT, "kind": "html"}, {"row": "page", "blocks": [[float("inf"), 1]]}],
                "3: is no page row (cannot convert float infinity to integer); the record is damaged",
            ),
            ([RUN, {**DOCUMENT, "held": 1}], "2: held is 1; the record is damaged"),
            ([RUN, {**DOCUMENT, "chars": True}], "2: chars is True; the record is damaged"),
            ([RUN, {**DOCUMENT, "colour": "red"}], "2: 'colour' is unknown; the record is damaged"),
            ([RUN, {"row": "document", "doc": "a.txt"}], "2: 'chars' is missing; the record is damaged"),
            ([RUN, {"row": "failure", "doc": "a.txt"}], "2: 'reason' is missing; the record is damaged"),
            ([RUN, DOCUMENT, {**REMOVAL, "start": "0"}], "3: start is '0'; the record is damaged"),
            ([RUN, DOCUMENT, {**REMOVAL, "evidence": [1]}], "3: is no removal row ("),
            ([RUN, DOCUMENT, {**REMOVAL, "base64": "$"}], "3: is no removal row ("),
            ([RUN, DOCUMENT, {**REMOVAL, "base64": "/w=="}], "3: is no removal row ("),
            ([RUN, {**DOCUMENT, "encoding": "none"}], "2: encoding is 'none'; the record is damaged"),
            ([RUN, {**DOCUMENT, "encoding": "hex"}], "2: encoding is 'hex'; the record is damaged"),
            ([RUN, {**DOCUMENT, "encoding": "x\0"}], "2: encoding is 'x\\x00'; the record is damaged"),
            ([RUN, {**DOCUMENT, "errors": "ignore"}], "2: errors is 'ignore'; the record is damaged"),
            ([RUN, DOCUMENT, {"row": "removal"}], "3: is no removal row ("),
        ],
    )
    def test_it_is_said_with_file_and_line(self, tmp_path: Path, rows: list[dict[str, Any] | str], said: str) -> None:
        path = record_of(tmp_path, *rows)

        with pytest.raises(UsageError, match=f"^{re.escape(str(path))}:? ?{re.escape(said)}"):
            list(read_record(path))

    @pytest.mark.parametrize("name", ["extractor", "input_format", "form"])
    def test_a_run_that_no_version_can_have_made_is_said(self, tmp_path: Path, name: str) -> None:
        path = record_of(tmp_path, {**RUN, **asdict(RAN), name: "x"})

        with pytest.raises(UsageError, match=f"jsonl:1: {name} is 'x'; the record is damaged$"):
            read_run(path)

    def test_a_record_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"run\.jsonl: cannot be read \(No such file or directory\)$"):
            list(read_record(tmp_path / "run.jsonl"))
        with pytest.raises(UsageError, match=r"cannot be read \(Is a directory\)$"):
            list(read_record(tmp_path))
