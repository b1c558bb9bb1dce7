"""Looser patterns: found wherever the pattern is, and in as few states as its lower limits ask for."""

from __future__ import annotations

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.rules.engine import compile_exact, compile_test
from cleaner.rules.loosen import loosened
from tests.samples import pattern


@pytest.mark.parametrize(
    ("source", "loose"),
    [
        (r"^.{8,200} (?:AP|dpa)$", r"^.{8,} (?:AP|dpa)$"),
        (r"[^.!?]{2,60}?x", r"[^.!?]{2,}?x"),
        (r"\p{L}{2,30}\x{e9}{0,16}", r"\p{L}{2,}\x{e9}{0,}"),
        (r"(?:a|b{1,99}){3,40}", r"(?:a|b{1,}){3,}"),
    ],
)
def test_large_limits_go(source: str, loose: str) -> None:
    assert loosened(source) == loose


@pytest.mark.parametrize(
    "source",
    [
        r"(?:\S+ ){0,5}app\b",  # says something, and costs little
        r"\d{4}",
        r"\d{20}",
        r"x{30,}",
        r"a\{1,60}",  # a brace itself
        r"[{1,60}]",  # characters of a class
        r"[^\]{1,60}]",
        r"[]{1,60}]",
        r"[\p{Lu}{1,60}]",
    ],
)
def test_all_else_stays_as_it_is(source: str) -> None:
    assert loosened(source) == source


_ATOMS = ("a", ".", "[ab]", r"[^a{2,30}]", r"\{", r"\w", "(?:ab|c)", "(?:a{0,17}b)")
_COUNTS = ("", "?", "{2}", "{0,3}", "{2,17}", "{0,16}?", "{3,20}", "{18,19}")


@settings(deadline=None)  # repetitions of repetitions take RE2 a while
@given(
    st.lists(st.tuples(st.sampled_from(_ATOMS), st.sampled_from(_COUNTS)), min_size=1, max_size=4),
    st.booleans(),
    st.text("abc{ ", max_size=40),
)
def test_what_is_found_is_found_by_the_looser_one_and_tests_are_exact(
    parts: list[tuple[str, str]], whole: bool, text: str
) -> None:
    source = "".join(atom + count for atom, count in parts)
    made = pattern(f"^{source}$" if whole else source)
    found = compile_exact(made, False).search(text.encode()) is not None

    assert bool(compile_test(made, False)(text.encode())) is found
    if found:
        assert re2.search(loosened(made.exact), text)
