"""The short version of the commands here; docs/reliability.md has the figures of the long one."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.benchmarks.tables import section
from tests.reliability import faults, hostile, hostile_rules, kills
from tests.reliability.cases import PAGE, Case, Cases
from tests.support import written

CHEAP = [document for document in hostile.DOCUMENTS if not document.large]


@pytest.mark.slow
def test_after_a_kill_nothing_is_half_written_and_the_next_run_ends_as_a_whole_one(tmp_path: Path) -> None:
    *_, seen = kills.kill_all(tmp_path, 8, seed=2)

    assert [each.kills for each in seen.values()] == [2, 2, 2, 2]
    assert [fault for each in seen.values() for fault in each.broken] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", list(faults.FAULTS))
def test_after_a_fault_nothing_is_lost(name: str, tmp_path: Path) -> None:
    if name.startswith(("full", "read-only")) and os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    try:
        case = faults.FAULTS[name](tmp_path)
    except subprocess.CalledProcessError:
        pytest.skip("no disk can be mounted here")

    assert case.kept, case


@pytest.mark.slow
@pytest.mark.parametrize("document", CHEAP, ids=[document.what for document in CHEAP])
def test_a_hostile_document_is_refused_or_cleaned_within_bounds(document: hostile.Document, tmp_path: Path) -> None:
    case = hostile.tried(document, tmp_path / "place")

    assert case.kept, case


@pytest.mark.slow
@pytest.mark.parametrize("stranger", hostile_rules.STRANGERS, ids=lambda stranger: stranger.what)
def test_a_strangers_pack_removes_text_at_worst(stranger: hostile_rules.Stranger, tmp_path: Path) -> None:
    case = hostile_rules.tried(stranger, tmp_path / "place")

    assert case.kept, case


@pytest.mark.parametrize("cases", [faults.CASES, hostile.CASES, hostile_rules.CASES], ids=lambda cases: cases.module)
def test_the_page_says_what_was_seen(cases: Cases) -> None:
    kept = json.loads(cases.results.read_text(encoding="utf-8"))

    assert section(PAGE.read_text(encoding="utf-8"), cases.section) == cases.text(kept)
    assert all(case["kept"] for case in kept["cases"])


def found(case: Case) -> Callable[[Path], Case]:
    return lambda _place: case


def test_cases_that_are_tried_alone_are_kept_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = written(tmp_path, {"page.md": "<!-- some -->\n\n<!-- /some -->\n"}) / "page.md"
    monkeypatch.setattr("tests.reliability.cases.PAGE", page)
    monkeypatch.setattr(Cases, "results", tmp_path / "some.json")
    cases = Cases("some", "cases", "some", measured=False)

    for codes, only in (((0, 0), ""), ((0, 3), "two")):
        one, two = (Case(name, code, "", "", code == 0) for name, code in zip(("one", "two"), codes, strict=True))
        monkeypatch.setattr("sys.argv", ["cases", "--save", "--only", only])
        assert cases.main("about", {"one": found(one), "two": found(two)}) == bool(codes[1])

    kept = json.loads(cases.results.read_text(encoding="utf-8"))["cases"]
    assert [(case["what"], case["code"]) for case in kept] == [("one", 0), ("two", 3)]
    assert "**broken**" in page.read_text(encoding="utf-8")


def test_the_page_says_what_became_of_the_kills() -> None:
    kept = json.loads(kills.RESULTS.read_text(encoding="utf-8"))

    assert section(PAGE.read_text(encoding="utf-8"), "kills") == kills.tables(kept)
    assert not any(seen["broken"] for seen in kept["seen"].values())
