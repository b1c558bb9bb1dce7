from __future__ import annotations

import random
import resource
import sys

import pytest
import re2

from cleaner.rules.engine import WIDE_KEPT, check_pattern, compile_exact, compile_test, found_in
from cleaner.rules.fold import searchable
from cleaner.rules.pattern import PatternError
from tests.samples import pattern


class TestCompileExact:
    @pytest.mark.parametrize(
        ("source", "text", "exact_case", "matches"),
        [
            ("AP", "ap", False, True),
            ("AP", "ap", True, False),
            ("AP", "(AP)", True, True),
            ("straße", "STRAẞE", False, True),
            ("straße", "STRASSE", False, False),
            ("i", "İ", False, False),
            ("ı", "I", False, False),
            ("kelvin", "\u212aelvin", False, True),
        ],
    )
    def test_case_is_ignored_or_not(self, source: str, text: str, exact_case: bool, matches: bool) -> None:
        assert (compile_exact(pattern(source), exact_case).search(text.encode()) is not None) == matches

    def test_bytes_are_counted_and_the_start_may_be_given(self) -> None:
        compiled = compile_exact(pattern("x"), False, captures=True)
        first, second = compiled.search("éx漢x".encode()), compiled.search("éx漢x".encode(), 3)

        assert first is not None
        assert second is not None
        assert (first.span(1), second.span(1)) == ((2, 3), (6, 7))

    def test_a_later_start_is_no_start_of_the_line(self) -> None:
        compiled = compile_exact(pattern("^x"), False)

        assert compiled.search(b"xx", 0) is not None
        assert compiled.search(b"xx", 1) is None

    def test_without_captures_only_the_fact_is_asked(self) -> None:
        assert compile_exact(pattern("(a)(b)"), False).search(b"xab") is not None

    def test_a_pattern_is_compiled_once_for_each_way_of_asking(self) -> None:
        made = pattern("the valley letter")

        assert compile_exact(made, False) is compile_exact(pattern("the valley letter"), False)
        assert compile_exact(made, False) is not compile_exact(made, True)


class TestCompileTest:
    @pytest.mark.parametrize(
        ("source", "text", "exact_case"),
        [
            ("AP", "an ap", False),
            ("AP", "an ap", True),
            (r"^\d{1,2}\. \p{L}+$", "3. Mai", False),
            (r"\bÜber\b", "die Überkarte", False),
            (r"\bÜber\b", "die Über-Karte", False),
            ("(?P<cut>a)|b", "b", False),
            ("", "", False),
            (".{3,60}x", "y" * 70 + "x", False),
        ],
    )
    def test_it_answers_as_a_search_does(self, source: str, text: str, exact_case: bool) -> None:
        made = pattern(source)

        answer = compile_test(made, exact_case)(text.encode())

        assert bool(answer) == (compile_exact(made, exact_case).search(text.encode()) is not None)

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in another unit, or not at all")
    def test_a_long_line_that_keeps_its_automaton_growing_is_read_to_the_end(self) -> None:
        pick = random.Random(1)
        line = " ".join(pick.choice(("sub", "scribe", "x", "yy")) for _ in range(200_000)).encode()
        test = compile_test(pattern("sub.{0,60}scribe.{0,60}now"), False)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        assert not test(line)
        assert test(line + b" sub scribe now")
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10, "in kilobytes"

    def test_a_large_pattern_gets_the_memory_that_it_needs(self) -> None:
        large = pattern(r"^(?:\p{L}{2,60}[.:]? ){1,8}x$")

        assert compile_test(large, False)("Während der Woche: x".encode())
        assert not compile_test(large, False)("Während der Woche: y".encode())

    def test_one_that_needs_more_than_there_is_is_refused(self) -> None:
        with pytest.raises(re2.error):
            compile_test(pattern(r"\p{L}{900}" * 3), False)

    def test_those_asked_last_are_kept(self) -> None:
        some = [pattern(f"number {number} of the letter") for number in range(WIDE_KEPT + 5)]
        first = compile_test(some[0], False)
        assert compile_test(some[0], False) is first

        for one in some[1:]:
            compile_test(one, False)

        assert compile_test(some[0], False) is not first
        assert compile_test(some[0], False)(b"Number 0 of the letter")


class TestCheckPattern:
    def test_a_good_pattern_comes_back(self) -> None:
        made = pattern(r"\b(?:read|keep) on\b")

        assert check_pattern(made) is made

    def test_a_bad_one_is_refused_in_one_line_with_re2s_reason(self, capfd: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(PatternError, match=r"^RE2 refuses it \(invalid character class range: z-a\)$"):
            check_pattern(pattern("[z-a]"))

        assert capfd.readouterr() == ("", "")


def test_a_pattern_is_found_in_a_searchable_text() -> None:
    assert found_in(pattern("sign up"), searchable("ＳＩＧＮ　up"))
    assert not found_in(pattern("sign up"), searchable("Sign up"), exact_case=True)
    assert found_in(pattern("\\?x"), searchable("\udcffx"))
