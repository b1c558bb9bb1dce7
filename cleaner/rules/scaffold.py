"""The text of a new rule, to be filled in by its author."""

from __future__ import annotations

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
summary  = "say what kind of line this is"
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
    pattern = "".join(f"\\{char}" if char in r".^$*+?()[]{}|\\" else char for char in phrase)
    quoted = (
        f"'''{pattern}'''" if "'''" not in pattern else '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )
    safe = phrase.replace("\\", "\\\\").replace('"', '\\"')
    return _RULE.format(id=identifier, pattern=quoted, phrase=safe)


def new_pack(identifier: str) -> str:
    """The head of a pack file."""
    return _HEAD.format(pack=identifier)
