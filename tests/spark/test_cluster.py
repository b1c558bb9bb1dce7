"""A real cluster of two workers does what one machine does: the same rows, the same record, the same rules; also
where an executor is killed in the middle.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
import pytest

import cleaner.spark
from cleaner.api import Cleaner
from cleaner.arrow import clean_batches
from cleaner.corpus.find import find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.record import read_run
from cleaner.errors import DocumentError, UsageError
from cleaner.rules import Selection
from cleaner.spark import clean, tasks
from cleaner.spark.dataset import RECORD, clean_files
from cleaner.spark.session import session, spark_errors
from cleaner.spark.tasks import plan
from tests.mine.corpus import documents
from tests.spark.support import CONF, MASTER, QUICK, Deadly, environment_of, joined, needs_java, parts
from tests.support import ARTICLE, DAM, OURS, PAGE, RIVER, ours, run, written

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [pytest.mark.slow, pytest.mark.cluster, needs_java]
TEXTS = [ARTICLE, None, DAM, PAGE, "Sign up for the valley letter\n", f"{RIVER}\n", "<html><body></body></html>"]
"""With something to remove, nothing, a page, one that is held, and one that cannot be cleaned."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment_of(tmp_path_factory.mktemp("spark")).items():
            patch.setenv(name, value)
        with session(MASTER, {**CONF, **QUICK}) as spark:
            yield spark


def lines(count: int, texts: list[str | None] = TEXTS) -> bytes:
    """So many rows of JSON, not all of which can be read."""
    rows = [json.dumps({"id": number, "text": texts[number % len(texts)]}).encode() for number in range(count)]
    return b"\n".join([*rows, b"", b"no JSON", b'{"id": "\xff", "text": "a"}', b'{"text":  "last",  "id": -1}\n'])


@pytest.fixture
def rows(place: Path) -> Path:
    """A folder of JSON Lines, the larger files neither first nor last, cleaned on one machine to `one`."""
    written(place / "in", {"a.jsonl": lines(5), "b/b.jsonl": lines(90), "b/c.jsonl": b"", "d.jsonl": lines(30)})
    written(place / "in", {"e.jsonl": b'{"body": "none"}\n', "f.jsonl": lines(40)})
    assert run(["clean", "in", "-o", "one", "-j", "1"], place).code == 3
    return place


def test_a_frame_keeps_its_rows_in_their_order(cluster: SparkSession) -> None:
    given = pa.table({"n": range(700), "body": [TEXTS[number % len(TEXTS)] for number in range(700)]})
    frame = cluster.createDataFrame(given)

    found = clean(frame, "body", cleaner=ours(), removals=True)

    expected = pa.Table.from_batches(
        clean_batches(frame.toArrow().to_batches(), "body", cleaner=ours(), removals=True)
    ).to_pylist()
    assert [row.asDict(recursive=True) for row in found.collect()] == expected
    assert sum(row["removed_chars"] > 0 for row in expected) == 200


def test_a_frame_without_the_column_is_refused(cluster: SparkSession) -> None:
    with pytest.raises(DocumentError, match="has no column 'text'"):
        clean(cluster.range(3), cleaner=ours())


def test_rows_of_json_and_their_record_are_those_of_one_machine(
    cluster: SparkSession, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SPLIT", 4000)
    work = plan(find_sources([rows / "in"]), ours(), Reading(), rows / "out")

    totals = clean_files(cluster, work, read_run(rows / "one" / ".cleaner" / "run.jsonl"))

    same_as_one_machine(rows)
    assert len(work.tasks) > 2
    assert (totals.documents, len(totals.failures), len(totals.held)) == (123, 30, 24)
    with pytest.raises(UsageError, match="out: is there already; a dataset goes to a new folder"):
        clean_files(cluster, work, None)


def test_nothing_is_lost_or_doubled_where_an_executor_is_killed(
    cluster: SparkSession, rows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SPLIT", 4000)
    marker = rows / "killed"
    files = find_sources([rows / "in"])
    last = files[-1].path
    last.write_bytes(last.read_bytes().replace(b'"last"', b'"the end of the last file"'))
    assert run(["clean", "in", "-o", "one", "-j", "1"], rows).code == 3
    deadly = Deadly(Selection(packs=(str(OURS),)), "the end of the last file", marker)

    clean_files(cluster, plan(files, deadly, Reading(), rows / "out"), read_run(rows / "one/.cleaner/run.jsonl"))

    with pytest.raises(ProcessLookupError):
        os.kill(int(marker.read_text()), 0)
    same_as_one_machine(rows)


def same_as_one_machine(place: Path) -> None:
    """Whether `out` holds the lines of `one`, and its record."""
    whole = [path for path in sorted((place / "one").rglob("*.jsonl")) if ".cleaner" not in path.parts]
    assert joined(place / "out") == b"".join(path.read_bytes() for path in whole)
    assert joined(place / "out" / RECORD) == (place / "one" / ".cleaner" / "run.jsonl").read_bytes()


@pytest.mark.parametrize("removals", [False, True])
def test_tables_are_those_of_one_machine(
    cluster: SparkSession, place: Path, removals: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "in").mkdir()
    for name, count in (("1", 10), ("2", 300), ("3", 0), ("4", 120)):
        texts = [TEXTS[number % len(TEXTS)] for number in range(count)]
        given = pa.table({"n": pa.array(range(count), pa.int32()), "text": pa.array(texts, pa.large_string())})
        pq.write_table(given, place / "in" / f"{name}.parquet", row_group_size=40)
    more = ["--removals-column"] if removals else []
    assert run(["clean", "in", "-o", "one", "-j", "1", *more], place).code == 3
    monkeypatch.setattr(tasks, "SPLIT", 2000)
    work = plan(find_sources([place / "in"]), ours(), Reading(removals_column=removals), place / "out [1] %41é")

    clean_files(cluster, work, read_run(place / "one" / ".cleaner" / "run.jsonl"))

    assert len(work.tasks) > 4
    one = [row for path in sorted((place / "one").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    assert [row for path in parts(place / "out [1] %41é") for row in pq.read_table(path).to_pylist()] == one
    assert joined(place / "out [1] %41é" / RECORD) == (place / "one" / ".cleaner" / "run.jsonl").read_bytes()


def test_tables_of_other_columns_are_refused(cluster: SparkSession, place: Path) -> None:
    (place / "in").mkdir()
    pq.write_table(pa.table({"text": [DAM]}), place / "in" / "1.parquet")
    pq.write_table(pa.table({"id": [1], "text": [DAM]}), place / "in" / "2.parquet")

    with pytest.raises(UsageError, match=r"^/.*2\.parquet: has other columns than the first file"), spark_errors():
        clean_files(cluster, plan(find_sources([place / "in"]), ours(), Reading(), place / "out"), None)

    assert not (place / "out" / "_SUCCESS").exists()


def test_settings_by_path_go_with_their_documents(cluster: SparkSession, place: Path) -> None:
    written(place / "in", {"a.jsonl": lines(9), "keep/b.jsonl": lines(9)})
    with (place / "cleaner.toml").open("a") as config:
        config.write('\n[[per_path]]\npath = "keep/"\ndisable = ["newsletter/*"]\n')
    assert run(["clean", "in", "-o", "one"], place).code == 3
    chosen = Cleaner.from_config(place / "cleaner.toml")
    work = plan(find_sources([place / "in"]), chosen, Reading(), place / "out")
    (place / "ours.toml").unlink()  # no pack is read on an executor

    clean_files(cluster, work, read_run(place / "one" / ".cleaner" / "run.jsonl"))

    same_as_one_machine(place)
    assert len(work.cleaners) == 2


def test_the_command_writes_what_one_machine_writes(place: Path, tmp_path: Path) -> None:
    given = lines(20, [text for text in TEXTS if text is None or not text.startswith("<")])  # no page is restored
    written(place / "in", {"a.jsonl": given})
    properties = "\n".join(f'"{name}" = "{value}"' for name, value in {**CONF, **QUICK}.items())
    with (place / "cleaner.toml").open("a") as config:
        config.write(f'\n[spark]\nmaster = "{MASTER}"\n[spark.conf]\n{properties}\n')
    one = run(["clean", "in", "-o", "one"], place)

    found = run(
        ["clean", "in", "-o", "out", "--engine", "spark"],
        place,
        env={**os.environ, **environment_of(tmp_path)},
    )

    assert (found.code, found.out) == (3, b"")
    assert one.errors.replace("in/", f"{place}/in/") == "".join(
        line for line in found.errors.splitlines(True) if line.startswith(("cleaner: ", "  ")) or "changed" in line
    )
    same_as_one_machine(place)
    (place / "out" / "run.jsonl").write_bytes(joined(place / "out" / RECORD))
    (place / "out" / "a.jsonl").write_bytes(joined(place / "out"))
    assert run(["report", "out/run.jsonl"], place) == run(["report", "one/.cleaner/run.jsonl"], place)
    assert run(["report", "--compare", "one/.cleaner/run.jsonl", "out/run.jsonl"], place).code == 0
    assert run(["restore", "out/run.jsonl", "-o", "back"], place).code == 0
    assert (place / "back" / "a.jsonl").read_bytes() == given


def test_what_spark_submit_mines_is_what_one_machine_mines(place: Path, tmp_path: Path) -> None:
    made = list(documents(200))
    for part in range(3):
        rows = [{"text": "\n\n".join(item.texts), "site": item.site} for item in made[part::3]]
        written(place / "in", {f"{part}.jsonl": "".join(json.dumps(row) + "\n" for row in rows)})
    plain = [{"text": "\n\n".join(item.texts)} for item in made[::5]]  # all of one site, which goes by its folder
    written(place / "in", {"Valley Press/a.jsonl": "".join(json.dumps(row) + "\n" for row in plain)})
    (place / "cleaner.toml").write_text('packs = ["signals"]\n')
    assert run(["mine", "in", "-o", "mined.toml", "--no-cache", "--pack", "ours.toml"], place).code == 0
    assert pyspark.__file__ is not None
    submit = Path(pyspark.__file__).with_name("bin") / "spark-submit"
    entry = Path(cleaner.spark.__file__).with_name("__main__.py")
    properties = [f"--conf={name}={value}" for name, value in {**CONF, **QUICK}.items()]

    done = subprocess.run(
        [str(submit), "--master", MASTER, *properties, str(entry), "mine", "in", "found.toml", "--rules", "ours.toml"],
        cwd=place,
        env={**os.environ, **environment_of(tmp_path)},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert (place / "found.toml").read_bytes() == (place / "mined.toml").read_bytes()
    assert (place / "found.toml").read_bytes().count(b"[[rule]]") > 20
