"""Runs that are stopped in the middle: by Ctrl-C, and by a signal that nothing can answer.

A report that goes into a named pipe, of which the test reads no more than it wants to, holds the
command in the middle of its work for as long as is needed: nothing here waits for time to pass.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.support import DAM, LETTER, RIVER, command, contents, environment, run, written

COUNT = 80
LONG = f"{LETTER} {'x' * 380}"
FILES = {
    f"{number:02}.txt": f"{DAM} {number}\n\n{LONG}\n\n{RIVER}\n{LONG}!\n{DAM}\n{LONG}\n{RIVER}\n".encode()
    for number in range(COUNT)
}
"""With a report of several times what a pipe can hold."""
CLEANED = {f"{number:02}.txt": f"{DAM} {number}\n\n{RIVER}\n{DAM}\n{RIVER}\n".encode() for number in range(COUNT)}


@contextmanager
def at_work(place: Path, *args: str) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """A command in a process group of its own, as a shell would start it, at work on many files."""
    written(place / "in", FILES)
    pipe = place / "report"
    os.mkfifo(pipe)
    line = [command(), "clean", "in", *args, "--max-removed", "1", "--report", "text=report"]
    with (
        subprocess.Popen(
            line, cwd=place, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        ) as process,
        pipe.open("rb") as report,
    ):
        yield process, report


class TestCtrlC:
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_what_is_written_is_complete_and_the_shell_is_told(self, place: Path, jobs: str) -> None:
        with at_work(place, "-o", "out", "-j", jobs) as (process, report):
            assert report.read(1000).startswith(b"00.txt\n")
            os.killpg(process.pid, signal.SIGINT)
            report.read()
            out, err = process.communicate()

        assert (process.returncode, out) == (130, b"")
        assert err == b"\ncleaner: interrupted; files already written are complete, no other was touched\n"
        done = contents(place / "out")
        assert 0 < len(done) < COUNT or jobs == "2"  # several may be ahead of the report
        assert done == {name: CLEANED[name] for name in done}
        assert list((place / "out").glob(".*.tmp")) == []

    def test_in_place_every_file_is_old_or_new_and_all_come_back(self, place: Path) -> None:
        with at_work(place, "--in-place") as (process, report):
            assert report.read(1000)
            os.killpg(process.pid, signal.SIGINT)
            report.read()
            process.communicate()

        assert process.returncode == 130
        old_or_new(place)
        comes_back(place)


class TestKilled:
    @pytest.mark.parametrize("read", [1, 20_000, 90_000, 150_000])
    def test_in_place_every_file_is_old_or_new_and_all_come_back(self, place: Path, read: int) -> None:
        with at_work(place, "--in-place") as (process, report):
            assert len(report.read(read)) == read
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

        assert process.returncode == -signal.SIGKILL
        old_or_new(place)
        comes_back(place)

    def test_the_next_run_finishes_the_work(self, place: Path) -> None:
        with at_work(place, "--in-place") as (process, report):
            assert report.read(1)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

        assert run(["clean", "in", "--in-place", "-q", "--max-removed", "1"], place).code == 0
        assert contents(place / "in") == CLEANED
        assert sorted(path.name for path in (place / "in" / ".cleaner").iterdir()) == ["run-2.jsonl", "run.jsonl"]

    @pytest.mark.parametrize(("read", "jobs"), [(1, "1"), (20_000, "1"), (90_000, "1"), (20_000, "2")])
    def test_resume_finishes_it_to_the_same_bytes(self, place: Path, read: int, jobs: str) -> None:
        with at_work(place, "-o", "out", "-j", jobs) as (process, report):
            assert len(report.read(read)) == read
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

        again = run(["clean", "in", "-o", "out", "-q", "--max-removed", "1", "--resume"], place)
        whole = run(["clean", "in", "-o", "whole", "-q", "--max-removed", "1"], place)

        assert (again.code, whole.code) == (0, 0)
        assert contents(place / "out") == contents(place / "whole") == CLEANED
        records = [(place / name / ".cleaner" / "run.jsonl").read_bytes() for name in ("out", "whole")]
        assert records[0] == records[1]

    def test_a_half_written_file_of_rows_is_gone_on_with(self, place: Path) -> None:
        rows = [json.dumps({"n": number, "text": f"{DAM} {number}\n\n{LETTER}\n"}) + "\n" for number in range(400)]
        written(place, {"whole.jsonl": "".join(rows)})
        assert run(["clean", "whole.jsonl", "-o", "clean.jsonl", "--record", "run.jsonl", "-q"], place).code == 0
        expected, record = (place / "clean.jsonl").read_bytes(), (place / "run.jsonl").read_bytes()
        (place / "clean.jsonl").rename(place / ".clean.jsonl.part")
        os.truncate(place / ".clean.jsonl.part", len(expected) // 2)
        os.truncate(place / "run.jsonl", 2 * len(record) // 3)

        again = run(["clean", "whole.jsonl", "-o", "clean.jsonl", "--record", "run.jsonl", "-q", "--resume"], place)

        assert again.code == 0
        assert (place / "clean.jsonl").read_bytes() == expected
        assert (place / "run.jsonl").read_bytes() == record


def old_or_new(place: Path) -> None:
    now = contents(place / "in")
    changed = [name for name in FILES if now[name] != FILES[name]]
    assert now.keys() == FILES.keys()
    assert all(now[name] == CLEANED[name] for name in changed)
    assert 0 < len(changed) < COUNT


def comes_back(place: Path) -> None:
    ran = run(["restore", "in/.cleaner/run.jsonl", "-o", "in"], place)
    assert (ran.code, ran.errors.endswith(" restored to in, 0 failed\n")) == (0, True)
    assert contents(place / "in") == FILES
