"""A run again, from its record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.corpus.deliver import Files, Output, Rows, write_run
from cleaner.corpus.find import find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.record import FailureRow
from cleaner.corpus.record_writer import RecordWriter
from cleaner.corpus.replay import Replayed, replay
from cleaner.corpus.run import Cleaned, clean_all
from cleaner.model import MARKDOWN, TEXT, Dom, TextBlock
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, PAGE, RAN, RIVER, ours, written

FILES: dict[str, str | bytes] = {
    "a.txt": ARTICLE,
    "b.txt": f"{DAM}\r\n{LETTER}\r\n\r\n„{RIVER}“".encode("cp1252"),
    "bad.txt": b"\x00",
    "c.txt": f"{LETTER}\n{DAM}\n".encode() + b"\xff\n" + f"{LETTER}\n".encode(),
    "p.html": PAGE.replace("<article>", "<nav>Home</nav>\n<article>"),
}


def run(folder: Path, form: str, selection: Selection, title: bool) -> tuple[Path, list[Replayed | FailureRow]]:
    """Clean `FILES`; the record, and what replaying it must give."""
    out = folder / "out"
    out.mkdir()
    how = Reading(title=title, markup=form == MARKDOWN)
    with (out / "run.jsonl").open("wb") as handle, (out / "x.jsonl").open("wb") as rows:
        output: Output = Rows(rows, out / "x.jsonl") if form == "jsonl" else Files(lambda s: out / s.name, form)
        writer = RecordWriter(handle, out, replace(RAN, title=title))
        items = clean_all(find_sources([written(folder / "in", FILES)]), ours(selection), how)
        expected: list[Replayed | FailureRow] = []
        for item in write_run(items, output, writer):
            name = item.source.name
            if isinstance(item, Cleaned):
                document = item.result.document
                blocks = tuple(TextBlock(block.start, Dom(), block.line) for block in document.blocks)
                result = replace(item.result, document=replace(document, blocks=blocks, marks=()))
                expected.append(Replayed(name, result, None if item.loaded.is_html else item.loaded.data))
            else:
                expected.append(FailureRow(name, f"../in/{name}", item.reason))
    return out / "run.jsonl", expected


@pytest.mark.parametrize("form", [TEXT, MARKDOWN, "jsonl"])
@pytest.mark.parametrize("selection", [Selection(), Selection(max_removed=0.01)], ids=["", "held"])
@pytest.mark.parametrize("title", [False, True])
def test_everything_comes_back(tmp_path: Path, form: str, selection: Selection, title: bool) -> None:
    record, expected = run(tmp_path, form, selection, title)

    assert list(replay(record)) == expected
    assert any(isinstance(item, Replayed) and item.result.held for item in expected) == (selection != Selection())


def test_what_was_changed_since_is_said(tmp_path: Path) -> None:
    record, _ = run(tmp_path, TEXT, Selection(), False)
    (tmp_path / "out" / "a.txt").write_text("changed")
    (tmp_path / "out" / "p.html").write_text("changed")

    said = {item.doc: item.reason for item in replay(record) if isinstance(item, FailureRow)}

    assert said["a.txt"] == "was changed since the run; run clean again for a report of it"
    assert said["p.html"] == "was changed since the run, or its program was; run clean again for a report of it"


def test_a_page_that_was_changed_since_is_not_extracted_again(tmp_path: Path) -> None:
    record, _ = run(tmp_path, MARKDOWN, Selection(), False)
    (tmp_path / "in" / "p.html").write_text(PAGE)

    [failure] = [item for item in replay(record) if isinstance(item, FailureRow) and item.doc == "p.html"]

    way = "run clean again for a report of it"
    assert failure.reason == f"../in/p.html: the page was changed since the run; {way}"
