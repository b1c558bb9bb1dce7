"""The pages of a report: the template filled, and put into a folder of files or into a single one."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner.reports.html.charts import Bar
from cleaner.reports.html.script import as_json, as_script
from cleaner.reports.text import counted

SCRIPTS = ("text.js", "data.js", "lists.js", "review.js", "mined.js", "groups.js", "documents.js", "app.js")
STYLE = "style.css"
PAGE = "index.html"
GENERATOR = "cleaner (article-cleaner), report"
"""By this, in its head, a page is known as ours."""
DATA = "data"
"""The folder of the files of data."""

Opener = Callable[[str], AbstractContextManager[BinaryIO]]
"""Opens a file of the report's folder for writing, by its path with slashes."""


class FolderPages:
    """A page, what it needs, and data in files of their own, loaded when they are asked for."""

    more = "More fit into a larger report: --report-size."
    """How to see more."""

    def __init__(self, opened: Opener) -> None:
        self._opened = opened
        for name in (*SCRIPTS, STYLE):
            self._write(name, asset(name).encode("utf-8"))
        self._write(PAGE, rendered("unfinished.html.jinja", {"generator": GENERATOR}))

    def data(self, name: str, value: bytes) -> None:
        """Take JSON under a name."""
        self._write(f"{DATA}/{name}.js", as_script(name, value))

    def end(self, about: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        """Write the page."""
        # A page from file:// has no origin that 'self' could name in every browser.
        allowed = policy("'self' file:", "'self' file:")
        self._write(PAGE, _page(about, context, allowed, inline=None))

    def _write(self, name: str, data: bytes) -> None:
        with self._opened(name) as file:
            file.write(data)


class SinglePage:
    """One page that holds everything."""

    more = "A single file is for small runs; a folder holds more: --report html=FOLDER."
    """How to see more."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._data: list[tuple[str, Markup]] = []

    def data(self, name: str, value: bytes) -> None:
        """Take JSON under a name."""
        self._data.append((name, Markup(value.decode("utf-8"))))

    def end(self, about: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        """Write the page."""
        inline = {
            "style": Markup(asset(STYLE)),
            "scripts": [Markup(asset(name)) for name in SCRIPTS],
            "data": self._data,
        }
        scripts = " ".join(hashed(asset(name)) for name in SCRIPTS)
        self._handle.write(_page(about, context, policy(scripts, hashed(asset(STYLE))), inline=inline))


Pages = FolderPages | SinglePage


def _page(
    about: Mapping[str, Any], context: Mapping[str, Any], allowed: str, *, inline: Mapping[str, Any] | None
) -> bytes:
    about_json = Markup(as_json(about).decode("utf-8"))
    fixed = {"generator": GENERATOR, "policy": allowed, "scripts": SCRIPTS, "inline": inline}
    return rendered("index.html.jinja", {**context, **fixed, "about": about, "about_json": about_json})


def policy(scripts: str, styles: str) -> str:
    """A content security policy under which nothing but our scripts runs, and nothing is loaded or sent."""
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types cleaner"
    )


def hashed(text: str) -> str:
    """The source expression of a policy for what stands in the page itself."""
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def rendered(name: str, context: Mapping[str, Any]) -> bytes:
    """A template filled; all that is no Markup is escaped."""
    return _environment().get_template(name).render(context).encode("utf-8")


@cache
def asset(name: str) -> str:
    """One of the files that the report brings along."""
    environment = _environment()
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]


@cache
def _environment() -> Environment:
    loader = PackageLoader("cleaner.reports.html", "assets")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["number"] = number
    environment.filters["counted"] = counted
    environment.filters["percent"] = percent
    environment.globals["summary"] = _summary
    environment.globals["most"] = lambda bars: max(bar.value for bar in bars)
    return environment


def number(value: int) -> str:
    """48210 as 48,210."""
    return f"{value:,}"


def percent(share: float) -> str:
    """A share (0..1) as 4.2 %; with one digit more below one percent."""
    return f"{100 * share:.{2 if 0 < share < 0.01 else 1}f} %"


def _summary(bars: list[Bar], unit: str) -> str:
    """What a picture shows, for those who do not see it."""
    said = [f"{bar.label} {number(bar.value)}" for bar in bars if bar.value]
    return f"{unit}: " + (", ".join(said) if said else "none")
