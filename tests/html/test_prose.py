"""Which blocks are running text."""

from __future__ import annotations

import pytest

from cleaner.html import render
from cleaner.html.prose import is_prose
from tests.html.support import FERRY, body_of, page


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        (f"<p>{FERRY}</p>", True),
        ("<p>The ferry comes in autumn, the operator of the line said then.</p>", True),
        ("<p>The ferry comes in autumn, the operator of the line said then</p>", False),
        ("<p>The ferry comes.</p>", False),
        (f"<p>{FERRY[:60]}<a href=x>{FERRY[60:]}</a></p>", False),
        ("<p>港町の町議会は火曜日の夜に古い防波堤の再建を決めた。</p>", True),
    ],
)
def test_is_prose(html: str, *, prose: bool) -> None:
    (block,) = render.render(body_of(page(html)), set())
    assert is_prose(block) is prose
