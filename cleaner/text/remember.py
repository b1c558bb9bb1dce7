"""Answers that depend on a text alone, kept for the next document: pages of one site share most of their lines.

A fifth to a third of what stands on a site's pages stands on many of them. What was found in such a line once need
not be looked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

_LONGEST = 160
"""Longer texts, in characters, are an article's own as a rule, and would push the others out."""
_MOST = 8000
"""So many answers are kept at least, and twice as many at most: some 5 MB."""

_AT_ONCE = 4000
"""So many texts are asked of together: what is made of them to answer stands in memory several times over."""

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Asks a function of many texts only of those that it has not lately been asked of.

    The function gives one answer for each text, which may depend on nothing else, and must not be changed.
    """

    def __init__(self, ask: Callable[[Sequence[str]], Sequence[Answer]], most: int = _MOST) -> None:
        self._ask, self._most = ask, most
        self._young: dict[str, Answer] = {}
        self._old: dict[str, Answer] = {}
        """What was asked for before the young ones were so many; whoever is asked for again is young again."""

    def __call__(self, texts: Sequence[str]) -> list[Answer]:
        """The answers, in the order of the texts."""
        young, old = self._young, self._old
        new: dict[str, None] = {}
        for text in texts:
            # Of long texts not even a hash is made.
            if len(text) <= _LONGEST and text not in young:
                if text in old:
                    young[text] = old[text]
                else:
                    new[text] = None
        answers = self._asked([*new, *(text for text in texts if len(text) > _LONGEST)])
        young.update(zip(new, answers, strict=False))
        # What is left are those of the long ones.
        found = [young[text] if len(text) <= _LONGEST else next(answers) for text in texts]
        if len(young) > self._most:
            self._young, self._old = {}, young
        return found

    def _asked(self, texts: Sequence[str]) -> Iterator[Answer]:
        for start in range(0, len(texts), _AT_ONCE):
            yield from self._ask(texts[start : start + _AT_ONCE])
