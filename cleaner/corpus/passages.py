"""What two runs removed, document beside document, read from their records without looking at anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.corpus.record import read_run
from cleaner.errors import UsageError
from cleaner.model import Dom, TextBlock
from cleaner.text.source import SourceLines


@dataclass(frozen=True, slots=True)
class Passage:
    """A removed passage, blanks made single; `start` and `end` are code points of its document. Of a page, `line` is
    that of its source.
    """

    text: str
    rule: str
    category: str
    score: float
    line: int
    start: int
    end: int


@dataclass(slots=True)
class Removed:
    """What a run removed from one document of so many characters, in order."""

    doc: str
    held: bool = False
    chars: int = 0
    passages: list[Passage] = field(default_factory=list)


UNCHANGED = Removed("")
"""Stands for a document that is the same in both of two records, on both sides of its pair."""


def paired(old: Path, new: Path) -> Iterator[tuple[Removed | None, Removed | None]]:
    """Each document of two records, None where only one has it, failures left out. Raises UsageError for a broken
    record.

    What is the same, byte for byte and at the same place, is not even parsed, and what stands at the same place
    never kept in memory; the order of the rest is the old one's.
    """
    rights = _documents(new)
    lefts: dict[str, Removed] = {}
    waiting: dict[str, Removed] = {}
    for left_rows in _documents(old):
        right_rows = next(rights, None)
        if right_rows is not None and right_rows.lines == left_rows.lines:
            yield UNCHANGED, UNCHANGED
            continue
        left, right = _parsed(left_rows), _parsed(right_rows) if right_rows is not None else None
        if right is not None and right.doc == left.doc:
            yield left, right
            continue
        lefts[left.doc] = left
        if right is not None:
            waiting[right.doc] = right
    waiting.update((right.doc, right) for right in map(_parsed, rights))
    for name, left in lefts.items():
        yield left, waiting.pop(name, None)
    for right in waiting.values():
        yield None, right


@dataclass(slots=True)
class _Rows:
    """A document's row and those of its removals; `number` is the line of the first in `record`. `page` is the row of
    what else is known of a page, b"" for a text.
    """

    record: Path
    number: int
    lines: list[bytes]
    page: bytes = b""


def _documents(record: Path) -> Iterator[_Rows]:
    read_run(record)
    current: _Rows | None = None
    try:
        with record.open("rb") as handle:
            for number, line in enumerate(handle, 1):
                if not line.endswith(b"\n"):
                    break  # left behind by a run that was cut off
                if line.startswith(b'{"row":"removal"') and current is not None:
                    current.lines.append(line)
                elif line.startswith(b'{"row":"page"') and current is not None:
                    current.page = line
                elif line.startswith(b'{"row":"document"'):
                    if current is not None:
                        yield current
                    current = _Rows(record, number, [line])
    except OSError as error:
        raise UsageError(f"{record}: cannot be read ({error.strerror})") from None
    if current is not None:
        yield current


def _parsed(rows: _Rows) -> Removed:
    try:
        first = json.loads(rows.lines[0])
        source = _source_of(json.loads(rows.page)) if rows.page and len(rows.lines) > 1 else None
        passages = [_passage(json.loads(line), source) for line in rows.lines[1:]]
        return Removed(first["doc"], first["held"], first["chars"], passages)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UsageError(
            f"{rows.record}:{rows.number}: begins what is no document of a run record; the record is damaged"
        ) from None


def _source_of(page: dict[str, Any]) -> SourceLines | None:
    blocks = [TextBlock(int(start), Dom(), int(line)) for start, line in page["blocks"]]
    return SourceLines(blocks) if blocks else None


def _passage(row: dict[str, Any], source: SourceLines | None) -> Passage:
    text = row["text"] if "text" in row else f"base64 {row['base64']}"
    rule, category, score, line, start, end = (
        row[name] for name in ("rule", "category", "score", "line", "start", "end")
    )
    if source is not None:  # blank lines go along, which may belong to the block before, but never to the one after
        line = source.at(end - 1)
    return Passage(" ".join(text.split()), rule, category, score, line, start, end)
