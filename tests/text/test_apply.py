"""Lines beginning with `ad` go, words in ⟦brackets⟧ go; what white space goes with them is the question."""

from __future__ import annotations

import pytest

from cleaner.model import Evidence
from cleaner.text.apply import spans
from cleaner.text.decide import Decision, Verdict
from cleaner.text.segment import Layout
from tests.samples import decided, rule, ruleset

AD = rule("ad/x", "^ad")
WORDS = rule("credit/x", "⟦[^⟧]*⟧", scope="text")
MORE_WORDS = rule("credit/y", "⟦b", scope="text", weight=1.5)
RULES = ruleset(AD, WORDS, MORE_WORDS)


def left(text: str) -> str:
    """What one pass leaves."""
    layout = Layout(text)
    found = spans(layout, decided(RULES, layout.texts))
    edges = [0, *(edge for span in found for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges), "in ascending order and without overlap"
    return "".join(text[edges[i] : edges[i + 1]] for i in range(0, len(edges), 2))


LINES = [
    ("", ""),
    ("a", "a"),
    ("ad", ""),
    ("ad\n", ""),
    ("a\nad\nb\n", "a\nb\n"),
    ("a\n\nad\n\nb\n", "a\n\nb\n"),
    ("a\n\n\nad\n\n\nb\n", "a\n\n\nb\n"),
    ("a\n\nad\nb\n", "a\n\nb\n"),
    ("a\nad\n\nb\n", "a\n\nb\n"),
    ("a\nad 1\n\nad 2\nb\n", "a\n\nb\n"),
    ("a\nad 1\n\nad 2\n\nb\n", "a\n\nb\n"),
    ("a\nad 1\nad 2\nb\n", "a\nb\n"),
    ("ad\n\na\n", "a\n"),
    ("\n\nad\n\na\n", "\n\na\n"),
    ("a\n\nad", "a\n"),
    ("a\n\nad\n\n", "a\n"),
    ("a\nad", "a\n"),
    ("a\n\n\nad\n\nad 2\n\n", "a\n"),
    ("\nad\n", "\n"),
    ("a\r\n\r\nad\r\n\r\nb", "a\r\n\r\nb"),
    ("a\rad\rb\r", "a\rb\r"),
    ("a\n \t\nad\n\x0c\nb", "a\n \t\nb"),
    ("  ad  \n  a\n", "  a\n"),
    ("\ufeffad\na\n", "\ufeffa\n"),
    ("\ufeffad", "\ufeff"),
    ("a\nad\n \nad\nb", "a\n \nb"),
    ("a\n\nb\n\nad\n\nc\nad\nd", "a\n\nb\n\nc\nd"),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
def test_lines_go_with_the_blank_lines_after_them(text: str, expected: str) -> None:
    assert left(text) == expected


WITHIN = [
    ("It opens ⟦AP⟧", "It opens"),
    ("⟦AP⟧ It opens", "It opens"),
    ("⟦AP⟧\u00a0 It opens", "It opens"),
    ("It ⟦AP⟧ opens", "It opens"),
    ("It ⟦AP⟧opens", "It opens"),
    ("It⟦AP⟧ opens", "It opens"),
    ("It⟦AP⟧opens", "Itopens"),
    ("It opens ⟦AP⟧.", "It opens."),
    ("It opens (so ⟦AP⟧) now", "It opens (so) now"),
    ("It opens, ⟦AP⟧, now", "It opens,, now"),
    ("It ⟦AP⟧ ⟦AFP⟧ opens", "It opens"),
    ("It ⟦AP⟧⟦AFP⟧ opens", "It opens"),
    ("⟦AP⟧ ⟦AFP⟧ It opens", "It opens"),
    ("It opens ⟦AP⟧ ⟦AFP⟧", "It opens"),
    ("  It opens ⟦AP⟧  \nb", "  It opens  \nb"),
    ("a\n⟦AP⟧\nb", "a\nb"),
    ("a\n– ⟦AP⟧ –\nb", "a\nb"),
    ("a\n⟦AP⟧ ⟦AFP⟧.\n\nb", "a\n\nb"),
    ("a\n\n⟦AP⟧", "a\n"),
    ("ad ⟦AP⟧\nb ⟦AP⟧", "b"),
    ("It opens ⟦bold⟧ now", "It opens now"),
    ("漢字⟦共同⟧漢字", "漢字漢字"),
]


@pytest.mark.parametrize(("text", "expected"), WITHIN)
def test_words_go_with_the_space_that_would_be_double(text: str, expected: str) -> None:
    assert left(text) == expected


def test_a_line_of_which_no_word_would_be_left_goes_as_a_whole() -> None:
    layout = Layout("a\n(⟦AP⟧ ⟦b)\n\nb\n")

    [span] = spans(layout, decided(RULES, layout.texts))

    assert (span.start, span.end, span.core, span.core_end) == (2, 12, 2, 11)
    assert (span.rule.id, span.score) == ("credit/y", 1.5)
    assert span.evidence == (Evidence("credit/x", 1.0), Evidence("credit/y", 1.5))


def test_a_span_knows_its_words_its_rule_and_its_evidence() -> None:
    layout = Layout("a\n\n ad one \n\nb ⟦AP⟧ c\n")

    whole, words = spans(layout, decided(RULES, layout.texts))

    assert layout.text[whole.start : whole.end] == " ad one \n\n"
    assert layout.text[whole.core : whole.core_end] == "ad one"
    assert (whole.rule, whole.score, whole.evidence) == (AD, 1.0, (Evidence("ad/x", 1.0),))
    assert layout.text[words.start : words.end] == " ⟦AP⟧"
    assert layout.text[words.core : words.core_end] == "⟦AP⟧"
    assert (words.rule, words.evidence) == (WORDS, (Evidence("credit/x", 1.0),))


def test_verdicts_that_remove_nothing_leave_no_span() -> None:
    kept = Verdict(0, 0.5, AD, (), removed=False)

    assert spans(Layout("a\nb"), Decision({0: kept})) == []
    assert spans(Layout("a\nb"), Decision()) == []


WRAPPED = [
    "The dam opens in May, the ministry said, after nine years of work,",
    "three changes of plan and a winter in which the river took away ⟦the",
    "agency⟧ scaffold twice. Below it the river runs through a bed, which",
    "the town paid for with a loan over thirty years of good work,",
    "and then it ⟦AP⟧ was filled with water from the mountains, and then ⟦AP⟧",
    "the town had a feast that lasted for all of two days and nights,",
    "ad of the town and its dam and all of its people, who live there,",
    "and that is the end.",
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_words_in_hard_wrapped_paragraphs_are_found_where_they_are(end: str) -> None:
    text = end.join(WRAPPED)
    expected = end.join(WRAPPED).replace(f" ⟦the{end}agency⟧", "").replace(" ⟦AP⟧", "")

    assert len(Layout(text).units) == 1
    assert left(text) == expected
