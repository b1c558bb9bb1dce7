"""How fast texts are cleaned in memory, on one core with all packs, against what could be had instead.

    python -m tests.benchmarks.throughput [--megabytes 20]

Each pair runs in turn on the same texts, several times; the ratios are medians of the pairs.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median

from cleaner import Cleaner
from cleaner.rules.model import RuleSet
from tests.benchmarks.corpus import articles

_TURNS = 3
_LOOP_SHARE = 200
"""The rule-by-rule loop gets this small a part of the texts: it would take minutes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=20)
    megabytes = parser.parse_args().megabytes
    cleaner = Cleaner()
    cleaner.clean("warm")
    english = list(articles(megabytes, language="en"))
    mixed = list(articles(megabytes))
    for name, texts in (("English article text", english), ("article text in all languages", mixed)):
        first = rate(lambda some: [cleaner.clean(text) for text in some], texts)
        report(f"{name}, first pass", first)
        pairs = [
            (rate(lambda some: [cleaner.clean(text) for text in some], texts), rate(split_lines, texts))
            for _ in range(_TURNS)
        ]
        report(name, median(ours for ours, _ in pairs))
        print(f"  a bare loop over lines is {median(floor / ours for ours, floor in pairs):.1f} times as fast")
    few = english[: max(1, len(english) // _LOOP_SHARE)]
    loop = rule_by_rule(cleaner.rules)
    pairs = [(rate(lambda some: [cleaner.clean(text) for text in some], few), rate(loop, few)) for _ in range(_TURNS)]
    print(f"  a loop of Python's re over the same rules is {median(a / b for a, b in pairs):.0f} times slower")


def rate(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """Megabytes of UTF-8 a second."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    started = time.process_time()
    work(texts)
    return size / (time.process_time() - started)


def report(name: str, speed: float) -> None:
    print(f"{name}: {speed:.1f} MB/s")
    sys.stdout.flush()


def split_lines(texts: Sequence[str]) -> int:
    """The floor: every line touched once."""
    return sum(1 for text in texts for line in text.split("\n") if line.strip())


def rule_by_rule(rules: RuleSet) -> Callable[[Sequence[str]], int]:
    """What a script with a list of regular expressions does: every pattern on every line."""
    patterns = [
        re.compile(_python(pattern.exact), 0 if rule.exact_case else re.IGNORECASE)
        for rule in rules.rules
        for pattern in rule.any
    ]

    def loop(texts: Sequence[str]) -> int:
        return sum(
            any(pattern.search(line) for pattern in patterns)
            for text in texts
            for line in text.split("\n")
            if line.strip()
        )

    return loop


def _python(source: str) -> str:
    """RE2 syntax as Python's: its Unicode classes become the nearest that `re` has."""
    source = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: "\\U" + m[1].zfill(8), source)
    source = (
        source.replace(r"\p{Zs}", r"\s")
        .replace(r"\p{Nd}", r"\d")
        .replace(r"\p{Lu}", "A-ZÀ-Þ")
        .replace(r"\p{Ll}", "a-zß-ÿ")
    )
    source = re.sub(r"(?<!\[)\\p\{(?:Han|Hiragana|Katakana|Thai|Lao|Khmer|Myanmar)\}", "㐀-鿿", source)
    return re.sub(r"\\p\{\w+\}", r"\\w", source)


if __name__ == "__main__":
    main()
