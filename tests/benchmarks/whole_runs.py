"""Whole commands: files of many documents, folders of many files, what they take of the memory, and the start."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from statistics import median
from threading import Thread
from typing import BinaryIO

from tests.benchmarks.corpus import articles, scraped
from tests.benchmarks.in_memory import cold
from tests.benchmarks.material import small_files, write_document, write_rows
from tests.benchmarks.measured import Row, Used, in_turns, ratio, resident, used, watched
from tests.support import command, environment

_STARTS = 9
_LINES = 1_000
_BIT = 1 << 12


def clean(source: Path, target: Path, jobs: int, *, fine: Sequence[int] = (0, 3)) -> Used:
    """What `cleaner clean` takes to write into the folder `target`, which is made anew."""
    if target.exists():
        shutil.rmtree(target)
    return used([command(), "clean", "-q", "--isolated", "-j", str(jobs), source, "-o", f"{target}/"], fine=fine)


def rows(megabytes: float, turns: int, folder: Path) -> Iterator[Row]:
    """JSON Lines to JSON Lines in one process, against the same texts in memory, all of them cold."""
    texts, tiny = folder / "rows.jsonl", folder / "tiny.jsonl"
    size = write_rows(texts, articles(megabytes, language="en")) / 1e6
    write_rows(tiny, ["warm"])

    def in_memory() -> float:
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            return pool.submit(cold, texts).result()

    found = in_turns(
        turns,
        lambda: clean(texts, folder / "clean", 1).cpu,
        lambda: clean(tiny, folder / "clean", 1).cpu,
        in_memory,
    )
    whole, begun = median(each[0] for each in found), median(each[1] for each in found)
    around = median((run - start - inner) / (run - start) for run, start, inner in found)
    said = f"{size / (whole - begun):.1f} MB/s of text over {size:.0f} MB, and {begun:.2f} s to start"
    yield Row("JSON Lines to JSON Lines, one process", said, "40 MB/s")
    yield Row("of that, reading, parsing, writing and the record", f"{100 * around:.0f} %")


def small(count: int, size: int, turns: int, folder: Path) -> Iterator[Row]:
    """A folder of small files, with one process and with two, and what `cp -r` takes to copy it."""
    tree, target = folder / f"small-{size}", folder / "clean"
    written = small_files(tree, count, size) / 1e6

    def copied() -> Used:
        shutil.rmtree(target, ignore_errors=True)
        return used(["cp", "-r", tree, target])

    found = in_turns(turns, lambda: clean(tree, target, 1), lambda: clean(tree, target, 2), copied)
    shutil.rmtree(tree)
    shutil.rmtree(target)
    ones, twos, copies = (list(each) for each in zip(*found, strict=True))
    one, two = median(each.cpu for each in ones), median(each.cpu for each in twos)
    name = f"{count:,} files of {written / count * 1e3:.1f} KB"
    said = f"{1e6 * one / count:.0f} µs of processor time a file, {written / one:.1f} MB/s"
    yield Row(f"{name}, one process", said)
    clock = ratio([(a.wall, b.wall) for a, b in zip(ones, twos, strict=True)])
    yield Row(
        f"{name}, two processes: times as fast by the clock", f"{clock:.2f}, for {two / one:.2f} times the work", "1.8"
    )
    for jobs, each in ((1, ones), (2, twos)):
        times = ratio([(a.wall, b.wall) for a, b in zip(each, copies, strict=True)])
        yield Row(f"{name}, {jobs} at once: times as long as `cp -r` by the clock", f"{times:.0f}", "3")


def memory(sizes: Sequence[float], document: float, folder: Path) -> Iterator[Row]:
    """At its peak, of files of rows of so many megabytes and of one long document."""
    source, target = folder / "rows.jsonl", folder / "clean"
    for size in sizes:
        write_rows(source, scraped(size))
        for jobs in (1, 2):
            peak = clean(source, target, jobs).peak
            yield Row(f"memory of all processes, JSON Lines of {size:,g} MB, -j {jobs}", _megabytes(peak), "400 MB")
        source.unlink()
        shutil.rmtree(target)
    write_document(folder / "long.txt", document)
    peak = clean(folder / "long.txt", target, 1, fine=(0,)).peak  # one that is too large is copied, and that is 3
    yield Row(f"memory, one document of {document:g} MB", _megabytes(peak), "800 MB")


def start() -> Iterator[Row]:
    """`echo hi | cleaner`, with all packs."""
    used([command()], given=b"hi\n")
    found = [used([command()], given=b"hi\n") for _ in range(_STARTS)]
    cpu, wall = median(each.cpu for each in found), median(each.wall for each in found)
    yield Row(
        "start, with a word on standard input", f"{cpu:.2f} s of processor time, {wall:.2f} s by the clock", "0.25 s"
    )


def pipe(pause: float, folder: Path) -> Iterator[Row]:
    """Rows through a pipe, whose reader pauses so many seconds after the first one: memory, before and after."""
    rows = folder / "rows.jsonl"
    write_rows(rows, islice(scraped(1e6), _LINES))
    data = rows.read_bytes()
    process = subprocess.Popen([command()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment())
    assert process.stdin is not None
    assert process.stdout is not None
    taken: list[int] = []
    feeder = Thread(target=_feed, args=(process.stdin, data, taken), daemon=True)
    feeder.start()
    with process.stdout as out, watched(process.pid) as peak:
        count = out.readline().count(b"\n")
        time.sleep(pause)
        held, waiting = sum(taken), resident(process.pid)
        count += sum(1 for _ in out)
    feeder.join()
    if process.wait() not in (0, 3) or count != _LINES:
        raise ValueError(f"{count} of {_LINES} rows came through")
    said = f"it takes {held / 1e6:.1f} of {len(data) / 1e6:.1f} MB meanwhile"
    yield Row(
        f"{_LINES:,} rows through a pipe whose reader pauses for {pause:g} s",
        f"{said}; {_megabytes(waiting)} of memory in the pause, {_megabytes(peak[0])} at most",
    )


def _feed(handle: BinaryIO, data: bytes, taken: list[int]) -> None:
    """Write as much as is taken, bit by bit, and note it."""
    with handle:
        for start in range(0, len(data), _BIT):
            taken.append(handle.write(data[start : start + _BIT]))
            handle.flush()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
