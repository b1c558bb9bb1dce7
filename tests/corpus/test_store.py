from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleaner.corpus import store
from cleaner.corpus.store import FILE, Store

_A_DAY_AND_MORE = 100_000


def kept(folder: Path, *keys: bytes) -> list[bytes | None]:
    """What a later run finds under these keys; it must have nothing to complain about."""
    said: list[str] = []
    opened = Store(folder, said.append)
    values = [opened.get(key) for key in keys]
    opened.close()
    assert said == []
    return values


def keep(folder: Path, **values: bytes) -> list[str]:
    """Keep values as one run; what it complained about."""
    said: list[str] = []
    opened = Store(folder, said.append)
    for name, value in values.items():
        opened.put(name.encode(), value)
    opened.close()
    return said


class TestKeeping:
    def test_a_later_run_finds_what_was_put(self, tmp_path: Path) -> None:
        keep(tmp_path, a=b"first", b=b"")
        keep(tmp_path, a=b"second")

        assert kept(tmp_path, b"a", b"b", b"c") == [b"second", b"", None]

    def test_a_long_run_writes_as_it_goes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store, "_BATCH", 2)
        opened = Store(tmp_path, print)
        opened.put(b"a", b"1")
        opened.put(b"b", b"2")

        assert kept(tmp_path, b"a", b"b") == [b"1", b"2"]
        opened.close()

    def test_a_new_folder_says_that_it_is_a_cache(self, tmp_path: Path) -> None:
        keep(tmp_path / "new" / "folder", a=b"1")

        tag = (tmp_path / "new" / "folder" / "CACHEDIR.TAG").read_text()
        assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
        assert (tmp_path / "new" / "folder" / ".gitignore").read_text() == "*\n"

    def test_a_folder_that_is_there_is_not_made_one(self, tmp_path: Path) -> None:
        keep(tmp_path, a=b"1")

        assert [path.name for path in tmp_path.iterdir()] == [FILE]


class TestDamage:
    @pytest.mark.parametrize("junk", [b"junk\n", b"SQLite format 3\0" + b"\xff" * 5000], ids=["text", "header"])
    def test_a_file_that_is_no_database_is_made_anew_and_this_is_said(self, tmp_path: Path, junk: bytes) -> None:
        (tmp_path / FILE).write_bytes(junk)

        said = keep(tmp_path, a=b"1")

        assert said == [f"{tmp_path / FILE}: the cache was damaged and has been made anew"]
        assert kept(tmp_path, b"a") == [b"1"]

    def test_so_is_one_with_another_table(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / FILE) as other:
            other.execute("CREATE TABLE result (title TEXT)")
        other.close()

        assert keep(tmp_path, a=b"1") == [f"{tmp_path / FILE}: the cache was damaged and has been made anew"]
        assert kept(tmp_path, b"a") == [b"1"]

    def test_wherever_a_file_is_damaged_no_run_stops(self, tmp_path: Path) -> None:
        keep(tmp_path, **{f"k{number}": bytes(500) for number in range(200)})
        whole = (tmp_path / FILE).read_bytes()
        complained = 0
        for start in range(0, len(whole), 4096):
            (tmp_path / FILE).write_bytes(whole[:start] + b"\x5a" * 4096 + whole[start + 4096 :])
            said: list[str] = []
            opened = Store(tmp_path, said.append)
            for number in range(200):
                opened.get(f"k{number}".encode())
                opened.put(f"k{number}".encode(), b"new")
            opened.close()
            complained += len(said)
            assert len(said) <= 1
            (tmp_path / FILE).unlink(missing_ok=True)

        assert complained > len(whole) // 4096 // 2

    def test_one_that_was_cut_off_is_made_anew(self, tmp_path: Path) -> None:
        keep(tmp_path, **{f"k{number}": bytes(500) for number in range(200)})
        whole = (tmp_path / FILE).read_bytes()
        (tmp_path / FILE).write_bytes(whole[: len(whole) // 2])

        assert keep(tmp_path, **{f"k{number}": b"1" for number in range(200)}) != []
        assert keep(tmp_path, a=b"1") == []
        assert kept(tmp_path, b"a") == [b"1"]

    def test_a_folder_that_cannot_be_one_is_said_once_and_done_without(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")

        said = keep(tmp_path / "file" / "cache", a=b"1")

        place = tmp_path / "file" / "cache" / FILE
        assert said == [
            f"{place}: the cache cannot be used (Not a directory); choose another --cache-dir, or --no-cache"
        ]

    def test_so_is_a_file_that_cannot_be_opened(self, tmp_path: Path) -> None:
        (tmp_path / FILE).mkdir()

        [said] = keep(tmp_path, a=b"1")

        assert "the cache cannot be used (unable to open database file)" in said


_KEEPER = """
import sys
import time
from pathlib import Path
from cleaner.corpus.store import Store
opened = Store(Path(sys.argv[1]), lambda line: print(line, flush=True))
print("ready", flush=True)
sys.stdin.readline()
for number in range(5000):
    opened.put(f"{sys.argv[2]}{number}".encode(), b"x" * 100)
    assert opened.get(f"{sys.argv[2]}{number}".encode()) in (None, b"x" * 100)
opened.close()
"""


class TestSharing:
    def test_runs_at_once_keep_everything(self, tmp_path: Path) -> None:
        names = ("a", "b", "c")
        runs = [
            subprocess.Popen(
                [sys.executable, "-c", _KEEPER, str(tmp_path / "cache"), name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for name in names
        ]
        for process in runs:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        for process in runs:
            assert process.stdin is not None
            process.stdin.write(b"go\n")
            process.stdin.flush()

        assert [process.communicate()[0] for process in runs] == [b""] * 3
        assert [process.returncode for process in runs] == [0] * 3
        keys = [f"{name}{number}".encode() for name in names for number in range(5000)]
        assert set(kept(tmp_path / "cache", *keys)) == {b"x" * 100}

    def test_a_file_that_another_run_holds_too_long_is_done_without(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "_PATIENCE", 0.0)
        keep(tmp_path, a=b"1")
        said: list[str] = []
        opened = Store(tmp_path, said.append)
        other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        assert opened.get(b"a") is None
        opened.put(b"b", b"2")
        opened.close()
        other.close()

        assert said == []
        assert kept(tmp_path, b"a", b"b") == [b"1", None]


class TestRoom:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        now = [1_000_000.0]
        monkeypatch.setattr(time, "time", lambda: now[0])
        return now

    def test_what_was_not_used_for_longest_goes(
        self, tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "LARGEST", 500_000)
        for name in ("a", "b", "c"):
            keep(tmp_path, **{name: bytes(200_000)})
            clock[0] += 10

        assert [value is not None for value in kept(tmp_path, b"a", b"b", b"c")] == [False, True, True]

    def test_what_was_used_again_stays(
        self, tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "LARGEST", 500_000)
        keep(tmp_path, a=bytes(200_000))
        clock[0] += 10
        keep(tmp_path, b=bytes(200_000))
        clock[0] += _A_DAY_AND_MORE
        kept(tmp_path, b"a")
        clock[0] += 10
        keep(tmp_path, c=bytes(200_000))

        assert [value is not None for value in kept(tmp_path, b"a", b"b", b"c")] == [True, False, True]

    def test_a_run_larger_than_that_keeps_what_it_found(
        self, tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "LARGEST", 500_000)
        keep(tmp_path, old=b"1")
        clock[0] += 10
        keep(tmp_path, **{name: bytes(200_000) for name in ("a", "b", "c")})

        assert [value is not None for value in kept(tmp_path, b"old", b"a", b"b", b"c")] == [False, True, True, True]

    def test_the_file_does_not_grow_with_what_goes(
        self, tmp_path: Path, clock: list[float], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "LARGEST", 500_000)
        for number in range(20):
            keep(tmp_path, **{f"k{number}": bytes(200_000)})
            clock[0] += 10

        assert (tmp_path / FILE).stat().st_size < 1_000_000
