"""Patterns for one byte a character: in texts that an alphabet has all of, they find what the patterns find."""

from __future__ import annotations

import re

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.rules.alphabet import ALPHABETS, LATIN, OTHER_LETTER, OTHER_MARK
from cleaner.rules.engine import compile_narrow_test, compile_test
from cleaner.rules.fold import searchable
from cleaner.rules.narrow import is_strange, narrow
from cleaner.rules.pattern import Pattern
from tests.samples import pattern, shipped_cleaner


def said(source: bytes) -> set[str]:
    """The characters of the first alphabet that a class of bytes stands for."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    compiled = re2.compile(source, options)
    return {char for byte, char in enumerate(ALPHABETS[LATIN]) if compiled.search(bytes((byte,)))}


@pytest.mark.parametrize(
    ("exact", "exact_case", "members"),
    [
        (r"[\-‐–—]", False, {"-", "–", "—", OTHER_MARK}),
        ("–", False, {"–"}),
        ("é", False, {"é", "É"}),
        ("é", True, {"é"}),
        ("İ", False, {"İ"}),
        (r"\p{Pi}", False, {"«", "“", "‘", OTHER_MARK}),
        (r"\p{Han}", False, {OTHER_LETTER, OTHER_MARK}),
        (r"\p{Zs}", True, {" ", "\xa0", "\u202f", OTHER_MARK}),
        (r"\p{Nd}", True, {*"0123456789", OTHER_LETTER}),
        ("[а-я]", False, {OTHER_LETTER}),
        ("[~-\uffff]", True, None),
        (r"\x{2014}", False, {"—"}),
        (r"\x{2009}", False, {OTHER_MARK}),
        ("\u212a", False, {"k", "K"}),
        ("[\u017f-\u0180]", False, {"s", "S", OTHER_LETTER}),
        (r"[]^\\\]]", False, {"]", "^", "\\"}),
        (r"[^\p{L}]", True, None),
    ],
)
def test_what_is_left_of_a_class(exact: str, exact_case: bool, members: set[str] | None) -> None:
    made = narrow(exact, LATIN, exact_case=exact_case)

    if members is None:
        assert {OTHER_MARK, OTHER_LETTER} <= said(made)
    else:
        assert said(made) == members


def test_what_is_in_no_class_stays() -> None:
    assert narrow(r"^abc\.(d|e){2,3}.+$", LATIN, exact_case=False) == rb"^abc\.(d|e){2,3}.+$"


def test_all_bytes_can_be_written() -> None:
    for char in set(ALPHABETS[LATIN]) - {OTHER_LETTER, OTHER_MARK}:
        code = rf"\x{{{ord(char):x}}}"
        for made in (code, f"[{code}]", f"[a{code}-{code}]"):
            assert said(narrow(made, LATIN, exact_case=True)) - {"a"} == {char} - {"a"}


def test_no_letter_that_an_alphabet_has_in_another_case_is_strange_to_it() -> None:
    """What RE2 takes for the same as a letter of an alphabet is either in it or in the list of those that go astray."""
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    for number, alphabet in enumerate(ALPHABETS):
        letters = re.escape("".join(char for char in alphabet if char.isalpha()))
        found = set("".join(re2.findall(f"(?i)[{letters}]+", every)))
        assert not [char for char in found if is_strange(char, number)]


@pytest.mark.parametrize(("exact", "expected"), [("漢[^é]", b"\x9b[^\xe9]"), (r"[^\x{80}]", rb"[\x00-\xff]")])
def test_classes_of_nothing_and_of_everything(exact: str, expected: bytes) -> None:
    made = narrow(exact, LATIN, exact_case=True)

    assert made == expected
    assert narrow("[\u0080]", 1, exact_case=True) == b"\x80"


PARTS = (
    "a", "Z", "k", " ", "'", '"', "-", r"\-", "–", "“", "„", "’", ".", r"\w", r"\W", r"\d", r"\s", r"\S", r"\p{L}",
    r"\p{Lu}", r"\P{Lu}", r"\p{P}", r"\P{P}", r"\p{Pi}", r"\p{Pd}", r"\p{Zs}", r"\p{Han}", "[^“]", '[^"]', "[!-/]",
    "[^!-/]", "[^'-]", r"[^\p{P}]", r"[^\p{Po}]", r"[\p{Ps}-z]", "[–—]", "[^–—a]", r"[\w'-]", r"[^\w.]", ":", "!",
    ",", "/", r"\(", r"\?", r"\|", "é", "Ğ", "ı", "[à-ÿ]", "д", "[а-я]", "[^а-яё]", "א", "ي", "漢", "✅", "[—-✅]",
    "\u212a", "[\u017fx]", "[^\u212a]", "[^\u017f-\u0180]", "\u0345", "ι", "ß", "\u1c80", "\u2126",
)  # fmt: skip
LETTERS = (
    "aZ kKs0.,;:!?'\"-/()[]|\t_~’“„—\u00a0éÉĞğıİßẞÿŸœŒ×дДяёЁіאשيم،漢字ア✅"
    "\u0301\u2009\u0345ιΙ\u1c80\u212a\u017f\u2126ω\ufdd0"
)


def same_is_found(made: Pattern, text: str, exact_case: bool) -> bool:
    """Whether a pattern is found in a text; what it finds there in one byte a character is asserted."""
    seen = searchable(text)
    found = bool(compile_test(made, exact_case)(seen.data))
    if seen.narrow is not None:
        narrow_found = bool(compile_narrow_test(made, exact_case, seen.alphabet)(seen.narrow))
        assert narrow_found == found if seen.whole else narrow_found >= found, (made.source, text)
    return found


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), st.text(LETTERS, max_size=8), st.booleans())
@example(["[^“]"], '"', False)
@example([r"\p{Pi}"], "“", True)
@example([r"[^\p{Po}]"], "“", False)
@example(["ι"], "\u0345x", False)
@example(["k"], "\u212aé", False)
def test_the_same_is_found_and_no_line_is_missed(parts: list[str], text: str, exact_case: bool) -> None:
    same_is_found(pattern("".join(parts)), text, exact_case)


@given(st.sampled_from(PARTS), st.characters(), st.booleans())
def test_any_character_is_seen_as_it_is_or_may_be_more(part: str, character: str, exact_case: bool) -> None:
    same_is_found(pattern(part), f"{character} in a line of text", exact_case)


@pytest.mark.slow
def test_the_same_is_found_in_the_examples_of_the_shipped_rules() -> None:
    asked = 0
    # Every pattern is compiled three ways, which takes minutes for all; every sixth rule has all kinds and languages.
    for rule in shipped_cleaner().rules.rules[::6]:
        lines = {line for one in rule.examples for line in one.text.split("\n") if line}
        for made in (*rule.any, *rule.all, *rule.none):
            asked += sum(same_is_found(made, line, rule.exact_case) for line in lines)
    assert asked > 80
