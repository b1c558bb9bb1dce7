"""What two runs removed, side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.corpus.deliver import Files, write_run
from cleaner.corpus.find import find_sources
from cleaner.corpus.passages import UNCHANGED, Removed, paired
from cleaner.corpus.read import Reading
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.run import clean_all
from cleaner.errors import UsageError
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, PAGE, RAN, ours, written


def record_of(folder: Path, files: dict[str, str | bytes], max_removed: float = 0.6) -> Path:
    """Clean files below a folder; the record."""
    record = folder / "run.jsonl"
    sources = find_sources([written(folder / "in", files)])
    cleaner = ours(Selection(max_removed=max_removed))
    with record.open("wb") as handle:
        writer = RecordWriter(handle, folder, RAN)
        list(write_run(clean_all(sources, cleaner, Reading()), Files(lambda s: folder / s.name), writer))
        writer.end(len(sources))
    return record


def removed(record: Path) -> list[Removed]:
    """What stands in a record, beside one of no documents."""
    empty = record.with_name("empty.jsonl")
    with empty.open("wb") as handle:
        RecordWriter(handle, record.parent, RAN).end(0)
    return [left for left, right in paired(record, empty) if left is not None and right is None]


def test_documents_come_in_order_with_what_was_removed(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a.txt": ARTICLE, "b.txt": DAM, "bad.txt": b"\x00", "p.html": PAGE}

    found = removed(record_of(tmp_path, files, 0.01))

    assert [(item.doc, item.held, [passage.text for passage in item.passages]) for item in found] == [
        ("a.txt", True, [LETTER]), ("b.txt", False, []), ("p.html", True, [LETTER]),
    ]  # fmt: skip
    [passage] = found[0].passages
    assert (passage.rule, passage.category, passage.line) == ("newsletter/valley-letter", "newsletter", 3)


@pytest.mark.parametrize("gap", ["\n\n\n", ""])
@pytest.mark.parametrize("end", ["", f"<p>{DAM}</p>"])
def test_lines_of_a_page_are_those_of_its_source(tmp_path: Path, gap: str, end: str) -> None:
    page = PAGE.replace("<p>", f"{gap}<p>").replace("</article>", f"{end}</article>")

    [found] = removed(record_of(tmp_path, {"p.html": page}))

    assert [passage.line for passage in found.passages] == [page[: page.index(LETTER)].count("\n") + 1]


def test_bytes_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    record = record_of(tmp_path, {"a.txt": ARTICLE})
    record.write_text(record.read_text().replace(f'"text":"{LETTER}', '"base64":"/w==","x":"'))

    [found] = removed(record)

    assert [passage.text for passage in found.passages] == ["base64 /w=="]


def test_documents_are_paired_by_name_wherever_they_stand(tmp_path: Path) -> None:
    old = record_of(tmp_path / "old", {"a.txt": DAM, "b.txt": DAM, "d.txt": DAM, "e.txt": DAM})
    new = record_of(tmp_path / "new", {"a.txt": DAM, "aa.txt": DAM, "b.txt": DAM, "c.txt": DAM, "d.txt": DAM})

    names = {(a.doc if a else None, b.doc if b else None) for a, b in paired(old, new) if a is not UNCHANGED}

    assert names == {
        ("b.txt", "b.txt"), ("d.txt", "d.txt"), ("e.txt", None), (None, "aa.txt"), (None, "c.txt"),
    }  # fmt: skip


def test_what_is_the_same_is_told_without_a_look(tmp_path: Path) -> None:
    record = record_of(tmp_path, {"a.txt": ARTICLE, "b.txt": DAM})

    assert list(paired(record, record)) == [(UNCHANGED, UNCHANGED)] * 2


@pytest.mark.parametrize(
    "tail",
    [
        '{"row":"document"}\n',
        '{"row":"document","doc":"a","held":false}\n{"row":"removal","text":5}\n',
        '{"row":"document","doc":"a","held":false}\n{"row":"removal"\n',
    ],
)
def test_damage_is_said_with_its_line(tmp_path: Path, tail: str) -> None:
    record = record_of(tmp_path, {"a.txt": DAM})
    first = record.read_text().splitlines(keepends=True)[0]
    record.write_text(first + tail)

    with pytest.raises(UsageError) as error:
        removed(record)
    assert str(error.value) == f"{record}:2: begins what is no document of a run record; the record is damaged"


def test_a_row_that_a_killed_run_left_behind_is_passed_over(tmp_path: Path) -> None:
    record = record_of(tmp_path, {"a.txt": ARTICLE})
    lines = record.read_text().splitlines(keepends=True)
    record.write_text("".join(lines[:2]) + lines[2][:20])

    assert [(item.doc, item.passages) for item in removed(record)] == [("a.txt", [])]


@pytest.mark.parametrize("content", ["", "[]", '{"row":"document"}', '{"row":"run","format":7}'])
def test_what_is_no_record_is_refused(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, {"x.jsonl": content}) / "x.jsonl"

    with pytest.raises(UsageError, match=r"x\.jsonl"):
        removed(path)
