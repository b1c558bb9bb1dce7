"""Files of many documents, cleaned by the command, and what their record still knows of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.corpus.record import FailureRow
from cleaner.corpus.replay import Replayed, replay
from cleaner.corpus.restore import restore_all
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, RIVER, contents, run, written

TEXTS = [ARTICLE, None, DAM, f"Größe \ud83d\r\n\r\n{LETTER}\r\n\r\n{RIVER}\r\n", LETTER, f"{LETTER}\n\n{ARTICLE}"]
ROWS = "".join(json.dumps({"n": number, "text": text}) + "\n" for number, text in enumerate(TEXTS))
FILES = {"a.jsonl": ROWS, "b.txt": ARTICLE, "c/d.jsonl": f"broken\n{ROWS}\n\n"}


@pytest.fixture
def record(place: Path) -> Path:
    written(place / "in", FILES)
    assert run(["clean", "in", "-o", "out", "-q"], place).code == 3  # LETTER is held, a row is broken
    return place / "out" / ".cleaner" / "run.jsonl"


def clean_texts(path: Path) -> list[str | None]:
    return [json.loads(line)["text"] for line in path.read_text().splitlines() if line.startswith("{")]


@pytest.mark.usefixtures("record")
def test_rows_hold_the_clean_texts_and_the_held_ones(place: Path) -> None:
    assert clean_texts(place / "out/a.jsonl") == [
        CLEAN, None, DAM, f"Größe \ud83d\r\n\r\n{RIVER}\r\n", LETTER, CLEAN,
    ]  # fmt: skip
    assert clean_texts(place / "out/c/d.jsonl") == clean_texts(place / "out/a.jsonl")


class TestRestore:
    def test_every_file_comes_back(self, record: Path, place: Path) -> None:
        (place / "in").rename(place / "gone")

        assert list(restore_all(record, place / "back")) == [("a.jsonl", ""), ("b.txt", ""), ("c/d.jsonl", "")]
        assert contents(place / "back") == {name: content.encode() for name, content in sorted(FILES.items())}

    def test_one_of_them_by_its_name(self, record: Path, place: Path) -> None:
        assert list(restore_all(record, place / "back", ["c/*"])) == [("c/d.jsonl", "")]
        assert list(contents(place / "back")) == ["c/d.jsonl"]

    def test_what_was_changed_or_is_gone_is_said_and_nothing_is_written(self, record: Path, place: Path) -> None:
        rows = place / "out/a.jsonl"
        whole = rows.read_bytes()

        rows.write_bytes(whole.replace(b"river", b"brook", 1))
        said = dict(restore_all(record, place / "back"))
        assert said["a.jsonl"].startswith("a.jsonl: was changed since the run; restore --force")
        rows.write_bytes(whole[: whole.index(b"\n", len(whole) // 2) + 1])
        said = dict(restore_all(record, place / "back"))
        assert "any more; restore from your own copy" in said["a.jsonl"]
        assert list(contents(place / "back")) == ["b.txt", "c/d.jsonl"]

    def test_pages_in_rows_are_where_they_were(self, place: Path) -> None:
        written(place, {"p.jsonl": json.dumps({"text": PAGE}) + "\n"})
        run(["clean", "p.jsonl", "-o", "out/", "-q"], place)

        (said,) = dict(restore_all(place / "out/.cleaner/run.jsonl", place / "back")).values()

        assert said == "p.jsonl:1: was a page, which its clean text does not hold"


class TestReplay:
    def test_every_document_is_as_it_was(self, record: Path) -> None:
        found = {}
        for item in replay(record):
            found[item.name if isinstance(item, Replayed) else item.doc] = item

        texts = {f"a.jsonl:{number}": text for number, text in enumerate(TEXTS, 1) if text is not None}
        for name, text in texts.items():
            item = found[name]
            assert isinstance(item, Replayed)
            assert (item.result.document.text, item.data) == (text, None)
        broken = found["c/d.jsonl:1"]
        assert isinstance(broken, FailureRow)
        assert broken.reason == "is no JSON object; mend the line"
        assert len(found) == 2 * len(texts) + 2

    def test_a_report_shows_them(self, record: Path, place: Path) -> None:
        ran = run(["report", str(record), "--report", "text=-"], place)

        assert ran.out.count(b"newsletter/valley-letter 1") == 11
        assert b"a.jsonl:4\n" in ran.out


@pytest.mark.parametrize("page", [PAGE, PAGE.replace(f"<p>{LETTER}</p>", "")], ids=["with boilerplate", "without"])
def test_a_page_in_a_row_becomes_its_text(place: Path, page: str) -> None:
    written(place, {"p.jsonl": json.dumps({"id": 1, "html": page}) + "\n"})

    ran = run(["clean", "p.jsonl", "--text-field", "html"], place)

    assert json.loads(ran.out) == {"id": 1, "html": f"{DAM}\n\n{RIVER}\n"}
