"""`kill -9` at random moments of `cleaner clean`: what is left is looked at, and the run is gone on with."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import write_table

from cleaner.cli import main
from tests.benchmarks.tables import table
from tests.reliability.cases import fill, made_by, save
from tests.support import DAM, LETTER, RIVER, command, configured, contents, environment, written

COUNT = 200
RESULTS = Path(__file__).with_name("kills.json")
MOMENTS = ("not yet begun", "at work", "just ended")
FORMS = ("folder", "in place", "JSONL", "Parquet")


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of run: its inputs, its command, and whether it replaces them."""

    inputs: dict[str, bytes]
    args: tuple[str, ...]
    in_place: bool = False


def form(name: str) -> Form:
    """A run over 200 documents, each of which changes."""
    texts = [f"{DAM} {n}\n\n{LETTER}\n\n{RIVER} {n}\n" * (1 + n % 8) for n in range(COUNT)]
    if name in ("folder", "in place"):
        inputs = {f"in/{n // 50}/{n:03}.txt": text.encode() for n, text in enumerate(texts)}
        return Form(inputs, ("--in-place",) if name == "in place" else ("-o", "out"), name == "in place")
    if name == "JSONL":
        return Form({"in/a.jsonl": b"".join(json.dumps({"text": t}).encode() + b"\n" for t in texts)}, ("-o", "out"))
    handle = io.BytesIO()
    write_table(pa.table({"text": texts}), handle, row_group_size=20)
    return Form({"in/a.parquet": handle.getvalue()}, ("-o", "out"))


@dataclass(slots=True)
class Seen:
    """What became of the kills of one form. All promises are kept where `broken` is empty."""

    moments: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MOMENTS, 0))
    broken: list[str] = field(default_factory=list)
    kills: int = 0
    documents_left: int = 0
    """Documents that stood clean when the run was killed."""


def started(place: Path, args: Sequence[str], jobs: int = 1) -> int:
    """The number of a process that runs `cleaner ARGS`, in a group of its own. For one job it is a fork of this one,
    which knows all modules, so that nearly all of its time is work and no time is lost between two kills.
    """
    line = ["cleaner", *args] + ([] if jobs == 1 else ["-j", str(jobs)])
    if jobs > 1:
        process = subprocess.Popen(
            [command(), *line[1:]], cwd=place, env=environment(), stderr=subprocess.DEVNULL, start_new_session=True
        )
        process.returncode = 0  # it is waited for by its number
        return process.pid
    if number := os.fork():
        return number
    code = 70
    try:
        os.setsid()
        os.chdir(place)
        os.dup2(os.open(place / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        sys.argv = line
        main()
    except SystemExit as end:
        code = int(str(end.code))
    finally:
        os._exit(code)


def finished(number: int) -> int:
    """The exit code of a process, when it has ended."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def wait_for_group(group: int) -> None:
    """Until no process of a group is left."""
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.killpg(group, 0)
            time.sleep(0.005)


def hidden(folder: Path) -> list[str]:
    """What stands beside the outputs that is none."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if any(part.startswith(".") for part in name.split("/")))


class Killer:
    """Kills runs of one form, and looks at what they leave."""

    def __init__(self, scratch: Path, name: str, seed: int) -> None:
        self.form, self.scratch = form(name), scratch
        self.random = random.Random(f"{seed} {name}")
        self.seen = Seen()
        self.whole = self._made(scratch / "whole")
        begin = time.perf_counter()
        assert finished(started(self.whole, self._line())) == 0
        self.seconds = time.perf_counter() - begin
        self.target = "in" if self.form.in_place else "out"
        self.expected = contents(self.whole / self.target)
        self.record = (self.whole / self.target / ".cleaner" / "run.jsonl").read_bytes()

    def _line(self, *more: str) -> list[str]:
        return ["clean", "in", *self.form.args, "--max-removed", "1", "-q", *more]

    def _made(self, place: Path) -> Path:
        shutil.rmtree(place, ignore_errors=True)
        return written(configured(place), self.form.inputs)

    def kill(self) -> None:
        """One run, killed at a moment that is random over the time that a whole one takes: the first process alone,
        or with its workers.
        """
        place, jobs = self._made(self.scratch / "killed"), self.random.choice((1, 1, 1, 1, 2))
        process = started(place, self._line(), jobs)
        # Two workers take a second to start; the span is so long that some kills come too late.
        time.sleep(self.random.uniform(0, 1.1) * self.seconds if jobs == 1 else self.random.uniform(0.3, 4))
        group = self.random.random() < 0.5
        (os.killpg if group else os.kill)(process, signal.SIGKILL)
        code = finished(process)
        wait_for_group(process)
        self.seen.kills += 1
        record = place / self.target / ".cleaner" / "run.jsonl"
        done = code == 0
        self.seen.moments[MOMENTS[2 if done else int(record.exists())]] += 1
        for fault in (*self._left(place), *self._gone_on_with(place, resume=record.exists())):
            self.seen.broken.append(f"kill {self.seen.kills}: {fault}")

    def _left(self, place: Path) -> list[str]:
        """Promises that are broken by what a killed run has left."""
        faults = []
        now = contents(place / self.target) if (place / self.target).exists() else {}
        self.seen.documents_left += sum(now[name] == data for name, data in self.expected.items() if name in now)
        before = {name.removeprefix("in/"): data for name, data in self.form.inputs.items()}
        for name, data in now.items():
            if data != self.expected[name] and not (self.form.in_place and data == before[name]):
                faults.append(f"{name} is neither old nor new")
        if not self.form.in_place and contents(place / "in") != before:
            faults.append("an input was touched")
        if self.form.in_place and now != before:
            back = self.scratch / "back"
            shutil.rmtree(back, ignore_errors=True)
            shutil.copytree(place, back)
            code = finished(started(back, ["restore", "in/.cleaner/run.jsonl", "-o", "in"]))
            if code != 0 or contents(back / "in") != before:
                faults.append("not all inputs came back")
        return faults

    def _gone_on_with(self, place: Path, *, resume: bool) -> list[str]:
        """Promises that are broken by the run that goes on."""
        code = finished(started(place, self._line(*(["--resume"] if resume else []))))
        if code != 0:
            return [f"going on with it ended with {code}: {(place / 'said').read_text()}"]
        faults = []
        if contents(place / self.target) != self.expected:
            faults.append("the outputs are not those of a whole run")
        if (place / self.target / ".cleaner" / "run.jsonl").read_bytes() != self.record:
            faults.append("the record is not that of a whole run")
        if (left := hidden(place / self.target)) != [".cleaner/run.jsonl"]:
            faults.append(f"files were left behind: {left}")
        return faults


def kill_all(scratch: Path, kills: int, seed: int) -> Iterator[dict[str, Seen]]:
    """So many kills, of each form in turn; what was seen so far, after each of them."""
    killers = {name: Killer(scratch / name.replace(" ", "-"), name, seed) for name in FORMS}
    for number in range(kills):
        killers[FORMS[number % len(FORMS)]].kill()
        yield {name: killer.seen for name, killer in killers.items()}


def tables(kept: dict[str, Any]) -> str:
    """What docs/reliability.md says of them."""
    header = ["run", "kills", "not yet begun", "at work", "just ended", "clean when killed", "broken promises"]
    lines = []
    for name, seen in kept["seen"].items():
        moments = [seen["moments"][moment] for moment in MOMENTS]
        lines.append([name, *map(str, [seen["kills"], *moments, seen["documents_left"], len(seen["broken"])])])
    return f"{made_by(kept)}\n\n{table(header, lines)}"


def run_all() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", action="store_true", help="keep what is seen, and write it into docs/reliability.md")
    options = parser.parse_args()
    line = f"python -m tests.reliability.kills --kills {options.kills} --seed {options.seed}"
    broken: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kills-") as scratch:
        for seen in kill_all(Path(scratch), options.kills, options.seed):
            broken = [fault for each in seen.values() for fault in each.broken]
            print(sum(each.kills for each in seen.values()), "kills,", len(broken), "broken promises", flush=True)
            if options.save:
                save(RESULTS, line, seen={name: asdict(each) for name, each in seen.items()})
    print(*broken, sep="\n")
    if options.save:
        fill("kills", tables(json.loads(RESULTS.read_text(encoding="utf-8"))))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(run_all())
