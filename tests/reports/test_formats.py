"""All formats at once: each, read by its own reader, tells the same findings of the same documents."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from junitparser import Failure

from cleaner.cli.check import command
from cleaner.reports import FORMATS, Examined, Outcome, Run
from cleaner.reports.text import shown
from tests.reports.support import (
    HOSTILE,
    NAMES,
    RUN,
    examined,
    passage,
    path_of,
    read_csv,
    read_github,
    read_gitlab,
    read_jsonl,
    read_junit,
    read_sarif,
    report,
)
from tests.reports.support import loaded as read_json

Seen = list[tuple[str, int, int]]
"""Rule, first and last line of every finding."""


def from_json(items: Sequence[Examined]) -> Seen:
    documents = read_json(report("json", items))["documents"]
    return [(f["rule"], f["line"], f["end_line"]) for document in documents for f in document["findings"]]


def from_jsonl(items: Sequence[Examined]) -> Seen:
    return [(row["rule"], row["line"], row["end_line"]) for row in read_jsonl(report("jsonl", items))]


def from_csv(items: Sequence[Examined]) -> Seen:
    return [(row["rule"], int(row["line"]), int(row["end_line"])) for row in read_csv(report("csv", items))]


def from_gitlab(items: Sequence[Examined]) -> Seen:
    issues = read_gitlab(report("gitlab", items))
    lines = [issue["location"]["lines"] for issue in issues]
    return [(issue["check_name"], at["begin"], at["end"]) for issue, at in zip(issues, lines, strict=True)]


def from_sarif(items: Sequence[Examined]) -> Seen:
    results = read_sarif(report("sarif", items))["results"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in results]
    return [(result["ruleId"], at["startLine"], at["endLine"]) for result, at in zip(results, regions, strict=True)]


def from_junit(items: Sequence[Examined]) -> Seen:
    suites = read_junit(report("junit", items))
    failures = [outcome for name, cases in suites.items() if name != "cleaner" for c in cases for outcome in c.result]
    seen = []
    for failure in failures:
        lines = str(failure.message).split(": ")[-2].rpartition(":")[2]
        first, _, last = lines.partition("-")
        seen.append((str(failure.type), int(first), int(last or first)))
    return seen


def from_github(items: Sequence[Examined]) -> Seen:
    commands, _ = read_github(report("github", items))
    places = [(command.properties, command.name) for command in commands]
    return [(at["title"], int(at["line"]), int(at["endLine"])) for at, name in places if name == "warning"]


READERS = {
    "json": from_json,
    "jsonl": from_jsonl,
    "csv": from_csv,
    "gitlab": from_gitlab,
    "sarif": from_sarif,
    "junit": from_junit,
    "github": from_github,
}


BY_THEIR_OWN_TESTS = {"html", "patch", "text"}
"""What is for people, or holds no findings: its own module's tests look into it."""


def truth(items: Sequence[Examined]) -> Seen:
    return [(removal.rule, removal.line, removal.end_line) for item in items for removal in item.result.removals]


def documents() -> st.SearchStrategy[Examined]:
    """Texts of lines, hostile ones among them, some of which go; a document has at most three findings."""
    line = st.sampled_from([*HOSTILE.values(), "", "  ", "The dam opens in May."]) | st.text(max_size=20)
    lines = st.lists(st.tuples(line, st.sampled_from(["\n", "\r\n", "\r"])), min_size=1, max_size=8)

    @st.composite
    def document(draw: st.DrawFn) -> Examined:
        pieces = [words + end for words, end in draw(lines)]
        text = "".join(pieces)
        ends = [sum(map(len, pieces[: index + 1])) for index in range(len(pieces))]
        chosen = [index for index in range(len(pieces)) if pieces[index].strip() and draw(st.booleans())][:3]
        spans = [(ends[index] - len(pieces[index]), ends[index]) for index in chosen]
        return examined(
            draw(st.sampled_from(NAMES)), text, spans, rule=draw(st.sampled_from(["ad/label", "related/list"]))
        )

    return document()


class TestEveryFormat:
    @pytest.mark.parametrize("name", READERS)
    @given(items=st.lists(documents(), max_size=3, unique_by=lambda item: item.name))
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    def test_tells_the_same_findings(self, name: str, items: list[Examined]) -> None:
        assert sorted(READERS[name](items)) == sorted(truth(items))

    @pytest.mark.parametrize("name", READERS)
    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_is_read_whatever_the_articles_hold(self, name: str, words: str) -> None:
        items = [passage(words), passage("Sign up", name="b.txt")]

        assert READERS[name](items) == truth(items)

    @pytest.mark.parametrize("name", READERS)
    def test_is_read_whatever_the_names_are(self, name: str) -> None:
        items = [passage("Sign up", name=path) for path in NAMES[: 10 if name == "github" else None]]

        assert READERS[name](items) == truth(items)

    @pytest.mark.parametrize("name", READERS)
    def test_of_an_empty_run_is_read(self, name: str) -> None:
        assert READERS[name]([]) == []
        assert READERS[name]([examined("a.txt", "Nothing goes.\n", [])]) == []

    @pytest.mark.parametrize("name", READERS)
    def test_takes_a_line_of_ten_megabytes(self, name: str) -> None:
        text = "\x1b日" * 5_000_000 + " (Ad) " + "]]>::" * 1000
        place = text.index("(Ad)")
        items = [examined("a.txt", text, [(place, place + 4)]), passage(text, name="b.txt")]

        assert READERS[name](items) == truth(items)

    @pytest.mark.parametrize("name", READERS)
    def test_is_the_same_for_the_same_run(self, name: str) -> None:
        items = [passage(words, name=path) for words, path in zip(HOSTILE.values(), NAMES, strict=False)]

        assert report(name, items) == report(name, items)


NEW: dict[str, Callable[[bytes], list[str]]] = {
    "json": lambda data: [
        f["rule"] for each in read_json(data)["documents"] for f in each["findings"] if not f["known"]
    ],
    "jsonl": lambda data: [row["rule"] for row in read_jsonl(data) if not row["known"]],
    "csv": lambda data: [row["rule"] for row in read_csv(data) if row["known"] == "no"],
    "gitlab": lambda data: [issue["check_name"] for issue in read_gitlab(data) if issue["severity"] != "info"],
    "sarif": lambda data: [
        result["ruleId"] for result in read_sarif(data)["results"] if result["baselineState"] == "new"
    ],
    "junit": lambda data: [
        outcome.type
        for name, cases in read_junit(data).items()
        for case in cases
        for outcome in case.result
        if isinstance(outcome, Failure) and name != "cleaner"
    ],
    "github": lambda data: [each.properties["title"] for each in read_github(data)[0] if each.name == "warning"],
}
"""For each format, the rules of the findings that are new."""


@pytest.mark.parametrize("name", NEW)
def test_the_one_new_finding_among_many_known_ones_is_told_apart(name: str) -> None:
    run = replace(RUN, baseline=True)
    items = [passage("Sign up", name=f"{number}.txt", known=True) for number in range(200)]
    items.insert(77, passage("Help us", name="new.txt", rule="appeal/help"))

    assert NEW[name](report(name, items, run=run)) == ["appeal/help"]


class TestPaths:
    """What a format makes of the name of a file, so that a reader finds the file again."""

    @pytest.mark.parametrize("path", NAMES)
    def test_a_uri_has_every_byte_of_it(self, path: str) -> None:
        [result] = read_sarif(report("sarif", [passage("x", name=path)]))["results"]

        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert path_of(artifact) == path.encode("utf-8", "surrogateescape")

    @pytest.mark.parametrize("path", [path for path in NAMES if "\udce9" not in path])
    def test_json_and_gitlab_have_it_as_it_is(self, path: str) -> None:
        items = [passage("x", name=path)]

        assert read_json(report("json", items))["documents"][0]["path"] == path
        assert read_jsonl(report("jsonl", items))[0]["path"] == path
        assert read_gitlab(report("gitlab", items))[0]["location"]["path"] == path

    @pytest.mark.parametrize("path", [path for path in NAMES if path.isprintable()])
    def test_an_annotation_has_it_as_it_is(self, path: str) -> None:
        commands, _ = read_github(report("github", [passage("x", name=path)]))

        assert commands[0].properties["file"] == path

    @pytest.mark.parametrize("path", NAMES)
    def test_a_suite_has_it_with_control_characters_shown(self, path: str) -> None:
        assert shown(path) in read_junit(report("junit", [passage("x", name=path)]))


def test_every_format_has_a_reader_and_is_told_of_in_the_help() -> None:
    [option] = [each for each in command.params if each.name == "reports"]
    help_text = str(getattr(option, "help", ""))

    assert READERS.keys() | BY_THEIR_OWN_TESTS == FORMATS.keys()
    assert NEW.keys() == READERS.keys()
    assert [name for name in FORMATS if not re.search(rf"\b{name}\b", help_text)] == [], "cleaner/cli/reports.py"


def test_formats_are_sorted_and_imported_when_asked_for() -> None:
    modules = "print(*sorted(name for name in sys.modules if name.startswith('cleaner.reports')))"
    line = [sys.executable, "-c", f"import sys, cleaner.cli.carry; {modules}"]
    done = subprocess.run(line, capture_output=True, text=True, check=True)

    assert list(FORMATS) == sorted(FORMATS)
    assert done.stdout.split() == ["cleaner.reports", "cleaner.reports.view"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_a_run_that_knows_nothing_of_its_rules(name: str) -> None:
    item = passage("Sign up", rule="ad/unheard-of")

    assert isinstance(report(name, [item], run=Run(), outcome=Outcome(True, "")), bytes)
