from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reports.finding import brief
from cleaner.reports.sarif import MOST_RESULTS
from cleaner.reports.view import Examined, Run
from tests.reports.support import HOSTILE, PASSED, RUN, examined, loaded, passage, path_of, read_sarif, real, report
from tests.support import ARTICLE, DAM, LETTER, PAGE, ours

BASELINE = replace(RUN, baseline=True)


def results(*items: Examined, run: Run = RUN) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_sarif(report("sarif", items, run=run))["results"]
    return found


def region_of(result: dict[str, Any]) -> dict[str, Any]:
    [location] = result["locations"]
    region: dict[str, Any] = location["physicalLocation"]["region"]
    return region


def within(text: str, region: dict[str, Any]) -> str:
    """What a viewer marks: lines end as the log says, columns are code points."""
    lines = [line + end for line, end in re.findall(r"([^\r\n]*)(\r\n|\r|\n|$)", text.removeprefix("\ufeff"))]
    start, end = (
        sum(map(len, lines[: region[f"{edge}Line"] - 1])) + region[f"{edge}Column"] - 1 for edge in ("start", "end")
    )
    return text.removeprefix("\ufeff")[start:end]


def read_message(text: str) -> str:
    """A message as a viewer shows it: no placeholder is filled and no link followed, escapes are taken off."""
    assert not re.search(r"(?<!\{)(?:\{\{)*\{\d", text)
    assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", text)
    text = text.replace("{{", "{").replace("}}", "}")
    return text.replace("\\[", "[").replace("\\]", "]") if "](" in text else text


class TestRun:
    def test_it_names_the_tool_and_the_rules_that_found_something(self) -> None:
        items = real({"a.txt": ARTICLE, "b.txt": DAM})
        run = read_sarif(report("sarif", items, run=replace(RUN, rules=ours().rules.rules), outcome=PASSED))

        driver = run["tool"]["driver"]
        assert (driver["name"], driver["version"]) == ("cleaner", "1.2.3")
        [rule] = driver["rules"]
        assert rule["id"] == "newsletter/valley-letter"
        assert rule["shortDescription"]["text"] == "Asks to sign up for the valley letter"
        assert "cleaner rules show newsletter/valley-letter" in rule["help"]["text"]
        assert run["columnKind"] == "unicodeCodePoints"
        assert run["properties"]["passed"] is True
        assert run["properties"]["totals"]["documents"] == 2

    def test_what_could_not_be_cleaned_is_a_notification_and_the_execution_no_success(self) -> None:
        run = read_sarif(report("sarif", [], failures=[("b c.txt", "is binary")]))

        [invocation] = run["invocations"]
        [notification] = invocation["toolExecutionNotifications"]
        [location] = notification["locations"]
        assert invocation["executionSuccessful"] is False
        assert notification["message"]["text"] == "is binary"
        assert path_of(location["physicalLocation"]["artifactLocation"]) == b"b c.txt"

    def test_findings_alone_leave_it_a_success(self) -> None:
        [invocation] = read_sarif(report("sarif", [passage("x")]))["invocations"]

        assert invocation == {"executionSuccessful": True, "toolExecutionNotifications": []}

    def test_more_than_readers_take_are_left_out_and_this_is_said_new_ones_first(self) -> None:
        lines = [(2 * number, 2 * number + 2) for number in range(MOST_RESULTS)]
        many = examined("known.txt", "x\n" * MOST_RESULTS, lines, known=range(MOST_RESULTS))
        log = loaded(report("sarif", [many, passage("Sign up", name="new.txt")], run=BASELINE))

        [run] = log["runs"]  # not held to the schema: so many results take the validator half a minute
        [note] = run["invocations"][0]["toolExecutionNotifications"]
        states = [result["baselineState"] for result in run["results"]]
        assert [(state, len(list(some))) for state, some in groupby(states)] == [("new", 1), ("unchanged", 4999)]
        assert note["message"]["text"] == "5,000 of 5,001 findings are in this log; the report jsonl has them all"
        assert run["properties"]["totals"]["findings"] == MOST_RESULTS + 1


class TestResults:
    def test_without_a_baseline_there_is_no_state(self) -> None:
        [result] = results(passage("x"))

        assert "baselineState" not in result

    def test_with_a_baseline_each_has_one(self) -> None:
        found = results(passage("x"), passage("x", name="b", known=True), run=BASELINE)

        assert [result["baselineState"] for result in found] == ["new", "unchanged"]

    def test_fingerprints_stay_when_lines_move(self) -> None:
        [before] = results(examined("a", "one\n", [(0, 4)]))
        [after] = results(examined("a", "\n\none\n", [(2, 6)]))

        assert before["partialFingerprints"] == after["partialFingerprints"]
        assert region_of(before) != region_of(after)

    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_a_message_is_shown_as_it_is(self, words: str) -> None:
        [result] = results(passage(words))

        assert read_message(result["message"]["text"]) == f"of a test: “{brief(words)}”"

    @pytest.mark.parametrize("words", [words for name, words in HOSTILE.items() if name not in ("surrogates", "long")])
    def test_the_region_holds_the_words(self, words: str) -> None:
        item = passage(words)
        [result] = results(item)

        region = region_of(result)
        assert within(item.result.document.text, region) == region["snippet"]["text"] == words.strip()

    def test_a_long_text_is_no_snippet(self) -> None:
        [result] = results(passage("x" * 4001))

        assert "snippet" not in region_of(result)

    def test_an_absolute_path_is_a_uri_of_its_own(self) -> None:
        [result] = results(passage("x", name="/data/a b.txt"))

        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": "file:///data/a%20b.txt"}

    def test_a_name_that_no_file_can_have_is_a_uri_too(self) -> None:
        [result] = results(passage("x", name="a\ud800"))

        assert path_of(result["locations"][0]["physicalLocation"]["artifactLocation"]) == b"a\\ud800"


class TestFixes:
    @staticmethod
    def regions(*items: Examined) -> list[dict[str, Any]]:
        found = []
        for result in results(*items):
            [fix] = result["fixes"]
            [change] = fix["artifactChanges"]
            [replacement] = change["replacements"]
            found.append(replacement["deletedRegion"])
        return found

    @pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_carried_out_they_clean_the_document(self, ends: str, mark: str) -> None:
        text = mark + f"Die Größe (North Wire): {ARTICLE}\n{LETTER}\n".replace("\n", ends)
        [item] = real({"a.txt": text})
        data = text.encode()

        for region in reversed(self.regions(item)):
            start = region["byteOffset"]
            gone = data[start : start + region["byteLength"]]
            assert within(text, region).encode() == gone
            data = data[:start] + data[start + region["byteLength"] :]

        assert len(item.result.removals) == 3
        assert data == item.result.data

    def test_a_page_has_none_for_its_text_is_not_its_source(self) -> None:
        [result] = results(Examined("p.html", ours().clean_html(PAGE.replace("<p>", "\n<p>")), None))

        assert "fixes" not in result
        assert region_of(result) == {"startLine": 3, "endLine": 3}


@given(st.text("{}[]()\\01a ", max_size=12))
@settings(deadline=None)
def test_no_message_has_placeholders_or_links(words: str) -> None:
    if words.strip():
        [result] = results(passage(words))

        assert read_message(result["message"]["text"]) == f"of a test: “{brief(words)}”"
