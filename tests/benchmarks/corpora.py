"""What large corpora take: speed in memory and of whole runs, beside what others take, memory, and the start.

    python -m tests.benchmarks.corpora [--quick] [--huge] [--files 100000] [--only WHAT...] [--write PAGE]

What is compared runs in turns on the same texts, and ratios are medians of the turns. Seconds are of processor time,
as far as nothing else is said, so that what else the machine does counts for little. Files lie in memory
(/dev/shm), where there is such a place. Peers that are not installed are left out, and it is said how to get them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks import in_memory, whole_runs
from tests.benchmarks.measured import Row
from tests.benchmarks.tables import deliver, table

NAME = "corpora"
"""Of the section of a page that the table goes to."""
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: megabytes of text in memory and in a file of rows, small files, bytes of each of them,
    megabytes of files of rows and of one document whose memory is looked at, seconds of a reader's pause.
    """

    texts: float = 20
    rows: float = 20
    files: int = 100_000
    file_sizes: tuple[int, ...] = (1_000, 4_000)
    memory: tuple[float, ...] = (100, 1_000)
    document: float = 60
    pause: float = 5
    turns: int = 3


QUICK = Sizes(texts=3, rows=5, files=5_000, memory=(20, 60), pause=2, turns=2)
_HUGE = 10_000


def measures(sizes: Sizes, folder: Path) -> Mapping[str, Callable[[], Iterable[Row]]]:
    """All that can be measured, by name; their files are made in `folder`."""
    turns = sizes.turns
    return {
        "speed": lambda: in_memory.speeds(sizes.texts, turns),
        "rows": lambda: whole_runs.rows(sizes.rows, turns, folder),
        "files": lambda: _files(sizes, folder),
        "peers": lambda: in_memory.against_peers(sizes.texts, turns, folder),
        "rules": lambda: in_memory.with_user_rules(sizes.texts, turns, folder),
        "memory": lambda: whole_runs.memory(sizes.memory, sizes.document, folder),
        "start": whole_runs.start,
        "pipe": lambda: whole_runs.pipe(sizes.pause, folder),
    }


def _files(sizes: Sizes, folder: Path) -> Iterator[Row]:
    for size in sizes.file_sizes:
        yield from whole_runs.small(sizes.files, size, sizes.turns, folder)


def measured(sizes: Sizes, only: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of the table, each as soon as it is there."""
    for name in only or measures(sizes, Path()):
        with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
            yield from measures(sizes, Path(folder))[name]()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small corpora, in some minutes")
    parser.add_argument("--huge", action="store_true", help=f"memory for {_HUGE:,} MB too, which takes hours")
    parser.add_argument("--files", type=int, metavar="COUNT", help="how many small files")
    parser.add_argument("--only", nargs="+", choices=list(measures(QUICK, Path())), default=[], metavar="WHAT")
    parser.add_argument("--write", type=Path, metavar="PAGE", help=f"put the table between the {NAME} markers of PAGE")
    options = parser.parse_args(arguments)
    sizes = QUICK if options.quick else Sizes()
    if options.files:
        sizes = replace(sizes, files=options.files)
    if options.huge:
        sizes = replace(sizes, memory=(*sizes.memory, _HUGE))
    found = []
    for row in measured(sizes, options.only):
        print(f"{row.what}: {row.measured}", file=sys.stderr, flush=True)
        found.append(row)
    cores = len(os.sched_getaffinity(0))
    made = table(("what", "floor asked for", "measured"), [(row.what, row.floor, row.measured) for row in found])
    said = f"On {cores} cores; the load of the machine was {os.getloadavg()[0]:.1f} at the end."
    deliver(f"{made}\n\n{said}", NAME, options.write)


if __name__ == "__main__":
    main()
