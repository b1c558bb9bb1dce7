from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.reports.csv_rows import CELL, guarded
from tests.reports.support import HOSTILE, NAMES, examined, passage, read_csv, report


def unguarded(cell: str) -> str:
    return cell.removeprefix("'")


def test_a_row_holds_what_a_spreadsheet_sorts_by() -> None:
    rows = read_csv(report("csv", [examined("a b.txt", "x\none, “two”\nthree\n", [(2, 20)], known=[0])]))

    assert rows == [
        {
            "path": "a b.txt", "line": "2", "end_line": "3", "rule": "ad/label", "category": "ad",
            "score": "1.25", "known": "yes", "text": "one, “two”\nthree",
        }
    ]  # fmt: skip


def test_it_is_written_after_rfc_4180() -> None:
    data = report("csv", [passage('say "yes", and\nno')])

    assert re.fullmatch(rb'path,[a-z_,]+\r\n(?:[^"\r\n]|"(?:[^"]|"")*")+\r\n', data)
    assert b'"say ""yes"", and\nno"\r\n' in data


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "＝1", " =1", "'=1", "'", "=cmd|' /C calc'!A0", "\t=1"])
def test_what_a_spreadsheet_would_calculate_becomes_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_of_a_report_begins_a_formula_or_controls_anything(words: str) -> None:
    for row in read_csv(report("csv", [passage(words, name=name) for name in NAMES])):
        assert not any(cell.lstrip()[:1] in set("=+-@＝＋－＠\t") for cell in row.values() if cell)
        assert all(line.isprintable() for cell in row.values() for line in cell.split("\n"))


@given(st.text(alphabet=st.sampled_from(" '=+-@＝ax\n"), max_size=6))
@settings(deadline=None)
def test_one_apostrophe_off_gives_back_what_was_there(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_a_cell_is_never_larger_than_a_spreadsheet_takes() -> None:
    [row] = read_csv(report("csv", [passage("x" * 40_000)]))

    assert len(row["text"]) == CELL < 32_767
    assert row["text"].endswith("x…")
