from __future__ import annotations

import pytest

from cleaner.rules import literal
from cleaner.rules.fold import WORD_EDGE
from cleaner.rules.literal import ANYTHING, EDGE, Needs, alternatives, fixed, one_of, opening, repeated, sequence

AB = one_of("ab")


def strings(*texts: str) -> frozenset[str]:
    return frozenset(texts)


class TestParts:
    def test_fixed_texts_are_known_as_they_are_folded(self) -> None:
        assert fixed("Straße\u00a0ＡＢ").whole == strings("straße ab")
        assert one_of("'’K\u212a٢ ").whole == strings("'", "k", "0", " ")

    def test_parts_in_a_row_are_known_together(self) -> None:
        assert sequence([fixed("read"), one_of(" "), AB]).whole == strings("read a", "read b")
        assert sequence([]).whole == strings("")

    @pytest.mark.parametrize(
        ("parts", "whole"),
        [
            ([fixed("a "), fixed(" b")], "a b"),
            ([EDGE, EDGE, fixed("a")], "\na"),
            ([fixed("a"), EDGE, EDGE], "a\n"),
            ([one_of(" "), one_of("\t"), one_of("\u3000")], " "),
            ([literal.WORD, fixed("a"), literal.WORD], f"{WORD_EDGE}a{WORD_EDGE}"),
            ([literal.WORD, one_of(" "), fixed("a"), one_of(" "), literal.WORD], " a "),
        ],
    )
    def test_a_folded_text_has_one_space_and_one_edge_where_a_pattern_asks_for_more(
        self, parts: list[Needs], whole: str
    ) -> None:
        assert sequence(parts).whole == strings(whole)

    def test_what_is_not_known_parts_what_is(self) -> None:
        needs = sequence([fixed("to read"), ANYTHING, fixed("subscribe now")])

        assert needs.whole is None
        assert needs.prefix == strings("to read")
        assert needs.suffix == strings("subscribe now")
        assert literal.strongest(needs) == strings("subscribe now")

    def test_alternatives_need_one_of_theirs(self) -> None:
        assert alternatives([fixed("one"), AB]).whole == strings("one", "a", "b")
        assert literal.strongest(alternatives([fixed("first part"), fixed("second part")])) == strings(
            "first part", "second part"
        )
        assert literal.strongest(alternatives([fixed("first part"), ANYTHING])) is None
        assert alternatives([AB]) is AB

    @pytest.mark.parametrize(
        ("low", "high", "expected"),
        [
            (0, 1, Needs(strings("", "a", "b"), strings("", "a", "b"), strings("", "a", "b"))),
            (1, 1, AB),
            (1, None, Needs(None, strings("a", "b"), strings("a", "b"), (strings("a", "b"),))),
            (1, 2, literal.exactly(strings("a", "b", "aa", "ab", "ba", "bb"))),
            (0, None, ANYTHING),
        ],
    )
    def test_a_counted_part(self, low: int, high: int | None, expected: Needs) -> None:
        assert repeated(AB, low, high) == expected

    def test_an_optional_part_that_may_be_empty_or_anything_tells_nothing(self) -> None:
        assert repeated(ANYTHING, 0, 1) == ANYTHING
        assert repeated(repeated(ANYTHING, 0, 1), 0, 1) == ANYTHING

    def test_sets_do_not_grow_without_end(self) -> None:
        many = sequence([one_of("abcdefghij")] * 30)

        assert many.whole is None
        assert len(many.prefix) <= 10_000
        assert all(len(some) <= 10_000 for some in many.held)


class TestOpening:
    @pytest.mark.parametrize(
        ("parts", "expected"),
        [
            ([EDGE, fixed("sources"), ANYTHING], {"sources"}),
            ([EDGE, one_of("(["), fixed("ap"), EDGE], {"ap\n"}),
            (
                [EDGE, repeated(one_of(" -"), 0, None), alternatives([fixed("a b"), fixed("c")]), ANYTHING],
                {"a b", "c"},
            ),
            ([EDGE, fixed("a"), literal.WORD], {"a"}),
            ([fixed("sources")], None),
            ([], None),
            ([EDGE, ANYTHING, fixed("sources")], None),
            ([EDGE, repeated(AB, 0, 1), ANYTHING], None),
            ([EDGE], None),
            ([EDGE, one_of("(["), literal.END], {"\n"}),
            ([EDGE, EDGE, fixed("a")], {"a"}),
            ([EDGE, EDGE], None),
            ([EDGE, EDGE, one_of("(")], None),
        ],
    )
    def test_what_a_line_has_to_begin_with(self, parts: list[Needs], expected: set[str] | None) -> None:
        assert opening(parts) == expected
