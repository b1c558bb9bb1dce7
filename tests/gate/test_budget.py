from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest

from cleaner.gate.budget import Budget, Limits, Spent, Tally, percent, read_share
from cleaner.model import Removal


def removal(line: int, end_line: int = 0, *, category: str = "ad", text: str = "0123456789\n\n") -> Removal:
    return Removal("x", 0, 0, 0, 0, line, end_line or line, f"{category}/x", category, 1.0, (), text)


def faults(budget: Budget, documents: Sequence[Sequence[Removal]], *, stale: int = 0, held: int = 0) -> list[str]:
    """Those of a check of documents of a hundred characters each."""
    tally = Tally(budget, stale=stale, held=held)
    for number, removals in enumerate(documents, 1):
        tally.add(f"{number}.txt", 100, removals)
    return tally.faults()


class TestSpent:
    def test_a_line_counts_once_whatever_goes_from_it_and_white_space_is_free(self) -> None:
        spent = Spent.on(100, [removal(1), removal(1, category="bio"), removal(3, 5), removal(5)])

        assert spent == Spent(100, 40, 4, Counter(ad=3, bio=1))
        assert spent.share == 0.4
        assert spent.findings == 4

    def test_sums_are_sums(self) -> None:
        total = Spent()
        total.include(Spent(100, 10, 2, Counter(ad=1)))
        total.include(Spent(300, 10, 1, Counter(ad=1, bio=2)))

        assert total == Spent(400, 20, 3, Counter(ad=2, bio=2))
        assert total.share == 0.05

    def test_nothing_has_no_share(self) -> None:
        assert Spent().share == 0.0


ONE, TWO = [removal(1)], [removal(1), removal(2, category="caption")]


@pytest.mark.parametrize(
    ("budget", "documents", "said"),
    [
        (Budget(), [], []),
        (Budget(), [[], []], []),
        (Budget(), [[], ONE], ["none is allowed"]),
        (Budget(Limits(lines=3)), [ONE, TWO], []),
        (Budget(Limits(lines=2)), [ONE, TWO], ["lines 3 > 2"]),
        (Budget(Limits(lines=0)), [[]], []),
        (Budget(Limits(share=0.15)), [ONE, TWO], []),
        (Budget(Limits(share=0.149)), [ONE, TWO], ["share 15 % > 14.9 %"]),
        (Budget(Limits(categories=(("ad", 2), ("caption", 0), ("bio", 0)))), [ONE, TWO], ["caption 1 > 0"]),
        (Budget(Limits(categories=(("ad", 1), ("caption", 0)))), [ONE, TWO], ["ad 2 > 1", "caption 1 > 0"]),
        (Budget(docs=2), [ONE, TWO, []], []),
        (Budget(docs=1), [ONE, TWO, []], ["documents 2 > 1"]),
        (Budget(per_file=Limits(lines=2)), [ONE, TWO], []),
        (Budget(per_file=Limits(lines=1)), [ONE, TWO], ["lines 2 > 1 in 2.txt"]),
        (Budget(per_file=Limits(lines=0, share=0.1)), [ONE, TWO], ["lines 1 > 0 in 1.txt and 1 more"]),
        (Budget(per_file=Limits(1, 0.1)), [[], TWO], ["lines 2 > 1, share 20 % > 10 % in 2.txt"]),
        (Budget(per_file=Limits(categories=(("ad", 0),))), [TWO], ["ad 1 > 0 in 1.txt"]),
        (Budget(Limits(lines=9), Limits(lines=1), 0), [TWO], ["documents 1 > 0", "lines 2 > 1 in 1.txt"]),
        (Budget(Limits(lines=9), fail_on_change=True), [ONE], ["none is allowed"]),
        (Budget(Limits(lines=0), fail_on_change=True), [ONE], ["none is allowed", "lines 1 > 0"]),
    ],
)
def test_all_limits_must_hold_and_without_any_nothing_may_be_found(
    budget: Budget, documents: list[list[Removal]], said: list[str]
) -> None:
    assert faults(budget, documents) == said


def test_what_is_stale_or_held_fails_the_strictest_check_only() -> None:
    assert faults(Budget(fail_on_change=True), [[]], stale=2, held=1) == ["stale 2", "held 1"]
    assert faults(Budget(), [[]], stale=2, held=1) == []
    assert faults(Budget(Limits(lines=0)), [[]], stale=2, held=1) == []


class TestShare:
    @pytest.mark.parametrize(
        ("text", "share"), [("0.5%", 0.005), ("0%", 0.0), ("100%", 1.0), ("2 %", 0.02), (" 1e-1 % ", 0.001)]
    )
    def test_a_percentage_is_read(self, text: str, share: float) -> None:
        assert read_share(text) == pytest.approx(share)

    @pytest.mark.parametrize("text", ["0.5", "", "%", "-1%", "100.1%", "nan%", "inf%", "half%", "5%%", "5% of it"])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(repr(text))} is no percentage; write it like 0.5%$"):
            read_share(text)

    def test_it_is_shown_with_four_digits(self) -> None:
        assert [percent(share) for share in (0, 0.005, 0.141593, 1)] == ["0 %", "0.5 %", "14.16 %", "100 %"]
