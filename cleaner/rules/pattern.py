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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cleaner.rules import literal
from cleaner.rules.clues import Clues, clues
from cleaner.rules.grammar import PatternError, branches_of

MAX_PATTERN = 4000
"""Longest pattern in characters, before lists are put in: a limit against accidents."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts written without spaces: each of their letters is a boundary."""
_BOUNDARY = rf"[^\p{{L}}\p{{N}}_]|[{_UNSPACED}]"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of a rule: as written, as RE2 source to decide, as clues to nominate.

    Group 1 of `exact` is the match itself. Where the author named a part `(?P<cut>...)`, that part is
    group 2, and what a rule of scope "text" removes.
    """

    source: str
    exact: str
    clues: Clues = field(default=Clues(), compare=False)

    def __hash__(self) -> int:
        return hash(self.source)

    def __reduce__(self) -> tuple[type[Pattern], tuple[object, ...]]:
        """To fill each slot takes twice the time, and there are thousands of patterns at every start."""
        return Pattern, (self.source, self.exact, self.clues)

    @property
    def cut_group(self) -> int:
        return 2 if "(?P<cut>" in self.source else 1


def any_of(patterns: Iterable[Pattern]) -> Pattern:
    """A pattern, without clues, that is found where one of the patterns is."""
    either = list(patterns)
    return Pattern(
        "|".join(f"(?:{pattern.source})" for pattern in either), "|".join(f"(?:{pattern.exact})" for pattern in either)
    )


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
    return Pattern(source, exact, clues(needs))


def _odd_backslashes(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
