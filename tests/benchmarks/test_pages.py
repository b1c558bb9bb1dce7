"""The tables of pages: made from a folder of them, and in the README as they are made."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from tests.benchmarks import extractors, pages
from tests.benchmarks.gold import Page, read
from tests.benchmarks.tables import ROOT, section
from tests.html.support import HARBOUR, page, paragraphs
from tests.samples import shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One page of each kind of set."""
    with (tmp_path / "gold.jsonl").open("w", encoding="utf-8") as gold:
        for name in ("town", "wcxb"):
            gold.write(json.dumps({"id": "7", "set": name, "gold": HARBOUR, "without": ["Share"]}) + "\n")
            (tmp_path / "pages" / name).mkdir(parents=True)
            html = page(f"<article>{paragraphs()}</article>")
            (tmp_path / "pages" / name / "7.html.gz").write_bytes(gzip.compress(html.encode()))
    return tmp_path


def test_a_folder_becomes_tables(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extractors, "find_spec", lambda _: None)

    assert pages.main([str(folder), "--turns", "1"]) == 0

    told = capsys.readouterr()
    assert "| `cleaner` | 1.000 | 100.0 % | 1.000 | 100.0 % | 100.0 % |\n" in told.out
    assert re.search(r"\n\| `cleaner` \| \d+ \| 1\.0 \| \d+ MB \|\n", told.out)
    assert re.search(r"\n\| `cleaner` on the whole page \| \d+ \| \d+\.\d \| \d+ MB \|\n$", told.out)
    assert told.err.splitlines() == [
        "pages: readability-lxml is left out, it needs readability, html_text: pip install '.[bench]'",
        "pages: trafilatura is left out, it needs trafilatura: pip install '.[bench]'",
        "pages: resiliparse is left out, it needs resiliparse: pip install '.[bench]'",
        "pages: `cleaner` on trafilatura is left out, it needs trafilatura: pip install '.[bench]'",
        "pages: `cleaner` on resiliparse is left out, it needs resiliparse: pip install '.[bench]'",
    ]


def test_a_page_on_which_a_program_fails_counts_as_empty(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def fails(data: bytes) -> str:
        raise RuntimeError(len(data))

    runs = pages.run({"it": fails, "other": lambda _: "text"}, read(folder), 2)

    assert runs["it"].texts == ["", ""]
    assert runs["other"].texts == ["text", "text"]
    assert len(runs["it"].seconds) == 2
    assert "pages: it fails on " in capsys.readouterr().err


def test_sets_have_the_metrics_of_their_authors() -> None:
    some = [Page("town", Path(), "The dam opens in May"), Page("wcxb", Path(), "The dam", ("dam",), ("share",))]
    runs = {extractors.OURS: pages.Run(["The dam opens in June", "Share"])}
    assert pages.nearness(runs, some).splitlines() == [
        "|  | town F1 | town exact | wcxb F1 | wanted snippets there | unwanted absent |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| `cleaner` | 0.500 | 0.0 % | 0.000 | 0.0 % | 0.0 % |",
    ]


@pytest.mark.parametrize("name", ["absent", "broken"])
def test_a_folder_of_something_else_is_one_line_and_exit_2(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "gold.jsonl").write_text("{}\n", encoding="utf-8")

    assert pages.main([str(tmp_path / name)]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"pages: {tmp_path / name / 'gold.jsonl'}")
    assert told.err.count("\n") == 1


@pytest.mark.slow
def test_our_row_of_the_readme_is_up_to_date() -> None:
    some = read(shared("bench/dev"))
    runs = pages.run({extractors.OURS: extractors.make(extractors.OURS)}, some, 1)
    _, _, ours = pages.nearness(runs, some).splitlines()
    written = section((ROOT / "README.md").read_text(encoding="utf-8"), pages.NAME)
    assert ours in written.splitlines(), "run: python -m tests.benchmarks.pages --write README.md"
