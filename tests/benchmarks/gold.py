"""Real pages with their articles, as somebody found them by hand or with a parser for that site.

A folder of them holds `gold.jsonl`, a page a row, and the pages as `pages/<set>/<id>.html.gz`. A row is
`{"id": ..., "set": ..., "gold": [paragraphs]}`; one of the set `wcxb` has "with" and "without" too, snippets
that must and must not be in the text.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what its article is. The page itself is read when it is wanted: together they are large."""

    set: str
    path: Path
    article: str
    must_have: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    def read(self) -> bytes:
        """Raises OSError."""
        return gzip.decompress(self.path.read_bytes())


def read(folder: Path) -> list[Page]:
    """The pages of a folder that have an article. Raises OSError, and ValueError that says what is wrong."""
    path = folder / "gold.jsonl"
    pages = []
    with path.open(encoding="utf-8") as rows:
        for number, row in enumerate(rows, 1):
            try:
                pages.append(_page(json.loads(row), folder))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}: row {number} is no page with its article: {error!r}") from error
    found = [page for page in pages if page.article]
    if not found:
        raise ValueError(f"{path}: no page has an article")
    return found


def _page(row: dict[str, Any], folder: Path) -> Page:
    return Page(
        row["set"],
        folder / "pages" / row["set"] / f"{row['id']}.html.gz",
        "\n".join(row["gold"]),
        tuple(row.get("with", ())),
        tuple(row.get("without", ())),
    )
