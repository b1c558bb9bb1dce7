from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.model import Document, Dom, TextBlock
from cleaner.reports.place import Place, Places
from tests.reports.support import examined
from tests.support import ARTICLE, DAM, LETTER, PAGE, RIVER, ours


def place_of(text: str, part: str) -> Place:
    start = text.index(part)
    [removal] = examined("a", text, [(start, start + len(part))]).result.removals
    return Places(Document(text)).words(removal)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "part", "place"),
        [
            ("one\ntwo\n", "one", Place(1, 1, 1, 4)),
            ("one\ntwo", "two", Place(2, 2, 1, 4)),
            ("one\n\ntwo\n\nthree", "two\n\n", Place(3, 3, 1, 4)),
            ("one\n\ntwo\n", "\n\ntwo\n", Place(3, 3, 1, 4)),
            ("one (Ad) two", " (Ad)", Place(1, 1, 5, 9)),
            ("one\r\ntwo\r\nthree", "two\r\nthree", Place(2, 3, 1, 6)),
            ("one\rtwo\rthree", "two\r", Place(2, 2, 1, 4)),
            ("\ufeffone\ntwo", "one", Place(1, 1, 1, 4)),
            ("日本 \U0001f984 (Ad)", "(Ad)", Place(1, 1, 6, 10)),
            ("a\u2028b\x0cc (Ad)", "(Ad)", Place(1, 1, 7, 11)),
        ],
    )
    def test_lines_and_columns_are_those_that_an_editor_shows(self, text: str, part: str, place: Place) -> None:
        assert place_of(text, part) == place


class TestPages:
    PAGE = Document(
        "one\n\ntwo\n\nthree\n\nfour\n",
        blocks=(TextBlock(0, Dom(), 0), TextBlock(5, Dom(), 12), TextBlock(10, Dom(), 0), TextBlock(17, Dom(), 30)),
    )

    @pytest.mark.parametrize(
        ("start", "end", "place"),
        [(5, 10, Place(12, 12)), (5, 21, Place(12, 30)), (10, 17, Place(12, 12)), (17, 22, Place(30, 30))],
    )
    def test_lines_are_those_of_the_source_as_far_as_they_are_known(self, start: int, end: int, place: Place) -> None:
        assert Places(self.PAGE).span(start, end) == place

    def test_before_any_that_is_known_it_is_the_first(self) -> None:
        assert Places(self.PAGE).span(0, 3) == Place(1, 1)

    def test_they_lead_to_the_element_in_a_real_page(self) -> None:
        page = PAGE.replace("<p>", "\n\n<p>")
        result = ours().clean_html(page)
        [removal] = result.removals
        place = Places(result.document).words(removal)

        assert LETTER in page.split("\n")[place.first - 1]


class TestAt:
    PAGE = Document(
        "one\n\ntwo\nlines\n\nthree\n\nfour\n",
        blocks=(TextBlock(0, Dom(), 3), TextBlock(5, Dom(), 12), TextBlock(16, Dom(), 12), TextBlock(23, Dom(), 30)),
    )

    @pytest.mark.parametrize(
        ("line", "numbers", "near"),
        [(3, [1], [12]), (12, [3, 4, 6], [3, 30]), (30, [8], [12]), (1, [], [3]), (20, [], [12, 30]), (99, [], [30])],
    )
    def test_a_line_of_a_page_is_one_of_its_source(self, line: int, numbers: list[int], near: list[int]) -> None:
        assert (Places(self.PAGE).at(line), Places(self.PAGE).near(line)) == (numbers, near)
        assert all(Places(self.PAGE).of(number) == line for number in numbers)

    @pytest.mark.parametrize(("line", "numbers"), [(0, []), (1, [1]), (2, []), (3, [3]), (4, [])])
    def test_a_line_of_a_text_is_itself_unless_it_is_blank(self, line: int, numbers: list[int]) -> None:
        assert Places(Document("one\n \ntwo")).at(line) == numbers

    def test_every_place_of_a_removal_leads_back_to_its_line(self) -> None:
        for result in (ours().clean(ARTICLE), ours().clean_html(PAGE.replace("<p>", "\n<p>")), ours().clean_html(PAGE)):
            places = Places(result.document)
            assert result.removals
            for removal in result.removals:
                assert removal.line in places.at(places.words(removal).first)


class TestLine:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n\n", "\u2028\n"])
    @pytest.mark.parametrize("start", ["", "\ufeff", "\n \n"])
    def test_it_is_the_first_of_the_words(self, start: str, end: str) -> None:
        text = start + end.join([LETTER, RIVER, DAM, LETTER, f"The mill (North Wire) {DAM}", RIVER, LETTER, LETTER])
        for result in (ours().clean(text), ours().clean(f"{text}\n"), ours().clean_html(PAGE.replace("<p>", "\n<p>"))):
            places = Places(result.document)
            assert [places.line(each) for each in result.removals] == [
                places.words(each).first for each in result.removals
            ]
            assert result.removals


class TestSpan:
    def test_an_end_after_a_line_end_is_the_beginning_of_the_next_line(self) -> None:
        assert Places(Document("one\ntwo\n")).span(0, 4) == Place(1, 2, 1, 1)
        assert Places(Document("one\ntwo\n")).span(4, 8) == Place(2, 3, 1, 1)

    def test_a_byte_order_mark_stands_in_no_column(self) -> None:
        assert Places(Document("\ufeffone")).span(0, 4) == Place(1, 1, 1, 4)

    @given(st.text("a \n\r\u2028é\U0001f984", max_size=30), st.data())
    @settings(deadline=None)
    def test_a_place_leads_back_to_its_span(self, text: str, data: st.DataObject) -> None:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        place = Places(Document(text)).span(start, end)
        lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)

        def offset(line: int, column: int | None) -> int:
            assert column is not None
            return sum(map(len, lines[: line - 1])) + column - 1

        assert (offset(place.first, place.column), offset(place.last, place.end_column)) == (start, end)
