"""Corpora of any size for benchmarks, made of the fixtures, the same each time: rows, small files, pages, packs."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.benchmarks.corpus import ARTICLES, articles, scraped

_FOLDER = 1_000
"""Small files in a folder."""
_ASKED = (
    "subscribe to", "sign up for", "read more about", "follow", "join", "support", "get", "share", "download", "see",
    "register for", "listen to", "watch", "order", "thank you for reading", "more from", "advertisement for",
)  # fmt: skip
_WHOSE = ("our", "the", "your", "this week's", "the latest", "a free", "today's")
_THING = ("letter", "newsletter", "report", "edition", "podcast", "offer", "app", "series", "page", "club", "briefing")
_CATEGORIES = ("appeal", "newsletter", "ad", "social", "related")
_WORD = re.compile(r"[a-z]{4,12}")


def page_texts(megabytes: float, seed: int = 1) -> Iterator[str]:
    """Articles with all that stood around them on their pages, whole fixtures in random order, until it is enough."""
    paths = [path for path in sorted(ARTICLES.glob("*/input.txt")) if "-keep-" not in path.parent.name]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in paths]
    draw, left = random.Random(seed), megabytes * 1e6
    while left > 0:
        for text in draw.sample(texts, len(texts)):
            yield text
            left -= len(text.encode())


def write_rows(path: Path, texts: Iterable[str]) -> int:
    """JSON Lines with a text and two other fields a row, written as they come; bytes of the texts alone."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts, 1):
            size += len(text.encode())
            row = {"id": number, "url": f"https://news.example/{number}", "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


def write_document(path: Path, megabytes: float) -> None:
    """One text of very many paragraphs."""
    with path.open("w", encoding="utf-8") as file:
        for text in scraped(megabytes):
            file.write(text + "\n")


def small_files(folder: Path, count: int, size: int) -> int:
    """So many texts of up to `size` characters, cut from English articles between two words; bytes of all of them."""
    written = 0
    for number, piece in zip(range(count), _pieces(size), strict=False):
        if number % _FOLDER == 0:
            inner = folder / f"{number // _FOLDER:04}"
            inner.mkdir(parents=True)
        data = piece.encode() + b"\n"
        (inner / f"{number:07}.txt").write_bytes(data)
        written += len(data)
    return written


def _pieces(size: int) -> Iterator[str]:
    left = ""
    for text in articles(1e6, language="en"):
        left += text
        while len(left) > size:
            end = left.rindex(" ", 0, size)
            yield left[:end]
            left = left[end + 1 :]


def phrase_pack(path: Path, count: int, seed: int = 1) -> Path:
    """A pack of so many rules as a user writes them: phrases of three to six words, some of them optional."""
    draw = random.Random(seed)
    words = sorted({word for text in articles(0.5, language="en", seed=seed) for word in _WORD.findall(text)})
    phrases: dict[str, None] = {}
    while len(phrases) < count:
        asked, whose, word, thing = (draw.choice(some) for some in (_ASKED, _WHOSE, words, _THING))
        phrases[rf"\b{asked} {draw.choice((whose, f'(?:{whose} )?'))}{word} {thing}\b"] = None
    lines = ["schema = 1", "", "[pack]", f'id = "{path.stem}"', 'summary = "Made for a benchmark"']
    for number, phrase in enumerate(phrases):
        category = _CATEGORIES[number % len(_CATEGORIES)]
        lines += ["", "[[rule]]", f'id = "{category}/made-{number}"', 'summary = "Made"', "weight = 1.0"]
        lines.append(f"any = ['''{phrase}''']")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
