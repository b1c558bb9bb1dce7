"""What the commands here share: a command run within limits, the rows that come of it, and where these are kept."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Cases:
    """A command that tries cases by name: what they are called in its help, where they are kept, and in which section
    of the page their table stands, with time and memory where those are `measured`.
    """

    module: str
    called: str
    section: str
    measured: bool

    @property
    def results(self) -> Path:
        return Path(__file__).with_name(f"{self.module}.json")

    def main(self, about: str | None, cases: Mapping[str, Callable[[Path], Case]]) -> int:
        """Try those that are asked for, each in an empty folder; the exit code is 1 where one broke a promise. What
        needs a command that this machine does not let run is left out.
        """
        parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
        parser.add_argument("--only", default="", metavar="WORDS", help=f"only {self.called} with these words in them")
        parser.add_argument("--save", action="store_true", help=f"keep what happens, and write it into {PAGE.name}")
        options = parser.parse_args()
        found: list[Case] = []
        for name in [name for name in cases if options.only in name]:
            with tempfile.TemporaryDirectory(prefix=f"{self.module}-") as scratch:
                try:
                    case = cases[name](Path(scratch))
                except subprocess.CalledProcessError as error:
                    print(f"{name}: left out ({one_line(error.stderr)})", file=sys.stderr)
                    continue
            said = f"{case.seconds:6.1f}s {case.peak:5}MB  {case.what}: {case.came} [{case.message}]"
            print("ok    " if case.kept else "BROKEN", case.code, said, file=sys.stderr)
            found.append(case)
            if options.save:
                self._save(found, anew=not options.only)
        if options.save:
            fill(self.section, self.text(json.loads(self.results.read_text(encoding="utf-8"))))
        return 0 if all(case.kept for case in found) else 1

    def _save(self, found: Sequence[Case], *, anew: bool) -> None:
        """Keep what was found, beside what was kept of other cases unless all is tried `anew`."""
        given = {str(row["what"]): row for row in ([] if anew else self._kept())}
        given.update((case.what, asdict(case)) for case in found)
        save(self.results, f"python -m tests.reliability.{self.module}", cases=list(given.values()))

    def _kept(self) -> list[dict[str, Any]]:
        cases: list[dict[str, Any]] = json.loads(self.results.read_text(encoding="utf-8"))["cases"]
        return cases

    def text(self, kept: Mapping[str, Any]) -> str:
        """What the page says of kept cases."""
        return f"{made_by(kept)}\n\n{cases_table(kept['cases'], measured=self.measured)}"
