from __future__ import annotations

import pytest

from cleaner.rules.fold import WORD_EDGE
from cleaner.rules.rarity import rarity, worth


@pytest.mark.parametrize(
    ("rarer", "commoner"),
    [
        ({"subscribe"}, {"sub"}),
        ({"subscribe"}, {"subscribe", "ab"}),
        ({"subscribe"}, {"the"}),
        ({"\nap\n"}, {"ap"}),
        ({f"{WORD_EDGE}ap{WORD_EDGE}"}, {"ap"}),
        ({"共同通信"}, {"共同"}),
        ({"harbour"}, {"of the"}),
        ({"harbour"}, {"news"}),
        ({"abc"}, {f"abc{char}" for char in "defghijklmnopqrstuvw"}),
    ],
)
def test_a_text_that_holds_one_is_rarer(rarer: set[str], commoner: set[str]) -> None:
    assert worth(frozenset(rarer)) > worth(frozenset(commoner))


@pytest.mark.parametrize("string", ["", " ", ".", ", ", WORD_EDGE, "\n"])
def test_what_every_line_holds_is_not_rare_at_all(string: str) -> None:
    assert rarity(string) == 0


def test_a_long_string_is_rarer_than_a_float_can_say() -> None:
    lines = frozenset(("-" * 300, "=" * 301))

    assert worth(lines) == pytest.approx(720)
    assert worth(frozenset(("-" * 300,))) == pytest.approx(rarity("-" * 300))
