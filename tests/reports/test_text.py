from __future__ import annotations

import io
import textwrap
from textwrap import dedent

import pytest

from cleaner.model import Document, Evidence, Removal, Result
from cleaner.reports.text import TextReport, render, shown
from cleaner.reports.view import Examined
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, PAGE, RIVER, ours


def shown_for(text: str, selection: Selection = Selection()) -> list[str]:  # noqa: B008 - frozen
    return list(render("dam.txt", ours(selection).clean(text)))


def cut(text: str, part: str, *, line: int = 1) -> Result:
    """A result that removes `part` of one line."""
    start = text.index(part)
    end = start + len(part)
    removal = Removal("x", start, end, start, end, line, line, "ad/x", "ad", 1.0, (Evidence("ad/x", 1.0),), part)
    return Result(Document(text), (removal,))


class TestShown:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("plain “quotes” – 日本 \U0001f984", "plain “quotes” – 日本 \U0001f984"),
            ("no\u00a0break\u2003space", "no\u00a0break\u2003space"),
            ("\x1b[31mred\x07\x00", "\\x1b[31mred\\x07\\x00"),
            ("a\tb\r\nc", "a\\x09b\\x0d\\x0ac"),
            ("\u202eright to left\u200b\ufeff", "\\u202eright to left\\u200b\\ufeff"),
            ("\x85\u2028", "\\x85\\u2028"),
            ("\udce9\ud800", "\\udce9\\ud800"),
            ("\U000e0001", "\\U000e0001"),
            ("[bold]:smile:[/bold]", "[bold]:smile:[/bold]"),
        ],
    )
    def test_what_is_not_fit_for_a_terminal_becomes_visible_and_nothing_else(self, text: str, said: str) -> None:
        assert shown(text) == said


class TestRender:
    def test_a_page_is_named_by_the_lines_of_its_source(self) -> None:
        page = PAGE.replace("<p>", "\n\n<p>")
        line = page[: page.index(LETTER)].count("\n") + 1

        assert f"  {line}: newsletter/valley-letter" in "\n".join(render("a.html", ours().clean_html(page)))

    def test_every_removal_stands_in_its_place_with_its_sum(self) -> None:
        appeal = "Help us keep the valley press reporting"
        text = f"{DAM}\nThe mayor (North Wire) said no.\n\n{LETTER}\n\n{RIVER}\n\n{appeal}\n"

        assert "\n".join(shown_for(text)) == dedent(f"""\
            dam.txt
              2: credit/north-wire  1 = credit/north-wire 1
                The mayor [-(North Wire)-] said no.
              4: newsletter/valley-letter  1 = newsletter/valley-letter 1
                {DAM}
                The mayor (North Wire) said no.
                [-{LETTER}-]
                {RIVER}
                {appeal}
              8: appeal/keep-the-valley  1.1 = appeal/keep-the-valley 0.7 + signal/valley-tail 0.4
                {LETTER}
                {RIVER}
                [-{appeal}-]
            """)

    def test_what_speaks_against_is_subtracted(self) -> None:
        appeal = "Please help us to keep the valley papers reporting, and tell all of your friends about it today."

        [line] = [line for line in shown_for(f"{appeal}\n{DAM}\n", Selection(threshold=0.4)) if line.startswith("  1:")]

        assert line == "  1: appeal/keep-the-valley  0.4 = appeal/keep-the-valley 0.7 - signal/valley-prose 0.3"

    def test_of_a_hard_wrapped_paragraph_all_lines_are_shown(self) -> None:
        body = textwrap.fill(" ".join((DAM, RIVER) * 5), 72)
        letter = textwrap.fill(f"{LETTER}, which comes every Friday, and which nobody has ever regretted.", 72)

        report = shown_for(f"{body}\n\n{letter}\n")
        first = body.count("\n") + 3

        assert report[1].startswith(f"  {first}-{first + 1}: newsletter/valley-letter")
        assert report[4:6] == [f"    [-{line}-]" for line in letter.split("\n")]

    def test_nothing_is_said_of_a_document_that_stays_as_it_is(self) -> None:
        assert shown_for(DAM) == []

    def test_a_held_document_says_so(self) -> None:
        head = shown_for(ARTICLE, Selection(max_removed=0.01))[0]

        assert head == "dam.txt  (held: more than max_removed would go; nothing was removed)"

    def test_long_lines_are_shortened_around_the_words_that_go(self) -> None:
        [_, _, passage, _] = render("x", cut("a" * 99 + " (Ad) " + "b" * 99, "(Ad)"))

        assert passage == "    …" + "a" * 59 + " [-(Ad)-] " + "b" * 59 + "…"

    def test_long_lines_that_go_as_a_whole_are_shortened_too(self) -> None:
        [_, _, passage, _] = render("x", cut("a" * 5000, "a" * 5000))

        assert passage == "    [-" + "a" * 399 + "…-]"

    def test_lines_that_end_at_cr_are_lines(self) -> None:
        assert shown_for(ARTICLE.replace("\n", "\r")) == shown_for(ARTICLE)

    @pytest.mark.parametrize("name", ["\x1b]0;owned\x07.txt", "a\nb.txt", "caf\udce9.txt"])
    def test_neither_name_nor_text_reaches_the_terminal_raw(self, name: str) -> None:
        text = f"\x1b[2J{DAM}\n{LETTER} \x07\u202e\n\x9b31m{RIVER}\n"

        report = "\n".join(render(name, ours().clean(text)))

        assert "".join(char for char in report if not char.isprintable()).strip("\n") == ""
        assert "\\x1b[2J" in report

    def test_colour_marks_instead_of_brackets(self) -> None:
        coloured = list(render("dam.txt", ours().clean(ARTICLE), colour=True))

        assert f"    \x1b[31m{LETTER}\x1b[0m" in coloured
        assert f"    \x1b[2m{DAM}\x1b[0m" in coloured
        assert not any("[-" in line for line in coloured)


class TestTextReport:
    def test_documents_follow_one_another_in_utf8(self) -> None:
        handle = io.BytesIO()
        report = TextReport(handle)
        for name, text in {"a.txt": ARTICLE, "b.txt": DAM, "c.txt": f"„{DAM}“\n{LETTER} – now\n"}.items():
            report.add(Examined(name, ours().clean(text), text.encode()))
        report.add(Examined("p.html", ours().clean_html(PAGE), None))

        lines = handle.getvalue().decode("utf-8").split("\n")

        assert [line for line in lines if line and not line.startswith(" ")] == ["a.txt", "c.txt", "p.html"]
        assert f"    [-{LETTER} – now-]" in lines
