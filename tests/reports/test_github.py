from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reports import Examined
from cleaner.reports.finding import brief
from cleaner.reports.github import MOST_LISTED, command
from tests.reports.support import FAILED, HOSTILE, NAMES, Command, examined, passage, read_github, report


def annotated(*items: Examined) -> list[Command]:
    commands, _ = read_github(report("github", items))
    return [each for each in commands if each.name in ("error", "warning", "notice")]


def many(rule: str, number: int, *, name: str = "") -> Examined:
    """A document with so many findings of a rule, the words being the rule and a number."""
    lines = [f"{rule} {index}\n" for index in range(number)]
    edges = [sum(map(len, lines[:index])) for index in range(number + 1)]
    return examined(name or f"{rule}.txt", "".join(lines), list(pairwise(edges)), rule=rule)


class TestAnnotations:
    def test_one_stands_at_the_passage_and_names_rule_and_words(self) -> None:
        [warning] = annotated(examined("in/a b.txt", "x\none\ntwo\n", [(2, 10)]))

        place = {"file": "in/a b.txt", "line": "2", "endLine": "3", "title": "ad/label"}
        assert warning == Command("warning", "of a test: “one two”", place)

    def test_known_ones_have_none(self) -> None:
        assert annotated(passage("x", known=True)) == []

    def test_what_could_not_be_cleaned_is_an_error(self) -> None:
        commands, _ = read_github(report("github", [], failures=[("a,b.txt", "is 100% binary\n::warning::")]))

        where = {"file": "a,b.txt", "title": "cannot be cleaned"}
        assert commands == [Command("error", "is 100% binary\\x0a::warning::", where)]

    def test_there_are_ten_and_each_rule_has_its_first_before_any_has_its_second(self) -> None:
        found = annotated(many("ad/label", 9), many("bio/x", 2), many("social/x", 1), many("credit/x", 5))

        counts = Counter(each.properties["title"] for each in found)
        assert counts == {"ad/label": 4, "credit/x": 3, "bio/x": 2, "social/x": 1}
        assert found[3].data.endswith("\n5 more passages by this rule, see the log")
        assert found[6].data.endswith("\n2 more passages by this rule, see the log")
        assert sum("more" in each.data for each in found) == 2

    def test_rules_without_any_are_counted(self) -> None:
        *warnings, notice = annotated(*(many(f"ad/x-{number}", 1 + (number == 11)) for number in range(12)))

        assert [each.name for each in warnings] == ["warning"] * 10
        assert warnings[0].properties["title"] == "ad/x-11"
        assert notice == Command("notice", "2 more rules found something, see the log", {"title": "cleaner"})

    def test_of_failures_there_are_ten_too(self) -> None:
        *errors, notice = read_github(report("github", [], failures=[(str(n), "is binary") for n in range(13)]))[0]

        assert [error.properties["file"] for error in errors] == [str(n) for n in range(10)]
        assert notice.data == "3 more documents could not be cleaned"


class TestLog:
    def test_everything_is_listed_by_rule_and_why_it_ended_so_comes_last(self) -> None:
        commands, lines = read_github(report("github", [many("ad/label", 2), passage("Sign up", rule="bio/x")]))

        groups = [each.data for each in commands if each.name == "group"]
        assert groups == ["ad/label: 2 passages", "bio/x: 1 passage"]
        assert lines == [
            "ad/label.txt:1  ad/label 0",
            "ad/label.txt:2  ad/label 1",
            "a.txt:3  Sign up",
            FAILED.reason,
            FAILED.command,
        ]
        assert sum(each.name == "endgroup" for each in commands) == 2

    def test_of_very_many_the_first_are_listed(self) -> None:
        _, lines = read_github(report("github", [many("ad/label", MOST_LISTED + 7)]))

        assert lines[MOST_LISTED] == "and 7 more; the report jsonl has them all"

    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    @pytest.mark.parametrize("name", NAMES)
    def test_no_text_and_no_name_is_a_command(self, words: str, name: str) -> None:
        commands, lines = read_github(report("github", [passage(words, name=name)]))

        assert [each.name for each in commands] == ["warning", "group", "endgroup"]
        assert commands[0].data == f"of a test: “{brief(words)}”"
        assert len(lines) == 3
        assert lines[0].endswith(f":3  {brief(words)}")

    @pytest.mark.parametrize("form", ["::{}::", "##[{}]"])
    def test_a_text_that_holds_the_word_of_another_report_switches_nothing_on(self, form: str) -> None:
        first = report("github", [passage("x")]).decode()
        token = first.partition("::stop-commands::")[2].partition("\n")[0]
        texts = [form.format(token), "##[error]no"]
        items = [passage(text, name=f"{number}.txt") for number, text in enumerate(texts)]

        commands, lines = read_github(report("github", items))

        assert [each.name for each in commands] == ["warning", "warning", "group", "endgroup"]
        assert [line.partition("  ")[2] for line in lines[:2]] == texts


@given(st.text(), st.text(min_size=1).filter(lambda text: text == text.strip()))
@settings(deadline=None)
def test_the_runner_reads_a_command_as_it_was_meant(message: str, value: str) -> None:
    [read], _ = read_github(command("warning", message, file=value, title="t").encode() + b"\n")

    assert read == Command("warning", message, {"file": value, "title": "t"})
