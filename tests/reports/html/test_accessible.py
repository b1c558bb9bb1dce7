"""The report for everybody: axe-core's rules, the keyboard, narrow screens and paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.reports.html.browser import Browser

pytestmark = pytest.mark.slow

VIEWS = ["#overview", "#groups", "#documents", "#review", "group", "document"]


BELOW_THE_BAR = """(() => {
  const bar = document.querySelector(".top").getBoundingClientRect().bottom;
  const top = document.querySelector(":target").getBoundingClientRect().top;
  return top >= bar && top < innerHeight;
})()"""


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        browser.driver.switch_to.active_element.send_keys(key)


def focused(browser: Browser) -> str:
    """What the element that has the focus says."""
    said: str = browser.value("document.activeElement.textContent")
    return said


def opened(browser: Browser, page: Path, view: str) -> None:
    """Show a view; of a text and of a document the first one, with its evidence."""
    if view.startswith("#"):
        browser.open(page, view)
        return
    browser.open(page, f"#{view}s")
    browser.click(f"#view-{view}s a[href^='#{view}/']")
    browser.until(lambda: browser.one(f"#view-{view} .paper"))
    if view == "document":
        browser.click("#view-document .why-button")
    else:
        browser.click("#view-group summary")


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, from where AXE_CORE says that it is."""
    place = os.environ.get("AXE_CORE")
    if not place:
        pytest.skip("needs axe-core: npm pack axe-core, unpack it, and set AXE_CORE to its axe.min.js")
    return Path(place).read_text(encoding="utf-8")


def violations(browser: Browser, axe: str) -> list[tuple[str, str, list[str]]]:
    """What axe-core has against the page: rule, impact, elements."""
    browser.run(axe)
    found: Any = browser.driver.execute_async_script("axe.run(document).then((all) => arguments[0](all.violations))")
    return [(one["id"], one["impact"], [node["html"][:200] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(browser: Browser, valley: Path, axe: str, view: str, dark: bool, width: int) -> None:
    browser.emulate(width=width, dark=dark)
    if view == "#review":
        browser.open(valley / "report" / "index.html", "#groups")
        browser.click("#view-groups button.keep[aria-pressed=false]")
        browser.click("#view-groups button.accept[aria-pressed=false]")
    opened(browser, valley / "report" / "index.html", view)
    found = violations(browser, axe)
    browser.emulate()

    assert found == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("view", ["#mined", "#review"])
def test_axe_finds_nothing_in_mined_rules(
    browser: Browser, learned: Path, axe: str, view: str, dark: bool, width: int
) -> None:
    browser.emulate(width=width, dark=dark)
    page = learned / "report" / "index.html"
    browser.open(page)
    browser.value("localStorage.clear()")
    browser.open(page, "#mined")
    browser.click("#view-mined button.accept[aria-pressed=false]")
    browser.click("#view-mined button.drop[aria-pressed=false]")
    if view == "#review":
        browser.open(page, view)
    else:
        browser.click("#view-mined summary")
    found, wide = violations(browser, axe), browser.value("document.documentElement.scrollWidth")
    browser.emulate()

    assert found == []
    assert wide <= width


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_a_comparison(browser: Browser, changes: Path, axe: str, dark: bool, width: int) -> None:
    browser.emulate(width=width, dark=dark)
    browser.open(changes)
    found = violations(browser, axe)
    browser.emulate()

    assert found == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_phone(browser: Browser, valley: Path, view: str) -> None:
    browser.emulate(width=390)
    opened(browser, valley / "report" / "index.html", view)
    width = browser.value("document.documentElement.scrollWidth")
    browser.emulate()

    assert width == 390


def test_a_comparison_is_not_wider_than_a_phone(browser: Browser, changes: Path) -> None:
    browser.emulate(width=390)
    browser.open(changes)
    width = browser.value("document.documentElement.scrollWidth")
    browser.emulate()

    assert width == 390


def test_the_keyboard_is_enough(browser: Browser, valley: Path) -> None:
    browser.open(valley / "report" / "index.html")
    press(browser, Keys.TAB)
    assert focused(browser) == "Skip to the content"
    press(browser, Keys.TAB, Keys.TAB)
    assert focused(browser).startswith("Removed texts")
    press(browser, Keys.ENTER)
    browser.until(lambda: focused(browser) == "Removed texts")
    while not browser.value("document.activeElement.matches('.card a')"):
        press(browser, Keys.TAB)
    press(browser, Keys.TAB)
    assert focused(browser) == "Keep"
    before = browser.value("document.activeElement.getAttribute('aria-pressed')")
    press(browser, Keys.SPACE)
    assert browser.value("document.activeElement.getAttribute('aria-pressed')") != before
    press(browser, Keys.SPACE)


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keyboard_leads_to_all_parts_of_a_comparison(browser: Browser, changes: Path, width: int) -> None:
    browser.emulate(width=width)
    browser.open(changes)
    press(browser, Keys.TAB)
    assert focused(browser) == "Skip to the content"
    seen = []
    for _ in range(3):
        press(browser, Keys.TAB)
        link = browser.driver.switch_to.active_element
        link.send_keys(Keys.ENTER)
        # Its heading stands below the bar at the top, not under it.
        seen.append((link.text.split("\n")[0].rstrip(" 0123456789"), browser.value(BELOW_THE_BAR)))
        browser.run("arguments[0].focus()", link)
    browser.emulate()

    assert seen == [("Newly removed", True), ("Newly kept", True), ("Documents", True)]


def test_paper_gets_the_view_and_no_controls(browser: Browser, valley: Path) -> None:
    opened(browser, valley / "report" / "index.html", "document")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    hidden = browser.value(
        "['.top', '#view-document .bar-actions'].every((one) =>"
        " getComputedStyle(document.querySelector(one)).display === 'none')"
    )
    back = browser.value("getComputedStyle(document.body).colorScheme")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    assert hidden is True
    assert back == "light"
