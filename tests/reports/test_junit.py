from __future__ import annotations

import pytest
from junitparser import Error, Failure, Skipped

from cleaner.reports.text import shown
from tests.reports.support import HOSTILE, PASSED, examined, passage, read_junit, report


def test_a_new_finding_is_a_test_that_fails() -> None:
    suites = read_junit(report("junit", [examined("in/a.b.txt", "x\none\ntwo\n", [(2, 10)])]))

    [case] = suites["in/a.b.txt"]
    [failure] = case.result
    assert (case.classname, case.name) == ("in/a_b_txt", "ad/label: one two")
    assert isinstance(failure, Failure)
    assert failure.message == "in/a.b.txt:2-3: of a test"
    assert (failure.type, failure.text) == ("ad/label", "one\ntwo")


def test_a_known_one_is_skipped_and_a_document_without_any_passes() -> None:
    suites = read_junit(report("junit", [passage("x", known=True), examined("b", "stays", [])]))

    [known], [passing] = suites["a.txt"], suites["b"]
    assert [type(result) for result in known.result] == [Skipped]
    assert passing.is_passed


def test_what_could_not_be_cleaned_is_an_error() -> None:
    [case] = read_junit(report("junit", [], failures=[("b\x1b.txt", "is binary \x00")]))["b\\x1b.txt"]

    [error] = case.result
    assert isinstance(error, Error)
    assert error.message == "is binary \\x00"


def test_the_last_suite_says_how_the_run_ended() -> None:
    [failed] = read_junit(report("junit", []))["cleaner"]
    [passed] = read_junit(report("junit", [], outcome=PASSED))["cleaner"]

    assert (failed.result[0].message, failed.result[0].text) == ("2 new passages, 0 allowed", "cleaner diff in")
    assert passed.is_passed
    assert passed.system_out == "nothing new"


def test_names_stay_when_lines_move_and_are_never_the_same() -> None:
    before = read_junit(report("junit", [examined("a", "one\none\n", [(0, 4), (4, 8)])]))["a"]
    after = read_junit(report("junit", [examined("a", "\n\none\none\n", [(2, 6), (6, 10)])]))["a"]

    assert [case.name for case in before] == ["ad/label: one", "ad/label: one (2)"]
    assert [case.name for case in after] == [case.name for case in before]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_texts_come_out_as_they_are_with_control_characters_shown(words: str) -> None:
    [case] = read_junit(report("junit", [passage(words)]))["a.txt"]

    assert case.result[0].text.startswith(shown(words.strip())[:3000])
