"""Texts whose every line has a label, and what a method leaves of them.

A file of them holds a text a row: `{"site": ..., "lang": ..., "lines": [{"text": ..., "label": ...}, ...]}`.
The label `article` or `keep` says that a line must stay, `unsure` or `neutral` that nobody knows, and
any other, a category, that it must go.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.benchmarks.baselines import Method

STAYS = frozenset(("article", "keep"))
NOT_SCORED = frozenset(("neutral", "unsure"))
CORE = frozenset(("appeal", "paywall", "newsletter", "ad", "credit", "social", "comments", "consent", "notice"))
"""Categories that no reader would take for a part of the article."""
NOT_STATED = "not stated"

_HTML_LANG = re.compile(rb"<html[^>]*\slang\s*=\s*[\"']?([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text: (line, label) pairs in order. `aside` holds for a fixed fifth of the sites, for figures only:
    nobody who writes rules looks at them."""

    site: str
    language: str
    aside: bool
    lines: tuple[tuple[str, str], ...]


def read(path: Path) -> list[Labelled]:
    """The texts of a file. Raises OSError, and ValueError that names the row that is not as it should be.

    A row without a language gets that of its page's `<html lang>`, where the pages lie beside the file.
    """
    texts = []
    with path.open(encoding="utf-8") as rows:
        for number, row in enumerate(rows, 1):
            try:
                texts.append(_labelled(json.loads(row), path.parent / "pages"))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}: row {number} is no labelled text: {error!r}") from error
    return texts


def _labelled(row: dict[str, Any], pages: Path) -> Labelled:
    return Labelled(
        row["site"],
        row["lang"] or _declared(pages / str(row.get("set")) / f"{row.get('id')}.html.gz"),
        hashlib.sha256(row["site"].encode()).digest()[1] % 5 == 0,
        tuple((line["text"], line["label"]) for line in row["lines"]),
    )


def _declared(page: Path) -> str:
    if not page.exists():
        return NOT_STATED
    found = _HTML_LANG.search(gzip.decompress(page.read_bytes()))
    return found[1].decode().lower() if found else NOT_STATED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one line: `size` characters were there, `left` are."""

    language: str
    aside: bool
    label: str
    size: int
    left: int

    @property
    def must_stay(self) -> bool:
        return self.label in STAYS

    @property
    def lost(self) -> bool:
        """For a line that must stay: more than a tenth of it is gone."""
        return self.left < 0.9 * self.size

    @property
    def gone(self) -> bool:
        """For a line that must go: less than six tenths of it are left."""
        return self.left < 0.6 * self.size


def outcomes(method: Method, texts: Iterable[Labelled]) -> list[Outcome]:
    """What a method does to every line that is scored."""
    return [
        Outcome(text.language, text.aside, label, _length(line), _length(left))
        for text in texts
        for (line, label), left in zip(text.lines, method([line for line, _ in text.lines]), strict=True)
        if label not in NOT_SCORED
    ]


def _length(line: str) -> int:
    """Characters, where white space of any length is one."""
    return len(" ".join(line.split()))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares (0..1) over some lines; NaN where there was nothing to count."""

    must_go: int
    must_stay: int
    precision: float
    recall: float
    core_recall: float
    lines_lost: float
    characters_lost: float


def figures(some: Sequence[Outcome]) -> Figures:
    """`precision` counts lines: of those that went, the share that had to."""
    stay = [one for one in some if one.must_stay]
    go = [one for one in some if not one.must_stay]
    core = [one for one in go if one.label in CORE]
    lost = sum(one.lost for one in stay)
    gone = sum(one.gone for one in go)
    return Figures(
        must_go=len(go),
        must_stay=len(stay),
        precision=_share(gone, gone + lost),
        recall=_share(gone, len(go)),
        core_recall=_share(sum(one.gone for one in core), len(core)),
        lines_lost=_share(lost, len(stay)),
        characters_lost=_share(sum(one.size - one.left for one in stay), sum(one.size for one in stay)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
