"""Ways in for files of ours that may have been damaged or edited: run records, baselines, labelled lines."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

from cleaner.corpus.baseline import Baseline, read_accepted
from cleaner.corpus.find import Source
from cleaner.corpus.read import Reading
from cleaner.corpus.record import read_record, read_run
from cleaner.corpus.replay import replay
from cleaner.corpus.restore import restore_all
from cleaner.corpus.resume import find_start, totals_of
from cleaner.tune.labelled import read_labelled
from tests.reliability.target import Target, scratch
from tests.support import ARTICLE, DAM, LETTER, PAGE, configured, run, written

_ROWS = "".join(json.dumps({"text": f"{DAM} {number}\n\n{LETTER}\n"}) + "\n" for number in range(2))
_FILES: dict[str, str | bytes] = {
    "in/a.txt": ARTICLE, "in/b.html": PAGE, "in/c.jsonl": _ROWS, "in/d.txt": b"Die Br\xfccke\n\n" + LETTER.encode() + b"\n",
}  # fmt: skip


@cache
def _ran() -> tuple[bytes, ...]:
    """Records of real runs, the last one of one in place; the outputs of the first one stay in the scratch folder."""
    place = written(configured(scratch() / "ran"), _FILES)
    found = []
    for output in (["-o", "out"], ["-o", "md", "--format", "markdown"], ["-o", "rows.jsonl", "--format", "jsonl", "--record", "r/run.jsonl"]):
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
    problem: Exception | None = None
    for work in (
        lambda: list(read_record(record)),
        lambda: list(replay(record)),
        lambda: list(restore_all(record, place / "restored")),
        lambda: list(restore_all(record, place / "restored", force=True)),
        lambda: find_start(record, read_run(record), sources, lambda source: place / "out" / source.name, Reading(), None),
        lambda: find_start(record, read_run(record), sources, lambda source: place / "rows.jsonl", Reading(), place / "rows.jsonl"),
        lambda: totals_of(record, sources),
    ):  # fmt: skip
        try:
            work()  # type: ignore[no-untyped-call]
        except Exception as error:
            problem = _worse(problem, error)
    shutil.rmtree(place / "restored", ignore_errors=True)
    if problem is not None:
        raise problem


def _worse(one: Exception | None, other: Exception) -> Exception:
    """That of two errors that is no clear one."""
    from cleaner.errors import CleanerError

    return other if one is None or isinstance(one, CleanerError) else one


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
        assert len(text.starts) == len(text.lines)
        text.document.encode(text.document.text)


_BASELINE = b"""{"baseline": 1}
{"path": "a.txt", "rule": "ad/x", "hash": "0123456789abcdef", "count": 1}
{"path": "b/c.txt", "rule": "appeal/y", "hash": "0123456789abcdef", "count": 20}
"""
_LABELLED = b"""{"site": "x.example", "text": "The dam opens in May.\\n\\nSign up", "lines": [{"text": "The dam opens in May.", "label": "article"}, {"text": "Sign up", "label": "newsletter"}]}
{"text": "One\\nTwo", "labels": ["article", "appeal"]}
"""
_WORDS = (
    b'{"row":"run"', b'{"row":"document"', b'{"row":"removal"', b'{"row":"failure"', b'{"row":"page"', b'{"row":"dropped"', b'{"row":"end"', b'"base64":"',
    b'"encoding":"', b"idna", b"undefined", b"rot13", b"surrogateescape", b'"number":', b'"output":"', b"../", b"\\u0000", b"\\ud800", b"null", b"true", b"NaN",
    b"1e999", b"-1", b"99999999999999999999", b"[[[[[[[[", b'"path":', b'"count":', b'"hash":', b'"label":', b'"lines":',
)  # fmt: skip
TARGETS = (
    Target("record", "a run record: read, replayed, restored from, resumed", _record, lambda: list(_ran()), _WORDS),
    Target("baseline", "a baseline: read, compared with, written", _baseline, lambda: [_BASELINE, _BASELINE[:16]], _WORDS),
    Target("labelled", "labelled lines, as `rules tune` reads them", _labelled, lambda: [_LABELLED, *_LABELLED.splitlines()], _WORDS),
)  # fmt: skip
