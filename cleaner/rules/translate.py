r"""Patterns: what an author writes, what RE2 gets.

Authors write RE2's linear-time syntax. Three things are added on the way to RE2, because articles
come typed in many ways and because RE2's own classes are ASCII:

* variants: a quote, dash, space or one of ``: ! , /`` (and ``\( \) \? \|``) also matches its
  typographic and full-width forms, a space matches one or more spaces of any kind;
* ``\d \w \s`` are Unicode, and so is ``\b``, which may stand at a pattern's two ends only;
* ``{{name}}`` stands for any entry of a list that a pack defines.

Every pattern has two renderings. `exact` decides. `clues` nominate: whatever line `exact` finds something in
has them, once it is written as `fold` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.rules import literal
from cleaner.rules.choose import choose_clues
from cleaner.rules.grammar import branches_of
from cleaner.rules.pattern import Pattern, PatternError

MAX_PATTERN = 4000
"""Longest pattern in characters, before lists are put in: a limit against accidents."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts written without spaces: each of their letters is a boundary."""
_BOUNDARY = rf"[^\p{{L}}\p{{N}}_]|[{_UNSPACED}]"


def translate(source: str, lists: Mapping[str, tuple[str, ...]]) -> Pattern:
    """Translate one pattern; raises PatternError with the reason if it is outside the subset."""
    if len(source) > MAX_PATTERN:
        raise PatternError(f"pattern is {len(source)} characters long, at most {MAX_PATTERN} are allowed")
    body, lead, trail = source, False, False
    if body.startswith(r"\b"):
        body, lead = body[2:], True
    if body.endswith(r"\b") and _odd_backslashes(body[:-1]):
        body, trail = body[:-2], True
    branches = branches_of(body, lists)
    if (lead or trail) and len(branches) > 1:
        raise PatternError(r"\b beside a top-level alternation: put the alternatives in (?:...)")
    exact = "|".join("".join(piece.exact for piece in branch) for branch in branches)
    exact = (rf"(?:^|{_BOUNDARY})" if lead else "") + f"({exact})" + (rf"(?:$|{_BOUNDARY})" if trail else "")
    first, last = [literal.WORD] * lead, [literal.WORD] * trail
    needs = [[*first, *(piece.needs for piece in branch), *last] for branch in branches]
    return Pattern(source, exact, choose_clues(needs))


def _odd_backslashes(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
