from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.api import Cleaner
from cleaner.corpus import read
from cleaner.corpus.find import Source, find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, Failed, Totals, clean_all, clean_one
from cleaner.model import Document, Result
from cleaner.rules import Selection
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, ours, written

HOLDING = Selection(max_removed=0.05)


def one(folder: Path, name: str, data: str | bytes, cleaner: Cleaner | None = None) -> Cleaned | Failed:
    path = written(folder, {name: data}) / name
    return clean_one(Source(path, name), cleaner or ours(), Reading())


def test_whose_a_document_is_says_the_document_or_its_row(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><link rel="canonical" href="https://www.page.example/a">')
    files = {
        "a.html": page,
        "b.jsonl": '{"text": "The dam.", "url": "https://www.row.example/b"}\n',
        "c.txt": "The dam.",
    }

    items = list(clean_all(find_sources([written(tmp_path, files)]), ours(), Reading()))

    assert [item.result.document.metadata.origin for item in items if isinstance(item, Cleaned)] == [
        "page.example",
        "row.example",
        "",
    ]


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

    def test_a_page_that_is_too_large_is_no_text_to_be_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(read, "MAX_DOCUMENT", 64)

        item = one(tmp_path, "dam.html", PAGE)

        assert isinstance(item, Failed)
        assert not item.oversized

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
