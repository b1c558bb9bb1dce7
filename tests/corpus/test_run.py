from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaner.api import Cleaner
from cleaner.corpus import read
from cleaner.corpus.find import Source, find_sources
from cleaner.corpus.record import RecordWriter
from cleaner.corpus.run import Cleaned, Failed, Reading, Totals, clean_all, clean_one, write_run
from cleaner.corpus.write import write_atomically
from cleaner.model import Document, Result
from cleaner.rules import Selection
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, contents, ours, written

HOLDING = Selection(max_removed=0.05)


def one(folder: Path, name: str, data: str | bytes, cleaner: Cleaner | None = None) -> Cleaned | Failed:
    path = written(folder, {name: data}) / name
    return clean_one(Source(path, name), cleaner or ours(), Reading())


def write(
    folder: Path, out: Path, cleaner: Cleaner, *, in_place: bool = False
) -> tuple[list[Cleaned | Failed], list[dict[str, Any]]]:
    """Clean a folder for real; the items handed on, and the rows of the record."""
    handle = io.BytesIO()
    writer = RecordWriter(handle, out, {})
    sources = find_sources([folder])
    if in_place:  # a record in memory cannot be synced
        writer.sync = lambda: None  # type: ignore[method-assign]
    items = list(write_run(clean_all(sources, cleaner, Reading()), lambda s: out / s.name, writer, in_place=in_place))
    return items, [json.loads(line) for line in handle.getvalue().splitlines()]


class TestFailureBoundary:
    def test_a_document_is_cleaned(self, tmp_path: Path) -> None:
        item = one(tmp_path, "dam.txt", ARTICLE)

        assert isinstance(item, Cleaned)
        assert (item.result.text, item.loaded.data) == (CLEAN, ARTICLE.encode())

    def test_the_content_says_what_the_name_does_not(self, tmp_path: Path) -> None:
        page, text = one(tmp_path, "page.php", PAGE), one(tmp_path, "text", ARTICLE)

        assert isinstance(page, Cleaned)
        assert isinstance(text, Cleaned)
        assert (page.loaded.is_html, text.loaded.is_html) == (True, False)

    def test_one_that_vanished_meanwhile_is_a_failure(self, tmp_path: Path) -> None:
        [source] = find_sources([written(tmp_path, {"dam.txt": ARTICLE})])
        source.path.unlink()

        item = clean_one(source, ours(), Reading())

        assert item == Failed(source, "cannot be read (No such file or directory)")
        assert item.message == f"{source.path}: cannot be read (No such file or directory)"

    def test_one_that_is_no_text_is_a_failure(self, tmp_path: Path) -> None:
        item = one(tmp_path, "dam.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\r")

        assert isinstance(item, Failed)
        assert item.reason == "is binary (it holds NUL bytes), not text"
        assert not item.oversized

    def test_one_that_is_too_large_is_marked_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)

        item = one(tmp_path, "dam.txt", ARTICLE)

        assert isinstance(item, Failed)
        assert item.oversized

    def test_a_defect_of_ours_costs_one_document(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cleaner = ours()
        healthy = cleaner.clean

        def clean(document: Document) -> Result:
            if document.name == "b.txt":
                raise RecursionError("too deep")
            return healthy(document)

        monkeypatch.setattr(cleaner, "clean", clean)
        folder = written(tmp_path, {"a.txt": ARTICLE, "b.txt": ARTICLE, "c.txt": ARTICLE})

        items = list(clean_all(find_sources([folder]), cleaner, Reading()))

        assert [type(item) for item in items] == [Cleaned, Failed, Cleaned]
        assert isinstance(items[1], Failed)
        assert items[1].reason == "RecursionError: too deep; please report this"

    def test_ctrl_c_is_no_failure_of_a_document(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cleaner = ours()

        def interrupted(_document: Document) -> Result:
            raise KeyboardInterrupt

        monkeypatch.setattr(cleaner, "clean", interrupted)

        with pytest.raises(KeyboardInterrupt):
            one(tmp_path, "dam.txt", ARTICLE, cleaner)

    def test_the_reading_says_encoding_and_title(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": "Čáslav".encode("cp1250"), "b.html": PAGE})

        text, page = clean_all(find_sources([tmp_path]), ours(), Reading(encoding="cp1250", title=True))

        assert isinstance(text, Cleaned)
        assert isinstance(page, Cleaned)
        assert text.result.text == "Čáslav"
        assert page.result.text.startswith("The dam\n\n")


class TestTotals:
    def test_everything_is_counted_by_category_without_its_white_space(self, tmp_path: Path) -> None:
        totals = Totals()
        for name, text in {"a.txt": ARTICLE, "b.txt": DAM, "c.txt": f"{ARTICLE}\nMore from the valley\n"}.items():
            totals.add(one(tmp_path, name, text))
        totals.add(one(tmp_path, "d.txt", b"\x00"))
        totals.add(one(tmp_path, "e.txt", ARTICLE, ours(HOLDING)))

        assert (totals.documents, totals.changed, totals.found) == (4, 2, 3)
        assert totals.removals == {"newsletter": 2, "related": 1}
        assert totals.chars == {"newsletter": 2 * len(LETTER), "related": len("More from the valley")}
        assert totals.held == [str(tmp_path / "e.txt")]
        assert totals.failures == [f"{tmp_path / 'd.txt'}: is binary (it holds NUL bytes), not text"]


class TestWriteRun:
    def test_the_tree_is_mirrored_and_every_document_has_its_row(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "b/c.md": DAM, "bad.txt": b"\x00"})

        items, rows = write(folder, tmp_path / "out", ours())

        assert contents(tmp_path / "out") == {"a.txt": CLEAN.encode(), "b/c.md": DAM.encode()}
        assert [(row["row"], row.get("doc")) for row in rows] == [
            ("run", None), ("document", "a.txt"), ("removal", "a.txt"), ("document", "b/c.md"), ("failure", "bad.txt"),
        ]  # fmt: skip
        assert [item.source.name for item in items] == ["a.txt", "b/c.md", "bad.txt"]
        document = rows[1]
        assert (document["source"], document["output"], document["kind"]) == ("../in/a.txt", "a.txt", "text")
        assert (document["chars"], document["removed_chars"]) == (len(ARTICLE), len(ARTICLE) - len(CLEAN))

    def test_a_held_text_is_written_unchanged_and_a_held_page_not_at_all(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "p.html": PAGE})

        _, rows = write(folder, tmp_path / "out", ours(HOLDING))

        assert contents(tmp_path / "out") == {"a.txt": ARTICLE.encode()}
        held = {row["doc"]: row for row in rows if row["row"] == "document"}
        assert held["a.txt"]["sha256"] == held["a.txt"]["clean_sha256"]
        assert (held["p.html"]["output"], held["p.html"]["clean_sha256"]) == ("", "")
        assert all(row["held"] for row in held.values())

    def test_one_that_is_too_large_is_copied_as_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)
        folder = written(tmp_path / "in", {"a.txt": ARTICLE})

        _, rows = write(folder, tmp_path / "out", ours())

        assert contents(tmp_path / "out") == {"a.txt": ARTICLE.encode()}
        assert [row["row"] for row in rows] == ["run", "failure"]

    def test_equal_runs_give_equal_records(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "p.html": PAGE})

        assert write(folder, tmp_path / "out", ours())[1] == write(folder, tmp_path / "out", ours())[1]


class TestInPlace:
    def test_a_file_is_replaced_only_when_its_rows_are_on_disk(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "b.txt": DAM, "c.txt": ARTICLE})
        record = tmp_path / "run.jsonl"
        seen: list[tuple[str, list[str]]] = []

        def watched(target: Path, data: bytes, *, like: Path | None = None) -> None:
            rows = [json.loads(line) for line in record.read_bytes().splitlines()]
            seen.append((target.name, [f"{row['row']} {row['doc']}" for row in rows[1:]]))
            write_atomically(target, data, like=like)

        monkeypatch.setattr("cleaner.corpus.run.write_atomically", watched)
        with record.open("wb") as handle:
            writer = RecordWriter(handle, tmp_path, {})
            items = clean_all(find_sources([folder]), ours(), Reading())
            done = list(write_run(items, lambda source: source.path, writer, in_place=True))

        first = ["document a.txt", "removal a.txt"]
        assert seen == [("a.txt", first), ("c.txt", [*first, "document b.txt", "document c.txt", "removal c.txt"])]
        assert contents(folder) == {"a.txt": CLEAN.encode(), "b.txt": DAM.encode(), "c.txt": CLEAN.encode()}
        assert len(done) == 3

    def test_what_does_not_change_is_not_touched(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": DAM, "held.txt": LETTER})
        before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}

        write(folder, folder, ours(), in_place=True)

        assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()} == before

    def test_a_file_that_has_become_a_page_is_left_alone(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"article": PAGE})

        [item], rows = write(folder, folder, ours(), in_place=True)

        assert contents(folder) == {"article": PAGE.encode()}
        assert isinstance(item, Failed)
        assert item.reason == "a page cannot be cleaned in place; use -o OUT"
        assert rows[1]["row"] == "failure"

    def test_a_file_that_the_record_would_not_give_back_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cleaner = ours()
        healthy = cleaner.clean

        def clean(document: Document) -> Result:
            result = healthy(document)
            return replace(result, removals=tuple(replace(r, byte_start=r.byte_start + 1) for r in result.removals))

        monkeypatch.setattr(cleaner, "clean", clean)
        folder = written(tmp_path / "in", {"a.txt": ARTICLE})

        [item], _ = write(folder, folder, cleaner, in_place=True)

        assert contents(folder) == {"a.txt": ARTICLE.encode()}
        assert isinstance(item, Failed)
        assert item.reason == "its clean text and the record would not give it back; please report this"

    def test_one_that_is_too_large_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)
        folder = written(tmp_path / "in", {"a.txt": ARTICLE})

        [item], _ = write(folder, folder, ours(), in_place=True)

        assert contents(folder) == {"a.txt": ARTICLE.encode()}
        assert isinstance(item, Failed)
