"""Alphabets: what RE2 takes for the same letter is so in them, and what stands for others stands for all of them."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules.alphabet import ALPHABETS, OTHER_LETTER, OTHER_MARK, other, with_others, written_in

EVERYTHING = "".join(map(chr, (*range(0xD800), *range(0xE000, sys.maxunicode + 1))))
NUMBERS = range(len(ALPHABETS))


def same_letters(characters: str, among: str) -> set[str]:
    """Those `among` some characters that RE2 finds for one of the others where case is ignored."""
    listed = "".join(rf"\x{{{ord(char):x}}}" for char in characters)
    return set(re2.compile(f"(?i)[{listed}]").findall(among))


def known(number: int) -> str:
    return ALPHABETS[number].replace(OTHER_MARK, "").replace(OTHER_LETTER, "").replace("\ufffe", "")


@pytest.mark.parametrize("number", NUMBERS)
def test_each_byte_has_one_character(number: int) -> None:
    characters = known(number)

    assert len(ALPHABETS[number]) == 256
    assert len(set(characters)) == len(characters)
    assert all(ALPHABETS[number].index(char) == byte for byte, char in enumerate(map(chr, range(0x80))))


@pytest.mark.parametrize("number", NUMBERS)
def test_bytes_that_are_one_letter_in_latin_1_are_one_letter_here(number: int) -> None:
    for byte, char in enumerate(ALPHABETS[number]):
        # Of Latin-1 the fold is asked as RE2 asks it, of the code point that the byte is.
        twins = same_letters(chr(byte), "".join(map(chr, range(0x100)))) - {chr(byte)}
        for twin in map(ord, twins):
            there = ALPHABETS[number][twin]
            assert "\ufffe" in (char, there) or there in same_letters(char, there), (hex(byte), char, there)


@pytest.mark.parametrize("number", NUMBERS)
def test_what_has_its_other_case_in_an_alphabet_is_in_it_or_stands_for_nothing(number: int) -> None:
    for char in same_letters(known(number), EVERYTHING) - set(known(number)):
        assert with_others(char) is None or written_in(char) is not None


def test_the_cases_of_other_letters_are_of_one_kind() -> None:
    for char in EVERYTHING:
        cases = [one for one in {char.lower(), char.upper(), char.title()} if len(one) == 1]
        if len(cases) > 1 and with_others(char) is not None:
            assert len({other(one) for one in cases if with_others(one) and not written_in(one)}) <= 1, char


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", (b"plain", 0)),
        ("Žluťoučký kůň – “ano”", ("Žluťoučký kůň – “ano”", 0)),
        ("«Дача» № 5 – ґанок", ("«Дача» № 5 – ґанок", 1)),
        ("שלום, مرحبا؟", ("שלום, مرحبا؟", 2)),
        ("дача é", None),
        ("漢", None),
        ("\ud800", None),
        (OTHER_MARK, None),
        ("\ufffe", None),
    ],
)
def test_texts_are_written_in_the_first_alphabet_that_has_all_of_them(
    text: str, written: tuple[bytes | str, int] | None
) -> None:
    if written is not None and isinstance(written[0], str):
        written = bytes(ALPHABETS[written[1]].index(char) for char in text), written[1]

    assert written_in(text) == written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a✅é漢", f"a{OTHER_MARK}é{OTHER_LETTER}"),
        ("e\u0301 \u2009½", f"e{OTHER_MARK} {OTHER_MARK}{OTHER_LETTER}"),
        ("\ud800", "?"),
        (OTHER_MARK, None),
        ("\ufffe", None),
        ("\ue000", OTHER_MARK),
        ("ſ", None),
        ("\u212aelvin", None),
        ("ᲀ", None),
    ],
)
def test_others_are_stood_in_for(text: str, expected: str | None) -> None:
    made = with_others(text)

    assert (made and "".join(ALPHABETS[0][byte] for byte in made)) == expected


@given(st.text())
def test_each_character_has_one_byte(text: str) -> None:
    written, stood_in = written_in(text), with_others(text)

    if written is not None:
        assert "".join(ALPHABETS[written[1]][byte] for byte in written[0]) == text
    assert stood_in is None or len(stood_in) == len(text)


def test_capitals_follow_small_letters_in_one_stretch_where_that_can_be() -> None:
    codes = [ALPHABETS[0].index(char) for char in known(0) if char.isalpha() and not char.isascii()]

    assert all(after - before == 1 for before, after in pairwise(codes))
