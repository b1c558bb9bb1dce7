"""Check what must hold for every document, on many: the dev corpus beside the checkout, and generated ones.

    python -m tests.reliability.invariants [--documents 2000] [--matched 0.25] [--seed 1]

The generated documents are prose of 22 scripts, the packs' own examples and odd bytes, in ten encodings. Writes its
section of docs/reliability.md; prints the first document that breaks a promise, and exits with 1 where one does.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.errors import DocumentError
from cleaner.html import extract, page_document
from cleaner.model import Document
from cleaner.rules import Selection, select
from cleaner.text.clean import TextCleaner
from tests.benchmarks.tables import DEV, table
from tests.reliability import promises
from tests.reliability.corpora import documents, pages
from tests.reliability.prefilter import differing
from tests.reliability.results import note, today
from tests.reliability.ways import WAYS, Corpus, Way
from tests.samples import shipped_cleaner, shipped_packs

SECTION = "invariants"
_LONGEST = 1 << 20
"""Bytes of a document of the generated ones that goes through all ways of the command."""


@dataclass
class Tally:
    """By promise: documents that it was checked on, and those that broke it."""

    checked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def check(self, promise: str, name: str, work: Callable[[], object]) -> None:
        """Check it on one document; `work` raises AssertionError where it is broken."""
        self.checked[promise] += 1
        try:
            work()
        except AssertionError as error:
            if not self.broken[promise]:
                print(f"{promise}: {name}: {error}", flush=True)
            self.broken[promise].append(name)

    def rows(self) -> dict[str, dict[str, int]]:
        return {name: {"checked": count, "broken": len(self.broken[name])} for name, count in self.checked.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--documents", type=int, default=2000, help="generated texts, and half as many pages (default: 2000)"
    )
    parser.add_argument(
        "--matched", type=float, default=0.25, help="share of the lines on which every pattern is tried (default: 0.25)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the generated documents (default: 1)")
    parser.add_argument("--generated", action="store_true", help="leave out the dev corpus")
    parser.add_argument("--write", action="store_true", help="put the table into docs/reliability.md")
    options = parser.parse_args(arguments)
    corpora: dict[str, Callable[[], Corpus]] = {"generated": lambda: generated(options.documents, options.seed)}
    if DEV.is_dir() and not options.generated:
        corpora["dev corpus"] = dev
    found: dict[str, Any] = {}
    for name, made in corpora.items():
        tally, corpus = Tally(), made()
        check(corpus, tally, options.matched)
        found[name] = {
            "texts": len(corpus.texts),
            "pages": len(corpus.pages),
            "promises": tally.rows(),
            "date": today(),
        }
        if options.write:
            note(SECTION, lambda section: section.update(found), text)
    broken = sum(row["broken"] for each in found.values() for row in each["promises"].values())
    print(text(found))
    return 1 if broken else 0


def generated(count: int, seed: int) -> Corpus:
    """So many texts, and half as many pages."""
    texts = {f"t{number:05}.txt": data for number, data in zip(range(count), documents(seed), strict=False)}
    made = {
        f"p{number:05}.html": page.encode("utf-8", "replace")
        for number, page in zip(range(count // 2), pages(seed), strict=False)
    }
    return Corpus({name: data for name, data in texts.items() if len(data) < _LONGEST}, made)


def dev() -> Corpus:
    """The labelled texts and the pages of the dev corpus."""
    rows = [json.loads(line) for line in (DEV / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    rows += [json.loads(line) for line in (DEV / "lines_visible.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {
        f"t{number:05}.txt": ("\n\n".join(line["text"] for line in row["lines"]) + "\n").encode(
            "utf-8", "surrogatepass"
        )
        for number, row in enumerate(rows)
    }
    files = sorted((DEV / "pages").rglob("*.html.gz"))
    return Corpus(
        texts, {f"p{number:05}.html": gzip.decompress(path.read_bytes()) for number, path in enumerate(files)}
    )


def check(corpus: Corpus, tally: Tally, matched: float, ways: Mapping[str, Way] = WAYS) -> None:
    """Check everything on one corpus."""
    shuffled = _shuffled()
    decoded = list(_decoded(corpus))
    for name, data, document in decoded:
        _check_one(name, data, document, shuffled, tally)
    lines = sorted({line for _, _, document in decoded for line in _lines(document)})
    some = random.Random(7).sample(lines, int(matched * len(lines)))
    wrong = differing(shipped_cleaner().matcher, some)
    tally.checked["prefilter on = off (lines)"] += len(some)
    tally.broken["prefilter on = off (lines)"] += wrong
    with tempfile.TemporaryDirectory(prefix="cleaner-invariants-") as folder:
        for way, work in ways.items():
            for name, difference in work(corpus, Path(folder)):
                tally.checked[way] += 1
                if difference:
                    if not tally.broken[way]:
                        print(f"{way}: {name}: {difference}", flush=True)
                    tally.broken[way].append(name)


def _decoded(corpus: Corpus) -> Iterator[tuple[str, bytes, Document]]:
    """Texts and pages that can be read, with the bytes that their text has."""
    for name, data in corpus.texts.items():
        try:
            yield name, data, promises.decodes(data)
        except DocumentError:
            continue
    for name, data in corpus.pages.items():
        try:
            document = page_document(extract(data), name)
        except DocumentError:
            continue
        yield name, document.encode(document.text), document


def _lines(document: Document) -> Iterator[str]:
    return filter(None, (line.strip() for line in document.text.splitlines()))


def _shuffled() -> list[TextCleaner]:
    """Cleaners with the packs in other orders."""
    packs = list(shipped_packs())
    found = []
    for turn in range(2):
        random.Random(turn).shuffle(packs)
        found.append(TextCleaner(select(packs, Selection())))
    return found


def _check_one(name: str, data: bytes, document: Document, shuffled: Sequence[TextCleaner], tally: Tally) -> None:
    cleaner = shipped_cleaner()
    result = cleaner.clean(document)
    tally.check("kept spans and removals tile the text", name, lambda: promises.tiles(result))
    tally.check("removals put back give the input's bytes", name, lambda: promises.gives_back(data, result))
    if not document.blocks:
        tally.check("cleaned twice = once", name, lambda: promises.is_clean(cleaner, result))
        tally.check("LF = CRLF = CR", name, lambda: promises.ends_alike(cleaner, document.text))
    for other in shuffled:
        tally.check("any order of packs", name, lambda other=other: _same(other.clean(document), result))  # type: ignore[misc]


def _same(one: object, other: object) -> None:
    assert one == other, "another result"


def text(section: Mapping[str, Any]) -> str:
    """The table of the page."""
    names = dict.fromkeys(itertools.chain.from_iterable(each["promises"] for each in section.values()))
    header = ["", *(f"{name}: checked" for name in section), *(f"{name}: broken" for name in section)]
    rows = [[name, *_column(section, name, "checked"), *_column(section, name, "broken")] for name in names]
    said = "; ".join(
        f"{name}: {each['texts']:,} texts and {each['pages']:,} pages, {each['date']}" for name, each in section.items()
    )
    return f"{said[:1].upper()}{said[1:]}.\n\n{table(header, rows)}"


def _column(section: Mapping[str, Any], promise: str, key: str) -> Iterable[str]:
    for each in section.values():
        row = each["promises"].get(promise)
        yield "–" if row is None else f"{row[key]:,}"


if __name__ == "__main__":
    sys.exit(main())
