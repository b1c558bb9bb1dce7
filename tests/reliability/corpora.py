"""Documents without end, for what is checked at scale: prose of 22 scripts, our packs' own examples, odd bytes."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator
from pathlib import Path

from tests.reliability.texts import boilerplate
from tests.samples import MORE_PROSE, PROSE

SENTENCES = [
    line.partition("\t")[2]
    for line in Path(__file__).with_name("scripts.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
]
"""One of an article in each of 22 scripts."""
ODD = (
    "\ufeff", "\u200b", "\u200e", "\u202e", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1b[31m", "\x1c", "\x7f",
    "\u00ad", "\u0301" * 9, "\ufffd", "\ufffe", "\U0010ffff", "\ue000", "\U000e0041", "ﬁ", "İ", "ı", "ß", "ẞ", "ǅ",
    "\u3000", "\u00a0", "\u180e", "😀\ufe0f", "𝐒𝐡𝐚𝐫𝐞", "Ｓｈａｒｅ",
)  # fmt: skip
ODD_BYTES = (b"\xff", b"\xe9", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\x80\x80")
"""Not UTF-8."""
ENDS = ("\n", "\n", "\n", "\r\n", "\r")
ENCODINGS = ("utf-16", "utf-16-le", "cp1252", "cp1251", "gb18030", "shift_jis", "euc-kr", "utf-32", "utf-8-sig")


def texts(seed: int) -> Iterator[str]:
    """Articles as they might have been scraped, in all scripts; the same for the same seed."""
    pick = random.Random(seed)
    examples, sentences = boilerplate(), SENTENCES
    while True:
        end = pick.choice(ENDS)
        own = pick.choice(sentences)
        parts = []
        for _ in range(pick.randint(2, 14)):
            kind = pick.random()
            if kind < 0.55:
                parts.append(" ".join(pick.choice((own, own, PROSE, MORE_PROSE)) for _ in range(pick.randint(1, 5))))
            elif kind < 0.93:
                parts.append(pick.choice(examples).strip())
            elif kind < 0.97:
                parts.append(_odd(pick, pick.choice((own, *examples[:50]))))
            else:
                parts.append(f"{own} " * pick.choice((1, 1, 2, 30)))
        blank = end * pick.choice((1, 2, 2, 2, 3))
        text = blank.join(part.replace("\n", end) for part in parts)
        yield pick.choice(("", "", "", end, "\ufeff", " ")) + text + pick.choice(("", end, end, end * 3))


def documents(seed: int) -> Iterator[bytes]:
    """The same as bytes: most of them UTF-8, some of them damaged, some in other encodings."""
    pick = random.Random(seed + 1)
    for text in texts(seed):
        kind = pick.random()
        if kind < 0.1:
            yield text.encode(pick.choice(ENCODINGS), "ignore")
            continue
        data = text.encode("utf-8", "surrogatepass")
        for _ in range(pick.choice((1, 3, 20)) if kind < 0.25 else 0):
            place = pick.randint(0, len(data))
            data = data[:place] + pick.choice(ODD_BYTES) + data[place:]
        yield data


def pages(seed: int) -> Iterator[str]:
    """Pages with such articles."""
    for number, text in enumerate(texts(seed)):
        blocks = "".join(f"<p>{html.escape(part)}</p>\n" for part in text.split("\n") if part.strip())
        yield (
            f"<!doctype html><html><head><title>Article {number}</title></head><body><nav><a href='/'>Home</a></nav>"
            f"<article><h1>Article {number}</h1>{blocks}</article><footer>About us</footer></body></html>"
        )


def _odd(pick: random.Random, text: str) -> str:
    for _ in range(pick.randint(1, 5)):
        place = pick.randint(0, len(text))
        text = text[:place] + pick.choice(ODD) + text[place:]
    return text
