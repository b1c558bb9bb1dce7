from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cleaner.api import Cleaner
from cleaner.corpus.cache import Cache
from cleaner.corpus.find import find_sources
from cleaner.corpus.look import look_at
from cleaner.corpus.read import Reading
from cleaner.corpus.run import Cleaned, Failed, clean_all
from tests.support import ARTICLE, DAM, PAGE, ours, written

ROWS = "".join(json.dumps({"text": text}) + "\n" for text in (ARTICLE, DAM, None, f"{DAM} {ARTICLE}"))
FILES: dict[str, str | bytes] = {
    **{f"{number:03}.txt": f"{DAM} {number}\n\n{ARTICLE}" for number in range(100)},
    "b.jsonl": ROWS, "bad.txt": b"\0", "c.html": PAGE, "d.jsonl": f"{ROWS}broken\n", "e.jsonl": '{"body":1}\n',
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "in", FILES)


@contextmanager
def cached(folder: Path) -> Iterator[Cache]:
    """What runs before knew; what this one finds is written at its end."""
    kept = Cache(folder.parent / "kept", lambda _: "rules", Reading(), print)
    yield kept
    kept.close()


def never() -> Cleaner:
    raise AssertionError("everything is known")


def look(folder: Path, cache: Cache | None, jobs: int) -> list[Cleaned | Failed]:
    return list(look_at(find_sources([folder]), ours, Reading(), cache, jobs))


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_sees_what_cleaning_one_by_one_sees(folder: Path, jobs: int) -> None:
    assert look(folder, None, jobs) == list(clean_all(find_sources([folder]), ours(), Reading()))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_known_comes_in_its_turn(folder: Path, jobs: int) -> None:
    expected = look(folder, None, 1)
    with cached(folder) as cache:
        for name in ("003.txt", "050.txt", "051.txt", "b.jsonl", "c.html"):
            list(look_at(find_sources([folder / name]), ours, Reading(), cache, 1))

    for _ in range(2):
        with cached(folder) as cache:
            assert look(folder, cache, jobs) == expected


def test_where_all_is_known_no_rules_are_loaded_and_no_process_is_started(folder: Path) -> None:
    for name in ("bad.txt", "d.jsonl", "e.jsonl"):  # failures are not kept
        (folder / name).unlink()
    with cached(folder) as cache:
        expected = look(folder, cache, 1)

    with cached(folder) as cache:
        assert list(look_at(find_sources([folder]), never, Reading(), cache, 2)) == expected
