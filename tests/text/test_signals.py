from __future__ import annotations

import pytest

from cleaner.model import Evidence
from cleaner.text.places import Places
from cleaner.text.signals import Signals
from tests.samples import MORE_PROSE, PROSE, signal

TEXTS = ("Read on:", PROSE, "WATCH", MORE_PROSE, "Read on:")


def said(signals: Signals, index: int, removed: frozenset[int] = frozenset()) -> list[Evidence]:
    places = Places(TEXTS, (), {})
    places.removed |= removed
    return list(signals.evidence(places, index, *signals.heard([TEXTS[index]])))


@pytest.mark.parametrize(
    ("sources", "found"), [((), False), (("said",), True), (("told", "SAID"), True), (("told",), False)]
)
def test_patterns_are_heard_where_one_of_them_is_found(sources: tuple[str, ...], found: bool) -> None:
    signals = Signals([signal("x", 0.1, "short", sources=sources)])

    assert signals.heard(["", "he said"]) == [frozenset(), frozenset(("signal/x",)) if found else frozenset()]


def test_what_holds_is_said_in_the_order_of_the_signals() -> None:
    tail, colon, words = signal("tail", 0.2, "tail"), signal("colon", 0.1, "colon"), signal("b", -0.3, sources=["read"])
    signals = Signals([tail, colon, words])

    assert said(signals, 4) == [
        Evidence("signal/tail", 0.2),
        Evidence("signal/colon", 0.1),
        Evidence("signal/b", -0.3),
    ]
    assert said(signals, 0) == [Evidence("signal/colon", 0.1), Evidence("signal/b", -0.3)]
    assert said(signals, 1) == []


def test_a_signal_wants_its_shape_its_place_and_its_words() -> None:
    signals = Signals([signal("x", 0.1, "short", "body", sources=["watch", "on"])])

    assert said(signals, 2) == [Evidence("signal/x", 0.1)]
    assert [said(signals, index) for index in (0, 1, 3, 4)] == [[], [], [], []]


def test_lines_of_one_shape_are_told_apart_by_where_they_stand() -> None:
    signals = Signals([signal("after", 0.15, "short", "prev-removed")])

    assert said(signals, 2) == []
    assert said(signals, 2, frozenset((1,))) == [Evidence("signal/after", 0.15)]
    assert said(signals, 0, frozenset((1,))) == []
