"""Checks of whole corpora; what single flags do stands in `transcripts/check*.md`."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from junitparser import Failure

from cleaner.reports import FORMATS
from tests.reports.support import loaded, read_csv, read_github, read_gitlab, read_jsonl, read_junit, read_sarif
from tests.reports.test_formats import BY_THEIR_OWN_TESTS
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


NEW_LINE = "Help us keep the valley press reporting"


def new_in_json(data: bytes) -> list[str]:
    found = [finding for document in loaded(data)["documents"] for finding in document["findings"]]
    return [finding["text"].strip() for finding in found if not finding["known"]]


def new_in_sarif(data: bytes) -> list[str]:
    """The snippets of what is new; everything else is said to be unchanged."""
    log = read_sarif(data)
    states = Counter(result["baselineState"] for result in log["results"])
    assert states == {"new": 1, "unchanged": 200}
    new = [result for result in log["results"] if result["baselineState"] == "new"]
    return [result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"] for result in new]


def new_in_github(data: bytes) -> list[str]:
    commands, _ = read_github(data)
    return [re.sub(".*“(.*)”.*", r"\1", one.data) for one in commands if one.name == "warning"]


def new_in_gitlab(data: bytes) -> list[str]:
    new = [issue["description"] for issue in read_gitlab(data) if issue["severity"] == "minor"]
    return [re.sub(".*“(.*)”.*", r"\1", description) for description in new]


def new_in_junit(data: bytes) -> list[str]:
    """The texts of failed tests; that of the whole run fails, too."""
    failed = [result for cases in read_junit(data).values() for case in cases for result in case.result]
    texts = [str(result.text) for result in failed if isinstance(result, Failure) and result.type != "outcome"]
    return [text.strip() for text in texts]


NEW: dict[str, Callable[[bytes], list[str]]] = {
    "json": new_in_json,
    "jsonl": lambda data: [row["text"].strip() for row in read_jsonl(data) if not row["known"]],
    "csv": lambda data: [row["text"] for row in read_csv(data) if row["known"] == "no"],
    "github": new_in_github,
    "gitlab": new_in_gitlab,
    "junit": new_in_junit,
    "sarif": new_in_sarif,
}
"""For each format, how its readers tell what is new."""


def test_every_format_that_tells_what_is_new_is_asked() -> None:
    assert NEW.keys() == FORMATS.keys() - BY_THEIR_OWN_TESTS


@pytest.mark.slow
def test_one_new_line_in_two_thousand_documents_is_the_only_new_finding(place: Path) -> None:
    written(place / "corpus", many_articles(2000))
    accepted = run(["check", "corpus", "--baseline", "known.jsonl", "--update-baseline"], place)
    assert accepted.errors == ("cleaner: passed: baseline written: 200 accepted, 200 of them new, 0 stale dropped\n")
    unchanged = run(["check", "corpus", "--baseline", "known.jsonl"], place)
    assert (unchanged.code, unchanged.out) == (0, b"")

    with (place / "corpus" / "13" / "01370.txt").open("a", encoding="utf-8") as article:
        article.write("\nHelp us keep the valley press reporting\n")
    before = contents(place)
    ran = run(["check", "corpus", "--baseline", "known.jsonl"], place)
    reports = [part for name in NEW for part in ("--report", f"{name}=../reports/new.{name}")]
    assert run(["check", "corpus", "--baseline", "known.jsonl", "-q", *reports], place).code == 1

    for name, new in NEW.items():
        assert new((place.parent / "reports" / f"new.{name}").read_bytes()) == [NEW_LINE], name
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
