"""Texts that are cleaned in memory: against plain loops, against peers, and with packs of other sizes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from cleaner import Cleaner
from cleaner.rules import Selection
from tests.benchmarks import peers
from tests.benchmarks.corpus import articles
from tests.benchmarks.material import page_texts, phrase_pack
from tests.benchmarks.measured import Row, in_turns, ratio, used
from tests.benchmarks.throughput import rate, rule_by_rule

Work = Callable[[Sequence[str]], object]
_OF_LOOP = 0.02
"""Megabytes that the rule-by-rule loop gets: more would take minutes."""
_OF_RG, _SHARE = 0.03, 30
"""Megabytes that ripgrep gets, and the share of the patterns, one in so many: with all of them it takes hours."""
_FEW, _MANY = 300, 5_000
"""Rules of a user."""


def cleaning(cleaner: Cleaner) -> Work:
    """Cleans texts one by one and keeps nothing."""

    def clean(texts: Sequence[str]) -> None:
        for text in texts:
            cleaner.clean(text)

    return clean


def paired(turns: int, ours: Work, theirs: Work, texts: Sequence[str]) -> list[tuple[float, float]]:
    """Megabytes a second of both, after one pass that does not count, as patterns are compiled in it."""
    ours(texts)
    theirs(texts)
    return [(a, b) for a, b in in_turns(turns, lambda: rate(ours, texts), lambda: rate(theirs, texts))]


def speeds(megabytes: float, turns: int) -> Iterator[Row]:
    """Articles, whole pages, and what a loop of Python's `re` makes of the same."""
    cleaner = Cleaner()
    clean, loop = cleaning(cleaner), rule_by_rule(cleaner.rules)
    for name, floor, texts in (
        ("English article text, in memory", "60 MB/s", list(articles(megabytes, language="en"))),
        ("whole pages with much to remove, in memory", "20 MB/s", list(page_texts(megabytes))),
    ):
        first = rate(clean, texts)
        again = median(rate(clean, texts) for _ in range(turns))
        parsed = median(rate(json_loads(texts), texts) for _ in range(turns))
        yield Row(f"{name}: what `json.loads` does of them, to compare machines by", f"{parsed:.0f} MB/s")
        yield Row(name, f"{again:.1f} MB/s, {first:.1f} in a first pass over {megabytes:g} MB", floor)
        pairs = paired(turns, clean, loop, _some(texts, _OF_LOOP))
        yield Row(f"{name}: times as fast as a loop of `re` over the same rules", f"{ratio(pairs):.0f}", "100")


def json_loads(texts: Sequence[str]) -> Work:
    """Parses the texts from one piece of JSON: a yardstick, as what we do in a second depends on the machine."""
    written = json.dumps(texts, ensure_ascii=False)
    return lambda _: json.loads(written)


def against_peers(megabytes: float, turns: int, folder: Path) -> Iterator[Row]:
    """datatrove and ripgrep on the same English texts."""
    cleaner = Cleaner()
    texts = list(articles(megabytes, language="en"))
    if missing := peers.without_c4():
        print(missing)
    else:
        for sentences, what in ((True, ""), (False, ", without its count of sentences")):
            pairs = paired(turns, cleaning(cleaner), peers.c4_filter(sentences=sentences), texts)
            said = f"{ratio(pairs):.2f} ({_both(pairs)})"
            yield Row(f"times as fast as datatrove's C4QualityFilter{what}", said, "10")
    if missing := peers.without_rg():
        print(missing)
        return
    found = peers.patterns(cleaner.rules)[::_SHARE]
    some = _some(texts, _OF_RG)
    file = folder / "some.txt"
    file.write_text("\n".join(some), encoding="utf-8")
    command, start = (peers.rg(found, folder / name, path) for name, path in (("a", file), ("b", Path("/dev/null"))))
    cleaning(cleaner)(some)
    turns_of_rg = in_turns(
        turns,
        lambda: used(command, fine=(0, 1)).cpu,
        lambda: used(start, fine=(0, 1)).cpu,
        lambda: seconds(cleaning(cleaner), some),
    )
    net = ratio([(max(whole - begun, 0.01), ours) for whole, begun, ours in turns_of_rg])
    begun = median(begun for _, begun, _ in turns_of_rg)
    what = f"with all patterns, times as fast as `rg -i -f` with {len(found):,} of them"
    yield Row(what, f"{net:.0f}, without the {begun:.1f} s in which `rg` compiles them", "500")


def with_user_rules(megabytes: float, turns: int, folder: Path) -> Iterator[Row]:
    """5,000 rules against 300, with nothing but the pack they stand in."""
    texts = list(articles(megabytes, language="en"))
    made = []
    for count in (_FEW, _MANY):
        pack = phrase_pack(folder / f"made-{count}.toml", count)
        started = time.process_time()
        cleaner = Cleaner(Selection(packs=(str(pack),)))
        cleaner.clean("warm")
        made.append((cleaner, time.process_time() - started))
    (few, _), (many, loading) = made
    pairs = paired(turns, cleaning(few), cleaning(many), texts)
    yield Row(f"times as long with {_MANY:,} user rules as with {_FEW}", f"{ratio(pairs):.2f} ({_both(pairs)})", "2")
    yield Row(f"to read and compile {_MANY:,} user rules, the first time", f"{loading:.1f} s")


def seconds(work: Work, texts: Sequence[str]) -> float:
    """Of this process's time."""
    started = time.process_time()
    work(texts)
    return time.process_time() - started


def cold(rows: Path) -> float:
    """Seconds that cleaning the texts of a JSON Lines file takes a process that has cleaned nothing before."""
    texts = [json.loads(line)["text"] for line in rows.open(encoding="utf-8")]
    cleaner = Cleaner()
    cleaner.clean("warm")
    return seconds(cleaning(cleaner), texts)


def _both(pairs: Sequence[tuple[float, float]]) -> str:
    ours, theirs = (median(speed) for speed in zip(*pairs, strict=True))
    return f"{ours:.1f} to {theirs:.1f} MB/s"


def _some(texts: Sequence[str], megabytes: float) -> list[str]:
    """The first texts that make up so much."""
    found, left = [], megabytes * 1e6
    for text in texts:
        if left <= 0:
            break
        found.append(text)
        left -= len(text.encode())
    return found
