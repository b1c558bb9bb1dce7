from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaner.api import Cleaner
from cleaner.corpus import read
from cleaner.corpus.deliver import Files, Rows, write_run
from cleaner.corpus.find import find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.run import Cleaned, Failed, clean_all
from cleaner.corpus.write import write_atomically
from cleaner.model import Document, Result
from cleaner.rules import Selection
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, RAN, contents, ours, written

HOLDING = Selection(max_removed=0.05)


def write(
    folder: Path, out: Path, cleaner: Cleaner, *, in_place: bool = False
) -> tuple[list[Cleaned | Failed], list[dict[str, Any]]]:
    """Clean a folder for real; the items handed on, and the rows of the record."""
    handle = io.BytesIO()
    writer = RecordWriter(handle, out, RAN)
    sources = find_sources([folder])
    if in_place:  # a record in memory cannot be synced
        writer.sync = lambda: None  # type: ignore[method-assign]
    output = Files(lambda source: out / source.name, in_place=in_place)
    items = list(write_run(clean_all(sources, cleaner, Reading()), output, writer))
    return items, [json.loads(line) for line in handle.getvalue().splitlines()]


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

        monkeypatch.setattr("cleaner.corpus.deliver.write_atomically", watched)
        with record.open("wb") as handle:
            writer = RecordWriter(handle, tmp_path, RAN)
            items = clean_all(find_sources([folder]), ours(), Reading())
            done = list(write_run(items, Files(lambda source: source.path, in_place=True), writer))

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

    @pytest.mark.parametrize(
        ("now", "said"), [("Mine.\n", "was changed while it was cleaned"), (None, "cannot be read (No such file")]
    )
    def test_a_file_that_was_changed_since_it_was_read_is_left_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, now: str | None, said: str
    ) -> None:
        cleaner = ours()
        healthy = cleaner.clean
        path = written(tmp_path / "in", {"a.txt": ARTICLE}) / "a.txt"

        def clean(document: Document) -> Result:
            path.unlink() if now is None else path.write_text(now)
            return healthy(document)

        monkeypatch.setattr(cleaner, "clean", clean)

        [item], _ = write(path.parent, path.parent, cleaner, in_place=True)

        assert contents(path.parent) == ({} if now is None else {"a.txt": now.encode()})
        assert isinstance(item, Failed)
        assert item.reason.startswith(said)

    def test_one_that_is_too_large_stays(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)
        folder = written(tmp_path / "in", {"a.txt": ARTICLE})

        [item], _ = write(folder, folder, ours(), in_place=True)

        assert contents(folder) == {"a.txt": ARTICLE.encode()}
        assert isinstance(item, Failed)


class TestRows:
    def write(self, folder: Path, cleaner: Cleaner) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The rows of the output and those of the record."""
        handle, record = io.BytesIO(), io.BytesIO()
        items = clean_all(find_sources([folder]), cleaner, Reading())
        list(write_run(items, Rows(handle, folder / "x.jsonl"), RecordWriter(record, folder, RAN)))
        return tuple([json.loads(line) for line in file.getvalue().splitlines()] for file in (handle, record))  # type: ignore[return-value]

    def test_every_document_that_has_a_text_has_a_row(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "bad.txt": b"\x00", "p.html": PAGE})

        rows, record = self.write(folder, ours())

        assert [(row["doc"], row["text"], row["held"]) for row in rows[:1]] == [("a.txt", CLEAN, False)]
        assert [row["doc"] for row in rows] == ["a.txt", "p.html"]
        assert (rows[0]["title"], rows[1]["title"]) == ("", "The dam")
        assert rows[0]["removed_chars"] == len(ARTICLE) - len(CLEAN)
        assert [(row["form"], row["output"]) for row in record if row["row"] == "document"] == [
            ("jsonl", "x.jsonl")
        ] * 2

    def test_a_held_text_has_its_own_text_and_a_held_page_no_row(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {"a.txt": ARTICLE, "p.html": PAGE})

        rows, _ = self.write(folder, ours(HOLDING))

        assert [(row["doc"], row["text"], row["held"]) for row in rows] == [("a.txt", ARTICLE, True)]

    def test_one_that_is_too_large_has_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)

        rows, record = self.write(written(tmp_path / "in", {"a.txt": ARTICLE}), ours())

        assert rows == []
        assert record[-1]["row"] == "failure"
