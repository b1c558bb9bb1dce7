from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.deliver import Files, Rows, write_run
from cleaner.corpus.find import find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.record import DocumentRow, read_record
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.restore import restore_all, restore_document
from cleaner.corpus.run import clean_all
from cleaner.errors import DocumentError, UsageError
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, PAGE, RAN, RIVER, contents, ours, written

LINES = f"{DAM}\n{LETTER}\n\n\nThe mayor (North Wire) said no – “never”, she said (North Wire).\n{LETTER}\n{RIVER}"
ORIGINALS: dict[str, bytes] = {
    "lf.txt": LINES.encode(),
    "crlf.txt": LINES.replace("\n", "\r\n").encode() + b"\r\n",
    "cr.txt": LINES.replace("\n", "\r").encode(),
    "mixed.txt": LINES.replace("\n\n", "\r\n\r").encode() + b"\n\r\n\n",
    "bom.txt": LINES.encode("utf-8-sig"),
    "letter-first.txt": b"\xef\xbb\xbf" + f"{LETTER}\n\n{ARTICLE}".encode(),
    "utf-16.txt": b"\xff\xfe" + LINES.encode("utf-16-le"),
    "utf-16-be.txt": b"\xfe\xff" + LINES.replace("\n", "\r\n").encode("utf-16-be"),
    "utf-16-unmarked.txt": ARTICLE.encode("utf-16-le"),
    "lone-surrogate.txt": b"\xff\xfe" + f"\ud800{LINES}".encode("utf-16-le", "surrogatepass"),
    "cp1252.txt": LINES.encode("cp1252"),
    "bad-bytes.txt": LINES.encode() + b"\xff\xfe \xe9\n" + LETTER.encode() + b"\n",
    "bad-in-letter.txt": f"{DAM}\n„ä“\n{LETTER} ".encode() + b"\xc3\x28\xff\n" + RIVER.encode(),
    "form-feed.txt": LINES.replace("\n\n", "\x0c\n\u2028\x85\n").encode(),
    "whole.txt": f"{LETTER}\n\n".encode(),
    "clean.txt": f"{DAM}\n".encode(),
    "empty.txt": b"",
    "blank.txt": b" \n\r\n\t\n",
    "a/b/deep.txt": ARTICLE.encode(),
    "page.html": PAGE.encode(),
}


def cleaned(folder: Path, out: Path, max_removed: float = 1.0) -> Path:
    """Clean a folder into another; the path of the record."""
    record = out / ".cleaner" / "run.jsonl"
    record.parent.mkdir(parents=True)
    sources = find_sources([folder])
    with record.open("wb") as handle:
        writer = RecordWriter(handle, out, RAN)
        items = clean_all(sources, ours(Selection(max_removed=max_removed)), Reading())
        for _ in write_run(items, Files(lambda source: out / source.name), writer):
            pass
        writer.end(len(sources))
    return record


def rows(record: Path) -> Iterator[DocumentRow]:
    return (row for row in read_record(record) if isinstance(row, DocumentRow))


def cleaned_to_rows(folder: Path, out: Path) -> Path:
    """Clean a folder into one file of rows beside the record; the path of the record."""
    out.mkdir()
    sources = find_sources([folder])
    with (out / "run.jsonl").open("wb") as handle, (out / "x.jsonl").open("wb") as lines:
        writer = RecordWriter(handle, out, RAN)
        items = clean_all(sources, ours(Selection(max_removed=0.5)), Reading())
        list(write_run(items, Rows(lines, out / "x.jsonl"), writer))
        writer.end(len(sources))
    return out / "run.jsonl"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return cleaned(written(tmp_path / "in", ORIGINALS), tmp_path / "out")


class TestRoundTrip:
    def test_every_original_comes_back_byte_for_byte(self, record: Path, tmp_path: Path) -> None:
        assert list(restore_all(record, tmp_path / "back")) == [(name, "") for name in sorted(ORIGINALS)]

        assert contents(tmp_path / "back") == dict(sorted(ORIGINALS.items()))

    def test_from_rows_too(self, tmp_path: Path) -> None:
        record = cleaned_to_rows(written(tmp_path / "in", ORIGINALS), tmp_path / "out")

        assert list(restore_all(record, tmp_path / "back")) == [(name, "") for name in sorted(ORIGINALS)]
        assert contents(tmp_path / "back") == dict(sorted(ORIGINALS.items()))

    def test_rows_that_were_changed_or_are_gone_are_said(self, tmp_path: Path) -> None:
        record = cleaned_to_rows(written(tmp_path / "in", {"a.txt": ARTICLE, "b.txt": LINES}), tmp_path / "out")
        lines = record.with_name("x.jsonl")
        first, second = lines.read_bytes().splitlines(keepends=True)

        def said() -> list[str]:
            return [reason for _, reason in restore_all(record, tmp_path / "back")]

        lines.write_bytes(first.replace(b"river", b"brook") + second)
        assert said() == [
            "x.jsonl: was changed since the run; restore --force puts the removed passages back into it",
            "",
        ]
        lines.write_bytes(first)
        assert said() == ["", f"{lines}: has no row for b.txt any more; restore it from your own copy"]
        lines.write_bytes(first + b"{}\n")
        assert said() == ["", f"{lines}: was changed since the run; restore from your own copy"]
        lines.unlink()
        assert said()[0] == f"{lines}: cannot be read (No such file or directory)"

    def test_single_documents_by_name_and_by_glob(self, record: Path, tmp_path: Path) -> None:
        assert [name for name, _ in restore_all(record, tmp_path / "back", ["cr.txt", "utf-*.txt"])] == [
            "cr.txt", "utf-16-be.txt", "utf-16-unmarked.txt", "utf-16.txt",
        ]  # fmt: skip
        assert contents(tmp_path / "back")["cr.txt"] == ORIGINALS["cr.txt"]

        with pytest.raises(UsageError, match=r"^nowhere\*: no document of .* has such a name$"):
            list(restore_all(record, tmp_path / "back", ["nowhere*", "cr.txt"]))

    def test_forced_it_puts_back_into_what_was_changed(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "page.html": PAGE})
        record = cleaned(folder, tmp_path / "out")
        clean = tmp_path / "out" / "a.txt"
        clean.write_text(clean.read_text().replace("river", "brook"))
        (folder / "page.html").write_text("another")

        assert [bool(reason) for _, reason in restore_all(record, tmp_path / "back")] == [True, True]
        assert [reason for _, reason in restore_all(record, tmp_path / "back", force=True)] == ["", ""]
        assert contents(tmp_path / "back") == {
            "a.txt": ARTICLE.replace("river", "brook").encode(),
            "page.html": b"another",
        }

    def test_and_most_of_them_had_been_changed(self, record: Path) -> None:
        same = {row.doc for row in rows(record) if row.sha256 == row.clean_sha256}

        assert same == {"blank.txt", "clean.txt", "empty.txt"}

    def test_a_held_document_comes_back_too(self, tmp_path: Path) -> None:
        record = cleaned(written(tmp_path / "in", ORIGINALS), tmp_path / "out", max_removed=0)

        assert all(not reason for _, reason in restore_all(record, tmp_path / "back"))
        assert contents(tmp_path / "back") == dict(sorted(ORIGINALS.items()))

    def test_texts_need_nothing_but_the_output_folder_wherever_it_was_moved(self, record: Path, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path / "in")
        shutil.move(tmp_path / "out", tmp_path / "elsewhere" / "moved")
        moved = tmp_path / "elsewhere" / "moved" / record.relative_to(tmp_path / "out")

        failed = {name: reason for name, reason in restore_all(moved, tmp_path / "back") if reason}

        assert list(failed) == ["page.html"]
        assert contents(tmp_path / "back") == {name: ORIGINALS[name] for name in sorted(ORIGINALS.keys() - failed)}

    def test_originals_can_go_over_the_clean_files(self, record: Path, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path / "out" / "a")
        results = dict(restore_all(record, tmp_path / "out"))

        assert results.pop("a/b/deep.txt").endswith("deep.txt: cannot be read (No such file or directory)")
        assert set(results.values()) == {""}
        assert {name: (tmp_path / "out" / name).read_bytes() for name in results} == {
            name: ORIGINALS[name] for name in results
        }

    def test_and_once_more_changes_nothing(self, record: Path, tmp_path: Path) -> None:
        for _ in range(2):
            assert all(not reason for _, reason in restore_all(record, tmp_path / "out"))

        assert (tmp_path / "out" / "crlf.txt").read_bytes() == ORIGINALS["crlf.txt"]


class TestChangedSince:
    def test_a_clean_file_that_was_edited_is_not_restored_and_the_others_are(
        self, record: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "out" / "lf.txt").write_bytes(b"edited")

        failed = {name: reason for name, reason in restore_all(record, tmp_path / "back") if reason}

        assert failed == {
            "lf.txt": "lf.txt: was changed since the run; restore --force puts the removed passages back into it"
        }
        assert not (tmp_path / "back" / "lf.txt").exists()
        assert len(contents(tmp_path / "back")) == len(ORIGINALS) - 1

    def test_a_page_is_compared_with_its_hash(self, record: Path, tmp_path: Path) -> None:
        (tmp_path / "in" / "page.html").write_bytes(PAGE.encode() + b"\n")

        failed = [reason for _, reason in restore_all(record, tmp_path / "back") if reason]

        assert failed == ["../in/page.html: the page was changed since the run; it cannot be restored"]


class TestDamagedRecords:
    @pytest.mark.parametrize(
        "change",
        [
            {"byte_start": 5},
            {"byte_end": 5},
            {"byte_start": -(10**12)},
            {"text": "Sign up for something else"},
            {"text": "\ud800\udfff"},
        ],
    )
    def test_what_does_not_lead_back_is_never_written(
        self, record: Path, tmp_path: Path, change: dict[str, Any]
    ) -> None:
        row = next(row for row in rows(record) if row.doc == "cp1252.txt")
        first = dataclasses.replace(row.removals[0], **change)
        damaged = dataclasses.replace(row, removals=(first, *row.removals[1:]))

        with pytest.raises(DocumentError, match=r"^cp1252\.txt: the record does not lead back to the original"):
            restore_document(damaged, tmp_path / "out")

    def test_an_encoding_that_is_none_does_not_lead_back_either(self, record: Path, tmp_path: Path) -> None:
        row = dataclasses.replace(next(row for row in rows(record) if row.doc == "lf.txt"), encoding="utf-99")

        with pytest.raises(DocumentError, match="does not lead back"):
            restore_document(row, tmp_path / "out")

    @pytest.mark.parametrize("name", ["../x.txt", "/tmp/x.txt", "a/../../x.txt", "", ".", "a/.."])
    def test_a_name_that_leads_out_of_the_folder_is_refused(self, tmp_path: Path, name: str) -> None:
        digest = hashlib.sha256(b"x").hexdigest()
        written(tmp_path / "out", {"x.txt": "x"})
        row = DocumentRow(name, "", "x.txt", "text", "text", "utf-8", "strict", digest, digest, 1, 0, False)
        text = json.dumps({name: getattr(row, name) for name in DocumentRow.__slots__[:-4]})
        record = tmp_path / "out" / "run.jsonl"
        about = json.dumps({"row": "run", "format": 2, **dataclasses.asdict(RAN)})
        record.write_text(f'{about}\n{{"row":"document",{text[1:]}\n')

        with pytest.raises(UsageError, match=r"in the record leads out of the output folder"):
            list(restore_all(record, tmp_path / "back" / "here"))

        assert not (tmp_path / "back").exists()


class TestCutOffInPlace:
    """Wherever a run in place is killed: what the record holds by then leads back to every original."""

    def test_wherever_in_the_record_all_originals_can_be_had(self, tmp_path: Path) -> None:
        files = {f"{number}.txt": ARTICLE.replace("dam", f"dam {number}").encode() for number in range(3)}
        record = cleaned(written(tmp_path / "in", files), tmp_path / "out")
        clean, whole = contents(tmp_path / "out"), record.read_bytes().replace(b'"../in/', b'"')
        state = written(tmp_path / "state", files)
        (state / ".cleaner").mkdir()
        begun = whole.index(b"\n") + 1  # a record is on disk with its first row before anything is replaced

        ends = {i for i, byte in enumerate(whole) if byte == ord("\n")}
        at = {*range(begun, len(whole) + 1, 11), *ends, *(end + 1 for end in ends), *(end + 2 for end in ends)}
        for length in sorted(length for length in at if begun <= length <= len(whole)):
            (state / ".cleaner" / "run.jsonl").write_bytes(whole[:length])
            for name in files:
                # Its rows are on disk before a file is replaced; the next document's row follows them.
                end = whole.find(b'{"row":"document"', whole.index(b'"doc":"%s"' % name.encode()))
                if 0 < end <= length:
                    (state / name).write_bytes(clean[name])
            restored = dict(restore_all(state / ".cleaner" / "run.jsonl", tmp_path / "back"))
            assert not any(restored.values()), length
            now = {name: (tmp_path / "back" / name).read_bytes() for name in restored}
            untouched = {name: data for name, data in contents(state).items() if name not in restored}
            assert {**now, **untouched} == files, length
