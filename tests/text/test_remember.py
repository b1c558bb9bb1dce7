from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.remember import Remembered


class Asked:
    """Gives the length of each text, and keeps what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[int]:
        self.texts += texts
        return [len(text) for text in texts]


def test_what_was_asked_before_is_not_asked_again() -> None:
    asked = Asked()
    remembered = Remembered(asked)

    assert remembered(["ab", "c", "ab"]) == [2, 1, 2]
    assert remembered(["def", "c"]) == [3, 1]
    assert asked.texts == ["ab", "c", "def"]


def test_long_texts_are_not_kept() -> None:
    asked, long = Asked(), "long " * 40
    remembered = Remembered(asked)

    assert remembered([long, "a", long]) == [200, 1, 200]
    assert remembered(["a", long]) == [1, 200]
    assert asked.texts == ["a", long, long, long]


def test_those_that_are_asked_for_again_stay_when_others_go() -> None:
    asked = Asked()
    remembered = Remembered(asked, most=2)
    for text in "abc":
        remembered([text])
    remembered(["a"])
    for text in "defgh":
        remembered(["a", text])

    assert asked.texts == list("abcdefgh")
    remembered(["b"])
    assert asked.texts == [*"abcdefgh", "b"]


@given(st.lists(st.lists(st.text("ab", max_size=3))), st.integers(0, 4))
def test_every_answer_is_that_of_the_function(batches: list[list[str]], most: int) -> None:
    remembered = Remembered(Asked(), most)

    for batch in batches:
        assert remembered(batch) == [len(text) for text in batch]


def test_no_more_are_kept_than_it_is_told() -> None:
    asked = Asked()
    remembered = Remembered(asked, most=10)
    texts = [str(number) for number in range(100)]
    for text in texts:
        remembered([text])
    asked.texts.clear()
    for text in reversed(texts):
        remembered([text])

    assert len(texts) - 22 <= len(asked.texts) <= len(texts) - 10


def test_many_texts_are_asked_of_in_parts() -> None:
    sizes: list[int] = []

    def ask(texts: Sequence[str]) -> list[int]:
        sizes.append(len(texts))
        return list(map(int, texts))

    assert Remembered(ask)([str(number) for number in range(9000)]) == list(range(9000))
    assert sizes == [4000, 4000, 1000]
