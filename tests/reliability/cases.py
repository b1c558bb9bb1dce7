"""What the commands here share: a command run within limits, the rows that come of it, and where these are kept."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.measured import watched
from tests.benchmarks.tables import filled, table
from tests.support import command, environment

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
_MESSAGE = 180
"""Longest message in a table, in characters."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a table: what was given, how the command ended (its code; what it said, in one line; seconds; the
    most memory in MB), what came of it, and whether that is what was promised.
    """

    what: str
    code: int
    message: str
    came: str
    kept: bool
    seconds: float = 0.0
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended; code -9 where it was killed because it took too long."""

    code: int
    out: bytes
    message: str
    seconds: float
    peak: int


def ended(args: Sequence[str | Path], cwd: Path, *, stdin: Path | None = None, limit: float = 300) -> Ended:
    """Run `cleaner ARGS`, and kill it after so many seconds; standard output goes to a file beside it."""
    started = time.perf_counter()
    out = cwd / "stdout"
    with out.open("wb") as file, (stdin or Path(os.devnull)).open("rb") as given:
        process = subprocess.Popen(
            [command(), *map(str, args)], cwd=cwd, stdin=given, stdout=file, stderr=subprocess.PIPE,
            env=environment(), start_new_session=True,
        )  # fmt: skip
        with watched(process.pid) as peak:
            try:
                _, said = process.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                _, said = process.communicate()
    return Ended(
        process.returncode, out.read_bytes(), one_line(said), round(time.perf_counter() - started, 1), peak[0] >> 20
    )


def one_line(said: bytes) -> str:
    """The first line of what a command said itself, without its name, or whatever was said."""
    lines = said.decode("utf-8", "replace").strip().split("\n")
    return next((line for line in lines if line.startswith("cleaner: ")), lines[0]).removeprefix("cleaner: ")


def save(path: Path, line: str, **results: object) -> None:
    """Keep results with the command that made them and today's date."""
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    text = json.dumps({"command": line, "date": today, **results}, indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


def made_by(kept: Mapping[str, Any]) -> str:
    """The line that says where figures come from."""
    return f"`{kept['command']}`, {kept['date']}:"


def rows(cases: Iterable[Case]) -> list[dict[str, object]]:
    """Cases as they are kept."""
    return [asdict(case) for case in cases]


def cases_table(found: Iterable[dict[str, object]], *, measured: bool) -> str:
    """Kept cases as a table of Markdown; with `measured`, time and memory too."""
    header = ["what", "what happens", "message", "exit code", *(("seconds", "peak MB") if measured else ())]
    lines = []
    for case in found:
        message = str(case["message"])
        shown = message if len(message) <= _MESSAGE else message[: _MESSAGE - 1] + "…"
        cells = [case["what"], f"{'' if case['kept'] else '**broken**: '}{case['came']}", shown and f"`{shown}`"]
        cells += [case["code"], *((f"{case['seconds']:.1f}", case["peak"]) if measured else ())]
        lines.append([str(cell).replace("|", "\\|") for cell in cells])
    made = table(header, lines).split("\n")
    made[1] = f"|---|---|---|{'---:|' * (len(header) - 3)}"
    return "\n".join(made)


def fill(name: str, text: str) -> None:
    """Put a text between the markers of docs/reliability.md."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), name, text), encoding="utf-8")


def verdict(cases: Sequence[Case]) -> int:
    """Say which cases broke a promise; the exit code that follows from it."""
    for case in cases:
        print(f"{'ok    ' if case.kept else 'BROKEN'} {case.code:4} {case.seconds:6.1f}s {case.peak:5}MB  {case.what}: "
              f"{case.came} [{case.message}]", file=sys.stderr)  # fmt: skip
    return 0 if all(case.kept for case in cases) else 1
