"""Pages that tests of several modules look at."""

from __future__ import annotations

from pathlib import Path

from tests.support import run


def compared(place: Path, old: list[str], new: list[str]) -> bytes:
    """The page of what the command does with `in` under new options where it had old ones."""
    for name, options in (("old", old), ("new", new)):
        ran = run(["clean", "in", "-o", name, "-q", *options], place)
        assert ran.code in (0, 3)
    ran = run(["report", "--compare", "old/.cleaner/run.jsonl", "new/.cleaner/run.jsonl", "--format", "html"], place)
    assert (ran.code, ran.errors) == (1, "")
    return ran.out
