"""The tables of what goes and what is lost: made from labelled lines, and in README and docs as they are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import quality
from tests.benchmarks.labelled import Outcome
from tests.benchmarks.tables import ROOT, section
from tests.samples import MORE_PROSE, PROSE, shared


def test_a_file_of_lines_becomes_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [(PROSE, "article"), ("Share this article", "social"), (MORE_PROSE, "article")]
    row = {"site": "oakhurst.example", "lang": "en", "lines": [{"text": t, "label": label} for t, label in lines]}
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")

    assert quality.main([str(path)]) == 0

    printed = capsys.readouterr().out
    assert "| `cleaner` | all | 1 | 2 | 100.0 % | 100.0 % | 100.0 % | 0 | 0.00 % |" in printed
    assert "| keep all | all | 1 | 2 | – | 0.0 % | 0.0 % | 0 | 0.00 % |" in printed
    assert "| social | 1 | 100 % | 100 % | 100 % | 0 % |" in printed

    assert quality.main([str(path), "--overall"]) == 0

    assert capsys.readouterr().out == printed.partition("\n\n")[0] + "\n"


def test_languages_with_few_lines_share_a_row() -> None:
    many = [Outcome("en", False, "social", 10, 0)] * 12
    few = [Outcome(language, True, "social", 10, 10) for language in ("sv", "da")]
    ours = [*many, *few, Outcome("is", False, "article", 10, 10)]

    by_language = quality.tables({"ours": ours, "keep all": ours}).rpartition("\n\n")[2].splitlines()[2:]

    assert [row.split(" | ")[:3] for row in by_language] == [["| en", "12", "0"], ["| da, is, sv", "2", "1"]]


@pytest.mark.parametrize("name", ["absent.jsonl", "broken.jsonl"])
def test_lines_that_cannot_be_read_are_one_line_and_exit_2(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.jsonl").write_text("{}\n", encoding="utf-8")

    assert quality.main([str(tmp_path / name)]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"quality: {tmp_path / name}")
    assert told.err.count("\n") == 1


@pytest.mark.slow
def test_the_tables_of_readme_and_docs_are_up_to_date() -> None:
    path = shared("bench/dev/lines.jsonl")
    readme, page = (
        section((ROOT / name).read_text(encoding="utf-8"), quality.NAME) for name in ("README.md", "docs/quality.md")
    )
    made = quality.report(path)
    assert page == made, "run: python -m tests.benchmarks.quality --write docs/quality.md"
    assert readme == quality.overall(made), "run: python -m tests.benchmarks.quality --overall --write README.md"
