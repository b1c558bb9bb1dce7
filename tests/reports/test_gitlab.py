from __future__ import annotations

from tests.reports.support import examined, passage, read_gitlab, report


def test_an_issue_says_rule_words_and_lines() -> None:
    [issue] = read_gitlab(report("gitlab", [examined("in/a b.txt", "x\none\ntwo\n", [(2, 10)])]))

    assert issue["description"] == "of a test: “one two”"
    assert issue["check_name"] == "ad/label"
    assert issue["severity"] == "minor"
    assert issue["location"] == {"path": "in/a b.txt", "lines": {"begin": 2, "end": 3}}


def test_known_ones_and_failures_differ_in_severity() -> None:
    issues = read_gitlab(report("gitlab", [passage("x", known=True)], failures=[("b.txt", "is\x1b binary")]))

    assert [(issue["severity"], issue["check_name"]) for issue in issues] == [
        ("info", "ad/label"),
        ("major", "unreadable"),
    ]
    assert issues[1]["description"] == "is\\x1b binary"


def test_fingerprints_stay_when_lines_move_and_are_never_the_same() -> None:
    before = read_gitlab(report("gitlab", [examined("a", "one\none\ntwo\n", [(0, 4), (4, 8), (8, 12)])]))
    after = read_gitlab(report("gitlab", [examined("a", "\n\none\none\nmore\ntwo\n", [(2, 6), (6, 10), (15, 19)])]))

    assert [issue["fingerprint"] for issue in before] == [issue["fingerprint"] for issue in after]
    assert [issue["location"] for issue in before] != [issue["location"] for issue in after]
