"""Files that hold many documents: how one is known, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from cleaner.corpus.compression import plain_name
from cleaner.corpus.formats.format import Change, Chunk, Entry, Format, Sink, rewritten
from cleaner.errors import UsageError

_SUFFIXES = {".jsonl": "jsonl", ".ndjson": "jsonl", ".warc": "warc", ".wet": "wet"}
SNIFF = 1 << 16
"""Bytes of a beginning that tell a format."""


def format_of(path: Path, start: Callable[[], bytes], *, wanted: str = "", text_field: str = "text") -> Format | None:
    """The format of a file of many documents: the one that is wanted, else by its name, else by how it starts
    (which is only asked where the name says nothing). None for a single document.
    """
    name = (
        wanted or _named(path.name) or (_started(start(), text_field) if not Path(plain_name(path.name)).suffix else "")
    )
    return _made(name, text_field) if name else None


def _made(name: str, text_field: str) -> Format:
    """Loaded when it is needed: most of them stand on large libraries."""
    if name == "jsonl":
        from cleaner.corpus.formats.json_rows import JsonRows

        return JsonRows(text_field)
    if name in ("warc", "wet"):
        try:
            from cleaner.corpus.formats.archive import Archive
        except ImportError:
            raise UsageError("web archives need FastWARC: pip install 'article-cleaner[warc]'") from None
        return Archive(name == "wet")
    raise UsageError(f"--input-format {name}: cannot be read yet")


def is_collection(name: str) -> bool:
    """Whether a file of this name is taken for one of many documents."""
    return bool(_named(name))


def _named(name: str) -> str:
    return _SUFFIXES.get(Path(plain_name(name.lower())).suffix, "")


def _started(start: bytes, text_field: str) -> str:
    """A web archive, or JSON Lines, where the first line is an object with a text in the field."""
    if start.startswith(b"WARC/1."):
        return "warc"
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not line.startswith(b"{"):
        return ""
    try:
        row = json.loads(line.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return ""
    return "jsonl" if isinstance(row, dict) and isinstance(row.get(text_field), str) else ""


__all__ = ["INPUT_FORMATS", "Change", "Chunk", "Entry", "Format", "Sink", "format_of", "is_collection", "rewritten"]
