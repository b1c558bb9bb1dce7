from __future__ import annotations

from textwrap import dedent

from cleaner.model import Document
from cleaner.reports.why import render
from cleaner.rules import Selection
from cleaner.text.explain import explain
from tests.support import ARTICLE, DAM, LETTER, RIVER, ours

APPEAL = "Help us keep the valley press reporting"


def why(text: str, line: int, selection: Selection = Selection(), *, held: bool = False) -> str:  # noqa: B008 - frozen
    cleaner = ours(selection)
    explanation = explain(cleaner.engine, Document(text), line)
    assert explanation is not None
    return "\n".join(render(explanation, cleaner.rules, held=held)) + "\n"


def test_a_line_that_no_rule_names() -> None:
    assert why(ARTICLE, 1) == dedent(f"""\
        {DAM}
          stands in the body; is brief, closed, prose, sentence
          stays: no rule names it
        """)


def test_a_line_that_goes_with_all_that_speaks_for_and_against_it() -> None:
    appeal = f"{APPEAL}, and tell all of your friends and neighbours about it today."

    assert why(f"{DAM}\n\n{appeal}\n", 3, Selection(threshold=0.8)) == dedent(f"""\
        {appeal}
          stands in the tail; is brief, closed, prose, sentence
          goes: 0.8 >= 0.8
            +0.70  appeal/keep-the-valley  Asks for support; needs company
            -0.30  signal/valley-prose  reads like running text
            +0.40  signal/valley-tail  stands after the last prose line
        """)


def test_a_line_that_stays_because_too_little_speaks_for_it() -> None:
    assert "  stays: 0.7 < 1\n    +0.70  appeal/keep-the-valley  " in why(f"{DAM}\n{APPEAL}\n{RIVER}\n", 2)


def test_a_line_that_another_rules_line_opened() -> None:
    said = why(f"{DAM}\nMore from the valley\nThe mill that would not close\n", 3)

    assert "    +1.00  related/more-from-the-valley#block  Heading of a list of other articles (opened by it)\n" in said


def test_a_line_that_the_configuration_keeps() -> None:
    said = why(ARTICLE, 3, Selection(keep=("^Sign up",)))

    assert "  stays: a keep pattern of the configuration matches it\n" in said


def test_a_near_miss_says_what_was_lacking() -> None:
    said = why(f"{DAM}\nWho will keep the valley papers reporting? she said.\n", 2)

    assert said.endswith(
        "  stays: no rule names it\n    near  appeal/keep-the-valley (0.7): none: '\\\\bshe said\\\\b' is found\n"
    )


def test_a_held_document_is_said() -> None:
    assert "  goes: 1 >= 1 (but the document is held)\n" in why(ARTICLE, 3, held=True)


def test_nothing_reaches_the_terminal_raw() -> None:
    said = why(f"{DAM}\n{LETTER} \x1b[2J\u202e\udcff\n", 2)

    assert said.startswith(f"{LETTER} \\x1b[2J\\u202e\\udcff\n")
