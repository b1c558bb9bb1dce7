from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.segment import BOM, Layout, is_hard_wrapped, split_lines

TEXTS = st.lists(
    st.sampled_from(("a", "b c", " ", "\t", "\n", "\r", "\r\n", "\x0c", "\x85", "\u2028", BOM, "é", "\x1c"))
).map("".join)
WRAPPED = [
    "The dam opens in May, the ministry said, after nine years of work,",
    "three changes of plan and a winter in which the river took away the",
    "scaffold twice. Below it the river runs through a new bed, which the",
    "town paid for with a loan over thirty years.",
    "",
    "A second paragraph begins here and goes on for a while, so that it",
    "fills the width as well, and the next line as well, and one more, so",
    "that nobody can take the text for a list of short lines or headings,",
    "which it is not.",
    "",
    "Short line",
]


class TestSplitLines:
    @pytest.mark.parametrize(
        ("text", "bodies"),
        [
            ("", []),
            ("a", ["a"]),
            ("a\n", ["a"]),
            ("a\nb", ["a", "b"]),
            ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]),
            ("\n", [""]),
            ("\r\n\r\n", ["", ""]),
            ("\n\r", ["", ""]),
            (" \n\t", [" ", "\t"]),
            (f"{BOM}a\nb", ["a", "b"]),
            (BOM, []),
            (f"{BOM}\n", [""]),
            (f"a\n{BOM}b", ["a", f"{BOM}b"]),
            ("a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g", ["a\x0bb\x0cc\x1cd\x85e\u2028f\u2029g"]),
        ],
    )
    def test_lines_end_at_lf_crlf_and_cr_only(self, text: str, bodies: list[str]) -> None:
        assert [text[line.start : line.end] for line in split_lines(text)] == bodies

    @given(TEXTS)
    def test_lines_tile_the_text_less_a_mark_at_its_start(self, text: str) -> None:
        lines = split_lines(text)

        edges = [text.startswith(BOM) * 1, *(line.next for line in lines)]
        assert [line.start for line in lines] == edges[:-1]
        assert edges[-1] == len(text)
        assert all(text[line.end : line.next] in ("\n", "\r\n", "\r", "") for line in lines)
        assert all(text[line.end : line.next] for line in lines[:-1])
        assert not any(set(text[line.start : line.end]) & {"\n", "\r"} for line in lines)
        assert all(line.blank == (not text[line.start : line.end].strip()) for line in lines)


class TestLayout:
    @given(TEXTS)
    def test_units_are_the_lines_that_are_not_blank_stripped(self, text: str) -> None:
        layout = Layout(text)

        assert [unit.text for unit in layout.units] == layout.texts
        assert layout.texts == [text[line.start : line.end].strip() for line in split_lines(text) if not line.blank]
        assert all(text[unit.start : unit.end] == unit.text for unit in layout.units)
        assert all(unit.first == unit.last for unit in layout.units)

    def test_a_hard_wrapped_text_is_taken_by_paragraphs(self) -> None:
        layout = Layout("\n".join(WRAPPED))

        assert [(unit.first, unit.last) for unit in layout.units] == [(0, 3), (5, 8), (10, 10)]
        assert layout.texts == [" ".join(WRAPPED[0:4]), " ".join(WRAPPED[5:9]), "Short line"]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_paragraphs_read_the_same_whatever_ends_their_lines(self, end: str) -> None:
        text = end.join(["  Indented, as the first line of a letter is, and wide enough for all", *WRAPPED])
        layout = Layout(text)

        assert layout.texts == Layout(text.replace(end, "\n")).texts
        for unit in layout.units:
            places = [unit.place(offset) for offset in range(len(unit.text) + 1)]
            assert (places[0], places[-1]) == (unit.start, unit.end)
            assert all(
                text[place] == char or (char == " " and text.startswith(end, place))
                for place, char in zip(places, unit.text, strict=False)
            )

    def test_a_line_that_ends_early_ends_its_paragraph(self) -> None:
        lines = [*WRAPPED[:3], "ends here.", *WRAPPED[5:8], "and here.", *WRAPPED[:3]]

        assert [(unit.first, unit.last) for unit in Layout("\n".join(lines)).units] == [(0, 3), (4, 7), (8, 10)]

    def test_line_ends_at_the_end_of_a_paragraph_are_no_part_of_its_unit(self) -> None:
        text = "\r\n".join(WRAPPED) + "\r\n\r\n"
        unit = Layout(text).units[-1]

        assert (unit.text, text[unit.start : unit.end], unit.pairs) == ("Short line", "Short line", ())


class TestIsHardWrapped:
    def wrapped(self, lines: list[str]) -> bool:
        text = "\n".join(lines)
        return is_hard_wrapped(text, split_lines(text))

    def test_a_text_that_was_broken_at_a_width(self) -> None:
        assert self.wrapped(WRAPPED)

    @pytest.mark.parametrize(
        "lines",
        [
            [],
            ["One line"],
            WRAPPED[:6],
            [line + "." for line in WRAPPED],
            [line[:45] for line in WRAPPED],
            [*WRAPPED, "x" * 101],
            ["A heading", "A link", "A caption", "Another link"] * 4,
            [part for line in WRAPPED for part in (line, "")],
            [WRAPPED[0], "x", "y", "z"] * 4,
        ],
    )
    def test_and_texts_that_were_not(self, lines: list[str]) -> None:
        assert not self.wrapped(lines)
