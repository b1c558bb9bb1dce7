from __future__ import annotations

import random
import resource
import sys

import pytest

from cleaner.rules.engine import PatternSet, check_pattern, compile_exact, compile_test
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


class TestCheckPattern:
    def test_a_good_pattern_comes_back(self) -> None:
        made = pattern(r"\b(?:read|keep) on\b")

        assert check_pattern(made) is made

    def test_a_bad_one_is_refused_in_one_line_with_re2s_reason(self, capfd: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(PatternError, match=r"^RE2 refuses it \(invalid character class range: z-a\)$"):
            check_pattern(pattern("[z-a]"))

        assert capfd.readouterr() == ("", "")


class TestPatternSet:
    def test_an_empty_set_names_nothing(self) -> None:
        assert not PatternSet([]).nominate(b"anything")

    def test_patterns_are_named_by_number(self) -> None:
        tried = PatternSet([(pattern("dam"), False), (pattern("AP"), True), (pattern(r"^\d+$"), False)])

        assert [tried.nominate(text) or [] for text in (b"The DAM (AP)", b"the cap", "٢٠".encode())] == [
            [0, 1],
            [],
            [2],
        ]

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            (".{10,20}x", "y" * 15 + "x"),
            (".{0,40}x", "x"),
            ("[ab]{10,}x", "ab" * 6 + "x"),
            (r"\){10,12}", ")" * 11),
            (r"\w{2,3}", "abc"),
            ("(?:ab){10,20}c", "ab" * 12 + "c"),
            ("a{,3}", "a{,3}"),
            (r"a\{10,20\}", "a{10,20}"),
        ],
    )
    def test_relaxed_counters_name_all_that_the_pattern_finds(self, source: str, text: str) -> None:
        made = check_pattern(pattern(source))

        assert compile_exact(made, False).search(text.encode()) is not None
        assert PatternSet([(made, False)]).nominate(text.encode()) == [0]

    def test_more_patterns_find_room_than_re2_has_room_for_by_default(self) -> None:
        tried = PatternSet([(pattern(rf"\bword{number} .{{0,60}}end\b"), False) for number in range(150)])

        assert tried.nominate(b"a word7 and then the end, word149 end") == [7, 149]
