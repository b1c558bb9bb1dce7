from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reports.finding import brief, encodable, findings, visible
from cleaner.reports.place import Place
from cleaner.reports.view import Examined
from tests.reports.support import HOSTILE, examined, passage
from tests.support import ARTICLE, LETTER, ours


def prints(item: Examined) -> list[str]:
    return [finding.fingerprint for finding in findings(item)]


class TestFindings:
    def test_words_and_lines_are_those_of_the_removal(self) -> None:
        [finding] = findings(Examined("a.txt", ours().clean(ARTICLE), ARTICLE.encode()))

        assert (finding.path, finding.words, finding.lines) == ("a.txt", LETTER, "3")

    def test_several_lines_are_named_by_the_first_and_the_last(self) -> None:
        [finding] = findings(examined("a", "x\none\ntwo\n\ny", [(2, 11)]))

        assert finding.lines == "2-3"

    @pytest.mark.parametrize(("line", "there"), [(0, 1), (7, 7)])
    def test_of_a_row_the_line_in_its_file_is_known_or_the_first(self, line: int, there: int) -> None:
        item = replace(examined("a.csv:4", "x\none\n", [(2, 6)]), row=4, line=line)

        [finding] = findings(item)

        assert (finding.file, finding.in_file, finding.lines) == ("a.csv", Place(there, there), "2")

    def test_what_a_baseline_accepts_is_known(self) -> None:
        item = examined("a", "one\ntwo\nthree\n", [(0, 4), (4, 8), (8, 14)], known=[1])

        assert [finding.known for finding in findings(item)] == [False, True, False]


class TestFingerprint:
    def test_it_stays_when_lines_move_or_are_ended_or_wrapped_differently(self) -> None:
        here = prints(examined("a", "one two\n", [(0, 8)]))

        assert prints(examined("a", "more\n\n\none two\n\n", [(7, 16)])) == here
        assert prints(examined("a", "one\r\ntwo\r\n", [(0, 10)])) == here

    def test_it_tells_documents_rules_and_words_apart(self) -> None:
        items = [passage("x"), passage("y"), passage("x", name="b.txt"), passage("x", rule="ad/other")]

        assert len({fingerprint for item in items for fingerprint in prints(item)}) == 4

    def test_the_same_words_twice_are_two(self) -> None:
        first, second = prints(examined("a", "one\none\n", [(0, 4), (4, 8)]))

        assert first != second

    @pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
    def test_any_text_has_one(self, words: str) -> None:
        assert len(prints(passage(words))) == 1


class TestBrief:
    def test_it_is_one_line(self) -> None:
        assert brief(" one\r\n\n  two\tthree ") == "one two three"

    def test_what_is_long_is_cut(self) -> None:
        assert brief("x" * 200) == "x" * 200
        assert brief("x" * 201) == "x" * 199 + "…"
        assert brief("x" + " " * 1000 + "y") == "x…"

    @given(st.text(), st.integers(2, 50))
    @settings(deadline=None)
    def test_it_is_printable_and_never_longer(self, text: str, longest: int) -> None:
        line = brief(text, longest)

        assert len(line) <= longest
        assert all(char.isprintable() or char in "\u00a0\u3000\u2003" for char in line)


class TestVisible:
    def test_lines_stay_and_nothing_else_that_controls(self) -> None:
        assert visible("a\r\nb\rc\n\x1b[1m\u202e", 100) == "a\nb\nc\n\\x1b[1m\\u202e"

    def test_what_is_long_is_cut_also_where_escapes_make_it_so(self) -> None:
        assert visible("x" * 11, 10) == "x" * 9 + "…"
        assert visible("\x1b" * 4, 10) == "\\x1b\\x1b\\…"


def test_what_utf8_cannot_hold_is_written_out() -> None:
    assert encodable("caf\udce9 \ud800é") == "caf\\udce9 \\ud800é"
