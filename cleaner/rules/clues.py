"""What is looked for in order to know which lines a pattern may be found in; `choose` finds it."""

from __future__ import annotations

from dataclasses import dataclass

LENGTHS = (1, 2, 3, 5, 8, 12)
"""How many bytes of a line's beginning are looked up."""


@dataclass(frozen=True, slots=True)
class Clues:
    """How a pattern is nominated; lines are folded ones, in UTF-8 as all strings here are.

    With `openings` a line must begin with one of them, leading punctuation aside; their lengths are some of
    `LENGTHS`. With `literals` it must hold one of them. In any case it holds a string of each of `more`, which has
    one character for each byte (see `bytewise`).
    """

    openings: tuple[bytes, ...] = ()
    literals: tuple[bytes, ...] = ()
    more: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.openings or self.literals)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """What is looked for first, wherever a line has to have it."""
        return self.openings or self.literals

    def __reduce__(self) -> tuple[type[Clues], tuple[object, ...]]:
        """As that of `Pattern`."""
        return Clues, (self.openings, self.literals, self.more)


def bytewise(text: bytes) -> str:
    """The bytes as a string of as many characters, in which others are found four times as fast: to look for bytes in
    bytes, Python takes them for a number first, which fails.
    """
    return text.decode("latin-1")
