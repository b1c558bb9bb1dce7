"""What mining costs and finds, on made-up sites whose articles are made while they are counted.

    python -m tests.benchmarks.mining [--lines 5] [--sites 20]

Lines are millions; nothing is cleaned before, so the time is that of making lines, counting and judging. How good
the rules are is measured on the first 2000 documents; how good a run is that uses them, by `tests.benchmarks.learning`.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice

from tests.mine.corpus import Made, documents
from tests.mine.support import mined, quality

_LOOKED_AT = 2000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=float, default=5, metavar="MILLIONS")
    parser.add_argument("--sites", type=int, default=20)
    args = parser.parse_args()
    wanted = args.lines * 1e6
    started = time.perf_counter()
    made = sum(len(item.lines) for item in _so_many(wanted / 10, args.sites))
    making = (time.perf_counter() - started) / made
    counted = [0]
    started = time.perf_counter()
    proposals = mined(_told(_so_many(wanted, args.sites), counted))
    took = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform != "darwin" else 1 << 30)
    print(f"{counted[0] / 1e6:.1f} million lines of {args.sites} sites in {took:.0f} s, of which making them took")
    print(f"  about {making * counted[0]:.0f} s: {counted[0] / (took - making * counted[0]):,.0f} lines a second")
    print(f"  peak resident {peak:.2f} GB")
    found = quality(proposals, islice(documents(_LOOKED_AT, of=args.sites), _LOOKED_AT))
    print(f"{len(proposals)} rules: {found.recall:.1%} of {found.furniture} lines of furniture found,")
    print(f"  {found.lost_share:.3%} of {found.article} lines of articles proposed: {sorted(found.wrong)[:5]}")


def _so_many(lines: float, sites: int) -> Iterator[Made]:
    for made in documents(int(1e9), of=sites):
        if lines <= 0:
            return
        lines -= len(made.lines)
        yield made


def _told(some: Iterator[Made], counted: list[int]) -> Iterator[Made]:
    for made in some:
        counted[0] += len(made.lines)
        yield made


if __name__ == "__main__":
    main()
