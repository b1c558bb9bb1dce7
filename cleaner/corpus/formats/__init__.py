"""Files that hold many documents: how one is known, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.corpus.formats.format import (
    Change,
    Chunk,
    Entry,
    Format,
    Sink,
    chunks_of,
    entries_of,
    rewritten,
    told,
)
from cleaner.corpus.kind import plain_suffix
from cleaner.errors import UsageError
from cleaner.model import TEXT_FIELD

_SUFFIXES = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc", ".wet": "wet",
}  # fmt: skip
_WHERE_NAMED = {".csv": "csv", ".tsv": "tsv"}
"""In folders, these are passed over: there is many an index of articles that holds no text."""
SNIFF = 1 << 16
"""Bytes of a beginning that tell a format."""


def format_of(
    path: Path,
    start: Callable[[], bytes],
    *,
    wanted: str = "",
    text_field: str = TEXT_FIELD,
    encoding: str | None = None,
    removals: bool = False,
) -> Format | None:
    """The format of a file of many documents: the one that is wanted, else by its name, else by how it starts
    (which is only asked where the name says nothing). None for a single document.

    `encoding` is for those that do not say it themselves. Raises UsageError where there is to be a column of removals
    and the format cannot hold one.
    """
    suffix = plain_suffix(path)
    name = wanted or (_SUFFIXES | _WHERE_NAMED).get(suffix) or ("" if suffix else _started(start()))
    if removals and name != "parquet":
        raise UsageError(f"--removals-column: {path} cannot hold it, only Parquet can; leave it out")
    return _made(name, text_field, encoding, removals) if name not in ("", "text", "html") else None


def _made(name: str, text_field: str, encoding: str | None, removals: bool) -> Format:
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
    if name in ("csv", "tsv"):
        from cleaner.corpus.formats.delimited import Delimited

        return Delimited(text_field, encoding, "\t" if name == "tsv" else ",")
    assert name == "parquet", name
    try:
        from cleaner.corpus.formats.parquet import Parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'article-cleaner[parquet]'") from None
    return Parquet(text_field, removals)


def is_collection(name: str) -> bool:
    """Whether a file of this name in a folder is taken for one of many documents."""
    return plain_suffix(Path(name)) in _SUFFIXES


def _started(start: bytes) -> str:
    """Parquet and archives by their marks; JSON Lines, where the first line is an object. If that lacks the field of
    the text, its row says so, which one text of braces would not.
    """
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"WARC/1."):
        return "warc"
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not line.startswith(b"{"):
        return ""
    import json  # most texts are none

    try:
        row = json.loads(line.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return ""
    return "jsonl" if isinstance(row, dict) and row else ""


__all__ = [
    "Change",
    "Chunk",
    "Entry",
    "Format",
    "Sink",
    "chunks_of",
    "entries_of",
    "format_of",
    "is_collection",
    "rewritten",
    "told",
]
