"""How far a run came that was cut off, as its record and its half-written outputs tell, and where to go on.

A document's rows stand in the record when its file is written (in place: before), and they are whole if those of
another one follow. So the last document of a record is done again, and all before it stand. Rows of what is done again
are taken back, so that in the end the record is that of a run that was never cut off.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cleaner.corpus.find import Source
from cleaner.corpus.lines import count_lines, line_end
from cleaner.corpus.read import Reading, is_packed, read_bytes
from cleaner.corpus.record import FailureRow, RunRow, read_record, read_row, read_run
from cleaner.corpus.run import Totals
from cleaner.corpus.write import partial
from cleaner.errors import DocumentError, UsageError

_ANEW = "leave out --resume and clean anew"
_NUMBER = re.compile(r"[0-9]{1,18}")
"""Of a document in its file."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a run begins: the number of sources that are done, the documents that are done of the next one, and the
    bytes that stand of the record and of the half-written output. By default, with nothing.
    """

    sources: int = 0
    documents: int = 0
    record_bytes: int = 0
    output_bytes: int = 0


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where the rows of a document begin in a record, or its end row (`place`: the number of sources)."""

    offset: int
    place: int
    number: int = 0
    written: bool = False
    clean_sha256: str = ""


def find_start(
    record: Path,
    run: RunRow,
    sources: Sequence[Source],
    target: Callable[[Source], Path],
    reading: Reading,
    rows: Path | None,
) -> Start | None:
    """Where to go on with the run that `run` describes; None where it came to its end. Everything is written to
    `rows`, or each source to its `target`.

    Raises UsageError where the record is of another run, or its inputs were others.
    """
    if not count_lines(record):
        return Start()
    _check_same(record, read_run(record), run)
    last, seen = None, bytearray(len(sources) + 1)
    for mark in _marks(record, sources):
        last, seen[mark.place] = mark, 1
    if last is None:
        return Start(record_bytes=line_end(record, 1))
    for source, known in zip(sources[: last.place], seen, strict=False):
        if not known and not _may_be_empty(source, reading):
            raise UsageError(f"{record}: {source.name} was no input of that run; {_ANEW}")
    if last.place == len(sources):
        return None
    if rows is not None:
        return _in_rows(record, sources, partial(rows))
    source = sources[last.place]
    if run.in_place and last.clean_sha256 == _digest(source.path):
        return Start(last.place + 1, record_bytes=line_end(record, count_lines(record)))
    documents, kept = 0, 0
    container = reading.format_of(source.path)
    if last.number and container is not None and container.line_by_line and not is_packed(source.path):
        half = partial(target(source))
        documents = min(count_lines(half), last.number - 1)
        kept = line_end(half, documents)
    offset = next(
        mark.offset
        for mark in _marks(record, sources)
        if mark.place == last.place and (mark.number > documents or not mark.number)
    )
    return Start(last.place, documents, offset, kept)


def _may_be_empty(source: Source, reading: Reading) -> bool:
    """Whether a record may say nothing of an input: one of many documents may have none."""
    return reading.format_of(source.path) is not None


def _in_rows(record: Path, sources: Sequence[Source], half: Path) -> Start:
    """At the last source before which no row is missing."""
    there, written, kept, place = count_lines(half), 0, 0, -1
    start = Start(record_bytes=line_end(record, 1))
    for mark in _marks(record, sources):
        if mark.place != place and written <= there:
            start, kept = Start(mark.place, 0, mark.offset), written
        written += mark.written
        place = mark.place
    return replace(start, output_bytes=line_end(half, kept))


def totals_of(record: Path, sources: Sequence[Source]) -> Totals:
    """What the documents of a record come to, counted as in the run that wrote it."""
    totals = Totals()
    shown = {source.name: str(source.path) for source in sources}
    for row in read_record(record):
        name, _, number = row.doc.rpartition(":")
        where = shown.get(row.doc) or f"{shown.get(name, name)}:{number}"
        if isinstance(row, FailureRow):
            totals.failures.append(f"{where}: {row.reason}")
        else:
            totals.count(where, row.chars, row.removals, row.dropped, held=row.held, is_page=row.kind == "html")
    return totals


def _marks(record: Path, sources: Sequence[Source]) -> Iterator[_Mark]:
    """The documents of a record, in order, as far as its lines are whole."""
    places = {source.name: index for index, source in enumerate(sources)}
    offset = 0
    with record.open("rb") as handle:
        for count, line in enumerate(handle, 1):
            if not line.endswith(b"\n"):
                return
            if line.startswith((b'{"row":"document"', b'{"row":"failure"')):
                row = read_row(line, record, count)
                name, number = str(row.get("doc")), 0
                if name not in places:
                    name, _, text = name.rpartition(":")
                    number = int(text) if _NUMBER.fullmatch(text) else 0
                if name not in places:
                    raise UsageError(f"{record}: {row.get('doc')} is no input of this run; {_ANEW}")
                clean = row.get("clean_sha256", "")
                yield _Mark(offset, places[name], number, bool(clean), clean)
            elif line.startswith(b'{"row":"end"'):
                yield _Mark(offset, len(sources))
            offset += len(line)


def _check_same(record: Path, old: RunRow, new: RunRow) -> None:
    differing = [name for name, value in asdict(new).items() if asdict(old)[name] != value]
    if differing:
        said = f"another {differing[0].replace('_', ' ')}"
        if "learned" in differing:
            said = "--learn" if old.learned else "rules that were not learned"
        elif "rules" in differing:
            said = "other rules"
        raise UsageError(f"{record}: is of a run with {said}; {_ANEW}")


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except DocumentError:
        return "unreadable"
