"""`cleaner rules tune` where a transcript does not reach: on a terminal, and into a device."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_streams import on_terminal
from tests.support import DAM, LETTER, RIVER, run, written
from tests.tune.support import as_jsonl, labelled

TEXTS = [
    labelled(f"site-{number % 5}.example", (DAM, "article"), (LETTER, "newsletter"), (RIVER, "article"))
    for number in range(25)
]


def test_on_a_terminal_there_is_a_table_with_lines(place: Path) -> None:
    written(place, {"l.jsonl": as_jsonl(TEXTS)})

    code, shown = on_terminal(["rules", "tune", "l.jsonl"], place, COLUMNS="120")

    assert code == 0
    assert "fitting to all texts" in shown
    assert "│ newsletter │    25 │ 1.000 -> 1.000 │" in shown


def test_it_writes_into_a_device_and_into_an_empty_file(place: Path) -> None:
    written(place, {"l.jsonl": as_jsonl(TEXTS), "empty.toml": ""})

    done = run(["rules", "tune", "l.jsonl", "--folds", "2", "-o", "/dev/stdout"], place)
    again = run(["rules", "tune", "l.jsonl", "--folds", "2", "-o", "empty.toml"], place)

    assert (done.code, again.code) == (0, 0)
    assert done.out.startswith(b"# Weights from labelled lines")
    assert done.out.startswith((place / "empty.toml").read_bytes())
