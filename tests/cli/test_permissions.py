"""Files and folders that the user may not read or write. Run by root, the command is started without
root's right to ignore permissions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import ARTICLE, CLEAN, contents, run, written


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


def test_a_file_that_may_not_be_read_is_named_and_the_others_cleaned(place: Path, ordinary: list[str]) -> None:
    written(place, {"in/a.txt": ARTICLE, "in/b.txt": ARTICLE})
    with mode(place / "in" / "a.txt", 0):
        folder = run(["clean", "in", "-o", "out", "-q"], place, before=ordinary)
        one = run(["clean", "in/a.txt"], place, before=ordinary)

    said = "cleaner: in/a.txt: cannot be read (Permission denied)\n"
    assert (folder.code, folder.errors) == (3, said)
    assert (one.code, one.out, one.errors) == (3, b"", said)
    assert contents(place / "out") == {"b.txt": CLEAN.encode()}


def test_a_folder_that_may_not_be_read_is_said_before_anything_is_done(place: Path, ordinary: list[str]) -> None:
    written(place, {"in/a.txt": ARTICLE, "in/locked/b.txt": ARTICLE})
    with mode(place / "in" / "locked", 0):
        within = run(["clean", "in", "-o", "out"], place, before=ordinary)
        below = run(["clean", "in/locked/b.txt"], place, before=ordinary)
        why = run(["why", "in/locked/b.txt:1"], place, before=ordinary)

    assert (within.code, within.errors) == (2, "cleaner: in/locked: cannot be read (Permission denied)\n")
    assert (below.code, below.errors) == (
        2,
        "cleaner: in/locked/b.txt: cannot be read (Permission denied); check the path\n",
    )
    assert (why.code, why.errors) == (2, "cleaner: in/locked/b.txt: Permission denied\n")
    assert not (place / "out").exists()


def test_a_folder_that_may_not_be_written_is_said(place: Path, ordinary: list[str]) -> None:
    written(place, {"in/a.txt": ARTICLE, "locked/x": "", "records/x": ""})
    with mode(place / "locked", 0o555):
        folder = run(["clean", "in", "-o", "locked"], place, before=ordinary)
        single = run(["clean", "in/a.txt", "-o", "locked/a.txt"], place, before=ordinary)
        report = run(["clean", "in", "-o", "out", "--report", "text=locked/r"], place, before=ordinary)
        record = run(["clean", "in", "-o", "out", "--record", "locked/r"], place, before=ordinary)
        new = run(["rules", "new", "ad/x", "Ad", "-o", "locked/p.toml"], place, before=ordinary)

    denied = "cannot be written (Permission denied)\n"
    assert [ran.code for ran in (folder, single, report, record, new)] == [2, 2, 2, 2, 2]
    assert folder.errors == f"cleaner: locked/.cleaner/run.jsonl: {denied}"
    assert single.errors == f"cleaner: locked/a.txt: {denied}"
    assert report.errors == record.errors == f"cleaner: locked/r: {denied}"
    assert new.errors == f"cleaner: locked/p.toml: {denied}"


def test_in_place_in_a_folder_that_may_not_be_written_changes_nothing(place: Path, ordinary: list[str]) -> None:
    written(place, {"in/a.txt": ARTICLE, "in/sub/b.txt": ARTICLE})
    with mode(place / "in" / "sub", 0o555):
        ran = run(["clean", "in", "--in-place"], place, before=ordinary)

    assert (ran.code, ran.errors) == (2, "cleaner: in/sub/b.txt: cannot be written (Permission denied)\n")
    assert (place / "in" / "sub" / "b.txt").read_text() == ARTICLE
    assert run(["restore", "in/.cleaner/run.jsonl", "-o", "in"], place).code == 0
    assert contents(place / "in") == {"a.txt": ARTICLE.encode(), "sub/b.txt": ARTICLE.encode()}


def test_a_file_in_place_keeps_its_mode(place: Path) -> None:
    written(place, {"in/a.txt": ARTICLE})
    (place / "in" / "a.txt").chmod(0o640)

    assert run(["clean", "in", "--in-place", "-q"], place).code == 0
    assert (place / "in" / "a.txt").stat().st_mode & 0o777 == 0o640
    assert (place / "in" / "a.txt").read_text() == CLEAN


def test_a_cache_that_may_not_be_written_is_no_error(place: Path, ordinary: list[str]) -> None:
    written(place, {"a.txt": ARTICLE, "home/x": ""})
    with mode(place / "home", 0o555):
        ran = run(["clean", "a.txt"], place, before=["env", f"XDG_CACHE_HOME={place / 'home' / 'cache'}", *ordinary])

    assert (ran.code, ran.out, ran.errors) == (0, CLEAN.encode(), "")
