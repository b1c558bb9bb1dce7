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
    if expected is None:
        # Plain quotes are of that class, the marks that are written with them are not.
        assert re2.compile(plain(exact)).search('"') and not re2.compile(plain(exact)).search(".")
    else:
        assert plain(exact) == expected


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
    if compile_test(made, exact_case)(seen.data):
        assert compile_plain_test(made, exact_case)(seen.plain)


def test_the_shipped_patterns_have_plain_forms_that_find_the_lines_of_their_examples() -> None:
    asked = 0
    for rule in shipped_cleaner().rules.rules:
        lines = [line for example in rule.examples for line in example.text.split("\n") if line]
        for line in lines:
            seen = searchable(line)
            for made in (*rule.any, *rule.all, *rule.none) if seen.plain is not None else ():
                if compile_test(made, rule.exact_case)(seen.data):
                    asked += 1
                    assert compile_plain_test(made, rule.exact_case)(seen.plain or b""), (made.source, line)
    assert asked > 500
