"""What others do with the same texts: datatrove's C4 quality filter, and ripgrep with the patterns of our rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from cleaner.rules.model import RuleSet

_TOGETHER = 64
"""Patterns that are tried at once: most of them are good."""
_FAILED = 2
_LIMITS = ("--regex-size-limit", "16G", "--dfa-size-limit", "1G")


def without_c4() -> str:
    """What is missing for the C4 filter, in one line, or ""."""
    missing = [name for name in ("datatrove", "spacy") if find_spec(name) is None]
    return f"C4 filter left out: pip install {' '.join(missing)}" if missing else ""


def c4_filter(*, sentences: bool) -> Callable[[Sequence[str]], list[str]]:
    """Takes each text through the filter as datatrove ships it, or without its count of sentences, which is most of its
    work; of a text that it rejects, nothing is left.
    """
    from datatrove.data import Document
    from datatrove.pipeline.filters.c4_filters import C4QualityFilter

    c4 = C4QualityFilter() if sentences else C4QualityFilter(min_num_sentences=-1)

    def filtered(text: str) -> str:
        document = Document(text=text, id="")
        return str(document.text) if c4.filter(document) is True else ""

    return lambda texts: [filtered(text) for text in texts]


def without_rg() -> str:
    """What is missing for ripgrep, in one line, or ""."""
    return "" if shutil.which("rg") else "rg left out: apt-get install ripgrep"


def patterns(rules: RuleSet) -> list[str]:
    """Those of all rules that ignore case, as far as ripgrep can read them."""
    found = [pattern.exact for rule in rules.rules if not rule.exact_case for pattern in rule.any]
    groups = (found[start : start + _TOGETHER] for start in range(0, len(found), _TOGETHER))
    return [pattern for group in groups for pattern in _readable(group)]


def _readable(some: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        line = rg(some, Path(folder) / "patterns", Path(os.devnull))
        if subprocess.run(line, stderr=subprocess.DEVNULL, check=False).returncode != _FAILED:
            return some
    if len(some) == 1:
        return []
    middle = len(some) // 2
    return _readable(some[:middle]) + _readable(some[middle:])


def rg(some: Sequence[str], file: Path, texts: Path) -> list[str | Path]:
    """The command that counts the lines in which one of the patterns stands, which it reads from `file`, made here."""
    file.write_text("".join(f"{pattern}\n" for pattern in some), encoding="utf-8")
    return ["rg", "-i", "-c", *_LIMITS, "-f", file, texts]
