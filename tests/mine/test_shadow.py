"""The form in which lines are counted, and the patterns made of it."""

from __future__ import annotations

import pytest

from cleaner.mine.shadow import Kind, pattern, pieces, shadow
from cleaner.rules.engine import found_in
from cleaner.rules.fold import searchable
from cleaner.rules.translate import translate

HERALD = frozenset({"valley-herald.example", "valley herald"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 comments", "7 Comments"),
        ("12 comments", "1,204 comments"),
        ("Set on 3 May 2024", "SET ON 28 October 2019"),
        ("Set on 3 May 2024", "Set on 2024-05-03"),
        ("Set on May 3, 2024, 10:30", "Set on Monday, 3 May 2024"),
        ("Stand: 3. März 2024", "Stand: 12.10.2023"),
        ("Mis à jour le 1 août 2023", "Mis à jour le 14 février 2024"),
        ("Reader’s letters", "Reader's letters"),
        ("Welcome to Valley Herald", "Welcome to valley-herald.example"),
    ],
)
def test_lines_that_differ_in_what_varies_are_one(one: str, other: str) -> None:
    assert shadow(one, HERALD) == shadow(other, HERALD)
    made = translate(pattern(one, HERALD, varies=True), {})
    assert found_in(made, searchable(one))
    assert found_in(made, searchable(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 comments", "12 readers"),
        ("12 comments", "comments"),
        ("March on", "May on"),
        ("Welcome to Valley Herald", "Welcome to River Herald"),
        ("Set on 3 May 2024", "Set on 3 tall trees"),
    ],
)
def test_others_are_not(one: str, other: str) -> None:
    assert shadow(one, HERALD) != shadow(other, HERALD)
    assert not found_in(translate(pattern(one, HERALD, varies=True), {}), searchable(other))


def test_what_does_not_vary_is_taken_as_it_stands() -> None:
    made = translate(pattern("Channel 4 (news)", frozenset(), varies=False), {})

    assert found_in(made, searchable("channel 4 (news)"))
    assert not found_in(made, searchable("Channel 5 (news)"))
    assert not found_in(made, searchable("Channel 4 (news) at ten"))


def test_a_line_in_pieces_is_the_line() -> None:
    line = "© 2024 Valley Herald · 3 May, seen 1.204 times über Nacht"

    found = list(pieces(line, HERALD))

    assert "".join(text for _, text in found) == line
    assert [kind for kind, _ in found if kind] == [Kind.NUMBER, Kind.SITE, Kind.DATE, Kind.NUMBER]


def test_lone_surrogates_are_counted_like_anything_else() -> None:
    assert shadow("caf\udce9 12") == shadow("caf\udce9 7")
