"""The counting where it cannot go on; what it finds is tested in `test_mine.py`, on made-up sites."""

from __future__ import annotations

import sys

import duckdb
import pytest

from cleaner.errors import UsageError
from cleaner.mine.count import Counts, require_library


def test_a_full_disk_is_no_defect_of_ours() -> None:
    with pytest.raises(UsageError, match="TMPDIR"), Counts():
        raise duckdb.IOException("no space left")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)

    with pytest.raises(UsageError, match=r"article-cleaner\[mine\]"):
        require_library("mine")
