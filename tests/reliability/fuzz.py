"""Fuzz the parsers and the whole path of texts and pages, for as long as it is told.

    python -m tests.reliability.fuzz [TARGET...] [--seconds 600] [--drawn 60] [--at-once 2]

Every target is fuzzed for so many seconds with atheris, which is guided by what code an input reaches, and for so many
with inputs that hypothesis draws. What was done is added to that of earlier runs, in `results.json` and in
docs/reliability.md. Inputs that broke something are kept in `found/`; the exit code is 1 where one still does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

from tests.benchmarks.tables import table
from tests.reliability.fuzzing import keep
from tests.reliability.results import note, today
from tests.reliability.target import ROOT, Target
from tests.reliability.targets import TARGETS

ENGINES = ("atheris", "hypothesis")
SECTION = "fuzzing"
_GRACE = 300
"""Seconds that a process may take to begin and to end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)} (default: all)")
    parser.add_argument("--seconds", type=float, default=600, help="with atheris, for each target (default: 600)")
    parser.add_argument("--drawn", type=float, default=60, help="with hypothesis, likewise (default: 60)")
    parser.add_argument("--at-once", type=int, default=2, help="targets that are fuzzed at once (default: 2)")
    options = parser.parse_args(arguments)
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    names = options.targets or list(TARGETS)
    seconds = dict(zip(ENGINES, (options.seconds, options.drawn), strict=True))
    with ThreadPoolExecutor(options.at_once) as pool:
        left = sum(pool.map(lambda name: fuzz(TARGETS[name], seconds), names))
    print(f"{left} inputs break something" if left else "nothing breaks anything")
    return 1 if left else 0


def fuzz(target: Target, seconds: Mapping[str, float]) -> int:
    """Fuzz one target and note what was done; the number of inputs that break it now."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="cleaner-fuzz-", dir=memory if memory.is_dir() else None) as name:
        done = {engine: _fuzzed(target, engine, seconds[engine], Path(name)) for engine in ENGINES}
    left = _left(target)

    def add(section: dict[str, Any]) -> None:
        row = section.setdefault(target.name, {engine: {"executions": 0, "seconds": 0} for engine in ENGINES})
        for engine, counts in done.items():
            row[engine] = {key: row[engine][key] + counts[key] for key in ("executions", "seconds")}
        row.update(date=today(), found=len(target.found()), left=left)

    note(SECTION, add, text)
    return left


def _fuzzed(target: Target, engine: str, seconds: float, folder: Path) -> dict[str, int]:
    """What was done in so many seconds; where the process dies over an input, another one goes on."""
    total = {"executions": 0, "seconds": 0}
    deaths = 0
    while (rest := int(seconds - total["seconds"])) > 0 and deaths < 20:
        counted = folder / f"{engine}.json"
        counted.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.reliability.fuzzing", target.name, engine, str(rest), str(counted)]
        with (folder / "errors").open("wb") as errors:
            code = _ended(command, errors, {**os.environ, "TMPDIR": str(folder)}, rest + _GRACE)
        if counted.exists():
            done = json.loads(counted.read_text(encoding="utf-8"))
            total = {key: total[key] + int(done[key]) for key in total}
        if code == 0:
            break
        deaths += 1
        said = (folder / "errors").read_text(encoding="utf-8", errors="replace")
        print(f"{target.name}: the process died ({code})\n{said[-1500:]}", flush=True)
        if (folder / "last").exists():
            keep(target, (folder / "last").read_bytes())
    return total


def _ended(command: Sequence[str], errors: IO[bytes], environment: Mapping[str, str], seconds: float) -> int:
    """The exit code of a process; that of one that hangs is that of its end."""
    with subprocess.Popen(command, cwd=ROOT, stderr=errors, env=environment) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _left(target: Target) -> int:
    """The number of kept inputs that break the target; they are tried in processes of their own, which may die."""
    left = 0
    for path in target.found():
        try:
            ended = subprocess.run(
                [sys.executable, "-m", "tests.reliability.replayed", target.name, str(path)],
                cwd=ROOT,
                timeout=60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            left += 1
        else:
            left += ended.returncode != 0
    return left


def text(section: Mapping[str, Any]) -> str:
    """The table of the page."""
    rows = []
    for name, target in TARGETS.items():
        if name in section:
            row = section[name]
            counts = (f"{row[engine][key]:,}" for engine in ENGINES for key in ("executions", "seconds"))
            rows.append([f"`{name}`", target.what, *counts, str(row["found"]), str(row["left"]), row["date"]])
    total = [
        f"{sum(row[engine][key] for row in section.values()):,}"
        for engine in ENGINES
        for key in ("executions", "seconds")
    ]
    ends = [str(sum(row[key] for row in section.values())) for key in ("found", "left")]
    return table(
        ("target", "what", "guided", "seconds", "drawn", "seconds", "crashes found", "left", "last run"),
        [*rows, ["all", "", *total, *ends, ""]],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
