"""The report as files: complete where it fits, bounded where it does not, the same for the same run, safe as markup."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cleaner.corpus.write import report_folder
from cleaner.errors import UsageError
from cleaner.reports import FORMATS, Examined, Run, View
from cleaner.reports.html import DATA, GENERATOR, PAGE, html_file, html_folder
from cleaner.reports.html.page import SCRIPTS, asset
from tests.reports.support import FAILED, HOSTILE, NAMES, PASSED, RUN, passage, real
from tests.support import ARTICLE, LETTER


def opener(place: Path) -> Any:
    return report_folder(place, PAGE, GENERATOR.encode(), DATA)


def filled(view: View, items: Iterable[Examined], failures: Iterable[tuple[str, str]] = ()) -> None:
    for item in items:
        view.add(item)
    for failure in failures:
        view.fail(*failure)
    view.end(FAILED)


def data(folder: Path, name: str) -> Any:
    """What a file of data hands to the page."""
    text = (folder / DATA / f"{name}.js").read_text(encoding="utf-8")
    found = re.fullmatch(r'cleanerData\("([a-z0-9-]+)",(.*)\);\n', text, re.DOTALL)
    assert found is not None and found.group(1) == name
    return json.loads(found.group(2))


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@cache
def many(count: int) -> list[Examined]:
    """Documents of some two kilobytes, of which an own line and a common one go."""
    chance = random.Random(5)
    files = {}
    for number in range(count):
        word = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=12))
        prose = "A line of the article that is long enough to stay. " * 40
        files[f"{number % 7}/{number}.txt"] = f"{ARTICLE}{LETTER} {word}\n{prose}\n"
    return real(files)


class Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_everything_of_a_small_run_is_there(tmp_path: Path) -> None:
    filled(html_folder(opener(tmp_path), RUN), real({f"{n}.txt": ARTICLE for n in range(3)}), [("b", "no text")])

    groups, documents = data(tmp_path, "groups"), data(tmp_path, "documents")
    assert groups["note"] == "All 1 are listed." and documents["note"] == "All 3 are shown."
    assert [row[1] for row in groups["rows"]] == ["Sign up for the valley letter"]
    assert [row[1] for row in documents["rows"]] == ["0.txt", "1.txt", "2.txt"]
    shown = dict(data(tmp_path, "document-0"))
    assert "".join(part if isinstance(part, str) else part[0] for part in shown[0][0]) == ARTICLE
    assert data(tmp_path, "rules") == [["newsletter/valley-letter", ""]]
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "3 passages in 3 of 3 documents" in page and "b</bdi>: no text" in page


def test_a_large_run_stays_within_the_size_and_says_what_is_left_out(tmp_path: Path) -> None:
    filled(html_folder(opener(tmp_path), RUN, 1), many(600))

    assert size(tmp_path) < 1_000_000
    note = data(tmp_path, "documents")["note"]
    shown = len(data(tmp_path, "documents")["rows"])
    assert note.startswith(f"{shown} of 600 are shown") and note.endswith("--report-size.") and 100 < shown < 600
    listed = len(data(tmp_path, "groups")["rows"])
    assert data(tmp_path, "groups")["note"].startswith(f"{listed} of 601 are listed") and 100 < listed < 601
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "600" in page and "1,200 passages" in page and note in page.replace("&#39;", "'")


def test_what_is_shown_can_be_opened(tmp_path: Path) -> None:
    filled(html_folder(opener(tmp_path), RUN, 1), many(600))

    for kind, key in (("document", 0), ("group", 0)):
        rows = data(tmp_path, f"{kind}s")["rows"]
        shards = {row[-1]: dict(map(tuple, data(tmp_path, f"{kind}-{row[-1]}"))) for row in rows}
        assert all(row[key] in shards[row[-1]] for row in rows)


def test_samples_lead_to_documents_that_are_shown(tmp_path: Path) -> None:
    filled(html_folder(opener(tmp_path), RUN, 1), many(600))

    shown = {row[0] for row in data(tmp_path, "documents")["rows"]}
    [common] = [row for row in data(tmp_path, "groups")["rows"] if row[3] > 1]
    samples = dict(map(tuple, data(tmp_path, f"group-{common[-1]}")))[common[0]]["samples"]
    assert len(samples) == 3 and all(sample[0] in shown for sample in samples)


def test_equal_runs_give_equal_files(tmp_path: Path) -> None:
    for name in ("one", "two"):
        filled(html_folder(opener(tmp_path / name), RUN, 1), many(200))

    files = [sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))]
    for path in files[0]:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_a_single_file_is_for_small_runs_and_says_so() -> None:
    handle = io.BytesIO()
    filled(html_file(handle, RUN, 1), many(600))

    assert len(handle.getvalue()) < 1_000_000
    assert "a folder holds more: --report html=FOLDER" in handle.getvalue().decode()


def test_an_empty_run_has_a_page() -> None:
    handle = io.BytesIO()
    filled(html_file(handle, Run()), [])

    assert "Nothing in 0 documents is to be removed." in handle.getvalue().decode()


def test_it_is_one_of_the_formats() -> None:
    handle = io.BytesIO()
    FORMATS["html"](handle, RUN).end(PASSED)

    assert handle.getvalue().startswith(b"<!doctype html>")


def tags(names: Iterable[str], texts: Iterable[str]) -> Tags:
    """Those of a report of documents that are called so, and lose such texts."""
    handle = io.BytesIO()
    items = (passage(words, name=f"{number}/x") for number, words in enumerate(texts))
    filled(html_file(handle, RUN), items, [(name, name) for name in names])
    return Tags(handle.getvalue().decode("utf-8"))


def test_no_name_and_no_text_becomes_markup() -> None:
    names, texts = [*HOSTILE.values(), *NAMES], [*HOSTILE.values()]
    hostile, plain = tags(names, texts), tags(["x"] * len(names), ["x" * len(words.strip()) for words in texts])

    assert hostile.tags == plain.tags
    assert [name for name, _ in hostile.attributes] == [name for name, _ in plain.attributes]


def test_scripts_neither_read_nor_write_markup() -> None:
    source = "".join(map(asset, SCRIPTS))

    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|fetch\(|XMLHttp", source)
        == []
    )
    assert "</script" not in source


class TestFolders:
    def test_a_report_takes_the_place_of_an_earlier_one(self, tmp_path: Path) -> None:
        filled(html_folder(opener(tmp_path), RUN, 1), many(600))
        assert (tmp_path / DATA / "document-1.js").exists()
        filled(html_folder(opener(tmp_path), RUN), real({"a.txt": ARTICLE}))

        assert sorted(path.name for path in (tmp_path / DATA).iterdir()) == [
            "document-0.js", "documents.js", "group-0.js", "groups.js", "rules.js",
        ]  # fmt: skip

    def test_one_that_is_not_finished_says_so_and_can_be_replaced(self, tmp_path: Path) -> None:
        html_folder(opener(tmp_path), RUN)

        assert "not finished" in (tmp_path / PAGE).read_text(encoding="utf-8")
        filled(html_folder(opener(tmp_path), RUN), [])
        assert "not finished" not in (tmp_path / PAGE).read_text(encoding="utf-8")

    @pytest.mark.parametrize("name", ["notes.txt", "index.html"])
    def test_a_folder_that_holds_anything_else_is_refused(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_text("<!doctype html> mine", encoding="utf-8")

        with pytest.raises(UsageError, match="holds something, and no report"):
            opener(tmp_path)
        assert (tmp_path / name).read_text(encoding="utf-8") == "<!doctype html> mine"

    def test_a_file_in_its_place_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "report").write_text("mine", encoding="utf-8")

        with pytest.raises(UsageError, match="cannot be written"):
            opener(tmp_path / "report")
