from __future__ import annotations

import pytest

from cleaner.rules.clues import LENGTHS, Clues
from cleaner.rules.fold import fold
from tests.samples import pattern


def clues_of(source: str) -> Clues:
    return pattern(source).clues


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("subscribe to (?:our|the) newsletter", "Subscribe to our newsletter"),
        ("^(?:more|read) (?:on|about) this$", "Read about this"),
        (r"\bfollow us\b", "Follow us!"),
        (r"^published:? \d\d? \p{L}+ \d{4}$", "Published: 3 May 2024"),
        ("続きを読む", "続きを読む（有料）"),
        ("Straße|Gasse", "STRAẞE"),
        ("(?:sign|log) ?in|register", "Login"),
        (r"\((?:AP|AFP|dpa)\)$", "Es regnet (dpa)"),
    ],
)
def test_every_text_that_matches_holds_one(source: str, text: str) -> None:
    clues = clues_of(source)

    assert clues
    assert any(each.strip(b"\0") in f"\n{fold(text)}\n".encode() for each in (*clues.literals, *clues.openings))


@pytest.mark.parametrize("source", ["[a-z]+", ".*", "a?b?", "(?:abcdefgh)?", r"\p{Lu}.{0,40}", "", "[a-z]|subscribe"])
def test_patterns_that_tell_nothing_have_none(source: str) -> None:
    assert not clues_of(source)


def test_a_pattern_that_begins_a_line_is_looked_up_by_its_beginnings() -> None:
    clues = clues_of("^[-(]?(?:harbour lights|dpa) .{3,20}$")

    assert clues.openings == (b"dpa", b"harbour ligh")
    assert clues.literals == ()
    assert {len(text) for text in clues.openings} <= set(LENGTHS)


def test_common_beginnings_give_way_to_a_rarer_word_behind_them() -> None:
    clues = clues_of(r"^(?:the|a) (?:\S+ )?lighthouse\b")

    assert clues.openings == ()
    assert clues.literals == (b"lighthouse\0",)


def test_what_a_literal_tells_already_is_not_asked_again() -> None:
    assert clues_of("harbour .{3,9} lighthouse").more != ()
    assert clues_of("lighthouse").more == ()


def test_only_small_sets_are_asked_for_beside() -> None:
    clues = clues_of("(?:one|two|three|four|five|six|seven|eight|nine) .{0,9}lighthouses")

    assert clues.literals == (b"lighthouses",)
    assert clues.more == ()
