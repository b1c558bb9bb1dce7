"""What cleaning on a Spark cluster takes beside one machine: processor time and memory, on two workers of this machine.

    python -m tests.benchmarks.spark [MEGABYTES] [--write docs/spark.md]

Seconds are of processor time, of the driver, the executors and the Python processes beside them, so that what else the
machine does counts for little; what it takes to start is measured with one row, and taken off. All texts are made from
the fixtures.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Event

from tests.benchmarks.corpus import scraped
from tests.benchmarks.material import write_rows
from tests.benchmarks.measured import resident, tree
from tests.benchmarks.tables import deliver, table
from tests.spark.support import CONF, MASTER, environment_of
from tests.support import command, environment

NAME = "spark"
"""Of the section of a page that the table goes to."""
_FILES = 8
_EVERY = 0.1
"""Seconds between two looks at the processes."""
_TICK = os.sysconf("SC_CLK_TCK")
_KINDS = {"CoarseGrainedExecutorBackend": "executor", "SparkSubmit": "driver (Java)", "pyspark": "python"}


@dataclass(slots=True)
class Spent:
    """Seconds of processor time of each process, by its number, and the most bytes that one of a kind had."""

    seconds: dict[int, float] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def look(self, process: int) -> None:
        for each in tree(process):
            try:
                times = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()[11:13]
                line = Path(f"/proc/{each}/cmdline").read_text(errors="replace")
            except OSError:  # it has just ended
                continue
            self.seconds[each] = sum(map(int, times)) / _TICK
            kind = next((kind for sign, kind in _KINDS.items() if sign in line), "other")
            self.peaks[kind] = max(self.peaks[kind], resident(each))

    @property
    def cpu(self) -> float:
        return sum(self.seconds.values())


def spent(line: Sequence[str | Path], place: Path, env: Mapping[str, str]) -> Spent:
    """What a command and all that it starts took; it has to do its work."""
    found, pause = Spent(), Event()
    with (place / "said").open("wb") as said:
        process = subprocess.Popen(line, cwd=place, env=env, stdout=said, stderr=said)
        while process.poll() is None:
            found.look(process.pid)
            pause.wait(_EVERY)
    if process.returncode not in (0, 3):
        raise SystemExit((place / "said").read_text())
    return found


def measure(megabytes: float, place: Path) -> list[tuple[str, str]]:
    """The rows of the table."""
    properties = "\n".join(f'"{name}" = "{value}"' for name, value in CONF.items())
    (place / "cleaner.toml").write_text(f'[spark]\nmaster = "{MASTER}"\n[spark.conf]\n{properties}\n')
    for name in ("tiny", "rows"):
        (place / name).mkdir()
    write_rows(place / "tiny" / "0.jsonl", ["warm"])
    texts = scraped(megabytes)
    count = sum(1 for _ in scraped(megabytes)) // _FILES + 1
    size = sum(write_rows(place / "rows" / f"{n}.jsonl", islice(texts, count)) for n in range(_FILES)) / 1e6
    env = {**environment(), **environment_of(place)}
    found = {}
    for name in ("tiny", "rows"):
        one = [command(), "clean", name, "-q", "-o", f"{name}-one", "-j", "1"]
        found[name, "one"] = spent(one, place, env)
        found[name, "spark"] = spent(
            [command(), "clean", name, "-q", "-o", f"{name}-spark", "--engine", "spark"], place, env
        )
    speeds = {kind: size / (found["rows", kind].cpu - found["tiny", kind].cpu) for kind in ("one", "spark")}
    whole = found["rows", "spark"]
    return [
        (f"JSON Lines of {size:.0f} MB of text, one process", f"{speeds['one']:.2f} MB/s"),
        ("the same on Spark, two workers: for each core", f"{speeds['spark']:.2f} MB/s"),
        ("processor time to start, one process", f"{found['tiny', 'one'].cpu:.0f} s"),
        ("processor time to start, Spark, all processes", f"{found['tiny', 'spark'].cpu:.0f} s"),
        ("most memory of an executor (Java, of 1 GB of heap)", f"{whole.peaks['executor'] / 1e6:.0f} MB"),
        ("most memory of a Python process beside it", f"{whole.peaks['python'] / 1e6:.0f} MB"),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("megabytes", type=float, nargs="?", default=40)
    parser.add_argument("--write", type=Path, metavar="PAGE", help=f"put the table between the {NAME} markers of PAGE")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = table(("what", "measured"), measure(options.megabytes, Path(folder)))
    said = f"On {len(os.sched_getaffinity(0))} cores; the load of the machine was {os.getloadavg()[0]:.1f} at the end."
    deliver(f"{made}\n\n{said}", NAME, options.write)


if __name__ == "__main__":
    main()
