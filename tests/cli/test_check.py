"""Checks of whole corpora; what single flags do stands in `transcripts/check*.md`."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.samples import shared
from tests.support import contents, many_articles, run, written

Findings = Counter[tuple[str, str, str, str]]
"""Document, line or lines (of texts: for pages `check` cites the source), rule, score."""


def listed(out: bytes) -> Findings:
    """The findings that `check` lists."""
    found = re.findall(r"^(\S+?):(\d+(?:-\d+)?)  (\S+)  (\S+)  .*$", out.decode(), re.M)
    assert len(found) == out.count(b"\n")
    return Counter((name, lines_of(name, lines), rule, score) for name, lines, rule, score in found)


def lines_of(name: str, lines: str) -> str:
    return lines if name.endswith(".txt") else ""


def in_text(out: bytes) -> Findings:
    """Those of `diff --format text`."""
    found, name = Findings(), ""
    for line in out.decode().split("\n"):
        if removal := re.match(r"  (\d+(?:-\d+)?): (\S+)  (\S+) = ", line):
            found[name, lines_of(name, removal[1]), removal[2], removal[3]] += 1
        elif line and not line.startswith(" "):
            name = line.partition("  (held: ")[0]
    return found


def in_record(path: Path) -> Findings:
    """Those of `clean`."""
    found = Findings()
    for line in path.read_bytes().splitlines():
        row = json.loads(line)
        if row["row"] == "removal":
            lines = f"{row['line']}" if row["line"] == row["end_line"] else f"{row['line']}-{row['end_line']}"
            found[row["doc"], lines_of(row["doc"], lines), row["rule"], f"{row['score']:g}"] += 1
    return found


def test_one_new_line_in_two_thousand_documents_is_the_only_new_finding(place: Path) -> None:
    written(place / "corpus", many_articles(2000))
    accepted = run(["check", "corpus", "--baseline", "known.jsonl", "--update-baseline"], place)
    assert accepted.errors == (
        "cleaner: passed: no new findings in 2000 documents; the baseline accepts 200 (200 new, 0 stale dropped)\n"
    )
    unchanged = run(["check", "corpus", "--baseline", "known.jsonl"], place)
    assert (unchanged.code, unchanged.out) == (0, b"")

    with (place / "corpus" / "13" / "01370.txt").open("a", encoding="utf-8") as article:
        article.write("\nHelp us keep the valley press reporting\n")
    before = contents(place)
    ran = run(["check", "corpus", "--baseline", "known.jsonl"], place)

    said = b"corpus/13/01370.txt:7  appeal/keep-the-valley  1.1  Help us keep the valley press reporting\n"
    assert (ran.code, ran.out) == (1, said)
    assert ran.errors.startswith(
        "cleaner: failed: 1 new finding in 1 of 2000 documents: none is allowed; the baseline accepts 200; "
    )
    assert contents(place) == before


@pytest.mark.slow
def test_check_diff_and_clean_find_the_same_in_the_whole_dev_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "in"
    rows = [json.loads(line) for line in shared("bench/dev/lines.jsonl").read_bytes().splitlines()]
    texts = {f"texts/{n:03}.txt": "\n\n".join(line["text"] for line in row["lines"]) for n, row in enumerate(rows)}
    pages = sorted(shared("bench/dev/pages").rglob("*.html.gz"))
    written(corpus, texts)
    written(corpus, {f"pages/{n:03}.html": gzip.decompress(path.read_bytes()) for n, path in enumerate(pages)})

    commands = (["check", ".", "-q"], ["diff", ".", "--format", "text"], ["clean", ".", "-o", "../out", "-q"])
    with ThreadPoolExecutor() as pool:
        checked, differing, cleaned = pool.map(lambda args: run([*args, "--isolated"], corpus), commands)

    found = listed(checked.out)
    assert len({name for name, *_ in found}) > len(texts) / 2
    assert found == in_text(differing.out) == in_record(tmp_path / "out" / ".cleaner" / "run.jsonl")
    assert (checked.code, checked.err) == (differing.code, differing.err)
    assert cleaned.code in (0, 3)
