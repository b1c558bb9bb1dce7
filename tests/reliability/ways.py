"""All ways to clean the same documents, which must give the same bytes; each yields a document's name and, where it
differs, how.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.spark.support import CONF, MASTER, environment_of, joined
from tests.support import contents, environment, run, written

_SINGLY = 40
"""Documents that are piped each for itself, which takes a process each."""
_CODES = (0, 3)
_FILES = 8
"""Files that a cluster gets."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Bytes of texts and pages, by file name."""

    texts: Mapping[str, bytes]
    pages: Mapping[str, bytes]


def _serial(corpus: Corpus, folder: Path) -> dict[str, bytes]:
    """The clean texts as one process writes them to a folder; made once."""
    if not (folder / "serial").exists():
        written(folder / "in", {**corpus.texts, **corpus.pages})
        _clean(folder, "in", "-o", "serial", "-j", "1")
    return contents(folder / "serial")


def _clean(folder: Path, *args: str) -> None:
    ran = run(["clean", "-q", *args], folder)
    assert ran.code in _CODES, ran.errors


def _compared(wanted: Mapping[str, bytes], found: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name in sorted(wanted.keys() | found.keys()):
        missing = name not in found or name not in wanted
        yield name, "is missing" if missing else "other bytes" if wanted[name] != found[name] else ""


def parallel(corpus: Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """Two processes; the records are the same as well."""
    wanted = _serial(corpus, folder)
    _clean(folder, "in", "-o", "parallel", "-j", "2")
    yield from _compared(wanted, contents(folder / "parallel"))
    one, two = ((folder / name / ".cleaner" / "run.jsonl").read_bytes() for name in ("serial", "parallel"))
    yield "run.jsonl", "" if one == two else "another record"


def _rows(corpus: Corpus, wanted: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts in UTF-8 that come out as some text, each as a row."""
    rows = {}
    for name, data in corpus.texts.items():
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if name in wanted and wanted[name].decode("utf-8", "ignore"):
            rows[name] = json.dumps({"text": text}).encode() + b"\n"
    return rows


def _in_rows(wanted: Mapping[str, bytes], rows: Iterable[str], lines: bytes) -> Iterator[tuple[str, str]]:
    """Whether the lines hold the clean texts of the rows, in their order."""
    found = [json.loads(line)["text"].encode() for line in lines.splitlines()]
    yield from _compared({name: wanted[name] for name in rows}, dict(zip(rows, found, strict=True)))


def pipe(corpus: Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """Texts in UTF-8 as rows through one pipe, and some of all kinds each through one of its own."""
    wanted = _serial(corpus, folder)
    rows = _rows(corpus, wanted)
    ran = run(["clean", "-", "-q"], folder, stdin=b"".join(rows.values()))
    assert ran.code in _CODES, ran.errors
    yield from _in_rows(wanted, rows, ran.out)
    singly = [name for name in corpus.texts if name in wanted][:: max(1, len(corpus.texts) // _SINGLY)]
    yield from _compared(
        {name: wanted[name] for name in singly},
        {name: run([], folder, stdin=corpus.texts[name]).out for name in singly},
    )


def restored(corpus: Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """From the clean texts and the record; pages are copied from where they were."""
    wanted = _serial(corpus, folder)
    ran = run(["restore", "serial/.cleaner/run.jsonl", "-o", "restored"], folder)
    assert ran.code in _CODES, ran.errors
    clean = {Path(name).stem for name in wanted}
    originals = {name: data for name, data in corpus.texts.items() if name in wanted}
    originals |= {
        name: data
        for name, data in corpus.pages.items()
        if Path(name).stem in clean and name.replace(".html", ".txt") in wanted
    }
    there = contents(folder / "restored")
    yield from _compared(originals, {name: data for name, data in there.items() if name in originals})


def in_place(corpus: Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """Texts cleaned in place are what a folder gets, and restored from there what they were."""
    wanted = _serial(corpus, folder)
    written(folder / "place", corpus.texts)
    _clean(folder, "place", "--in-place")
    there = contents(folder / "place")
    yield from _compared({name: wanted.get(name, corpus.texts[name]) for name in corpus.texts}, there)
    ran = run(["restore", "place/.cleaner/run.jsonl", "-o", "back"], folder)
    assert ran.code in _CODES, ran.errors
    back = contents(folder / "back")
    yield from _compared({name: corpus.texts[name] for name in back}, back)


def on_spark(corpus: Corpus, folder: Path) -> Iterator[tuple[str, str]]:
    """Texts in UTF-8 as rows of eight files, on a cluster of two workers in processes of their own."""
    wanted = _serial(corpus, folder)
    rows = _rows(corpus, wanted)
    names = list(rows)
    share = -(-len(names) // _FILES)
    parted = {f"{n:02}.jsonl": names[n * share : (n + 1) * share] for n in range(_FILES)}
    place = written(
        folder / "spark", {f"in/{name}": b"".join(map(rows.__getitem__, of)) for name, of in parted.items()}
    )
    properties = "\n".join(f'"{name}" = "{value}"' for name, value in CONF.items())
    written(place, {"cleaner.toml": f'[spark]\nmaster = "{MASTER}"\n[spark.conf]\n{properties}\n'})
    ran = run(["clean", "-q", "in", "-o", "out", "--engine", "spark"], place, env=environment(**environment_of(place)))
    assert ran.code in _CODES, ran.errors
    yield from _in_rows(wanted, names, joined(place / "out"))


Way = Callable[[Corpus, Path], Iterator[tuple[str, str]]]

WAYS: dict[str, Way] = {
    "one process = two": parallel,
    "files = pipe": pipe,
    "files, restored": restored,
    "files in place, and restored": in_place,
    "files = Spark": on_spark,
}
