"""Lines as they are counted: what two of them share, and what of them is kept."""

from __future__ import annotations

from cleaner.mine.line import Line, doc_of, flat_of, line_of, same_of

NOBODY = frozenset[str]()
PROSE = "Below the bridge the river runs through a new bed, which the town paid for with a loan over thirty years."


def test_lines_that_differ_in_what_varies_have_one_number() -> None:
    assert line_of("12 comments", NOBODY).shadow == line_of("7  Comments", NOBODY).shadow
    assert line_of("12 comments", NOBODY).shadow != line_of("12 readers", NOBODY).shadow


def test_the_text_of_a_long_line_is_not_kept() -> None:
    longest = " ".join(["word"] * 60)

    assert line_of(longest, NOBODY).text == longest
    assert line_of(f"{longest} more", NOBODY).text == ""


def test_prose_is_told_from_other_lines() -> None:
    assert line_of(PROSE, NOBODY).prose
    assert not line_of("12 comments", NOBODY).prose


def test_documents_of_the_same_prose_are_one_whatever_else_they_hold() -> None:
    prose, other, furniture = Line(1, True, ""), Line(2, True, ""), Line(3, False, "")

    assert same_of([prose, other, furniture], 7) == same_of([other, prose, other], 8)
    assert same_of([prose], 7) != same_of([other], 7)


def test_a_document_without_prose_is_like_no_other() -> None:
    assert same_of([Line(3, False, "")], 7) == 7


def test_numbers_fit_into_a_signed_column_and_names_may_hold_lone_surrogates() -> None:
    numbers = [doc_of(f"{count}.txt") for count in range(100)] + [doc_of("\udcff.txt")]

    assert all(0 <= number < 1 << 63 for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_nothing_that_is_left_would_end_a_field_or_a_row() -> None:
    assert flat_of("a\tb\nc\r\nd\0e  f\u2028g") == "a b c d e f g"
