"""Whose a document is, and what its site is called."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

_SHORTEST = 5
"""Letters of the shortest name that is known for one within a line."""


class Sites:
    """The sites of documents: what they say themselves, else the first folder in their path that not all lie in."""

    def __init__(self, names: Iterable[str]) -> None:
        """`names` are those of all documents, with slashes."""
        folders = [_folders(name) for name in names] or [[]]
        ends = zip(min(folders), max(folders), strict=False)  # what both share, all share
        self._depth = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends)) + 1
        self.names: dict[str, frozenset[str]] = {}
        """What the sites of all documents so far are called."""

    def of(self, name: str, origin: str, title: str = "") -> tuple[str, frozenset[str]]:
        """The site of a document which says that it is `origin`'s ("": nobody's), and what that is called, in lower
        case: so, or as the `title` that the document gives it.
        """
        site = origin or "/".join(_folders(name)[: self._depth]) or "."
        last = site.rpartition("/")[2].lower()
        called = {last, last.replace("-", " ").replace("_", " "), " ".join(title.lower().split())}
        names = frozenset(each for each in called if len(each) >= _SHORTEST)
        self.names[site] = self.names.get(site, frozenset()) | names
        return site, names


def _folders(name: str) -> list[str]:
    return name.split("/")[:-1]
