"""A run of any length as reports take it, without cleaning anything: prose, and what the packs' examples remove."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaner.model import Document, Dom, Dropped, Evidence, Metadata, Removal, Result, TextBlock
from cleaner.reports import Examined
from cleaner.rules.model import Rule
from tests.benchmarks.corpus import articles

_MARKED = re.compile(r"\[-(.+?)-\]", re.DOTALL)
_PROSE = 4.0
"""Megabytes of articles whose paragraphs are mixed."""
_SITES = 2_000
_REMOVALS = (0, 0, 0, 1, 1, 2, 3, 4, 6, 12)
"""Passages that go from a document, each number as likely as the others: three in ten documents lose nothing."""
_VARIED, _TAIL, _HEAD = 0.5, 0.7, 0.1
"""How likely a passage names something that no other names, as teasers do, and stands below or above its article."""
_HELD, _PAGE = 0.01, 0.2
"""How likely a document is held, and comes from a page."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What an example says must go, the rule that takes it, and whether it goes from within a line."""

    words: str
    rule: str
    inline: bool


def passages(rules: Sequence[Rule]) -> list[Passage]:
    """All that the examples of rules mark."""
    return [
        Passage(words.strip(), rule.id, rule.scope == "text")
        for rule in rules
        for example in rule.examples
        for words in _MARKED.findall(example.text)
        if words.strip()
    ]


def documents(count: int, found: Sequence[Passage], seed: int = 1) -> Iterator[Examined]:
    """So many documents, made one by one, the same for the same seed; byte offsets, which no page shows, are 0.

    Few passages are met everywhere and most are rare, as with sites that say the same below each article; half of them
    are varied, so that distinct texts become more with every document.
    """
    draw = random.Random(seed)
    paragraphs = [part for text in articles(_PROSE, seed=seed) for part in text.split("\n\n")]
    vocabulary = sorted({word for part in paragraphs[:500] for word in part.split()})
    mixed = draw.sample(found, len(found))
    often = list(accumulate(1 / rank for rank in range(1, len(mixed) + 1)))
    for number in range(count):
        body = draw.choices(paragraphs, k=draw.randint(6, 20))
        gone = draw.choices(mixed, cum_weights=often, k=draw.choice(_REMOVALS))
        said = [(_place(draw, len(body)), passage, _varied(draw, passage.words, vocabulary)) for passage in gone]
        yield _examined(number, draw, body, sorted(said, key=lambda one: one[0]))


def _place(draw: random.Random, paragraphs: int) -> int:
    """After how many paragraphs a passage stands."""
    chance = draw.random()
    return paragraphs if chance < _TAIL else 0 if chance < _TAIL + _HEAD else draw.randrange(1, paragraphs)


def _varied(draw: random.Random, words: str, vocabulary: Sequence[str]) -> str:
    return words if draw.random() > _VARIED else f"{words}: {' '.join(draw.choices(vocabulary, k=6))}"


def _examined(
    number: int, draw: random.Random, body: Sequence[str], said: Sequence[tuple[int, Passage, str]]
) -> Examined:
    site = f"site{int(_SITES * draw.random() ** 3):04}.example"
    name = f"crawl/{site}/{number:07}"
    lines: list[str] = []
    removals: list[Removal] = []
    start = waiting = 0

    def write(words: str, end: str) -> None:
        nonlocal start
        lines.append(words + end)
        start += len(words) + len(end)

    for index in range(len(body) + 1):
        while waiting < len(said) and said[waiting][0] == index:
            _, passage, words = said[waiting]
            end = " " if passage.inline and index < len(body) else "\n\n"
            line = 2 * len(lines) + 1
            score = 1.0 + draw.choice((0.0, 0.25, 0.5))
            evidence = (Evidence(passage.rule, 1.0), Evidence("signal/tail", score - 1.0))
            category = passage.rule.partition("/")[0]
            span = (start, start + len(words) + len(end), 0, 0)
            removals.append(Removal(name, *span, line, line, passage.rule, category, score, evidence, words + end))
            write(words, end)
            waiting += 1
        if index < len(body):
            write(body[index], "\n\n")
    text, held = "".join(lines), draw.random() < _HELD
    if draw.random() > _PAGE:
        return Examined(f"{name}.txt", Result(Document(text, name), tuple(removals), held), b"")
    starts = accumulate((len(line) for line in lines[:-1]), initial=0)
    blocks = tuple(TextBlock(at, Dom(), 3 * row + 1) for row, at in enumerate(starts))
    dropped = tuple(Dropped("extract/outside", words, 1) for words in draw.sample(body, 3))
    about = Metadata(site=site, language=draw.choice(("en", "de", "fr", "es")))
    document = Document(text, name, metadata=about, blocks=blocks, dropped=dropped)
    return Examined(f"{name}.html", Result(document, tuple(removals), held), None)
