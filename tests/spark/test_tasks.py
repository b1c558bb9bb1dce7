"""What an executor does with a task, without one."""

from __future__ import annotations

import gzip
import json
import pickle
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.api import Cleaner
from cleaner.corpus.find import find_sources
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Totals
from cleaner.errors import UsageError
from cleaner.mine.site import Sites
from cleaner.rules import PerPath, Selection
from cleaner.spark import dataset, mining, tasks
from cleaner.spark.tasks import Work, plan
from tests.support import ARTICLE, CLEAN, DAM, OURS, ours, written

ROW = b'{"text": "Sign up for the valley letter\\n\\nThe dam opens in May, the ministry said, after nine years."}\n'
LINES = pa.schema([("value", pa.string())])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "in", {"a.jsonl": ROW, "b.jsonl": ROW * 30, "c.jsonl": ROW, "d.jsonl": ROW * 3})


def named(work: Work) -> list[list[str]]:
    return [[piece.source.name for piece in task] for task in work.tasks]


def columns(work: Work, number: int, given: pa.Schema, made: pa.Schema) -> dict[str, list[object]]:
    """What is in the columns of a task's batches where it is not null."""
    found = pa.Table.from_batches(dataset.batches(work, number, given, made)).to_pydict()
    return {name: [value for value in values if value is not None] for name, values in found.items()}


class TestPlan:
    def test_small_files_go_together_and_in_order(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "SPLIT", 5 * len(ROW))

        work = plan(find_sources([folder]), ours(), Reading(), folder / "out")

        assert named(work) == [["a.jsonl"], ["b.jsonl"], ["c.jsonl", "d.jsonl"]]
        assert pickle.loads(pickle.dumps(work)).tasks == work.tasks

    def test_there_are_no_more_tasks_than_sort_by_name(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tasks, "SPLIT", 1)
        monkeypatch.setattr(tasks, "MOST_TASKS", 2)

        assert named(plan(find_sources([folder]), ours(), Reading(), folder / "out")) == [
            ["a.jsonl"], ["b.jsonl"], ["c.jsonl", "d.jsonl"],
        ]  # fmt: skip

    def test_each_settings_by_path_is_a_cleaner_of_its_own(self, folder: Path) -> None:
        selection = Selection(
            (str(OURS),), folder, per_path=(PerPath("b.jsonl", threshold=9), PerPath("*", keep=("x",)))
        )

        work = plan(find_sources([folder]), Cleaner(selection), Reading(), folder / "out")

        assert [piece.cleaner for task in work.tasks for piece in task] == [0, 1, 0, 0]

    def test_sparks_own_files_are_passed_over(self, folder: Path) -> None:
        written(folder, {"_SUCCESS": b""})

        assert "_SUCCESS" not in named(plan(find_sources([folder]), ours(), Reading(), folder / "out"))[0]
        with pytest.raises(UsageError, match="there is no JSON Lines or Parquet in the inputs"):
            plan(find_sources([folder / "_SUCCESS"]), ours(), Reading(), folder / "out")

    def test_other_inputs_are_refused(self, folder: Path) -> None:
        written(folder, {"z.txt": b"text"})

        with pytest.raises(UsageError, match=r"z\.txt: is neither JSON Lines nor Parquet; clean it on one machine"):
            plan(find_sources([folder]), ours(), Reading(), folder / "out")

    def test_a_dataset_is_of_one_kind(self, folder: Path) -> None:
        pq.write_table(pa.table({"text": [DAM]}), folder / "e.parquet")
        sources = find_sources([folder])

        with pytest.raises(UsageError, match=r"d\.jsonl and .*e\.parquet: one dataset is either JSON Lines or Parquet"):
            plan(sources, ours(), Reading(), folder / "out")
        assert len(plan(sources, ours(), Reading(), folder / "out", hand_back=True).tasks[0]) == 5


class TestBatches:
    def test_lines_their_record_and_what_was_counted(self, folder: Path) -> None:
        written(folder, {"a.jsonl": b"no JSON\n\n" + ROW.rstrip()})
        work = plan(find_sources([folder / "a.jsonl"]), ours(Selection(max_removed=1)), Reading(), folder / "out")

        found = columns(work, 0, LINES, LINES)

        rows = [row["value"] for row in found["rows"][1:]]  # type: ignore[index]
        assert rows == ["", '{"text": "The dam opens in May, the ministry said, after nine years."}']
        record = "\n".join(map(str, found["record"])).split("\n")
        assert [json.loads(row)["row"] for row in record] == ["failure", "document", "removal"]
        [totals] = found["totals"]
        assert isinstance(totals, bytes)
        counted = pickle.loads(totals)
        assert isinstance(counted, Totals)
        assert (counted.documents, counted.changed, len(counted.failures)) == (1, 1, 1)

    def test_lines_that_were_compressed_are_plain_ones(self, folder: Path) -> None:
        written(folder, {"z.jsonl.gz": gzip.compress(ROW * 2)})
        cleaner = ours(Selection(max_removed=1))
        plain, packed = (
            columns(plan(find_sources([folder / name]), cleaner, Reading(), folder / "out"), 0, LINES, LINES)["rows"]
            for name in ("a.jsonl", "z.jsonl.gz")
        )

        assert packed == plain * 2

    def test_shares_of_a_table_are_the_table(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = pa.table({"n": range(10), "text": [ARTICLE, None] * 5})
        pq.write_table(given, tmp_path / "a.parquet", row_group_size=3)
        monkeypatch.setattr(tasks, "SPLIT", (tmp_path / "a.parquet").stat().st_size // 3 + 1)
        work = plan(find_sources([tmp_path / "a.parquet"]), ours(), Reading(), tmp_path / "out")
        made = pa.schema([*given.schema, ("removed_chars", pa.int64())])

        found = [columns(work, number, made, made) for number in range(len(work.tasks))]

        assert [task[0].share for task in work.tasks] == [(0, 3), (1, 3), (2, 3)]
        rows = [row for each in found for row in each["rows"]]
        gone = len(ARTICLE) - len(CLEAN)
        assert rows == [
            {"n": n, "text": None if n % 2 else CLEAN, "removed_chars": 0 if n % 2 else gone} for n in range(10)
        ]
        said = "".join(str(row) for each in found for row in each["record"])
        assert [f'"doc":"a.parquet:{n}"' in said for n in range(1, 11)] == [True, False] * 5

    def test_what_cannot_be_read_is_a_failure(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.parquet": b"PAR1", "b.jsonl": b'{"body": 1}\n'})
        work = plan(find_sources([tmp_path / "a.parquet"]), ours(), Reading(), tmp_path / "out")
        gone = plan(find_sources([tmp_path / "b.jsonl"]), ours(), Reading(), tmp_path / "out")
        (tmp_path / "b.jsonl").unlink()

        for each, reason in ((work, "cannot be read as Parquet"), (gone, "cannot be read (No such file")):
            found = columns(each, 0, LINES, LINES)
            assert (found["rows"], len(found["record"])) == ([], 1)
            assert reason in str(found["record"])

    def test_the_schema_is_that_of_the_first_table_that_can_be_read(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.parquet": b"PAR1"})
        pq.write_table(pa.table({"text": pa.array([DAM], pa.large_string())}), tmp_path / "b.parquet")
        pq.write_table(pa.table({"n": pa.array([1], pa.uint64()), "text": [DAM]}), tmp_path / "c.parquet")

        def schemas(*names: str) -> tuple[pa.Schema, pa.Schema]:
            sources = find_sources([tmp_path / f"{name}.parquet" for name in names])
            return dataset._schemas(plan(sources, ours(), Reading(), tmp_path / "out"))

        given, made = schemas("a", "b")
        assert [str(kind) for kind in given.types] == ["large_string", "int64"]
        assert [str(kind) for kind in made.types] == ["string", "int64"]
        with pytest.raises(UsageError, match=r"a\.parquet: cannot be read as Parquet"):
            schemas("a")
        with pytest.raises(UsageError, match=r"c\.parquet: Spark has no such columns"):
            schemas("c")

    def test_other_columns_are_refused(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"text": [DAM]}), tmp_path / "a.parquet")
        work = plan(find_sources([tmp_path / "a.parquet"]), ours(), Reading(), tmp_path / "out")

        with pytest.raises(UsageError, match=r"a\.parquet: has other columns than the first file"):
            columns(work, 0, LINES, LINES)


def test_a_document_is_counted_by_its_lines(folder: Path) -> None:
    work = plan(find_sources([folder / "a.jsonl"]), ours(Selection(max_removed=1)), Reading(), folder, hand_back=True)

    found = pa.Table.from_batches(mining.batches(work, 0, Sites(()))).to_pylist()

    dam = "The dam opens in May, the ministry said, after nine years."
    assert [(row["kind"], row["site"], row["text"]) for row in found] == [
        (mining.SITE, ".", ""),
        (mining.DOC, ".", "a.jsonl:1"),
        (mining.LINE, ".", None),
        (mining.TEXT, ".", dam),
        (mining.TOTALS, None, None),
    ]
