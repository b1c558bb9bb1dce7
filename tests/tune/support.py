"""Labelled texts that tests of tuning make for themselves, out of examples of packs, fixtures, and nothing at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from cleaner.rules import Pack, Selection, load_packs
from cleaner.text.decode import decode
from cleaner.tune.labelled import ARTICLE, Labelled, Line
from cleaner.tune.weights import Basis
from tests.samples import FIXTURES
from tests.support import OURS

_MARKED = re.compile(r"\[-(.*?)-\]", re.DOTALL)


def labelled(site: str, *lines: tuple[str, str]) -> Labelled:
    return Labelled(site, tuple(Line(text, label) for text, label in lines))


def ours(selection: Selection | None = None) -> Basis:
    """The small pack to be tuned."""
    chosen = selection or Selection(packs=(str(OURS),))
    return Basis(load_packs(chosen.packs, examples=True), chosen)


def texts_of_examples(packs: Iterable[Pack], sites: int) -> Iterator[Labelled]:
    """A text for each example of a rule; lines that are marked only in part are left out."""
    number = 0
    for pack in packs:
        for rule in pack.rules:
            for example in rule.examples:
                lines = tuple(_lines(example.text, rule.category))
                if lines:
                    yield Labelled(f"site-{number % sites}.example", lines)
                    number += 1


def _lines(text: str, category: str) -> Iterator[Line]:
    pieces = _MARKED.split(text)
    for line in text.split("\n"):
        bare = line.replace("[-", "").replace("-]", "").strip()
        if not bare:
            continue
        inside = any(bare in piece for piece in pieces[1::2])
        outside = any(bare in piece for piece in pieces[::2])
        if inside != outside:
            yield Line(bare, category if inside else ARTICLE)


def texts_of_fixtures(sites: int) -> Iterator[Labelled]:
    """The plain articles among the fixtures: what must stay of each, labelled so."""
    folders = sorted(path.parent for path in (FIXTURES / "articles").glob("*/input.txt"))
    for number, folder in enumerate(folders):
        text = decode((folder / "expected.txt").read_bytes(), folder.name).text
        lines = tuple(Line(line.strip(), ARTICLE) for line in re.split(r"[\r\n]", text) if line.strip())
        if lines:
            yield Labelled(f"site-{number % sites}.example", lines)


def as_jsonl(texts: Iterable[Labelled]) -> str:
    return "".join(
        json.dumps(
            {"site": text.site, "lines": [{"text": line.text, "label": line.label} for line in text.lines]},
            ensure_ascii=False,
        )
        + "\n"
        for text in texts
    )
