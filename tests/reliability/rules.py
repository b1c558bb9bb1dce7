"""Ways in for what users write: packs, patterns, configuration."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

from cleaner.config.read import read_config
from cleaner.globs import PathGlobs
from cleaner.model import Document
from cleaner.rules import Selection, load_packs, select
from cleaner.rules.by_path import ByPath
from cleaner.text.clean import TextCleaner
from tests.reliability import promises
from tests.reliability.target import Target, scratch
from tests.samples import FIXTURES, MORE_PROSE, PROSE, shipped_packs
from tests.support import BASE, OURS

_TEXT = (BASE / "ours.toml").read_text(
    encoding="utf-8"
) + f"\n\n{PROSE}\n\nSign up for the valley letter\n\n{MORE_PROSE}\n"
"""What rules that somebody wrote are tried on."""
_NO_CACHE = {"XDG_CACHE_HOME": os.devnull}
"""No copy is kept of packs that are read once."""


def _tried(cleaner: TextCleaner, text: str) -> None:
    result = cleaner.clean(Document(text))
    promises.tiles(result)
    promises.gives_back(text.encode("utf-8", "surrogatepass"), result)


def _pack(data: bytes) -> None:
    (scratch() / "pack.toml").write_bytes(data)
    with patch.dict(os.environ, _NO_CACHE):
        packs = load_packs(("pack.toml",), scratch(), examples=True)
    _tried(TextCleaner(select(packs, Selection(max_removed=1.0))), _TEXT)


def _pattern(data: bytes) -> None:
    """A pattern, and after a line end a text that it is tried on."""
    source, _, text = data.decode("utf-8", "replace").partition("\n")
    pack = (
        "schema = 1\n[pack]\nid = 'x'\n[lists]\nnames = ['one', 'two three']\n"
        f"[[rule]]\nid = 'ad/x'\nsummary = 's'\nweight = 1.0\nany = [{_quoted(source)}]\n"
        f"[[rule]]\nid = 'ad/y'\nsummary = 's'\nweight = 1.0\nscope = 'text'\nany = [{_quoted(source)}]\n"
    )
    (scratch() / "pattern.toml").write_text(pack, encoding="utf-8")
    with patch.dict(os.environ, _NO_CACHE):
        packs = load_packs(("pattern.toml",), scratch())
    _tried(TextCleaner(select(packs, Selection(max_removed=1.0))), text or PROSE)


def _quoted(text: str) -> str:
    """The text as a TOML string."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def _config(data: bytes) -> None:
    """The first byte says which of the two files it is."""
    project = data[:1] == b"p"
    path = scratch() / ("pyproject.toml" if project else "cleaner.toml")
    path.write_bytes(data[1:])
    config = read_config(path)
    globs = PathGlobs(config.exclude, config.source.parent if config.source else Path())
    globs.match(scratch() / "a" / "b.txt")
    selection = config.selection
    packs = load_packs((str(OURS),))
    cleaner = TextCleaner(select(packs, ByPath(selection).at(scratch() / "a" / "b.txt")))
    _tried(cleaner, _TEXT)


def _packs() -> list[bytes]:
    files = [OURS, *sorted((FIXTURES / "packs" / "invalid").glob("*.toml"))]
    return [path.read_bytes() for path in files]


def _patterns() -> list[bytes]:
    sources = [pattern.source for pack in shipped_packs() for rule in pack.rules for pattern in rule.any[:1]]
    return [f"{source}\n{PROSE} {source}".encode() for source in sources[::11] if len(source) < 400]


_CONFIG = b"""exclude = ["*.tmp", "!keep/", "a/**/b"]
disable = ["appeal/*"]
keep = ['''^Editor.s note''']
keep_categories = ["caption"]
threshold = 1.0
max_removed = 0.6
[[tweak]]
id = "newsletter/valley-letter"
weight = 0.7
add_none = ['''\\bhistory\\b''']
[[tweak]]
id = "related/more-from-the-valley"
block_weight = 0.2
[[per_path]]
path = "a/**"
disable = ["credit/*"]
threshold = 0.5
max_removed = 1.0
keep = ["x"]
[check]
max_lines = 5
max_share = "0.5%"
max_docs = 3
max_lines_per_file = 1
max_share_per_file = "2%"
fail_on_change = true
select = ["appeal/*"]
ignore = ["credit"]
baseline = "b.jsonl"
[check.max]
appeal = 3
"""


def _configs() -> list[bytes]:
    parts = _CONFIG.split(b"[[")
    small = [b"c" + parts[0], *(b"c[[" + part for part in parts[1:])]
    project = _CONFIG.replace(b"[[", b"[[tool.cleaner.").replace(b"\n[check", b"\n[tool.cleaner.check")
    return [b"c" + _CONFIG, b"p[tool.cleaner]\n" + project, *small]


TARGETS = (
    Target("packs", "a rule pack, read, checked and used", _pack, _packs),
    Target("patterns", "a rule's pattern, compiled and tried on a text", _pattern, _patterns),
    Target("config", "`cleaner.toml` and `pyproject.toml`, with what they select", _config, _configs),
)
