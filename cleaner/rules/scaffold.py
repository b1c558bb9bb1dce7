"""The text of a new rule, to be filled in by its author."""

from __future__ import annotations

PLACEHOLDER = "say what kind of line this is"
"""The summary of a new rule, until its author says it."""
_HEAD = """\
schema = 1

[pack]
id = "{pack}"
summary = ""
languages = []
"""
_RULE = """
[[rule]]
id       = "{id}"
summary  = "{summary}"
weight   = 1.0                      # 1.0 is enough alone; 0.3 needs company
scope    = "line"                   # or "text": only the matched words go
any      = [{pattern}]
max_words = 25

  [[rule.example]]                  # [-...-] must go
  text = \"\"\"
The dam opens in May, the ministry said, after nine years of work and three changes of plan.

[-{phrase}-]\"\"\"

  [[rule.example]]                  # no mark: keep it whole; make it tempting
  text = \"\"\"A banner that said "{phrase}" hung over the dam for nine years, the ministry said on Monday.\"\"\"
"""


def new_rule(identifier: str, phrase: str) -> str:
    """A rule table for a phrase, with an example of each kind."""
    pattern = quoted(escaped(phrase))
    return _RULE.format(id=identifier, summary=PLACEHOLDER, pattern=pattern, phrase=in_string(phrase))


def escaped(phrase: str) -> str:
    """A pattern for the phrase as it stands."""
    return "".join(f"\\{char}" if char in r".^$*+?()[]{}|\\" else char for char in phrase)


def quoted(pattern: str) -> str:
    """A pattern as a TOML string."""
    return f'"{in_string(pattern)}"' if "'''" in pattern or pattern.endswith("'") else f"'''{pattern}'''"


def in_string(text: str) -> str:
    """A text as it is written in a TOML string."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def new_pack(identifier: str) -> str:
    """The head of a pack file."""
    return _HEAD.format(pack=identifier)
