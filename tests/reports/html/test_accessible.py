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
    browser.run(axe)
    found: Any = browser.driver.execute_async_script("axe.run(document).then((all) => arguments[0](all.violations))")
    browser.emulate()

    assert [(one["id"], one["impact"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_a_phone(browser: Browser, valley: Path, view: str) -> None:
    browser.emulate(width=390)
    opened(browser, valley / "report" / "index.html", view)
    width = browser.value("document.documentElement.scrollWidth")
    browser.emulate()

    assert width == 390


def test_the_keyboard_is_enough(browser: Browser, valley: Path) -> None:
    def press(*keys: str) -> None:
        for key in keys:
            browser.driver.switch_to.active_element.send_keys(key)

    def focused() -> str:
        said: str = browser.value("document.activeElement.textContent")
        return said

    browser.open(valley / "report" / "index.html")
    press(Keys.TAB)
    assert focused() == "Skip to the content"
    press(Keys.TAB, Keys.TAB)
    assert focused().startswith("Removed texts")
    press(Keys.ENTER)
    browser.until(lambda: focused() == "Removed texts")
    while not browser.value("document.activeElement.matches('.card a')"):
        press(Keys.TAB)
    press(Keys.TAB)
    assert focused() == "Keep"
    before = browser.value("document.activeElement.getAttribute('aria-pressed')")
    press(Keys.SPACE)
    assert browser.value("document.activeElement.getAttribute('aria-pressed')") != before
    press(Keys.SPACE)


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
