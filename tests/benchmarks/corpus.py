"""Article text for benchmarks: the fixtures' own sentences, shuffled, so that anybody can make it again."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
_TAIL = 14
"""Lines from the end of a fixture, blank ones included."""
_SENTENCE_END = re.compile(r"(?<=[.!?]) ")


def articles(megabytes: float, *, language: str = "", seed: int = 1) -> Iterator[str]:
    """Articles of about 4 KB, together `megabytes` of UTF-8; of one language where it is named ("en").

    Paragraphs are runs of one to four sentences from the expected texts of the ordinary fixtures, in random
    order; the articles about boilerplate itself are left out.
    """
    files = sorted(ARTICLES.glob(f"{language}*/expected.txt"))
    texts = [path.read_text(encoding="utf-8") for path in files if "-keep-" not in path.parent.name]
    sentences = [
        sentence
        for text in texts
        for line in text.split("\n")
        if len(line) > 80
        for sentence in _SENTENCE_END.split(line.strip())
    ]
    draw = random.Random(seed)
    left = megabytes * 1e6
    while left > 0:
        paragraphs = [" ".join(draw.choices(sentences, k=draw.randint(1, 4))) for _ in range(14)]
        text = "\n\n".join(paragraphs) + "\n"
        left -= len(text.encode())
        yield text


def scraped(megabytes: float) -> Iterator[str]:
    """The same articles, every other one with what stands below an article of the fixtures; as much in all."""
    inputs = [path.read_bytes().decode("utf-8", "replace") for path in sorted(ARTICLES.glob("*/input.txt"))]
    tails = ["\n".join(text.split("\n")[-_TAIL:]) for text in inputs]
    left = megabytes * 1e6
    for number, clean in enumerate(articles(megabytes)):
        text = clean + tails[number % len(tails)] * (number % 2)
        left -= len(text.encode())
        yield text
        if left <= 0:
            return
