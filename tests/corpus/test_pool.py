"""Real processes, killed for real: a worker that meets a certain text ends its own process, as a shortage would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from cleaner.corpus.find import Source, find_sources
from cleaner.corpus.jobs import work
from cleaner.corpus.read import Reading
from cleaner.corpus.work import Batch, Done, Part, Task, Worker, tasks
from cleaner.errors import UsageError
from cleaner.model import JSONL, TEXT
from tests.support import ARTICLE, CLEAN, DAM, contents, ours, written

KILLER = f"{DAM} This one kills."
FILES = {f"{number:03}.txt": ARTICLE for number in range(150)}


class Dying(Worker):
    """Kills its process at the killer; with a file named in `CLEANER_TEST_ONCE`, only as long as that is not there."""

    def do(self, task: Task) -> Done:
        once = os.environ.get("CLEANER_TEST_ONCE")
        texts = (
            [source.path.read_text() for source, _ in task.files]
            if isinstance(task, Batch)
            else [task.chunk.data.decode()]
            if isinstance(task, Part)
            else []
        )
        if any("This one kills." in text for text in texts) and not (once and Path(once).exists()):
            if once:
                Path(once).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().do(task)


def run(
    kind: type[Worker], folder: Path, out: Path, jobs: int, form: str = TEXT, target: Path | None = None
) -> list[tuple[Task, Done]]:
    worker = kind(ours(), Reading(), form, out)
    files = [(source, target or out / source.name) for source in find_sources([folder])]
    return list(work(lambda: worker, tasks(files, Reading()), jobs))


def failures(done: Sequence[tuple[Task, Done]]) -> list[str]:
    return [failure for _, item in done for failure in item.totals.failures]


class TestWork:
    def test_any_number_of_processes_gives_the_same_in_the_same_order(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {**FILES, "bad.txt": b"\0"})
        results = {}
        for jobs in (1, 2, 3):
            done = run(Worker, folder, tmp_path / f"out{jobs}", jobs)
            rows = b"".join(item.rows for _, item in done).replace(f"out{jobs}".encode(), b"out")
            results[jobs] = (rows, [item.totals for _, item in done], contents(tmp_path / f"out{jobs}"))

        assert results[1] == results[2] == results[3]
        assert results[1][2] == dict.fromkeys(FILES, CLEAN.encode())
        names = [json.loads(line)["doc"] for line in results[1][0].splitlines() if b'"removal"' not in line]
        assert names == sorted([*FILES, "bad.txt"])

    def test_a_process_that_is_killed_is_replaced_and_its_work_done_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CLEANER_TEST_ONCE", str(tmp_path / "once"))
        folder = written(tmp_path / "in", {**FILES, "077.txt": KILLER})

        done = run(Dying, folder, tmp_path / "out", 2)

        assert (tmp_path / "once").exists()
        assert failures(done) == []
        assert contents(tmp_path / "out") == {**dict.fromkeys(FILES, CLEAN.encode()), "077.txt": KILLER.encode()}
        assert sum(item.totals.documents for _, item in done) == len(FILES)

    def test_a_document_that_kills_every_process_fails_alone(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", {**dict(list(FILES.items())[:20]), "007.txt": KILLER})

        done = run(Dying, folder, tmp_path / "out", 2)

        (said,) = failures(done)
        assert said.startswith(f"{folder}/007.txt: the process that cleaned it was killed")
        assert sorted(contents(tmp_path / "out")) == [name for name in list(FILES)[:20] if name != "007.txt"]

    @pytest.mark.parametrize("form", [TEXT, JSONL])
    def test_a_row_that_kills_every_process_stays_as_it_was(self, tmp_path: Path, form: str) -> None:
        lines = [json.dumps({"text": KILLER if number == 3 else ARTICLE}) + "\n" for number in range(6)]
        folder = written(tmp_path / "in", {"a.jsonl": "".join(lines)})

        done = run(Dying, folder, tmp_path / "out", 2, form)

        (said,) = failures(done)
        assert said.startswith(f"{folder}/a.jsonl:4: the process that cleaned it was killed")
        if form == TEXT:
            rows = [json.loads(line)["text"] for _, item in done for line in (item.piece or b"").splitlines()]
            assert rows == [CLEAN, CLEAN, CLEAN, KILLER, CLEAN, CLEAN]

    def test_an_output_that_cannot_be_written_ends_the_run(self, tmp_path: Path) -> None:
        folder = written(tmp_path / "in", FILES)
        (tmp_path / "out").write_text("a file where a folder should be")

        with pytest.raises(UsageError, match="cannot be written"):
            run(Worker, folder, tmp_path / "out", 2)

    def test_no_more_is_read_ahead_than_a_few_tasks_for_each_process(self, tmp_path: Path) -> None:
        path = written(tmp_path, {"a.txt": ARTICLE})
        taken = 0

        def endless() -> Iterator[Task]:
            nonlocal taken
            while True:
                taken += 1
                yield Batch(((Source(path / "a.txt", "a.txt"), tmp_path / "out.txt"),))

        done = work(partial(Worker, ours(), Reading(), TEXT, tmp_path), endless(), 2)
        for _ in range(20):
            next(done)

        assert taken <= 20 + 2 * 4
        done.close()


def test_no_process_outlives_the_first_one(tmp_path: Path) -> None:
    """The first one is killed while two others work; each holds a pipe open until it ends."""
    program = f"""
import os, signal
from pathlib import Path
from cleaner.corpus.find import Source
from cleaner.corpus.jobs import work
from cleaner.corpus.read import Reading
from cleaner.corpus.work import Batch, Worker
from tests.support import ours

if __name__ == "__main__":
    source = Source(Path({str(tmp_path / "a.txt")!r}), "a.txt")
    task = Batch(((source, Path({str(tmp_path / "out.txt")!r})),))
    for _ in work(lambda: Worker(ours(), Reading(), "text", Path({str(tmp_path)!r})), iter([task] * 100), 2):
        os.kill(os.getpid(), signal.SIGKILL)
"""
    written(tmp_path, {"a.txt": ARTICLE, "program.py": program})
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    # Their standard output is the pipe: `run` returns when the last of them is gone.
    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py")], env=env, capture_output=True, check=False, timeout=60
    )

    assert done.returncode == -signal.SIGKILL
