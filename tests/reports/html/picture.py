"""The picture of the HTML report that the README shows: `python -m tests.reports.html.picture` makes it anew.

It needs chromium and its driver, as the tests of the report do, and the extra `docs`.
"""

from __future__ import annotations

import base64
import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.reports.html.browser import chromium
from tests.support import run

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "docs" / "images" / "report.png"
_SHOWN = "#documents?name=night-bus"
_WIDTH, _HEIGHT = 1000, 820
"""Of the page, in pixels."""
_COLOURS = 64


def main() -> None:
    with TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(ROOT / "fixtures" / "scraped", place / "scraped")
        ran = run(["clean", "scraped", "-o", "clean", "-q", "--report", "html=report"], place)
        assert ran.code == 0, ran.errors
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        taken = _taken(place / "report" / "index.html", place / "profile")
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(_COLOURS).save(PICTURE, optimize=True)


def _taken(page: Path, profile: Path) -> bytes:
    """A PNG of a document in the report."""
    with chromium(profile) as browser:
        browser.emulate(width=_WIDTH)
        browser.open(page, _SHOWN)
        browser.click("#view-documents tbody a")
        browser.until(lambda: browser.one("#view-document .paper"))
        clip = {"x": 0, "y": 0, "width": _WIDTH, "height": _HEIGHT, "scale": 1}
        shot = browser.driver.execute_cdp_cmd(
            "Page.captureScreenshot", {"format": "png", "clip": clip, "captureBeyondViewport": True}
        )
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main()
