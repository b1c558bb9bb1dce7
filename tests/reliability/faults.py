"""Faults, really made while `cleaner clean` runs: full and read-only disks, signals, shot workers, changing inputs."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tests.benchmarks.measured import tree
from tests.reliability.cases import Case, Cases, one_line
from tests.reliability.kills import FORMS, Form, form, hidden, wait_for_group
from tests.support import command, configured, contents, environment, run, written

_LINE = ["--max-removed", "1", "-q"]
INTERRUPTED = "interrupted; files already written are complete, no other was touched"


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk of this size. Raises CalledProcessError where none may be mounted."""
    disk = place / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=True, capture_output=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def made(place: Path, what: Form) -> Path:
    return written(configured(place), what.inputs)


def whole(place: Path, what: Form) -> dict[str, bytes]:
    """The outputs of a run that nothing befalls."""
    assert run(["clean", "in", *what.args, *_LINE], made(place, what)).code == 0
    return contents(place / ("in" if what.in_place else "out"))


@contextmanager
def held(place: Path, *args: str, before: tuple[str, ...] = ()) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """A run in the middle of its work, held by a report that goes into a pipe, until that is read."""
    pipe = place / "report"
    os.mkfifo(pipe)
    line = [*before, command(), "clean", "in", *args, *_LINE, "--report", "jsonl=report"]
    process = subprocess.Popen(line, cwd=place, env=environment(), stderr=subprocess.PIPE, start_new_session=True)
    with process, pipe.open("rb") as report:
        assert report.read(2000)
        yield process, report


def after(process: subprocess.Popen[bytes], report: BinaryIO) -> tuple[int, str]:
    """Let a held run go on to its end; its exit code and what it said."""
    with contextlib.suppress(OSError):
        report.read()
    said = process.communicate()[1]
    wait_for_group(process.pid)
    return process.returncode, one_line(said)


def looked_at(  # noqa: PLR0917 - a row of the table
    what: str, place: Path, kind: Form, expected: dict[str, bytes], code: int, message: str, wanted: int, said: str
) -> Case:
    """What a fault has left, and whether a run that goes on ends as one that nothing befell."""
    target = place / ("in" if kind.in_place else "out")
    before = {name.removeprefix("in/"): data for name, data in kind.inputs.items()}
    now = contents(target) if target.exists() else {}
    wrong = [n for n, data in now.items() if data != expected.get(n) and not (kind.in_place and data == before[n])]
    clean = sum(now.get(name) == data for name, data in expected.items())
    untouched = kind.in_place or contents(place / "in") == before
    back = True
    if kind.in_place and now != before:
        copy = place.parent / "back"
        shutil.copytree(place, copy, ignore=shutil.ignore_patterns("report"))
        back = run(["restore", "in/.cleaner/run.jsonl", "-o", "in"], copy).code == 0 and contents(copy / "in") == before
    (place / "report").unlink(missing_ok=True)
    resume = ["--resume"] if (target / ".cleaner" / "run.jsonl").is_file() else []
    again = run(["clean", "in", *kind.args, *_LINE, *resume], place)
    same = again.code == 0 and contents(target) == expected and hidden(target) == [".cleaner/run.jsonl"]
    came = f"{clean} of {len(expected)} outputs whole, no other; " + ("restorable; " if kind.in_place else "")
    came += "the next run ends with the same bytes"
    kept = not wrong and untouched and back and same and code == wanted and said in message
    return Case(what, code, message, came if kept else f"{wrong} {untouched=} {back=} {same=} {again.errors}", kept)


def full_disk(place: Path, name: str) -> Case:
    kind = form(name)
    expected = whole(place / "whole", kind)
    with small_disk(place, "64m" if kind.in_place else "64k") as disk:
        where = made(disk / "place" if kind.in_place else place / "place", kind)
        if kind.in_place:
            (disk / "filler").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - 64 * 1024))
        if not kind.in_place:
            (where / "out").symlink_to(disk)
        done = run(["clean", "in", *kind.args, *_LINE], where)
        (disk / "filler").unlink(missing_ok=True)
        subprocess.run(["mount", "-o", "remount,size=65m", disk], check=True)
        return looked_at(
            f"disk full, {name}; then room is made", where, kind, expected, done.code, one_line(done.err), 2,
            "cannot be written (No space left on device)",
        )  # fmt: skip


def read_only(place: Path, name: str) -> Case:
    kind = form(name)
    expected = whole(place / "whole", kind)
    with small_disk(place, "64m") as disk:
        where = made(disk / "place", kind)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        done = run(["clean", "in", *kind.args, *_LINE], where)
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        return looked_at(
            f"read-only disk, {name}; then it is made writable", where, kind, expected, done.code, one_line(done.err),
            2, "cannot be written (Read-only file system)",
        )  # fmt: skip


def signalled(place: Path, *, number: signal.Signals, name: str, group: bool) -> Case:
    kind = form(name)
    expected = whole(place / "whole", kind)
    where = made(place / "place", kind)
    jobs = ("-j", "2") if group and not kind.in_place else ()
    with held(where, *kind.args, *jobs) as (process, report):
        (os.killpg if group else os.kill)(process.pid, number)
        code, message = after(process, report)
    who = "all its processes" if group else "the first process"
    return looked_at(
        f"{number.name} to {who}, {name}", where, kind, expected, code, message, 128 + number, INTERRUPTED
    )  # fmt: skip


def shot_worker(place: Path) -> Case:
    kind = form("folder")
    expected = whole(place / "whole", kind)
    where = made(place / "place", kind)
    with held(where, *kind.args, "-j", "2") as (process, report):
        workers = [
            each for each in tree(process.pid)[1:] if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()
        ]
        os.kill(workers[0], signal.SIGKILL)
        code, message = after(process, report)
    return looked_at("a worker is shot (`kill -9`), folder", where, kind, expected, code, message, 0, "")


def permission_lost(place: Path) -> Case:
    kind = form("folder")
    expected = whole(place / "whole", kind)
    where = made(place / "place", kind)
    without_rights = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    with held(where, *kind.args, before=without_rights) as (process, report):
        for folder in ("2", "3"):
            (where / "out" / folder).mkdir(exist_ok=True)
            (where / "out" / folder).chmod(0o555)
        code, message = after(process, report)
    for folder in ("2", "3"):
        (where / "out" / folder).chmod(0o755)
    return looked_at("permission lost midway, folder; then it is given back", where, kind, expected, code, message, 2,
                     "cannot be written (Permission denied)")  # fmt: skip


def two_runs(place: Path, name: str) -> Case:
    kind = form(name)
    expected = whole(place / "whole", kind)
    where = made(place / "place", kind)
    with held(where, *kind.args) as (process, report):
        second = run(["clean", "in", *kind.args, *_LINE], where)
        code, _ = after(process, report)
    left = contents(where / ("in" if kind.in_place else "out"))
    kept = (second.code, code) == (2, 0) and left == expected
    return Case(f"a second run on the same output, {name}", second.code, one_line(second.err),
                "refused; the first one ends as if there was no other", kept)  # fmt: skip


def vanished(place: Path) -> Case:
    kind = form("folder")
    expected = whole(place / "whole", kind)
    where = made(place / "place", kind)
    with held(where, *kind.args) as (process, report):
        (where / "in" / "3" / "199.txt").unlink()
        code, message = after(process, report)
    expected.pop("3/199.txt")
    kept = code == 3 and contents(where / "out") == expected and "cannot be read (No such file" in message
    return Case("an input vanishes, folder", code, message, "named; all others are cleaned", kept)


def changed(place: Path) -> Case:
    row = json.dumps({"text": "The dam opens in May, the ministry said, after years. " * 20}).encode() + b"\n"
    where = written(configured(place / "place"), {"in/a.jsonl": row * 60_000})
    process = subprocess.Popen([command(), "clean", "in", "-o", "out", "-q"], cwd=where, env=environment(),
                               stderr=subprocess.PIPE, start_new_session=True)  # fmt: skip
    with process:
        while not list((where / "out").glob(".a.jsonl.part")):
            time.sleep(0.01)
        with (where / "in" / "a.jsonl").open("ab") as file:
            file.write(row)
        said = process.communicate()[1]
    message = one_line(said)
    kept = process.returncode == 3 and contents(where / "out") == {} and "was changed while it was read" in message
    return Case("an input grows while it is read, JSONL", process.returncode, message, "no output", kept)


def closed_input(place: Path) -> Case:
    where = configured(place)
    done = subprocess.run(["sh", "-c", f"{command()} clean - <&-"], cwd=where, env=environment(), capture_output=True,
                          check=False)  # fmt: skip
    kept = done.returncode == 2 and not done.stdout
    return Case("standard input is closed", done.returncode, one_line(done.stderr), "no output", kept)


FAULTS: dict[str, Callable[[Path], Case]] = {
    **{f"full {name}": partial(full_disk, name=name) for name in FORMS},
    **{f"read-only {name}": partial(read_only, name=name) for name in ("folder", "in place")},
    "permission": permission_lost,
    "vanished": vanished,
    "changed": changed,
    "worker": shot_worker,
    "stdin": closed_input,
    **{
        f"{number.name} {name} {group}": partial(signalled, number=number, name=name, group=group)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for name, group in (("folder", False), ("folder", True), ("in place", False))
    },
    **{f"two {name}": partial(two_runs, name=name) for name in ("folder", "in place", "JSONL")},
}


CASES = Cases("faults", "faults", "faults", measured=False)

if __name__ == "__main__":
    sys.exit(CASES.main(__doc__, FAULTS))
