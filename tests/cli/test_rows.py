"""What a check says of the documents of one file, where people and CI look for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import ARTICLE, DAM, LETTER, run, written

ROWS = [DAM, ARTICLE, f"{DAM}\n{LETTER}\n{LETTER}\n"]


@pytest.fixture
def rows(place: Path) -> Path:
    written(place, {"in/a.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in ROWS)})
    return place


def test_formats_for_ci_point_to_the_row(rows: Path) -> None:
    wanted = [f"--report={name}={name}" for name in ("github", "gitlab", "sarif", "json")]

    assert run(["check", "in", *wanted], rows).code == 1

    assert "::warning file=in/a.jsonl,line=2,endLine=2," in (rows / "github").read_text()
    locations = [issue["location"] for issue in json.loads((rows / "gitlab").read_text())]
    assert {(where["path"], where["lines"]["begin"]) for where in locations} == {("in/a.jsonl", 2), ("in/a.jsonl", 3)}
    results = json.loads((rows / "sarif").read_text())["runs"][0]["results"]
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert {place["artifactLocation"]["uri"] for place in places} == {"in/a.jsonl"}
    assert [place["region"]["startLine"] for place in places] == [2, 3, 3]
    assert not any("fixes" in result for result in results)
    (first, _) = json.loads((rows / "json").read_text())["documents"]
    assert (first["path"], first["page"], first["findings"][0]["line"]) == ("in/a.jsonl:2", False, 3)


def test_a_baseline_knows_them_by_their_file(rows: Path) -> None:
    update = ["check", "in", "--baseline", "known.jsonl"]
    assert run([*update, "--update-baseline"], rows).code == 0

    moved = (rows / "in/a.jsonl").read_text().splitlines(keepends=True)
    written(rows, {"in/a.jsonl": "".join(reversed(moved))})
    assert run(update, rows).code == 0

    written(rows, {"in/a.jsonl": "".join(moved) + moved[1]})
    ran = run(update, rows)
    assert (ran.code, ran.out.count(b"\n")) == (1, 1)


def test_diff_and_stats_take_them_too(rows: Path) -> None:
    shown = run(["diff", "--format", "text", "in"], rows)
    assert (shown.code, shown.out.count(f"[-{LETTER}-]".encode())) == (1, 3)

    patch = run(["diff", "in"], rows)
    assert (patch.code, patch.out) == (1, b"")
    assert patch.errors == "cleaner: 3 rows left out of the patch; --format text shows what would go\n"

    stats = json.loads(run(["stats", "--format", "json", "in"], rows).out)
    assert (stats["documents"], stats["findings"]) == (3, 3)
