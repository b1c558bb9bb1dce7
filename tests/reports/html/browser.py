"""A real browser: Debian's chromium without a window, driven by selenium, and what it loaded and complained about."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
_PATIENCE = 60
"""Seconds until what a page should show is taken for missing: no test waits that long but a failing one."""


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser with a new profile; without one on this machine, the calling test is skipped."""
    programs = [shutil.which("chromium"), shutil.which("chromedriver")]
    if None in programs:
        pytest.skip("needs chromium and its driver: apt-get install chromium chromium-driver")
    options = Options()
    options.binary_location = str(programs[0])
    for flag in (*_FLAGS, f"--user-data-dir={profile}", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(str(programs[1])))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


class Browser:
    """What tests do with a page, in words of the report."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, page: Path, address: str = "") -> None:
        """Load a page anew, and wait until its view is there."""
        self.driver.get("about:blank")
        self.driver.get(f"file://{quote(str(page))}{address}")
        self.shown()

    def go(self, address: str) -> None:
        """Follow a link within the page."""
        self.run("location.hash = arguments[0]", address)
        name = address.lstrip("#").split("?")[0].split("/")[0]
        self.until(lambda: self.shown().get_attribute("id") == f"view-{name}")

    def shown(self) -> WebElement:
        """The view that is there now, with its heading."""
        found: WebElement = self.until(lambda: self.one("main > section:not([hidden]):has(h1)"))
        return found

    def until(self, look: Any) -> Any:
        """What `look` gives as soon as that is something."""
        return WebDriverWait(self.driver, _PATIENCE).until(lambda _: look())

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement | None:
        return next(iter(self.all(selector)), None)

    def texts(self, selector: str) -> list[str]:
        """What elements say, as the page's own scripts see it."""
        script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
        said: list[str] = self.run(script, selector)
        return said

    def click(self, selector: str) -> None:
        """Click the first such element, as a keyboard would: wherever it is on the page."""
        element = self.until(lambda: self.one(selector))
        self.run("arguments[0].click()", element)

    def choose(self, selector: str, value: str) -> None:
        """Set a field, as a user does."""
        script = (
            "arguments[0].value = arguments[1];"
            "for (const type of ['input', 'change']) arguments[0].dispatchEvent(new Event(type, {bubbles: true}))"
        )
        self.run(script, self.until(lambda: self.one(selector)), value)

    def run(self, script: str, *args: object) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *args)

    def value(self, script: str, *args: object) -> Any:
        """What an expression comes to."""
        return self.run(f"return {script}", *args)

    def emulate(self, *, width: int = 1280, dark: bool = False) -> None:
        """The size of a device and the colours that its system asks for."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})

    def complaints(self) -> list[str]:
        """What the console has said since the last call, broken policies among it."""
        return [str(entry["message"]) for entry in self._log("browser")]

    def requests(self) -> list[str]:
        """The addresses that have been asked for since the last call, the empty page aside."""
        messages = [json.loads(entry["message"])["message"] for entry in self._log("performance")]
        sent = [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]
        return [url for url in sent if url != "about:blank"]

    def _log(self, kind: str) -> Any:
        return self.driver.get_log(kind)  # type: ignore[no-untyped-call]  # selenium types all but this
