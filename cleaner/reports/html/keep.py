"""What a reviewer's "keep" becomes in a cleaner.toml: a pattern for the lines of a group, as TOML."""

from __future__ import annotations

import re

from cleaner.rules.fold import SPACES

_SPECIAL = frozenset(r".^$*+?()[]{}|\\")
_BLANKS = re.compile(rf"[ \r\n{SPACES}]+")
_DIGITS = re.compile(r"\d+")
_LONGEST = 300
"""Characters of a line that its pattern names: that many tell it from all others, and a pattern has its limit."""


def keep_pattern(words: str, *, whole: bool) -> str:
    r"""A pattern for lines that say these words, or, unless they are the `whole` line, that hold them.

    Any number matches in place of a number, and any character in place of one that has no form: a control
    character, a mark of direction, a byte that is no text. "" where nothing else is left to tell lines by.
    """
    words = _BLANKS.sub(" ", words).strip()
    clipped = len(words) > _LONGEST
    if clipped:
        words = words[:_LONGEST]
    if not any(char.isprintable() and not char.isspace() for char in words):
        return ""
    parts, position = [], 0
    for digits in _DIGITS.finditer(words):
        parts += [_escaped(words[position : digits.start()]), r"\d+"]
        position = digits.end()
    if clipped and parts and position == len(words):
        del parts[-1]  # a number cut in two
    parts.append(_escaped(words[position:]))
    return ("^" if whole else "") + "".join(parts) + ("$" if whole and not clipped else "")


def toml_string(text: str) -> str:
    """A pattern as a TOML value: literal, as patterns are best read, wherever that can hold it."""
    if "'" not in text:
        return f"'{text}'"
    if "'''" not in text and not text.endswith("'"):
        return f"'''{text}'''"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    return "".join(
        "\\" + char if char in _SPECIAL else char if char == " " or char.isprintable() else "." for char in text
    )
