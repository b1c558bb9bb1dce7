"""The table of what learning finds and loses."""

from __future__ import annotations

import pytest

from tests.benchmarks import learning
from tests.benchmarks.tables import ROOT, section
from tests.mine.corpus import Made, documents, with_hard_repeats

PROSE = "The dam opens in May, the ministry said, after nine years of work and three changes of plan."


def test_lines_are_known_by_document_and_place() -> None:
    made = Made("paper.example", "paper.example/1.txt", (("Our house", True), (PROSE, False), ("A crosshead", False)))
    lines = learning.lines_of([made])

    assert lines.furniture == {(made.name, 0)}
    assert lines.article == {(made.name, 1), (made.name, 2)}
    assert lines.prose == {(made.name, 1)}


def test_hard_repeats_are_all_article() -> None:
    plain, hard = list(documents(100)), list(with_hard_repeats(documents(100)))

    assert [one.name for one in hard] == [one.name for one in plain]
    repeated = {text for one in hard for text, _ in one.lines} - {text for one in plain for text, _ in one.lines}
    assert len(repeated) >= 5
    assert not any(is_furniture for one in hard for text, is_furniture in one.lines if text in repeated)


@pytest.mark.slow
def test_learning_finds_more_and_loses_no_more_prose() -> None:
    rows = [line.strip("| ").split(" | ") for line in learning.report(100, 2).splitlines() if line.startswith("| ")]
    found = {(row[0], row[1]): row for row in rows}

    for corpus in ("generated", "with hard repeats"):
        without, learned = found[corpus, "all packs"], found[corpus, "all packs, `--learn`"]
        assert float(without[3].split()[0]) < 60
        assert float(learned[3].split()[0]) >= 95
        assert without[6] == learned[6]
        assert learned[7] == "0"


def test_the_readme_keeps_what_is_asked_for() -> None:
    written = section((ROOT / "README.md").read_text(encoding="utf-8"), learning.NAME)
    rows = [line.strip("| ").split(" | ") for line in written.splitlines() if "`--learn`" in line]

    assert len(rows) == 2
    assert all(float(row[3].split()[0]) >= 95 and row[7] == "0" for row in rows)
