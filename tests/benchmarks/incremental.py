"""How much sooner a corpus is looked through again when nothing in it has changed.

    python -m tests.benchmarks.incremental [PATH...] [--command "check -q --exit-zero"] [--turns 3]

Each turn runs the command twice with a new, empty cache; the ratios are of processor time, so that what else the
machine does counts for little. Without a PATH the corpus is made: articles of 4 KB, every other one with what stands
below an article of the fixtures. Clean articles are the hardest case: there is little to save.
"""

from __future__ import annotations

import argparse
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.benchmarks.corpus import scraped


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--command", default="check -q --exit-zero", help="The command of cleaner, with options.")
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = options.paths or [str(make_texts(folder / "texts", options.megabytes))]
        pairs = [both(options.command, corpus, folder / f"cache{turn}") for turn in range(options.turns)]
        for first, second in pairs:
            print(f"  first {first:.2f} s, second {second:.2f} s: {first / second:.1f} times as fast")
        print(f"cleaner {options.command}: {median(a / b for a, b in pairs):.1f} times as fast")


def both(command: str, corpus: list[str], cache: Path) -> tuple[float, float]:
    """Seconds of processor time of a first and of a second run."""
    line = [sys.executable, "-m", "cleaner", *shlex.split(command), *corpus, "--cache-dir", str(cache)]
    first, second = seconds(line), seconds(line)
    shutil.rmtree(cache)
    return first, second


def seconds(line: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(line, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1, 3):
        raise SystemExit(done.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def make_texts(folder: Path, megabytes: float) -> Path:
    """Articles in folders of 100, every other one with residue at its end."""
    for number, text in enumerate(scraped(megabytes)):
        path = folder / f"{number // 100:03}" / f"{number:05}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    main()
