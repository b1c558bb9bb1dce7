from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from cleaner.corpus.lock import lock, new_temporary, only_run
from cleaner.errors import UsageError
from tests.support import written


def test_a_file_is_locked_once_until_it_is_closed(tmp_path: Path) -> None:
    path = written(tmp_path, {"x": ""}) / "x"
    with path.open("ab") as one, path.open("ab") as other:
        assert lock(one.fileno())
        assert not lock(other.fileno())
        one.close()
        assert lock(other.fileno())


def test_a_file_system_without_locks_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unable(_file: int, _operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", unable)
    with only_run(tmp_path, "wait"), only_run(tmp_path, "wait"), (tmp_path / "x").open("wb") as file:
        assert lock(file.fileno())


class TestOnlyRun:
    def test_a_second_one_is_refused_and_nothing_is_left_of_the_first(self, tmp_path: Path) -> None:
        with only_run(tmp_path / "out", "wait for it"):
            with pytest.raises(UsageError, match=r"out: another run is writing there; wait for it$"):
                only_run(tmp_path / "out", "wait for it").__enter__()
            assert (tmp_path / "out" / ".cleaner" / "lock").exists()
        assert list((tmp_path / "out").iterdir()) == []

    def test_what_a_killed_run_has_left_is_no_lock(self, tmp_path: Path) -> None:
        written(tmp_path, {".cleaner/lock": "", ".cleaner/run.jsonl": ""})
        with only_run(tmp_path, "wait"):
            pass
        assert [path.name for path in (tmp_path / ".cleaner").iterdir()] == ["run.jsonl"]

    def test_a_folder_that_cannot_be_written_is_for_others_to_complain_about(self, tmp_path: Path) -> None:
        written(tmp_path, {"file": ""})
        with only_run(tmp_path / "file", "wait"):
            pass


class TestTemporaries:
    def test_those_of_dead_processes_are_removed_and_nothing_else(self, tmp_path: Path) -> None:
        dead, live = f".cleaner-{'0' * 16}.tmp", f".cleaner-{'1' * 16}.tmp"
        link, other = f".cleaner-{'2' * 16}.tmp", ".cleaner-mine.tmp"
        written(tmp_path, {dead: "x", live: "x", other: "x", "a.txt": "x"})
        (tmp_path / link).symlink_to("a.txt")
        with (tmp_path / live).open("ab") as file:
            assert lock(file.fileno())
            handle, guard, name = new_temporary(str(tmp_path), 0o600)

        assert guard is not None
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([live, link, other, "a.txt", Path(name).name])
        os.close(handle)
        with Path(name).open("ab") as again:  # the guard keeps it until it has its own name
            assert not lock(again.fileno())
        os.close(guard)
