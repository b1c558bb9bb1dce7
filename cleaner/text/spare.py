"""Repetition speaks for the lines that repeat, and takes no prose along.

A line that goes is evidence for those beside it, and moves the place where the article begins or ends. Where that line
goes because it repeats, prose that another rule names must not be lost for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleaner.model import REPEAT, Dom
from cleaner.rules.model import Rule, RuleSet
from cleaner.text.confirm import NOTHING, Found
from cleaner.text.decide import Board, Decision
from cleaner.text.match import Matcher


def decide_sparing(
    texts: Sequence[str], found: Mapping[int, Found], doms: Sequence[Dom], rules: RuleSet, matcher: Matcher
) -> Decision:
    """Weigh the units as a Board does; prose that goes without repeating goes only if it would in any case."""
    board = Board(texts, found, doms, rules, matcher)
    decision = board.decide()
    if not any(_repeats(item) for item in found.values()):
        return decision
    taken = {
        index
        for index in board.places.removed
        if board.places.prose_at(index) and not _repeats(found.get(index, NOTHING))
    }
    if not taken:
        return decision
    without = {index: _without_repeats(item) for index, item in found.items()}
    alone = Board(texts, without, doms, rules, matcher).decide().verdicts
    spared = {index for index in taken if index not in alone or not alone[index].removed}
    if not spared:
        return decision
    kept = {index: found.get(index, NOTHING)._replace(protected=True) for index in spared}
    decision = Board(texts, {**found, **kept}, doms, rules, matcher).decide()
    for index in spared:  # what is said of it is what kept it
        decision.verdicts.pop(index, None)
        if index in alone:
            decision.verdicts[index] = alone[index]
    return decision


def _is_repeat(rule: Rule) -> bool:
    return rule.category == REPEAT


def _repeats(item: Found) -> bool:
    return any(_is_repeat(hit.rule) for hit in item.hits)


def _without_repeats(item: Found) -> Found:
    return item._replace(hits=tuple(hit for hit in item.hits if not _is_repeat(hit.rule)))
