"""What the commands here share: where the real pages lie, and the places in the README that their tables fill."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "bench" / "dev"
"""Real pages and labelled lines. They are not ours to publish, so they lie beside the checkout, where there are any."""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float, digits: int = 1) -> str:
    """A share (0..1) as it is printed; a dash where there was nothing to count."""
    return "–" if math.isnan(share) else f"{100 * share:.{digits}f} %"


def section(page: str, name: str) -> str:
    """What stands in a page between `<!-- name -->` and `<!-- /name -->`. Raises ValueError if they are not there."""
    return _split(page, name)[1]


def filled(page: str, name: str, text: str) -> str:
    """The page with `text` between these markers. Raises ValueError if they are not there."""
    before, _, after = _split(page, name)
    return f"{before}{text}{after}"


def _split(page: str, name: str) -> tuple[str, str, str]:
    opener, closer = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
    start = page.find(opener) + len(opener)
    end = page.find(closer, start)
    if start < len(opener) or end < 0:
        raise ValueError(f"has no {opener.strip()} with a {closer.strip()} after it")
    return page[:start], page[start:end], page[end:]


def command(doc: str | None, default: Path, name: str) -> argparse.ArgumentParser:
    """The parser of a command that measures on `default` or another path and fills the section `name` of a page."""
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("path", type=Path, nargs="?", default=default, help=f"what to measure on (default: {default})")
    parser.add_argument("--write", type=Path, metavar="PAGE", help=f"put the tables between the {name} markers of PAGE")
    return parser


def deliver(text: str, name: str, page: Path | None) -> None:
    """Print the tables or write them between the markers of a page. Raises OSError and, without markers, ValueError."""
    if page is None:
        print(text)
        return
    try:
        new = filled(page.read_text(encoding="utf-8"), name, text)
    except ValueError as error:
        raise ValueError(f"{page} {error}") from error
    page.write_text(new, encoding="utf-8")


def refused(name: str, error: OSError | ValueError) -> int:
    """Say in one line why there are no tables; returns the exit code."""
    if isinstance(error, FileNotFoundError):
        print(f"{name}: {error.filename} is not there: name another path", file=sys.stderr)
    else:
        print(f"{name}: {error}", file=sys.stderr)
    return 2
