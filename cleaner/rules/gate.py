"""Kinds of lines, by their ends and marks: which lines a pattern without rare literals is put to at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from cleaner.rules.fold import SPACES, WORD_EDGE

Kind = Literal["any", "digit-first", "letter-first", "mark-first", "digit-last", "bracket-last", "slash"]

FIRST: tuple[Kind, ...] = ("digit-first", "letter-first", "mark-first")
OTHER: tuple[Kind, ...] = ("digit-last", "bracket-last", "slash")
_SLASHES = frozenset("/／|｜•")
_BRACKETS = frozenset(")]）】〕")
_PASSED_OVER = " ." + SPACES


def kinds_of(line: str) -> list[Kind]:
    """The kinds of a line: one by its first character, others where they hold."""
    kinds: list[Kind] = [_first(line)]
    last = line.rstrip(_PASSED_OVER)[-1:]
    if last in _BRACKETS:
        kinds.append("bracket-last")
    elif last.isdigit():
        kinds.append("digit-last")
    if "/" in line or "|" in line or "•" in line or "／" in line or "｜" in line:
        kinds.append("slash")
    return kinds


def gates_of(literals: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of which a line is one when it holds one of the literals; ("any",) where that is not known."""
    kinds = {_kind(text.replace(WORD_EDGE, "")) for text in literals}
    return ("any",) if "any" in kinds or not kinds else tuple(sorted(kinds))


def _first(line: str) -> Kind:
    first = line[:1]
    return "digit-first" if first.isdigit() else "letter-first" if first.isalpha() else "mark-first"


def _kind(text: str) -> Kind:
    if text.endswith("\n") and len(text) > 1:
        last = text[:-1].rstrip(_PASSED_OVER)[-1:]
        if last in _BRACKETS:
            return "bracket-last"
        if last.isdigit():
            return "digit-last"
    if not _SLASHES.isdisjoint(text):
        return "slash"
    return _first(text[1:]) if text.startswith("\n") and len(text) > 1 else "any"
