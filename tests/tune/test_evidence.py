from __future__ import annotations

from cleaner.rules.model import Rule, Signal
from cleaner.text.clean import TextCleaner
from cleaner.tune.evidence import Sample, samples
from tests.samples import MORE_PROSE, PROSE, rule, ruleset, signal
from tests.tune.support import labelled

AD = rule("ad/x", "^ad")
WEAK = rule("ad/weak", "^weak", weight=0.5)
SHORT = signal("short", 0.1, "short")
AFTER = signal("after", 0.2, "prev-removed")


def found(
    parts: list[Rule | Signal], *lines: tuple[str, str], keeps: tuple[str, ...] = (), keep: tuple[str, ...] = ()
) -> list[Sample]:
    cleaner = TextCleaner(ruleset(*parts, keep=keep))
    return list(samples(cleaner, [labelled("a.example", *lines)], keeps))


def test_a_sample_holds_what_the_decision_added_up() -> None:
    assert found([AD, SHORT], (PROSE, "article"), ("ad", "ad"), (MORE_PROSE, "article")) == [
        Sample("a.example", True, frozenset(("ad/x", "signal/short")))
    ]


def test_lines_that_no_rule_names_are_no_samples() -> None:
    assert found([AD, SHORT], ("so", "ad"), ("yes", "article")) == []


def test_a_line_of_the_article_that_a_rule_names_is_one() -> None:
    assert found([WEAK], ("weak", "article")) == [Sample("a.example", False, frozenset(("ad/weak",)))]


def test_a_line_that_stays_counts_as_it_stood_beside_a_neighbour_that_went() -> None:
    lines = (("ad", "ad"), ("weak", "ad"), (PROSE, "article"))

    assert [sorted(sample.evidence) for sample in found([AD, WEAK, AFTER], *lines)] == [
        ["ad/x"],
        ["ad/weak", "signal/after"],
    ]


def test_lines_are_told_apart_by_where_they_stand() -> None:
    lines = (("weak", "ad"), (PROSE, "article"), ("ad", "ad"), (MORE_PROSE, "article"), ("weak", "article"))

    assert [sample.goes for sample in found([AD, WEAK], *lines)] == [True, True, False]


def test_what_is_not_scored_or_asked_to_stay_is_none() -> None:
    assert found([AD], ("ad 1", "neutral"), ("ad 2", "unsure")) == []
    assert found([AD], ("ad 1", "caption"), ("ad 2", "bio"), keeps=("caption",)) == found([AD], ("ad 2", "bio"))
    assert found([AD], ("ad 1", "ad"), keep=("^ad 1",)) == []


def test_lines_are_not_joined_however_wrapped_they_look() -> None:
    lines = [("ad it is that this line goes on about, and on, and on it goes to its end here", "ad")] * 12

    assert len(found([AD], *lines)) == 12
