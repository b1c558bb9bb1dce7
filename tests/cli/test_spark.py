"""`--engine spark` where it cannot be done; what it does on a cluster stands in tests/spark/."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spark.support import needs_java
from tests.support import DAM, run, written


@pytest.fixture
def rows(place: Path) -> Path:
    return written(place, {"in/a.jsonl": f'{{"text": "{DAM}"}}\n'})


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["in"], "clean text on standard output"),
        (["-", "-o", "out"], "-"),
        (["in", "--in-place"], "--in-place"),
        (["in", "-o", "out", "--format", "markdown"], "--format markdown"),
        (["in", "-o", "out", "--record", "r.jsonl"], "--record"),
        (["in", "-o", "out", "--resume"], "--resume"),
        (["in", "-o", "out", "--report", "json=r.json"], "--report"),
        (["in", "-o", "out", "-j", "2"], "--jobs"),
        (["in", "-o", "out", "--progress", "json"], "--progress json"),
    ],
)
def test_what_a_dataset_does_not_have_is_refused(rows: Path, args: list[str], named: str) -> None:
    found = run(["clean", "--engine", "spark", *args], rows)

    said = "not with --engine spark, which writes a dataset to -o OUT; see docs/spark.md"
    assert (found.code, found.out, found.errors) == (2, b"", f"cleaner: {named}: {said}\n")


@needs_java
def test_a_cluster_has_to_be_in_the_configuration(rows: Path) -> None:
    found = run(["clean", "in", "-o", "out", "--engine", "spark"], rows)

    assert (found.code, found.out) == (2, b"")
    assert found.errors.startswith("cleaner: spark: on which cluster? Say it in cleaner.toml: [spark] master = ")
    assert not (rows / "out").exists()


@needs_java
def test_nothing_to_do_is_done_without_a_cluster(rows: Path) -> None:
    (rows / "empty").mkdir()

    assert run(["clean", "empty", "-o", "out", "--engine", "spark", "--allow-empty"], rows).code == 0
