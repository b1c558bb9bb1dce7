from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import PackError
from cleaner.rules import load_packs
from cleaner.rules.model import Block, Example, Pack, Rule, Signal
from cleaner.rules.pattern import Pattern
from cleaner.rules.schema import read_lists
from tests.samples import FIXTURES, pattern, patterns, read

INVALID = sorted((FIXTURES / "packs" / "invalid").glob("*.toml"))
EXPECTED = b"# expected: "
FULL = """
schema = 1

[pack]
id = "valley-news"
summary = "what the valley's papers add"
languages = ["en", "de"]

[lists]
agency = ["AP", "A.P."]

[[rule]]
id = "newsletter/valley.letter/two"
summary = "Asks to sign up"
weight = 1
scope = "line"
case = "exact"
any = ["by {{agency}}", "^Sign up"]
all = ["letter"]
none = ["said"]
max_words = 25
where = ["tail", "head"]
features = ["short", "unclosed"]
dom = ["aside", "class:newsletter"]

[rule.block]
until = "^The end$"
max_lines = 3
weight = 0.5
direction = "before"

[[rule.example]]
text = "[-Sign up for the letter-]"
with = ["ad/x"]

[[rule.example]]
text = "He signed up."

[[rule]]
id = "credit/end"
summary = "Agency at the end"
weight = 1.5
scope = "text"
max_share = 0.5
any = ['(?P<cut> \\({{agency}}\\))$']

[[signal]]
id = "signal/said"
summary = "somebody said it"
weight = -0.25
features = ["sentence"]
any = ["said"]
case = "exact"
"""


def test_everything_that_a_pack_can_say() -> None:
    lists = {"agency": ("AP", "A.P.")}

    pack = read(FULL, "ours.toml", **lists)

    letter = Rule(
        id="newsletter/valley.letter/two",
        summary="Asks to sign up",
        weight=1.0,
        pack="valley-news",
        scope="line",
        exact_case=True,
        any=(pattern("by {{agency}}", **lists), pattern("^Sign up")),
        all=patterns("letter"),
        none=patterns("said"),
        max_words=25,
        where=frozenset(("head", "tail")),
        features=("short", "unclosed"),
        dom=("aside", "class:newsletter"),
        block=Block(pattern("^The end$"), 3, 0.5, "before"),
        examples=(Example("[-Sign up for the letter-]", ("ad/x",)), Example("He signed up.")),
        languages=("en", "de"),
    )
    credit = Rule("credit/end", "Agency at the end", 1.5, "valley-news", "text")
    assert pack.rules[0] == letter
    assert pack.rules[1].any[0].cut_group == 2
    assert (pack.rules[1].scope, pack.rules[1].block, pack.rules[1].where) == ("text", None, credit.where)
    assert (pack.rules[1].max_share, credit.max_share) == (0.5, 1.0)
    assert pack.signals == (
        Signal("signal/said", "somebody said it", -0.25, "valley-news", ("sentence",), patterns("said"), True),
    )
    assert (pack.id, pack.source, pack.summary) == ("valley-news", "ours.toml", "what the valley's papers add")
    assert pack.languages == ("en", "de")


def test_what_may_be_left_out() -> None:
    pack = read(
        'schema = 1\n[pack]\nid = "x"\n[[rule]]\nid = "ad/y"\nsummary = "z"\nweight = 0\nfeatures = ["first"]\n'
    )

    assert pack == Pack("x", "ours.toml", languages=None, rules=(Rule("ad/y", "z", 0.0, "x", features=("first",)),))


@pytest.mark.parametrize(("until", "read_as"), [("prose", "prose"), ("end", "end"), ("^ends$", pattern("^ends$"))])
def test_where_a_block_ends(until: str, read_as: str | Pattern) -> None:
    text = 'schema = 1\n[pack]\nid = "x"\n[[rule]]\nid = "ad/y"\nsummary = "z"\nweight = 1\nany = ["w"]\n[rule.block]\n'

    assert read(f'{text}until = "{until}"\n').rules[0].block == Block(read_as)  # type: ignore[arg-type]
    assert read(text).rules[0].block == Block()


def test_lists_are_read_before_the_rules_that_name_them() -> None:
    assert read_lists({"lists": {"a": ["x"], "b-c_1": ["y", "z"]}}, "ours.toml") == {"a": ("x",), "b-c_1": ("y", "z")}
    assert read_lists({}, "ours.toml") == {}


def test_there_are_many_kinds_of_mistakes() -> None:
    assert len(INVALID) >= 25


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_mistake_is_named_with_file_rule_field_and_reason(path: Path) -> None:
    first = path.read_bytes().partition(b"\n")[0]
    assert first.startswith(EXPECTED), "the first line of the file says what is expected"
    expected = first.removeprefix(EXPECTED).decode()

    with pytest.raises(PackError) as caught:
        load_packs((path.name,), path.parent)

    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    # What Python says of a file that is no TOML differs between its versions.
    said = message.removeprefix(f"{path}: ")
    assert said.startswith(expected.removesuffix("…")) if expected.endswith(": …") else said == expected
    assert "\n" not in message
