from __future__ import annotations

import pytest

from cleaner.text.shape import count_words, is_closed, is_prose, shape

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def line(words: int, end: str = "") -> str:
    return " ".join(WORDS[i % 12] for i in range(words)) + end


class TestIsClosed:
    @pytest.mark.parametrize(
        "text",
        [
            *("So.", "So!", "So?", "So…", "それで。", "よい！", "はい？", "So۔", "ऐसा।", "So॥", "كذلك؟", "ok．"),
            *('"So."', "“So.”", "(So.)", "«So.»", "「そう。」", "So.’”", "So!)]", "『そう。』", "So.»"),
        ],
    )
    def test_a_sentence_that_ends(self, text: str) -> None:
        assert is_closed(text)

    @pytest.mark.parametrize(
        "text", ["", "So", "So:", "So,", "So;", "So –", '"So"', "(so)", "”", '"""', "So . x", "5.0"]
    )
    def test_what_does_not_end_like_one(self, text: str) -> None:
        assert not is_closed(text)


class TestCountWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", 1),
            ("one", 1),
            ("one two three", 3),
            ("naïve façade", 2),
            ("Donaudampfschifffahrtsgesellschaft", 1),
            ("ÜberÜberÜberÜber", 1),
            ("日本語の新聞", 1),
            ("日本語の新聞記事", 5),
            ("写真 共同", 2),
            ("這是一個很長的中文句子沒有空格", 8),
            ("ข่าววันนี้ทั้งหมด", 9),
            ("한국어는 띄어쓰기를 합니다", 3),
        ],
    )
    def test_words_between_spaces_and_two_characters_where_there_are_none(self, text: str, words: int) -> None:
        assert count_words(text) == words


class TestIsProse:
    @pytest.mark.parametrize(
        ("text", "prose"),
        [
            (line(11, "."), False),
            (line(12, "."), True),
            (line(12), False),
            (line(12, ":"), False),
            (line(12, ".”"), True),
            (line(29), False),
            (line(30), True),
            ("日" * 21 + "。", False),
            ("日" * 22 + "。", True),
            ("日" * 58, True),
            ("日" * 40, False),
        ],
    )
    def test_twelve_words_and_an_end_or_thirty(self, text: str, prose: bool) -> None:
        assert is_prose(text) == prose
        assert ("prose" in shape(text)) == prose


BOUNDS = [
    ("one-word", 1, 2),
    ("short", 8, 9),
    ("brief", 20, 21),
]
SIGNS = [
    ("closed", ["So."], ["So"]),
    ("unclosed", ["So", "So:"], ["So."]),
    ("sentence", [line(6, ".")], [line(5, "."), line(6)]),
    ("colon", ["More:", "続き：", 'So:"'], ["More", "a: b"]),
    ("question", ["Why?", "なぜ？", "لماذا؟", 'Why?"'], ["Why", "Why? So."]),
    ("bullet", ["- so", "• so", "* so", "– so", "» so", "✓ so"], ["-so", "so - so", "so"]),
    ("lower-start", ["so it is", "über", "ß"], ["So", "1 so", "„so“", "日本"]),
    (
        "all-caps",
        ["FOLLOW US", "ÜBER UNS", "НОВОСТИ", "TOP NEWS 10!"],
        ["FOLLOW us", "USA", "1234", "日本語新聞", "A.B.C"],
    ),
    (
        "title-case",
        ["More From The Valley Times", "Watch Video Here Again"],
        ["More from the valley times", "Valley Times"],
    ),
    (
        "quotation",
        ['He said "it is so far"', "“So it is now”", "— “So it is", "«So", 'it is so,"', "so it was”", "「そう」"],
        ['the "so far" line', "so it was", 'a 5" pipe and a 6" pipe', "don't say so"],
    ),
]


@pytest.mark.parametrize(("feature", "most", "more"), BOUNDS)
def test_features_up_to_a_number_of_words(feature: str, most: int, more: int) -> None:
    assert feature in shape(line(most))
    assert feature not in shape(line(more))


def test_a_long_line_has_45_words() -> None:
    assert "long" in shape(line(45))
    assert "long" not in shape(line(44))


@pytest.mark.parametrize(("feature", "yes", "no"), SIGNS, ids=[feature for feature, _, _ in SIGNS])
def test_features_by_form(feature: str, yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if feature not in shape(text)] == []
    assert [text for text in no if feature in shape(text)] == []


def test_every_line_is_closed_or_unclosed() -> None:
    texts = [line(n, end) for n in (1, 5, 30) for end in ("", ".", ":", "?”")]

    assert all(("closed" in shape(text)) != ("unclosed" in shape(text)) for text in texts)
