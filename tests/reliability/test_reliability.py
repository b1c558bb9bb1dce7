"""The short version of the commands here; docs/reliability.md has the figures of the long one."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.benchmarks.tables import section
from tests.reliability import faults, hostile, hostile_rules, kills
from tests.reliability.cases import PAGE, cases_table, made_by

CHEAP = [document for document in hostile.DOCUMENTS if not document.large]


@pytest.mark.slow
def test_after_a_kill_nothing_is_half_written_and_the_next_run_ends_as_a_whole_one(tmp_path: Path) -> None:
    *_, seen = kills.kill_all(tmp_path, 8, seed=2)

    assert [each.kills for each in seen.values()] == [2, 2, 2, 2]
    assert [fault for each in seen.values() for fault in each.broken] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", list(faults.FAULTS))
def test_after_a_fault_nothing_is_lost(name: str) -> None:
    if name.startswith(("full", "read-only")) and os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    found = faults.make_all([name])
    if not found:
        pytest.skip("no disk can be mounted here")

    assert [case for case in found if not case.kept] == []


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


@pytest.mark.parametrize(
    ("name", "results", "measured"),
    [
        ("faults", faults.RESULTS, False),
        ("hostile-documents", hostile.RESULTS, True),
        ("hostile-rules", hostile_rules.RESULTS, True),
    ],
)
def test_the_page_says_what_was_seen(name: str, results: Path, measured: bool) -> None:
    kept = json.loads(results.read_text(encoding="utf-8"))

    expected = f"{made_by(kept)}\n\n{cases_table(kept['cases'], measured=measured)}"
    assert section(PAGE.read_text(encoding="utf-8"), name) == expected
    assert all(case["kept"] for case in kept["cases"])


def test_the_page_says_what_became_of_the_kills() -> None:
    kept = json.loads(kills.RESULTS.read_text(encoding="utf-8"))

    assert section(PAGE.read_text(encoding="utf-8"), "kills") == kills.tables(kept)
    assert not any(seen["broken"] for seen in kept["seen"].values())
