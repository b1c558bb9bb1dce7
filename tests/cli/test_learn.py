"""`cleaner clean --learn` where a transcript does not reach: orders, processes, rows, runs that are cut off."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from cleaner.corpus.lock import only_run
from tests.mine.corpus import documents
from tests.support import configured, contents, environment, run, written

TEXTS = {made.name: "\n\n".join(made.texts) + "\n" for made in documents(60, of=2)}
ROWS = [json.dumps({"text": text, "url": f"https://www.{name}"}) + "\n" for name, text in TEXTS.items()]
PACK, RECORD = ".cleaner/run.learned.toml", ".cleaner/run.jsonl"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts in `in`, cleaned to `out`."""
    place = configured(tmp_path_factory.mktemp("whole"))
    written(place / "in", TEXTS)
    ran = run(["clean", "in", "-o", "out", "--learn", "-j", "1", "-q"], place)
    assert (ran.code, ran.errors) == (0, "")
    return place


def copied(origin: Path, place: Path) -> Path:
    """The same as if it had been cleaned there."""
    configured(place)
    for name in ("in", "out"):
        written(place / name, contents(origin / name))
    written(place / "out", {name: (origin / "out" / name).read_bytes() for name in (PACK, RECORD)})
    return place


def removed_by(record: Path) -> set[str]:
    rows = map(json.loads, record.read_text(encoding="utf-8").splitlines())
    return {row["rule"] for row in rows if row["row"] == "removal"}


def test_neither_the_order_of_the_inputs_nor_the_number_of_processes_changes_a_byte(
    whole: Path, tmp_path: Path
) -> None:
    configured(tmp_path)
    for name in random.Random(3).sample(sorted(TEXTS), len(TEXTS)):
        written(tmp_path / "in", {name: TEXTS[name]})

    ran = run(["clean", "in/paper-1.example", "in/paper-0.example", "-o", "out", "--learn", "-j", "2", "-q"], tmp_path)

    assert (ran.code, ran.errors) == (0, "")
    assert (tmp_path / "out" / PACK).read_bytes() == (whole / "out" / PACK).read_bytes()
    for site in ("paper-0.example", "paper-1.example"):
        for name, clean in contents(whole / "out" / site).items():
            assert (tmp_path / "out" / name).read_bytes() == clean
    rules = removed_by(whole / "out" / RECORD)
    assert rules == removed_by(tmp_path / "out" / RECORD)
    assert any(rule.startswith("repeat/paper-0-example-") for rule in rules)


def test_rows_are_learned_from_in_any_order(tmp_path: Path) -> None:
    configured(tmp_path)
    shuffled = random.Random(3).sample(ROWS, len(ROWS))
    written(tmp_path, {"rows.jsonl": "".join(ROWS), "more/rows.jsonl": "".join(shuffled)})

    ran = [
        run(
            ["clean", name, "-o", "clean.jsonl", "--learn", "-j", jobs, "-q"],
            place,
            env=environment(TMPDIR=str(tmp_path)),
        )
        for name, jobs, place in (("rows.jsonl", "1", tmp_path), ("rows.jsonl", "2", tmp_path / "more"))
    ]

    assert [(one.code, one.errors) for one in ran] == [(0, ""), (0, "")]
    clean, other = (
        dict(
            zip((json.loads(row)["url"] for row in rows), (place / "clean.jsonl").read_text().splitlines(), strict=True)
        )
        for rows, place in ((ROWS, tmp_path), (shuffled, tmp_path / "more"))
    )
    assert clean == other
    assert len(clean[f"https://www.{next(iter(TEXTS))}"]) < len(ROWS[0]) - 50
    assert not list(tmp_path.glob("cleaner-*")), "what was learned lasts no longer than a run without a record"


def test_a_run_goes_on_with_what_it_learned_when_it_began(whole: Path, tmp_path: Path) -> None:
    copied(whole, tmp_path)
    record, before = tmp_path / "out" / RECORD, contents(tmp_path / "out")
    complete = record.read_bytes()
    os.truncate(record, len(complete) // 2)
    written(tmp_path / "none", {"duckdb/__init__.py": "raise ImportError"})  # so that nothing can be counted anew

    without = run(["clean", "in", "-o", "out", "--resume", "-q"], tmp_path)
    learning = ["clean", "in", "-o", "out", "--learn", "--resume", "-q"]
    ran = run(learning, tmp_path, env=environment(PYTHONPATH=str(tmp_path / "none")))

    assert (without.code, ran.code) == (2, 0), ran.errors
    assert "is of a run with --learn" in without.errors
    assert record.read_bytes() == complete
    assert contents(tmp_path / "out") == before


def test_a_run_does_not_go_on_with_other_learned_rules(whole: Path, tmp_path: Path) -> None:
    copied(whole, tmp_path)
    pack = tmp_path / "out" / PACK
    pack.write_text(pack.read_text(encoding="utf-8").partition("\n[[rule]]")[0], encoding="utf-8")
    os.truncate(tmp_path / "out" / RECORD, 5000)

    ran = run(["clean", "in", "-o", "out", "--learn", "--resume", "-q"], tmp_path)

    assert ran.code == 2
    assert "is of a run with other rules; leave out --resume and clean anew" in ran.errors


def test_a_run_in_place_keeps_what_it_learned_beside_its_record(whole: Path, tmp_path: Path) -> None:
    configured(tmp_path)
    written(tmp_path / "in", TEXTS)

    ran = run(["clean", "in", "--in-place", "--learn", "-q"], tmp_path)
    again = run(["clean", "in", "--in-place", "--learn", "-q"], tmp_path)

    assert (ran.code, again.code) == (0, 0), ran.errors + again.errors
    assert (tmp_path / "in" / PACK).read_bytes() == (whole / "out" / PACK).read_bytes()
    assert "[[rule]]" not in (tmp_path / "in/.cleaner/run-2.learned.toml").read_text(encoding="utf-8")
    restored = run(["restore", "in/.cleaner/run.jsonl", "-o", "back"], tmp_path)
    assert restored.code == 0, restored.errors
    assert contents(tmp_path / "back") == {name: text.encode() for name, text in TEXTS.items()}


def test_while_another_run_is_at_work_nothing_is_learned_over_its_rules(whole: Path, tmp_path: Path) -> None:
    place = copied(whole, tmp_path)
    written(place / "in", {"paper-0.example/later.txt": TEXTS[min(TEXTS)]})
    before = (place / "out" / PACK).read_bytes()

    with only_run(place / "out", ""):
        ran = run(["clean", "in", "-o", "out", "--learn", "-q"], place)

    assert (ran.code, ran.out) == (2, b"")
    assert ran.errors == "cleaner: out: another run is writing there; wait for it, or choose another -o\n"
    assert (place / "out" / PACK).read_bytes() == before
