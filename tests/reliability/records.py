"""Ways in for files of ours that may have been damaged or edited: run records, baselines, labelled lines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

from cleaner.corpus.baseline import Baseline, read_accepted
from cleaner.corpus.find import Source
from cleaner.corpus.read import Reading
from cleaner.corpus.record import read_record, read_run
from cleaner.corpus.replay import replay
from cleaner.corpus.restore import restore_all
from cleaner.corpus.resume import find_start, totals_of
from cleaner.errors import CleanerError
from cleaner.tune.labelled import read_labelled
from tests.reliability.target import Target, scratch
from tests.support import ARTICLE, DAM, LETTER, PAGE, configured, run, written

_ROWS = "".join(json.dumps({"text": f"{DAM} {number}\n\n{LETTER}\n"}) + "\n" for number in range(2))
_FILES: dict[str, str | bytes] = {
    "in/a.txt": ARTICLE, "in/b.html": PAGE, "in/c.jsonl": _ROWS,
    "in/d.txt": b"Die Br\xfccke\n\n" + LETTER.encode() + b"\n",
}  # fmt: skip


@cache
def _ran() -> tuple[bytes, ...]:
    """Records of real runs, the last one of one in place; the outputs of the first one stay in the scratch folder."""
    place = written(configured(scratch() / "ran"), _FILES)
    found = []
    for output in (
        ["-o", "out"],
        ["-o", "md", "--format", "markdown"],
        ["-o", "rows.jsonl", "--format", "jsonl", "--record", "r/run.jsonl"],
    ):
        some = ["in/a.txt", "in/b.html", "in/d.txt"] if "jsonl" in output else ["in"]
        assert run(["clean", *some, *output, "--max-removed", "1"], place).code == 0
    found += [(place / path / "run.jsonl").read_bytes() for path in ("out/.cleaner", "md/.cleaner", "r")]
    written(place, {"again/a.txt": ARTICLE})
    assert run(["clean", "again", "--in-place", "--max-removed", "1"], place).code == 0
    return (*found, (place / "again" / ".cleaner" / "run.jsonl").read_bytes())


def _record(data: bytes) -> None:
    """Everything that reads a record: restore, reports from it, and resuming its run."""
    _ran()
    place = scratch() / "ran"
    record = place / "out" / ".cleaner" / "run.jsonl"
    record.write_bytes(data)
    sources = [Source(place / name, Path(name).name) for name in sorted(_FILES)]
    out, rows = place / "out", place / "rows.jsonl"
    ways: list[Callable[[], object]] = [
        lambda: list(read_record(record)),
        lambda: list(replay(record)),
        lambda: list(restore_all(record, place / "restored")),
        lambda: list(restore_all(record, place / "restored", force=True)),
        lambda: find_start(record, read_run(record), sources, lambda source: out / source.name, Reading(), None),
        lambda: find_start(record, read_run(record), sources, lambda _: rows, Reading(), rows),
        lambda: totals_of(record, sources),
    ]
    problems = list(filter(None, map(_problem, ways)))
    shutil.rmtree(place / "restored", ignore_errors=True)
    for problem in sorted(problems, key=lambda problem: isinstance(problem, CleanerError))[:1]:
        raise problem


def _problem(work: Callable[[], object]) -> Exception | None:
    try:
        work()
    except Exception as error:
        return error
    return None


def _baseline(data: bytes) -> None:
    folder = scratch() / "baseline"
    folder.mkdir(exist_ok=True)
    path = folder / "b.jsonl"
    path.write_bytes(data)
    accepted = read_accepted(path)
    baseline = Baseline(path, accepted, lambda _: True)
    baseline.add(folder / "a.txt", ())
    list(baseline.stale([folder]))
    Baseline(path, accepted, lambda rule: rule.startswith("ad/")).update([folder])
    read_accepted(path)


def _labelled(data: bytes) -> None:
    for text in read_labelled(data, "labelled.jsonl"):
        for line, start in zip(text.lines, text.starts, strict=bool(text.lines)):  # of none, there is one all the same
            assert text.document.text.startswith(line.text, start), "a line begins elsewhere"
        text.document.encode(text.document.text)


_BASELINE = b"""{"baseline": 1}
{"path": "a.txt", "rule": "ad/x", "hash": "0123456789abcdef", "count": 1}
{"path": "b/c.txt", "rule": "appeal/y", "hash": "0123456789abcdef", "count": 20}
"""


def _labels() -> list[bytes]:
    """A row with lines, rows that lack something, and all of them together."""
    lines = [{"text": "The dam opens in May.", "label": "article"}, {"text": "Sign up", "label": "newsletter"}]
    rows: list[object] = [{"site": "x.example", "lines": lines}, {"site": "x", "lines": [{"text": "One"}]}, []]
    found = [json.dumps(row).encode() + b"\n" for row in rows]
    return [*found, b"".join(found)]


TARGETS = (
    Target("record", "a run record: read, replayed, restored from, resumed", _record, lambda: list(_ran())),
    Target("baseline", "a baseline: read, compared with, written", _baseline, lambda: [_BASELINE, _BASELINE[:16]]),
    Target("labelled", "labelled lines, as `rules tune` reads them", _labelled, _labels),
)
