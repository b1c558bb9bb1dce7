"""A pattern once it is read; `translate` says what an author may write, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cleaner.rules.clues import Clues


class PatternError(ValueError):
    """A pattern outside the subset; the message is the reason."""


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
