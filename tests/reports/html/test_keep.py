"""What "keep" writes is valid TOML, valid RE2, and keeps the line that it was made of, whatever that holds."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.reports.html.keep import keep_pattern, toml_string
from cleaner.rules.engine import found_in
from cleaner.rules.fold import searchable
from cleaner.rules.translate import translate
from tests.samples import PROSE, cleaned, rule, ruleset

LINES = [
    "Sign up for the valley letter",
    "5 comments (12 new)",
    r"C:\mill\n.txt {{list}} [a] ^$ a|b *+?",
    "It's 'ours' ''' and \"theirs\" \\",
    "ends in an apostrophe'",
    "Abonnieren Sie – jetzt: „Talbrief“",
    "登録は無料！いますぐ",
    "caf\udce9 au lait",
    "tab\there, no-break\u00a0space and \u3000wide",
    "\u202eturned\u202c and \x1b[31mred\x1b[0m",
    "ｆｕｌｌ ｗｉｄｔｈ ２０２４",
    "-->",
    "#hashtag = 'toml'",
]


@pytest.mark.parametrize("line", LINES)
def test_the_line_is_kept(line: str) -> None:
    taken = ruleset(rule("ad/label", "."))
    text = f"{line}\n\n{PROSE}\n"
    assert cleaned(taken, text).removals

    pattern = keep_pattern(line, whole=True)
    keeping = ruleset(rule("ad/label", "."), keep=[pattern])
    assert [removal.text.strip() for removal in cleaned(keeping, text).removals] == [PROSE]


@given(st.text(st.characters(exclude_characters="\r\n\0"), min_size=1, max_size=400).map(str.strip))
def test_any_line_is_found_by_its_pattern(line: str) -> None:
    pattern = keep_pattern(line, whole=True)
    if pattern:
        assert tomllib.loads(f"keep = [{toml_string(pattern)}]") == {"keep": [pattern]}
        assert found_in(translate(pattern, {}), searchable(line))


def test_numbers_stand_for_any_number() -> None:
    assert keep_pattern("5 comments (12 new)", whole=True) == r"^\d+ comments \(\d+ new\)$"


def test_words_within_a_line_are_looked_for_anywhere() -> None:
    assert keep_pattern("(North Wire)", whole=False) == r"\(North Wire\)"


def test_of_a_long_line_the_beginning_is_enough() -> None:
    pattern = keep_pattern("word " * 1000, whole=True)

    assert pattern.startswith("^word word") and not pattern.endswith("$")
    assert len(pattern) <= 301


def test_a_number_is_not_cut_in_two() -> None:
    assert keep_pattern("x" * 295 + "1234567890", whole=True) == "^" + "x" * 295


@pytest.mark.parametrize("words", ["", " ", "\u200b", "\x00\x01", "\udce9"])
def test_without_anything_to_tell_a_line_by_there_is_no_pattern(words: str) -> None:
    assert keep_pattern(words, whole=True) == ""


@pytest.mark.parametrize(
    ("pattern", "value"),
    [("a.b", "'a.b'"), ("it's", "'''it's'''"), ("a'", "\"a'\""), (r"'''\d", r'''"'''
      r"""'''\\d""" r'''"''')],
)  # fmt: skip
def test_patterns_are_written_as_they_are_read_best(pattern: str, value: str) -> None:
    assert toml_string(pattern) == value
