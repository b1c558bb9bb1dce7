from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from cleaner.reports.rules import render
from cleaner.rules import Rule, Signal, load_packs
from tests.support import written

PACK = '''\
schema = 1
[pack]
id = "p"
[[rule]]
id = "related/list"
summary = "A list of \u200b links"
weight = 0.75
case = "exact"
any = ['^More', '^Also']
all = ['read']
none = ['said']
max_words = 9
where = ["tail", "head"]
features = ["short", "unclosed"]
dom = ["aside", "class:related"]
  [rule.block]
  until = '^\\S+ \\d'
  max_lines = 5
  weight = 0.5
  direction = "before"
  [[rule.example]]
  text = """
The dam.

[-More to read-]"""
  [[rule.example]]
  text = "More was read."
[[rule]]
id = "ad/label"
summary = "A label"
weight = 1
any = ['^Ad$']
[[signal]]
id = "signal/x"
summary = "is like that"
weight = -0.5
features = ["long"]
any = ['x']
'''


def shown(folder: Path) -> dict[str, str]:
    written(folder, {"p.toml": PACK})
    [pack] = load_packs(("p.toml",), folder, examples=True)
    entries: list[Rule | Signal] = [*pack.rules, *pack.signals]
    return {entry.id: "\n".join(render(entry)) + "\n" for entry in entries}


def test_everything_that_a_rule_holds_is_shown(tmp_path: Path) -> None:
    assert shown(tmp_path)["related/list"] == dedent(r"""
        related/list  (pack p)
          A list of \u200b links
          weight     0.75
          scope      line
          case       exact
          features   short, unclosed
          where      head, tail
          max_words  9
          dom        aside, class:related
          block      before, until ^\S+ \d, at most 5 lines, weight 0.5
          any        ^More
          any        ^Also
          all        read
          none       said
          example 1, must go:
            | The dam.
            |
            | [-More to read-]
          example 2, must stay:
            | More was read.
        """).lstrip("\n")  # fmt: skip


def test_what_a_rule_leaves_open_is_not(tmp_path: Path) -> None:
    assert shown(tmp_path)["ad/label"] == dedent("""\
        ad/label  (pack p)
          A label
          weight     1
          scope      line
          case       ignore
          any        ^Ad$
        """)


def test_a_signal_is_shown_whole(tmp_path: Path) -> None:
    assert shown(tmp_path)["signal/x"] == dedent("""\
        signal/x  (pack p)
          is like that
          weight     -0.5
          case       ignore
          features   long
          any        x
        """)
