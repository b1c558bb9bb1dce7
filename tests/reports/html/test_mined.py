"""Mined rules in the report: what is shown of them, and in a real browser their review."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.reports.html import html_file
from cleaner.reports.html.mined import mined
from cleaner.rules import Example, load_packs
from tests.reports.html.browser import Browser
from tests.reports.support import PASSED, RUN
from tests.samples import rule
from tests.support import contents, run

REPEAT = rule("repeat/paper-1", r"^\d+ of our \"letters\" so far$", weight=1.2, where=frozenset(("tail",)))
CARDS = "#view-mined .card"


def test_rules_of_the_category_are_shown_those_first_that_remove_most() -> None:
    others = [replace(REPEAT, id=f"repeat/paper-{number}") for number in (2, 3)]
    shown = mined([REPEAT, *others, rule("ad/box", "^Ad$")], {"repeat/paper-3": 7, "ad/box": 9}, 10_000)

    assert shown is not None
    assert [(row[0], row[4]) for row in shown["rows"]] == [
        ("repeat/paper-3", 7), ("repeat/paper-1", 0), ("repeat/paper-2", 0),
    ]  # fmt: skip
    assert shown["note"] == "All 3 are listed."


def test_what_does_not_fit_is_left_out_and_this_is_said() -> None:
    rules = [replace(REPEAT, id=f"repeat/paper-{number}") for number in range(50)]
    shown = mined(rules, {}, 3000)

    assert shown is not None
    assert 5 < len(shown["rows"]) < 20
    assert shown["note"].startswith(f"{len(shown['rows'])} of 50 are listed")


def test_without_any_there_is_no_such_view() -> None:
    out = io.BytesIO()
    html_file(out, RUN).end(PASSED)

    assert mined([rule("ad/box", "^Ad$")], {}, 1000) is None
    assert b'href="#mined"' not in out.getvalue()


def test_their_toml_reads_as_what_they_are(tmp_path: Path) -> None:
    made = replace(
        REPEAT,
        exact_case=True,
        max_words=9,
        none=rule("ad/x", none=["'''said'"]).none,
        features=("unclosed",),
        dom=("class:box",),
        examples=(Example('a \\ """\n\n[-4 of our "letters" so far-]'), Example("Stays.", ("ad/box",))),
    )
    shown = mined([made], {}, 10_000)
    assert shown is not None
    (tmp_path / "mined.toml").write_text(f"{shown['head']}\n{shown['rows'][0][5]}", encoding="utf-8")

    read = load_packs(("mined.toml",), tmp_path)[0].rules[0]
    assert replace(read, pack="test") == made


@pytest.mark.slow
class TestInTheBrowser:
    @pytest.fixture(params=["report/index.html", "report.html"])
    def page(self, learned: Path, browser: Browser, request: pytest.FixtureRequest) -> Path:
        page = learned / str(request.param)
        browser.open(page)
        browser.value("localStorage.clear()")
        browser.open(page, "#mined")
        return page

    def test_each_says_where_it_stands_and_leads_to_what_it_removed(self, browser: Browser, page: Path) -> None:
        pack = tomllib.loads((page.parents[page.name == "index.html"] / "out/.cleaner/run.learned.toml").read_text())
        first = browser.texts(f"{CARDS}:first-child")[0]

        assert len(browser.texts(CARDS)) == len(pack["rule"])
        assert re.search(r"stands in \d+ of \d+ articles of paper-\d\.example", first)
        browser.click(f"{CARDS}:first-child a")
        browser.until(lambda: browser.one("#view-groups .card"))
        assert all("repeat/" in text for text in browser.texts("#view-groups .card .about:nth-child(2)"))
        assert browser.complaints() == []

    def test_what_is_accepted_and_edited_goes_into_a_pack_that_works(
        self, browser: Browser, page: Path, learned: Path, tmp_path: Path
    ) -> None:
        browser.click(f"{CARDS}:nth-child(1) .accept")
        browser.click(f"{CARDS}:nth-child(2) .drop")
        browser.click(f"{CARDS}:nth-child(3) .accept")
        dropped = browser.texts(f"{CARDS}:nth-child(2) .about .code")[0]
        toml = browser.value(f"document.querySelector('{CARDS}:nth-child(3) textarea').value")
        named = re.sub('"repeat/[^"]+"', '"notice/house-line"', toml, count=1)
        browser.choose(f"{CARDS}:nth-child(3) textarea", named)
        browser.open(page, "#review")  # anew: decisions outlast the page

        assert browser.texts("#marked") == ["3"]
        assert "2 rules accepted, 1 dropped" in browser.texts("#view-review")[0]
        browser.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
        )
        browser.click("#view-review .bar-actions:has(.primary) button:nth-child(2)")
        browser.until((tmp_path / "mined.toml").exists)
        tested = run(["rules", "test", str(tmp_path / "mined.toml")], learned)
        assert tested.code == 0, tested.errors
        rules = load_packs(("mined.toml",), tmp_path)[0].rules
        assert len(rules) == 2
        assert "notice/house-line" in {rule.id for rule in rules}
        assert dropped not in {rule.id for rule in rules}

    @pytest.mark.usefixtures("page")
    def test_all_others_can_be_accepted_and_all_forgotten(self, browser: Browser) -> None:
        count = len(browser.texts(CARDS))
        browser.click(f"{CARDS}:nth-child(1) .drop")
        browser.go("#review")
        browser.click("#view-review .bar-actions button:last-child")
        browser.until(lambda: f"{count - 1} rules accepted, 1 dropped, 0 not" in browser.texts("#view-review")[0])
        browser.go("#mined?mark=drop")
        assert len(browser.texts(CARDS)) == 1
        browser.go("#review")
        browser.click("#view-review .row button:not([class]):first-child")
        browser.until(lambda: f"0 rules accepted, 0 dropped, {count} not" in browser.texts("#view-review")[0])

        assert browser.value("document.getElementById('marked').hidden") is True

    def test_all_of_them_do_what_the_run_did(self, browser: Browser, learned: Path) -> None:
        browser.open(learned / "report.html", "#review")
        browser.click("#view-review .bar-actions button:last-child")
        pack = browser.until(lambda: browser.value("document.getElementById('pack')?.value"))
        (learned / "accepted.toml").write_text(pack, encoding="utf-8")
        ran = run(["clean", "in", "-o", "again", "-q", "--pack", "accepted.toml"], learned)

        assert (ran.code, ran.errors) == (0, "")
        assert contents(learned / "again") == contents(learned / "out")
