"""The report as people meet it: opened from file:// in a real browser."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.reports.html.browser import Browser
from tests.support import LETTER, run

pytestmark = pytest.mark.slow

WORDS = "#view-groups .card .words"
NAMES = "#view-documents tbody th"


@pytest.fixture(params=["report/index.html", "report.html"])
def page(valley: Path, request: pytest.FixtureRequest) -> Path:
    return valley / str(request.param)


def test_nothing_is_loaded_but_the_report(browser: Browser, valley: Path) -> None:
    browser.requests()
    browser.open(valley / "report" / "index.html")
    first = set(browser.requests())
    browser.go("#groups")
    browser.until(lambda: browser.one(WORDS))
    second = set(browser.requests())

    assert all(url.startswith(f"file://{valley}/report/") for url in first | second)
    assert not any("/data/" in url for url in first)
    assert {url.rpartition("/")[2] for url in second} == {"groups.js", "rules.js"}
    assert browser.complaints() == []


def test_a_single_file_loads_nothing_else(browser: Browser, valley: Path) -> None:
    browser.requests()
    browser.open(valley / "report.html")
    browser.go("#groups")
    browser.until(lambda: browser.one(WORDS))
    browser.click(f"{WORDS} a")
    browser.until(lambda: browser.one("#view-group .sample"))

    assert browser.requests() == [f"file://{valley}/report.html"]
    assert browser.complaints() == []


def test_the_overview_has_the_totals(browser: Browser, page: Path) -> None:
    browser.open(page)

    assert browser.texts(".figures dt") == ["Documents", "Passages", "Characters", "Held", "Failed"]
    assert [value.split()[0] for value in browser.texts(".figures dd")][:2] == ["72", "84"]
    assert browser.texts("#view-overview .residue")[0].count("newsletter") == 1
    assert browser.value("document.querySelectorAll('.chart svg rect').length") == 40


def test_a_category_of_the_overview_leads_to_its_texts(browser: Browser, page: Path) -> None:
    browser.open(page)
    browser.click("#view-overview a[href='#groups?category=related']")
    browser.until(lambda: browser.one(WORDS))

    assert sorted(browser.texts(WORDS)) == [
        "More from the valley", "Nine winters on the ridge", "The mill that would not close",
    ]  # fmt: skip


class TestRemovedTexts:
    def test_each_stands_there_once_with_what_to_look_at_first(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#groups")
        texts = browser.texts(WORDS)

        assert len(texts) == len(set(texts)) == 6
        assert texts[0] == LETTER, "it goes from the middle of articles"
        assert "removed 24 times in 24 documents, 2 sites or folders" in browser.texts(".card .about")[0]
        assert "in the middle of an article" in browser.texts(".card:first-child")[0]

    def test_they_can_be_sorted(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#groups")
        browser.choose("#view-groups select[name=sort]", "text")

        texts = browser.texts(WORDS)
        assert texts == sorted(texts, key=str.lower)
        assert browser.value("location.hash") == "#groups?sort=text"

    @pytest.mark.parametrize(
        ("field", "value", "count"),
        [
            ("input[name=text]", "WINTERS", 1),
            ("select[name=category]", "newsletter", 2),
            ("input[name=rule]", "credit/", 1),
            ("input[name=place]", "sout", 4),
            ("select[name=language]", "en", 6),
            ("select[name=reason]", "middle", 1),
            ("input[name=text]", "no such words", 0),
        ],
    )
    def test_they_can_be_filtered(self, browser: Browser, valley: Path, field: str, value: str, count: int) -> None:
        browser.open(valley / "report" / "index.html", "#groups")
        browser.choose(f"#view-groups {field}", value)

        assert len(browser.texts(WORDS)) == count

    def test_filters_stand_in_the_address(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#groups?text=mill&sort=often")

        assert browser.texts(WORDS) == ["The mill that would not close"]
        assert browser.value("document.querySelector('#view-groups select[name=sort]').value") == "often"

    def test_one_has_samples_with_the_evidence(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#groups")
        browser.click(f"{WORDS} a")
        browser.until(lambda: browser.one("#view-group .sample"))

        assert browser.texts("#view-group del") == [LETTER] * 3
        assert "newsletter/valley-letter" in browser.texts("#view-group .evidence")[0]
        assert "'^Sign up for the valley letter$'" in browser.texts("#view-group .facts")[0]


class TestDocuments:
    def test_they_are_listed_fifty_at_a_time(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#documents?sort=name")
        assert browser.texts("#view-documents .pager p")[0] == "1 to 50 of 72."
        browser.click("#view-documents .pager button:last-child")

        assert browser.texts("#view-documents .pager p")[0] == "51 to 72 of 72."
        assert browser.texts(NAMES)[-1] == "west/plain-11.txt"
        assert browser.value("document.activeElement.textContent") == "Documents"

    @pytest.mark.parametrize(
        ("field", "value", "count"),
        [
            ("input[name=name]", "list-0", 10),
            ("select[name=category]", "credit", 12),
            ("input[name=place]", "south", 24),
            ("select[name=language]", "not stated", 12),
            ("select[name=state]", "unchanged", 12),
            ("select[name=state]", "held", 0),
        ],
    )
    def test_they_can_be_filtered(self, browser: Browser, valley: Path, field: str, value: str, count: int) -> None:
        browser.open(valley / "report" / "index.html", "#documents")
        browser.choose(f"#view-documents {field}", value)

        assert len(browser.texts(NAMES)) == count

    def test_one_shows_what_goes_in_its_place(self, browser: Browser, page: Path, valley: Path) -> None:
        browser.open(page, "#documents?name=list-03")
        browser.click(f"{NAMES} a")
        browser.until(lambda: browser.one("#view-document .paper"))
        parts = browser.value(
            "[...document.querySelector('#view-document .paper').children].map((one) =>"
            " one.className.startsWith('cut') ? '-' + one.querySelector('del').textContent : one.textContent)"
        )

        original = (valley / "in" / "south" / "list-03.txt").read_text(encoding="utf-8")
        assert [part.lstrip("-") for part in parts if part] == [line for line in original.splitlines() if line]
        assert [part[1:] for part in parts if part.startswith("-")] == original.split("\n")[4:10:2]

    def test_words_within_a_line_go_within_it(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#documents?name=wire-00")
        browser.click(f"{NAMES} a")
        line = browser.until(lambda: browser.texts("#view-document .paper p:has(del)"))

        assert line[0].startswith("The mill stays shut")
        assert browser.texts("#view-document del") == [" (North Wire)"]

    def test_evidence_is_there_on_demand(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#documents?name=mill-00")
        browser.click(f"{NAMES} a")
        browser.click("#view-document .why-button")

        assert browser.value("document.querySelector('.why-button').getAttribute('aria-expanded')") == "true"
        assert "signal/valley-tail" in browser.texts("#view-document .evidence")[0]
        browser.click("#view-document .why-button")
        assert browser.value("document.querySelector('#view-document .evidence').hidden") is True

    def test_next_goes_on_in_the_order_of_the_list(self, browser: Browser, page: Path) -> None:
        browser.open(page, "#documents?sort=name&place=south")
        names = browser.texts(NAMES)
        browser.click(f"{NAMES} a")
        browser.until(lambda: browser.texts("#view-document h1") == [names[0]])
        browser.click("#view-document nav .row a")
        browser.until(lambda: browser.texts("#view-document h1") == [names[1]])

        assert browser.value("document.activeElement.textContent") == names[1]
        assert browser.texts("#view-document nav .row")[0] == "Previous2 of 24Next"

    def test_what_stays_can_be_read_alone(self, browser: Browser, page: Path, valley: Path) -> None:
        browser.open(page, "#documents?name=dam-00&place=west")
        browser.click(f"{NAMES} a")
        browser.click("#without")

        seen = browser.value("document.querySelector('#view-document .paper').innerText")
        clean = (valley / "out" / "west" / "dam-00.txt").read_text(encoding="utf-8")
        assert seen.split() == clean.split()


class TestReview:
    def decided(self, browser: Browser, page: Path) -> None:
        """Keep the letter and the words in brackets, accept the list."""
        browser.open(page, "#groups")
        browser.value("localStorage.clear()")
        browser.open(page, "#groups")
        for text, mark in ((LETTER, "keep"), ("(North Wire)", "keep"), ("More from the valley", "accept")):
            index = browser.texts(WORDS).index(text)
            browser.click(f"#view-groups .card:nth-child({index + 1}) button.{mark}")

    @pytest.mark.parametrize("how", ["keep", "tweak"])
    def test_what_it_writes_is_honoured(self, browser: Browser, page: Path, valley: Path, how: str) -> None:
        self.decided(browser, page)
        browser.go("#review")
        browser.choose("#how", how)
        fragment = browser.value("document.getElementById('fragment').value")

        assert ("[[tweak]]" in fragment) == (how == "tweak")
        base = tomllib.loads((valley / "cleaner.toml").read_text(encoding="utf-8"))
        other = valley / f"reviewed-{how}.toml"
        other.write_text(f"packs = {base['packs']}\n{fragment}", encoding="utf-8")
        out = f"out-{page.stem}-{how}"
        ran = run(["clean", "in", "-o", out, "-q", "--config", str(other)], valley)
        assert (ran.code, ran.errors) == (0, "")

        kept = {
            name: (valley / out / name).read_text(encoding="utf-8")
            for name in ("north/dam-00.txt", "south/wire-00.txt")
        }
        for name, text in kept.items():
            assert text == (valley / "in" / name).read_text(encoding="utf-8")
        for name in ("north/mill-00.txt", "south/list-00.txt"):
            assert (valley / out / name).read_bytes() == (valley / "out" / name).read_bytes()

    def test_decisions_outlast_the_page(self, browser: Browser, page: Path) -> None:
        self.decided(browser, page)
        browser.open(page, "#groups?mark=keep")

        assert sorted(browser.texts(WORDS)) == ["(North Wire)", LETTER]
        assert browser.texts("#marked") == ["3"]

    def test_the_file_can_be_saved(self, browser: Browser, page: Path, tmp_path: Path) -> None:
        self.decided(browser, page)
        browser.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
        )
        browser.go("#review")
        said = browser.value("document.getElementById('fragment').value")
        browser.click("#view-review .bar-actions button:nth-child(2)")
        browser.until((tmp_path / "cleaner.toml").exists)

        assert (tmp_path / "cleaner.toml").read_text(encoding="utf-8") == said

    def test_decisions_can_be_forgotten(self, browser: Browser, page: Path) -> None:
        self.decided(browser, page)
        browser.go("#review")
        browser.click("#view-review .bar-actions button:last-child")
        browser.until(lambda: not browser.texts("#view-review .card"))

        assert browser.value("document.getElementById('marked').hidden") is True


def test_the_theme_can_be_chosen(browser: Browser, page: Path) -> None:
    browser.emulate(dark=False)
    browser.open(page)
    light = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.choose("#theme", "dark")
    dark = browser.value("getComputedStyle(document.body).backgroundColor")
    browser.open(page)

    assert light != dark == browser.value("getComputedStyle(document.body).backgroundColor")
    browser.choose("#theme", "")
    assert browser.value("getComputedStyle(document.body).backgroundColor") == light


def test_data_that_is_not_there_is_said_to_be_missing(browser: Browser, valley: Path, tmp_path: Path) -> None:
    for name in ("index.html", "style.css", *(path.name for path in (valley / "report").glob("*.js"))):
        (tmp_path / name).write_bytes((valley / "report" / name).read_bytes())
    browser.open(tmp_path / "index.html", "#groups")

    assert "cannot be read; it belongs beside this page" in browser.texts("#view-groups .note")[0]
    browser.complaints()
