"""Plain forms of patterns: they are found in the plain form of whatever line their patterns are found in."""

from __future__ import annotations

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.rules.engine import compile_plain_test, compile_test
from cleaner.rules.fold import USUAL, searchable
from cleaner.rules.plain import plain
from tests.samples import pattern, shipped_cleaner


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        ("abc.+$", "abc.+$"),
        (r"\p{L}", r"[\x41-\x5a\x61-\x7a]"),
        (r"[^\p{L}\p{N}_]", r"[^\x30-\x39\x41-\x5a\x5f-\x5f\x61-\x7a]"),
        (r"[\-‐–—]", r"[\x2d-\x2d]"),
        (r"[^\-‐–—]", r"[^\x2d-\x2d]"),
        ("–", r"[\x2d-\x2d]"),
        ("[^–]", r"[\x00-\xff]"),
        (r"\p{Han}", r"[^\x00-\xff]"),
        (r"[а-я]\.", r"[^\x00-\xff]\."),
        ("é", r"[^\x00-\xff]"),
        (r"\p{Pi}", r"[\x22-\x22\x27-\x27]"),
        (r"[^\p{Po}]", None),
        (r"\x{2014}", r"[\x2d-\x2d]"),
        ("\u212a", r"[\x6b-\x6b]"),
        ("[\u017f-\u0180]", r"[\x73-\x73]"),
        (r"[]^\\\]]", r"[\x5c-\x5e]"),
    ],
)
def test_what_is_left_of_a_pattern(exact: str, expected: str | None) -> None:
    made = plain(exact, exact_case=False, marks=True)
    if expected is None:
        # Plain quotes are of that class, the marks that are written with them are not.
        assert re2.compile(made).search('"') and not re2.compile(made).search(".")
    else:
        assert made == expected


def test_marks_and_other_letters_stand_for_nothing_in_an_ascii_line() -> None:
    assert plain("[–x]–", exact_case=True, marks=False) == r"[\x78-\x78][^\x00-\xff]"
    assert plain(r"[^\p{Po}]", exact_case=True, marks=False) != plain(r"[^\p{Po}]", exact_case=True, marks=True)
    assert plain("\u212a", exact_case=False, marks=False) == r"[\x6b-\x6b]"
    assert plain("\u212a", exact_case=True, marks=False) == r"[^\x00-\xff]"


ALPHABET = "aZ k0.,;:!?'\"-/()[]|\t_~" + "".join(USUAL)
PARTS = (
    "a", "Z", " ", "'", '"', "-", r"\-", "–", "“", "„", "’", ".", r"\w", r"\W", r"\d", r"\s", r"\S", r"\p{L}",
    r"\p{Lu}", r"\p{P}", r"\P{P}", r"\p{Pi}", r"\p{Pd}", r"\p{Zs}", "[^“]", "[^\"]", "[!-/]", "[^!-/]",
    "[^'-]", r"[^\p{P}]",
    r"[^\p{Po}]", r"[^\p{Ps}x]", "[–—]", "[^–—a]", r"[\w'-]", r"[^\w.]", ":", "!", ",", "/", r"\(", r"\?", r"\|",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=4),
    st.text(ALPHABET, max_size=8),
    st.booleans(),
)
@example(["[^“]"], '"', False)
@example([r"\p{Pi}"], "“", True)
@example([r"[^\p{Po}]"], "“", False)
def test_no_line_is_missed(parts: list[str], text: str, exact_case: bool) -> None:
    made, seen = pattern("".join(parts)), searchable(text)

    assert seen.plain is not None
    found = bool(compile_test(made, exact_case)(seen.data))
    if found:
        assert compile_plain_test(made, exact_case, True)(seen.plain)
    if seen.is_ascii:
        assert bool(compile_plain_test(made, exact_case, False)(seen.data)) == found


@given(
    st.lists(st.sampled_from((*PARTS, "\u212a", "[\u017fx]", "[^\u212a]", "[^\u017f-\u0180]")), min_size=1, max_size=4),
    st.text("".join(map(chr, range(0x20, 0x7F))), max_size=8),
    st.booleans(),
)
def test_in_ascii_lines_the_same_is_found(parts: list[str], text: str, exact_case: bool) -> None:
    made, seen = pattern("".join(parts)), searchable(text)

    found = bool(compile_test(made, exact_case)(seen.data))
    assert bool(compile_plain_test(made, exact_case, False)(seen.data)) == found


def test_the_shipped_patterns_have_plain_forms_that_find_the_lines_of_their_examples() -> None:
    asked = 0
    for rule in shipped_cleaner().rules.rules:
        lines = [line for example in rule.examples for line in example.text.split("\n") if line]
        for line in lines:
            seen = searchable(line)
            for made in (*rule.any, *rule.all, *rule.none) if seen.plain is not None else ():
                found = bool(compile_test(made, rule.exact_case)(seen.data))
                asked += found
                plain_found = compile_plain_test(made, rule.exact_case, not seen.is_ascii)(seen.plain or b"")
                assert plain_found if found else not (plain_found and seen.is_ascii), (made.source, line)
    assert asked > 500
