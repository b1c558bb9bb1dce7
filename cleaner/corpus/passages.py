"""What two runs removed, document beside document, read from their records without looking at anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.corpus.record import read_run
from cleaner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Passage:
    """A removed passage, blanks made single."""

    text: str
    rule: str
    category: str
    score: float
    line: int


@dataclass(slots=True)
class Removed:
    """What a run removed from one document, in order."""

    doc: str
    held: bool = False
    passages: list[Passage] = field(default_factory=list)


def read_removed(record: Path) -> Iterator[Removed]:
    """The documents of a record in order, failures left out. Raises UsageError for a broken record.

    It is the quick way through a record of millions of rows: only what is used here is looked at.
    """
    read_run(record)
    number, current = 0, None
    try:
        with record.open("rb") as handle:
            for line in handle:
                number += 1
                if not line.endswith(b"\n"):
                    break  # left behind by a run that was cut off
                if line.startswith(b'{"row":"removal"') and current is not None:
                    current.passages.append(_passage(json.loads(line)))
                elif line.startswith(b'{"row":"document"'):
                    if current is not None:
                        yield current
                    row = json.loads(line)
                    current = Removed(row["doc"], row["held"])
    except OSError as error:
        raise UsageError(f"{record}: cannot be read ({error.strerror})") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise UsageError(f"{record}:{number}: is no row of a run record; the record is damaged") from None
    if current is not None:
        yield current


def _passage(row: dict[str, Any]) -> Passage:
    text = row["text"] if "text" in row else f"base64 {row['base64']}"
    return Passage(" ".join(text.split()), row["rule"], row["category"], row["score"], row["line"])


def paired(old: Path, new: Path) -> Iterator[tuple[Removed | None, Removed | None]]:
    """Each document of two records, None where only one has it. Raises UsageError for a broken record.

    What stands at the same place in both is never kept in memory; the order of what does not is the old one's.
    """
    rights = read_removed(new)
    lefts: dict[str, Removed] = {}
    waiting: dict[str, Removed] = {}
    for left in read_removed(old):
        right = next(rights, None)
        if right is not None and right.doc == left.doc:
            yield left, right
            continue
        lefts[left.doc] = left
        if right is not None:
            waiting[right.doc] = right
    waiting.update((right.doc, right) for right in rights)
    for name, left in lefts.items():
        yield left, waiting.pop(name, None)
    for right in waiting.values():
        yield None, right
