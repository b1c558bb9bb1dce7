from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
import re2

from cleaner.rules.alphabet import ALPHABETS, LATIN, OTHER_LETTER, OTHER_MARK
from cleaner.rules.fold import FULL_WIDTH, ODD, SPACES, bare, fold, fold_usual, searchable
from tests.samples import pattern

EVERYTHING = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]
CASED = [
    char
    for char in EVERYTHING
    if char.lower() != char or char.upper() != char or char.casefold() != char or unicodedata.category(char) == "Ll"
]


def found(source: str, text: str, *, exact_case: bool) -> Iterator[str]:
    options = re2.Options()
    options.case_sensitive = exact_case
    # Bytes, because offsets into a str of this size would take half a minute.
    return (match.group().decode() for match in re2.compile(source, options).finditer(text.encode()))


def test_whatever_re2_takes_for_the_same_letter_folds_to_the_same() -> None:
    text = "".join(CASED)

    differing = [
        (char, other)
        for char in CASED
        for other in found(char, text, exact_case=False)
        if fold(other) != fold(char) and fold(other) != fold(char.casefold())
    ]

    assert len(CASED) > 2000
    assert differing == []


def test_digits_of_every_script_fold_to_one() -> None:
    digits = set(found(r"\p{Nd}", "".join(EVERYTHING), exact_case=True))

    assert len(digits) >= 660
    assert {char for char in EVERYTHING if char.isdecimal()} <= digits
    assert {fold(digit) for digit in digits} == {"0"}


def test_every_space_that_a_pattern_takes_for_one_folds_to_one() -> None:
    spaces = set(found(pattern(" ").exact, "x".join(EVERYTHING), exact_case=True))

    assert spaces == {" ", *SPACES}
    assert {fold(f"a{space}b") for space in spaces} == {"a b"}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "straße"),
        ("STRAẞE", "straße"),
        ("ODYſſEY", "odyssey"),
        ("15 \u212a", "00 k"),
        ("İSTANBUL", "i̇stanbul"),
        ("Irmak ırmak", "irmak ırmak"),
        ("ΟΔΟΣ ΟΔΟΥ", "οδοσ οδου"),
        ("οδός", "οδόσ"),
        ("\u1c82\u1c81ин", "один"),
        ("ＡＢＣ　ｘ１２", "abc x00"),
        ("٢٠٢٤ २०२४", "0000 0000"),
        ("a \u00a0\t\u2009 b", "a b"),
        ("‘a’ „b“ «c» – d（e）：", '\'a\' "b" "c" - d(e):'),
        ("a\nb", "a\nb"),
        ("a\x0b\x85b", "a\x0b\x85b"),
        ("\ud800x", "\ud800x"),
        ("", ""),
    ],
)
def test_folded_texts(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_twice_is_folding_once() -> None:
    text = "".join(CASED) + "".join(map(chr, ODD))

    assert fold(fold(text)) == fold(text)


def test_odd_characters_are_those_that_lower_case_alone_does_not_fold() -> None:
    assert all(chr(code).lower() == chr(code) or code in FULL_WIDTH for code in ODD)
    plain = (char for char in EVERYTHING if ord(char.lower()[0]) not in ODD and char not in "123456789")
    assert all(fold(f"x{char}x") == f"x{char}x".lower() for char in plain)


def test_usual_marks_are_folded_in_the_whole_text_and_what_is_odd_is_left() -> None:
    text = "“It’s 9 – or 10,” SHE said\u00a0: ＡＢ٢"

    assert fold_usual(text).decode() == '"it\'s 0 - or 00," she said : ａｂ٢'
    assert fold_usual("no marks 12\n\ud800") == b"no marks 00\n?"


@pytest.mark.parametrize(
    ("text", "seen"),
    [("abc", "abc"), ("Ｆｏｏ１", "Foo1"), ("\ud800＊x", "?＊x"), ("ｶﾀｶﾅ", "ｶﾀｶﾅ"), ("\U0001f600", "\U0001f600")],
)
def test_searchable_texts_have_a_code_point_for_each(text: str, seen: str) -> None:
    assert searchable(text).data == seen.encode()
    assert len(searchable(text).data.decode()) == len(text)


@pytest.mark.parametrize(
    ("text", "narrow", "whole"),
    [
        ("plain", b"plain", True),
        ("“Ｃafé”", "“Café”", True),
        ("\u2009thin ✅", f"{OTHER_MARK}thin {OTHER_MARK}", False),
        ("Ｋ漢字 in a line of Latin", f"K{OTHER_LETTER * 2} in a line of Latin", False),
        ("\ud800", "?", False),
        ("漢字かな", OTHER_LETTER * 4, False),
        ("\u212aelvin", None, False),
    ],
)
def test_texts_have_one_byte_for_each_character_where_an_alphabet_allows_it(
    text: str, narrow: bytes | str | None, whole: bool
) -> None:
    if isinstance(narrow, str):
        narrow = bytes(map(ALPHABETS[LATIN].index, narrow))

    assert searchable(text)[1:] == (narrow, LATIN, whole)


def test_the_alphabet_is_told() -> None:
    assert (searchable("дача").alphabet, searchable("שלום").alphabet) == (1, 2)


@pytest.mark.parametrize(
    ("line", "left"),
    [("(ap)", "ap)"), ("– “_so", "so"), ("so (ap)", "so (ap)"), ("...", ""), ("", ""), ("…٢", "٢")],
)
def test_leading_punctuation_does_not_count(line: str, left: str) -> None:
    assert bare(line) == left
