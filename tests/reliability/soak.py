"""Clean generated documents for as long as it is told, through the API and through a pipe, which must say the same.

    python -m tests.reliability.soak [--minutes 30]

One process cleans texts and pages with one Cleaner; beside it, one `cleaner` gets the same texts as rows of JSON
through a pipe, and gives them back one by one. Of both, memory and open files are looked at every two seconds. From
half an hour on, writes its section of docs/reliability.md; the exit code is 1 where memory grows, files stay open, or
an answer changes.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression
from typing import Any

from cleaner import Cleaner
from cleaner.errors import DocumentError
from tests.benchmarks.tables import table
from tests.reliability.corpora import pages, texts
from tests.reliability.results import note, today
from tests.support import command, environment

SECTION = "soak"
_BATCH = 12
_EVERY = 2.0
"""Seconds between two looks at a process."""
_WARM = 1 / 3
"""The part of the time in which buffers and automata may still grow; the slope is that of what comes after."""
_FLAT = 1024.0
"""KB a quarter of an hour; what grows less is flat."""
_SEED = 2026


@dataclass
class Watched:
    """One process: seconds, KB of memory and open files, at every look."""

    pid: int
    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def look(self, seconds: float) -> None:
        self.seconds.append(seconds)
        pages_held = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        self.memory.append(pages_held * os.sysconf("SC_PAGE_SIZE") / 1024)
        self.files.append(sum(1 for _ in Path(f"/proc/{self.pid}/fd").iterdir()))

    def figures(self) -> dict[str, Any]:
        """The slope of memory after warming up (KB a minute), where it began and ended, the files at both ends."""
        first = next(index for index, at in enumerate(self.seconds) if at >= _WARM * self.seconds[-1])
        slope = linear_regression(self.seconds[first:], self.memory[first:]).slope * 60
        return {
            "slope_kb_per_minute": round(slope, 2),
            "warm_mb": round(self.memory[first] / 1024, 1),
            "last_mb": round(self.memory[-1] / 1024, 1),
            "most_mb": round(max(self.memory) / 1024, 1),
            "files_first": self.files[0],
            "files_last": self.files[-1],
        }


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30, help="how long (default: 30)")
    parser.add_argument(
        "--distinct",
        type=int,
        default=1000,
        help="documents that are cleaned over and over; 0: always new ones (default: 1000)",
    )
    options = parser.parse_args(arguments)
    done = {**soak(options.minutes * 60, options.distinct), "date": today()}
    kind = "repeated" if options.distinct else "new"
    wrong = problems(done)
    if options.minutes >= 30:  # shorter ones show nothing
        note(SECTION, lambda section: section.update({kind: done}), text)
    print(text({kind: done}))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def problems(done: dict[str, Any]) -> list[str]:
    """What a stretch of work has shown that must not be, in lines. Over documents that are always new, memory may grow:
    automata go on meeting what they have not met yet, each up to its limit.
    """
    wrong = [f"{count} answers of the pipe differ from the API's"] if (count := done["differing"]) else []
    wrong += [] if done["same_in_the_end"] else ["the first documents come out otherwise in the end"]
    for name in ("api", "pipe"):
        if done["distinct"] and done[name]["slope_kb_per_minute"] * 15 > _FLAT:
            wrong.append(f"{name}: memory grows by {done[name]['slope_kb_per_minute']} KB a minute")
        if done[name]["files_last"] > done[name]["files_first"]:
            wrong.append(f"{name}: {done[name]['files_last']} files are open, {done[name]['files_first']} at first")
    return wrong


def soak(seconds: float, distinct: int) -> dict[str, Any]:
    """Clean so many documents over and over, or (0) always new ones, for so long; what there is to say about it."""
    cleaner = Cleaner()
    line = [command(), "clean", "-", "--max-removed", "1", "-q"]
    with subprocess.Popen(line, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        stream, all_pages = texts(_SEED), pages(_SEED + 5)
        first = [next(stream) for _ in range(200)]
        if distinct:
            stream = itertools.cycle(list(itertools.islice(stream, distinct)))
            all_pages = itertools.cycle(list(itertools.islice(all_pages, distinct // _BATCH + 1)))
        before = _digest(cleaner, first, _through(process, first))
        watched = {"api": Watched(os.getpid()), "pipe": Watched(process.pid)}
        documents = characters = differing = 0
        start = told = time.monotonic()
        while (now := time.monotonic()) - start < seconds:
            batch = list(itertools.islice(stream, _BATCH))
            ours = [_clean(cleaner, each) for each in batch]
            differing += sum(one != other for one, other in zip(ours, _through(process, batch), strict=True))
            with suppress(DocumentError):  # a page may come out without an article
                cleaner.clean_html(next(all_pages), markup=True)
            documents += _BATCH + 1
            characters += sum(map(len, batch))
            if now - told >= _EVERY:
                told = now
                gc.collect()
                for each in watched.values():
                    each.look(now - start)
        after = _digest(cleaner, first, _through(process, first))
        assert process.stdin is not None
        process.stdin.close()
    return {
        "seconds": int(time.monotonic() - start),
        "distinct": distinct,
        "documents": documents,
        "characters": characters,
        "differing": differing,
        "same_in_the_end": before == after,
        "exit_code": process.returncode,
        **{name: each.figures() for name, each in watched.items()},
    }


def _clean(cleaner: Cleaner, text: str) -> str:
    """As a pipe without a limit gives it."""
    return cleaner.clean(text).text


def _through(process: subprocess.Popen[bytes], batch: Sequence[str]) -> list[str]:
    """The texts as the pipe gives them back."""
    stdin, stdout = process.stdin, process.stdout
    assert stdin is not None
    assert stdout is not None
    rows = "".join(json.dumps({"text": text}) + "\n" for text in batch).encode()

    def write() -> None:
        stdin.write(rows)
        stdin.flush()

    writer = threading.Thread(target=write)
    writer.start()
    found = [json.loads(stdout.readline())["text"] for _ in batch]
    writer.join()
    return found


def _digest(cleaner: Cleaner, batch: Sequence[str], other: Sequence[str]) -> str:
    """Of everything that both say about some texts."""
    digest = hashlib.sha256()
    for text, piped in zip(batch, other, strict=True):
        result = cleaner.clean(text)
        digest.update(repr((result.text, result.removals, piped)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def text(section: Mapping[str, Any]) -> str:
    """The section of the page."""
    return "\n\n".join(_text(section[kind]) for kind in ("repeated", "new") if kind in section)


def _text(done: Mapping[str, Any]) -> str:
    rows = [
        [
            name,
            f"{of['slope_kb_per_minute']:+.2f}",
            *(f"{of[key]:.1f}" for key in ("warm_mb", "last_mb", "most_mb")),
            f"{of['files_first']} / {of['files_last']}",
        ]
        for name, of in (("API, one process", done["api"]), ("`cleaner` behind a pipe", done["pipe"]))
    ]
    same = "give the same" if done["same_in_the_end"] else "DO NOT give the same"
    what = f"the same {done['distinct']:,} over and over" if done["distinct"] else "always new ones"
    said = (
        f"{done['documents']:,} documents, {what} ({done['characters'] / 1e6:,.1f} million characters), in "
        f"{done['seconds']:,} seconds, on {done['date']}. Answers of the pipe that differ from the API's: "
        f"{done['differing']}. The first 200 documents {same} at the end as at the start."
    )
    header = ("", "slope after a third, KB a minute", "MB then", "MB at the end", "most MB", "open files, first / last")
    return f"{said}\n\n{table(header, rows)}"


if __name__ == "__main__":
    sys.exit(main())
