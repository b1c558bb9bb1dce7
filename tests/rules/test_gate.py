from __future__ import annotations

import unicodedata

import pytest

from cleaner.rules.fold import WORD_EDGE, fold
from cleaner.rules.gate import FIRST, OTHER, gates_of, kinds_of


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("The dam", ["letter-first"]),
        ("12 May", ["digit-first"]),
        ("٢ May", ["digit-first"]),
        ("– so", ["mark-first"]),
        ("(AP)", ["mark-first", "bracket-last"]),
        ("It opens (AP).", ["letter-first", "bracket-last"]),
        ("写真（共同）", ["letter-first", "bracket-last"]),
        ("May 2024", ["letter-first", "digit-last"]),
        ("May 2024 .", ["letter-first", "digit-last"]),
        ("Photo: AP/Xinhua", ["letter-first", "slash"]),
        ("A | B • 3", ["letter-first", "digit-last", "slash"]),
        ("a／b｜c", ["letter-first", "slash"]),
        ("", ["mark-first"]),
    ],
)
def test_the_kinds_of_a_line(line: str, kinds: list[str]) -> None:
    assert kinds_of(line) == kinds
    assert set(kinds) <= {*FIRST, *OTHER}


@pytest.mark.parametrize(
    ("literals", "gates"),
    [
        ((), ("any",)),
        (("ap",), ("any",)),
        (("\n",), ("any",)),
        ((f"\n{WORD_EDGE}",), ("any",)),
        (("\nap",), ("letter-first",)),
        (("\n1", "\n(", "\na"), ("digit-first", "letter-first", "mark-first")),
        ((")\n", ").\n", "）\n"), ("bracket-last",)),
        (("2\n", "] \n"), ("bracket-last", "digit-last")),
        (("/ap", "|ap"), ("slash",)),
        (("/ap", "ap"), ("any",)),
        ((".\n",), ("any",)),
        (("\na)\n",), ("bracket-last",)),
        ((f"{WORD_EDGE}/{WORD_EDGE}",), ("slash",)),
    ],
)
def test_the_kinds_of_lines_that_a_pattern_is_put_to(literals: tuple[str, ...], gates: tuple[str, ...]) -> None:
    assert gates_of(literals) == gates


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\nap", "ＡＰ today"),
        ("\n2", "٢ May"),
        ("2\n", "May ２"),
        (")\n", "so ) ."),
        ("].\n", "[so]\u00a0."),
        ("\n(", "( so"),
        ("/", "AP / so"),
    ],
)
def test_a_line_that_holds_a_literal_is_of_its_kind(text: str, line: str) -> None:
    assert text in f"\n{fold(line)}\n" or fold(line).replace(" ", "").find(text.strip("\n")) >= 0
    assert set(gates_of([text])) & set(kinds_of(line))


def test_folding_changes_no_kind() -> None:
    # What is not assigned yet for this Python may be a digit for RE2 already.
    everything = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    marks = [char for char in everything if char.strip()]

    changed = [char for char in marks if kinds_of(f"{char} x")[0] != kinds_of(f"{fold(char)} x")[0]]

    # It stands over a letter and begins no line.
    assert [unicodedata.name(char) for char in changed] == ["COMBINING GREEK YPOGEGRAMMENI"]
