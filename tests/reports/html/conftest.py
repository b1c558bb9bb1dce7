"""One browser for all tests of the report's pages, and the report that most of them look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mine.corpus import documents
from tests.reports.html.browser import Browser, chromium
from tests.reports.html.support import compared
from tests.support import DAM, LETTER, RIVER, configured, run, written

VALLEY = {
    "dam": f"{DAM}\n\n{LETTER}\n\n{RIVER}\n\n{RIVER}\n",
    "mill": f"{DAM}\n\n{RIVER}\n\nSign up for the valley letter, it is free\n",
    "wire": f"The mill stays shut (North Wire), the owner said.\n\n{DAM}\n\n{RIVER}\n",
    "list": f"{DAM}\n\n{RIVER}\n\nMore from the valley\n\nThe mill that would not close\n\nNine winters on the ridge\n",
    "plain": f"{DAM}\n\n{RIVER}\n",
}
"""Texts of the small pack's valley, by what is in them."""


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as made:
        yield made


@pytest.fixture(scope="session")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of the command: `in`, `out`, and the report as `report/` and as `report.html`.

    There are 72 texts in three folders; the letter stands in 48 of them.
    """
    place = configured(tmp_path_factory.mktemp("valley"))
    texts = {
        f"in/{site}/{kind}-{number:02}.txt": text.replace("\n\n", f"\n\n{number} ", 1) if kind == "plain" else text
        for site, kinds in (("north", ("dam", "mill")), ("south", ("wire", "list")), ("west", ("dam", "plain")))
        for kind in kinds
        for number, text in enumerate([VALLEY[kind]] * 12)
    }
    written(place, texts)
    ran = run(["clean", "in", "-o", "out", "-q", "--report", "html=report", "--report", "html=report.html"], place)
    assert (ran.code, ran.errors) == (0, "")
    return place


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over made-up sites that learned: a folder with `in`, `out`, and the report as `report/`, `report.html`."""
    place = configured(tmp_path_factory.mktemp("learned"))
    written(place / "in", {made.name: "\n\n".join(made.texts) + "\n" for made in documents(60, of=2)})
    reports = ["--report", "html=report", "--report", "html=report.html"]
    ran = run(["clean", "in", "-o", "out", "-q", "--learn", *reports], place)
    assert (ran.code, ran.errors) == (0, "")
    return place


@pytest.fixture(scope="session")
def changes(valley: Path) -> Path:
    """Two more runs of the valley compared: texts are newly removed and newly kept, documents now held."""
    page = valley / "changes.html"
    page.write_bytes(compared(valley, ["--keep", "related"], ["--keep", "newsletter", "--max-removed", "0.2"]))
    return page
