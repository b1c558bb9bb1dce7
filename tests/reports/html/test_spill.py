"""What is remembered of a long run: the same in memory and on disk, and never more than asked for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from cleaner.reports.html.spill import Sample, Sums


@dataclass
class Count:
    """Adds up, and notes the order."""

    number: int = 0
    order: list[int] = field(default_factory=list)

    def merge(self, other: Count) -> None:
        self.number += other.number
        self.order += other.order


@pytest.mark.parametrize("most", [1, 3, 50, 10_000])
def test_sums_do_not_depend_on_what_fits_into_memory(most: int) -> None:
    chance = random.Random(7)
    sums: Sums[Count] = Sums(most)
    expected: dict[bytes, Count] = {}
    for turn in range(2_000):
        key = b"%d" % chance.randrange(200)
        count = sums.get(key)
        if count is None:
            count = Count()
            sums.put(key, count)
        for one in (count, expected.setdefault(key, Count())):
            one.number += 1
            one.order.append(turn)
        sums.settle()

    assert list(sums.items()) == sorted(expected.items())


def test_of_what_does_not_fit_the_lowest_ranks_stay_in_order() -> None:
    sample = Sample(budget=100)
    ranks = [0.9, 0.1, 0.8, 0.2, 0.7, 0.3]
    for number, rank in enumerate(ranks):
        sample.offer(number, rank, b"x" * 30)

    assert [number for number, _ in sample.rows()] == [1, 3, 5]
    assert sample.wants(0.05) and not sample.wants(0.9)


def test_a_sample_depends_on_ranks_only() -> None:
    rows = [(number, random.Random(number).random(), b"y" * (number % 40 + 1)) for number in range(500)]
    kept = []
    for seed in (1, 2):
        shuffled = random.Random(seed).sample(rows, len(rows))
        sample = Sample(budget=2_000)
        for number, rank, data in shuffled:
            sample.offer(number, rank, data)
        kept.append(list(sample.rows()))
        assert sum(len(data) for _, data in kept[-1]) <= 2_000

    assert kept[0] == kept[1]


def test_all_stay_where_all_fit() -> None:
    sample = Sample(budget=1_000)
    for number in range(10):
        sample.offer(number, random.Random(number).random(), b"z" * 100)

    assert [number for number, _ in sample.rows()] == list(range(10))


def test_what_is_larger_than_the_whole_budget_is_not_taken() -> None:
    sample = Sample(budget=10)
    sample.offer(0, 0.0, b"x" * 11)
    sample.offer(1, 0.5, b"x")

    assert list(sample.rows()) == [(1, b"x")]
