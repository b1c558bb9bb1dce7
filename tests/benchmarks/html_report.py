"""What the HTML report of a long run costs: processor time, memory, and what it leaves on the disk.

    python -m tests.benchmarks.html_report 10000 100000 1000000 [--size 50] [--keep FOLDER] [--write docs/report.md]

Nothing is cleaned: documents and removals are made up one by one, and the time that takes is not counted. Each run
has a process of its own, whose peak of memory it is. Where there is chromium, it opens each report, cold, from the
disk; milliseconds are those until the view is there.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.corpus.write import report_folder
from cleaner.reports import Outcome, Run
from cleaner.reports.html import DATA, GENERATOR, PAGE, SIZE, html_folder
from cleaner.rules import load_packs
from tests.benchmarks.examined import documents, passages
from tests.benchmarks.tables import deliver, table

if TYPE_CHECKING:
    from tests.reports.html.browser import Browser

NAME = "html-report"
"""Of the section of a page that the table goes to."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one report: seconds of processor time, and bytes; `before` is the memory without a report.

    `views` are milliseconds until a browser shows each of `VIEWS`; none without a browser.
    """

    documents: int
    adding: float
    ending: float
    before: int
    peak: int
    files: tuple[int, ...]
    page: int
    views: tuple[float, ...]

    def row(self) -> list[str]:
        """The cells of a table."""
        seconds = self.adding + self.ending
        return [
            f"{self.documents:,}",
            f"{seconds:.1f}",
            f"{1e6 * seconds / self.documents:.0f}",
            f"{self.ending:.1f}",
            f"{self.before / 1e6:.0f}",
            f"{self.peak / 1e6:.0f}",
            f"{sum(self.files) / 1e6:.1f}",
            f"{len(self.files)}",
            f"{max(self.files) / 1e6:.2f}",
            f"{self.page / 1e3:.0f}",
        ]


HEADER = (
    "documents", "CPU, s", "µs each", "of it at the end, s", "memory before, MB",
    "at its peak, MB", "report, MB", "files", "largest, MB", "index.html, KB",
)  # fmt: skip

VIEWS = {
    "overview": ("", "#view-overview .figures"),
    "removed texts": (".top a[href='#groups']", "#view-groups .card .words a"),
    "one of them": ("#view-groups .card .words a", "#view-group .sample"),
    "documents": (".top a[href='#documents']", "#view-documents tbody a"),
    "one of these": ("#view-documents tbody a", "#view-document .paper"),
}
"""For each view the link that leads there, none to the page itself, and what is there once it is shown."""


def measured(count: int, size: float, folder: Path) -> Cost:
    """Make the report of so many documents, in `size` megabytes at most."""
    rules = tuple(rule for pack in load_packs(("default",), examples=True) for rule in pack.rules)
    items = documents(count, passages(rules))
    view = html_folder(report_folder(folder, PAGE, GENERATOR.encode(), DATA), Run("0", "f" * 64, rules), size)
    before, adding = _peak(), 0.0
    for item in items:
        started = time.process_time()
        view.add(item)
        adding += time.process_time() - started
    started = time.process_time()
    view.end(Outcome(True, f"{count:,} documents"))
    ending = time.process_time() - started
    files = tuple(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    peak, page = _peak(), folder / PAGE
    return Cost(count, adding, ending, before, peak, files, page.stat().st_size, shown(page))


def shown(page: Path) -> tuple[float, ...]:
    """Milliseconds until a browser shows each of `VIEWS`, one after the other."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        return ()
    from tests.reports.html.browser import chromium  # not before the peak of memory is known

    taken = []
    with tempfile.TemporaryDirectory() as profile, chromium(Path(profile)) as browser:
        for way, sign in VIEWS.values():
            if way:
                _await(browser, way)
            started = time.perf_counter()
            if way:
                browser.run("document.querySelector(arguments[0]).click()", way)
            else:
                browser.driver.get(page.resolve().as_uri())
            _await(browser, sign)
            taken.append(1e3 * (time.perf_counter() - started))
    return tuple(taken)


def _await(browser: Browser, selector: str) -> None:
    """Go on as soon as there is such an element: sooner than tests need to know."""
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser.driver, 60, poll_frequency=0.005).until(lambda _: browser.one(selector))


def _peak() -> int:
    """The most memory that this process has ever had, in bytes."""
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="+", metavar="DOCUMENTS")
    parser.add_argument("--size", type=float, default=SIZE, metavar="MB", help="what a report takes at most")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the reports there, one folder each")
    parser.add_argument("--write", type=Path, metavar="PAGE", help=f"put the table between the {NAME} markers of PAGE")
    options = parser.parse_args(arguments)
    costs = []
    with tempfile.TemporaryDirectory() as name:
        for count in options.counts:
            folder = (options.keep or Path(name)) / str(count)
            spawning = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, spawning) as pool:
                costs.append(pool.submit(measured, count, options.size, folder).result())
    made = table(HEADER, [cost.row() for cost in costs])
    opened = table(
        ("documents", *(f"{name}, ms" for name in VIEWS)),
        [[f"{cost.documents:,}", *(f"{view:.0f}" for view in cost.views)] for cost in costs if cost.views],
    )
    deliver(f"{made}\n\n{opened}", NAME, options.write)


if __name__ == "__main__":
    main()
