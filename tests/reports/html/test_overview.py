"""The tables of the first page."""

from __future__ import annotations

from cleaner.reports.html.overview import rows
from cleaner.reports.statistics import Residue


def residue(found: int) -> Residue:
    return Residue(documents=10, affected=1, findings=2, found_characters=found, characters=500)


TOTAL = Residue(documents=10, characters=1_000)


def test_those_with_most_characters_come_first_as_shares_of_all() -> None:
    made = rows({"a": residue(10), "b": residue(40)}, TOTAL)

    assert [(row.name, row.bar, row.share) for row in made] == [("b", 100.0, 0.04), ("a", 25.0, 0.01)]


def test_beyond_twenty_they_are_one_row() -> None:
    made = rows({f"{n:02}": residue(100 - n) for n in range(25)}, TOTAL)

    assert len(made) == 21
    assert (made[-1].name, made[-1].filter, made[-1].findings, made[-1].documents) == ("5 more", "", 10, 50)


def test_a_single_one_beyond_has_its_own_row() -> None:
    assert rows({f"{n:02}": residue(100 - n) for n in range(21)}, TOTAL)[-1].name == "20"


def test_a_name_that_no_address_can_hold_leads_nowhere() -> None:
    [row] = rows({"caf\udce9\u202e": residue(1)}, TOTAL)

    assert (row.name, row.filter) == (r"caf\udce9\u202e", "")


def test_nothing_found_is_no_bar() -> None:
    assert [row.bar for row in rows({"a": residue(0)}, Residue())] == [0.0]
