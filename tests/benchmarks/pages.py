"""How near the text of a page comes to its article, how fast, and in how much memory: ours and three extractors.

    pip install '.[bench]'
    python -m tests.benchmarks.pages [FOLDER] [--turns 3] [--write README.md]

FOLDER is described in `gold`. Prints Markdown tables; with --write they go between the markers
`<!-- pages -->` and `<!-- /pages -->` of a page. An extractor that is not installed is left out.

In each turn all extractors take a page one after the other, so that what slows the machine slows them alike. Speed
is the median of the turns: the first, in which `cleaner` compiles the patterns that it comes to need, is the slowest.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.extractors import NAMES, OURS, Extractor, label, make, missing
from tests.benchmarks.gold import Page, read
from tests.benchmarks.metrics import absent, accuracy, present, shingle_f1, word_f1
from tests.benchmarks.tables import DEV, ROOT, command, deliver, percent, refused, table

NAME = "pages"


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 2 where the pages cannot be read or the page to write has no markers."""
    parser = command(__doc__, DEV, NAME)
    parser.add_argument("--turns", type=int, default=3, help="how often each page is taken (default: 3)")
    parser.add_argument("--memory-of", choices=NAMES, help="only print how many bytes one extractor takes at most")
    options = parser.parse_args(arguments)
    try:
        if options.memory_of:
            print(memory(options.memory_of, read(options.path)))
        else:
            deliver(report(options.path, options.turns), NAME, options.write)
    except (OSError, ValueError) as error:
        return refused(NAME, error)
    return 0


def report(folder: Path, turns: int) -> str:
    """All tables for a folder of pages. Raises OSError, and ValueError for a folder of something else."""
    pages = read(folder)
    names = [name for name in NAMES if _installed(name)]
    # Before anything large is loaded here: a process starts with the peak of the one that started it.
    peaks = {name: _peak(name, folder) for name in names}
    runs = run({name: make(name) for name in names}, pages, turns)
    return f"{nearness(runs, pages)}\n\n{_cost(runs, peaks)}"


def _installed(name: str) -> bool:
    modules = ", ".join(missing(name))
    if modules:
        print(f"{NAME}: {name} is left out, it needs {modules}: pip install '.[bench]'", file=sys.stderr)
    return not modules


@dataclass(slots=True)
class Run:
    """What one extractor did: the texts of the first turn, page by page, and the seconds of each turn."""

    texts: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def run(extractors: Mapping[str, Extractor], pages: Sequence[Page], turns: int) -> dict[str, Run]:
    """Let the extractors take every page, `turns` times over. Raises OSError where a page is not there."""
    for name, extract in extractors.items():
        _attempt(name, extract, pages[0])
    gc.freeze()  # or the objects of one would be searched for garbage in the time of the others
    runs = {name: Run() for name in extractors}
    for turn in range(turns):
        for each in runs.values():
            each.seconds.append(0.0)
        for page in pages:
            for name, extract in extractors.items():
                text, seconds = _attempt(name, extract, page)
                runs[name].seconds[turn] += seconds
                if turn == 0:
                    runs[name].texts.append(text)
    gc.unfreeze()
    return runs


def _attempt(name: str, extract: Extractor, page: Page) -> tuple[str, float]:
    """The text and the seconds of this process's own time that it took."""
    data = page.read()
    started = time.process_time()
    try:
        text = extract(data)
    except Exception as error:  # whatever a program raises costs it the page, not us the run
        print(f"{NAME}: {name} fails on {page.path}: {error!r}", file=sys.stderr)
        text = ""
    return text, time.process_time() - started


def _peak(name: str, folder: Path) -> int:
    line = [sys.executable, "-m", "tests.benchmarks.pages", str(folder.absolute()), "--memory-of", name]
    return int(subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)


def memory(name: str, pages: Sequence[Page]) -> int:
    """The most bytes that this process had in memory, once the extractor has taken all pages."""
    import resource  # only Unix has it

    run({name: make(name)}, pages, 1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def nearness(runs: Mapping[str, Run], pages: Sequence[Page]) -> str:
    """The table that says how near the texts are. It depends on nothing but the texts."""
    sets = sorted({page.set for page in pages})
    header = [""]
    for name in sets:
        header += [
            f"{name} F1",
            *(["wanted snippets there", "unwanted absent"] if name == "wcxb" else [f"{name} exact"]),
        ]
    return table(header, (_row(label(name), each, pages, sets) for name, each in runs.items()))


def _row(name: str, each: Run, pages: Sequence[Page], sets: Sequence[str]) -> list[str]:
    row = [name]
    for one in sets:
        some = [(page, text) for page, text in zip(pages, each.texts, strict=True) if page.set == one]
        if one == "wcxb":
            row += [f"{word_f1(some):.3f}", percent(present(some)), percent(absent(some))]
        else:
            row += [f"{shingle_f1(some):.3f}", percent(accuracy(some))]
    return row


def _cost(runs: Mapping[str, Run], peaks: Mapping[str, int]) -> str:
    """Speed is the median of the turns; how many times as fast as ours, the median of the turns' ratios."""
    ours = runs[OURS].seconds
    rows = [
        [
            label(name),
            f"{len(each.texts) / median(each.seconds):.0f}",
            f"{median(a / b for a, b in zip(ours, each.seconds, strict=True)):.1f}",
            f"{peaks[name] / 1e6:.0f} MB",
        ]
        for name, each in runs.items()
    ]
    return table(("", "pages a second", "times as fast as `cleaner`", "peak memory"), rows)


if __name__ == "__main__":
    sys.exit(main())
