from __future__ import annotations

import io
from pathlib import Path

import pytest

from cleaner.corpus import lines
from cleaner.corpus.lines import count_lines, line_end, seek_line
from tests.support import written

DATA = b"one\r\n\ntwo\rstill two\nhalf"


@pytest.fixture(params=[1, 2, 5, 1 << 20], autouse=True)
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the blocks that are read at once come to their end."""
    monkeypatch.setattr(lines, "_BLOCK", request.param)


@pytest.mark.parametrize(("count", "rest"), [(0, DATA), (1, DATA[5:]), (2, DATA[6:]), (3, b"half")])
def test_the_handle_stands_behind_so_many_lines(count: int, rest: bytes) -> None:
    handle = io.BytesIO(DATA)
    handle.seek(3)

    assert seek_line(handle, count) == len(DATA) - len(rest)
    assert handle.read() == rest


def test_of_fewer_lines_all_are_passed_over() -> None:
    handle = io.BytesIO(b"one\ntwo\n")

    assert seek_line(handle, 5) == 8
    assert handle.read() == b""


def test_only_whole_lines_of_a_file_count(tmp_path: Path) -> None:
    path = written(tmp_path, {"x": DATA}) / "x"

    assert count_lines(path) == 3
    assert line_end(path, 3) == len(DATA) - len(b"half")


def test_a_file_that_is_not_there_has_no_lines(tmp_path: Path) -> None:
    assert count_lines(tmp_path / "x") == line_end(tmp_path / "x", 0) == 0
