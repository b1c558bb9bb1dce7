"""Why a line goes or stays: the sum that decided, and the rules that nearly had a say."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.model import Document, Evidence
from cleaner.rules.engine import found_in
from cleaner.rules.fold import searchable
from cleaner.rules.model import Rule
from cleaner.rules.table import clipped
from cleaner.text.clean import Pass, TextCleaner
from cleaner.text.confirm import NOTHING
from cleaner.text.decide import Board, Cut, Verdict
from cleaner.text.segment import split_lines
from cleaner.text.shape import count_words, shape


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that the line's words called up and that had no say, with the reasons."""

    rule: Rule
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One unit (a line, or a paragraph of a hard-wrapped text) in the pass that settled it.

    `verdict` is None where no rule names the line. `round` counts passes from 1.
    """

    text: str
    zone: str
    features: tuple[str, ...]
    round: int
    verdict: Verdict | None
    cuts: tuple[Cut, ...]
    protected: bool
    near_misses: tuple[NearMiss, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.verdict.evidence if self.verdict else ()


def explain(cleaner: TextCleaner, document: Document, number: int) -> Explanation | None:
    """Explain the 1-based line `number`; None for a blank line or one past the end.

    A line that loses words and stays is explained as the pass saw it that took the last of them.
    """
    lines = split_lines(document.text)
    if not 1 <= number <= len(lines) or lines[number - 1].blank:
        return None
    line = lines[number - 1]
    settled: Explanation | None = None
    cutting: Explanation | None = None
    for count, step in enumerate(cleaner.passes(document), 1):
        for index, unit in enumerate(step.layout.units):
            if any(start < line.end and line.start < end for start, end in step.trace.parts(unit.start, unit.end)):
                settled = _explanation(cleaner, step, index, count)
                break
        if settled is None or (settled.round == count and settled.verdict and settled.verdict.removed):
            break
        if settled.round == count and settled.cuts:
            cutting = settled
    return cutting if cutting and settled and not (settled.verdict and settled.verdict.removed) else settled


def _explanation(cleaner: TextCleaner, step: Pass, index: int, count: int) -> Explanation:
    text, decision = step.layout.texts[index], step.decision
    board = Board(step.layout.texts, step.found, step.doms, cleaner.rules, cleaner.matcher)
    board.places.removed.update(i for i, verdict in decision.verdicts.items() if verdict.removed)
    verdict = decision.verdicts.get(index)
    return Explanation(
        text=text,
        zone=board.places.zone(index),
        features=tuple(sorted(shape(text))),
        round=count,
        verdict=verdict,
        cuts=tuple(cut for cut in decision.cuts if cut.unit == index),
        protected=step.found.get(index, NOTHING).protected,
        near_misses=tuple(_near_misses(cleaner, board, index)),
    )


def _near_misses(cleaner: TextCleaner, board: Board, index: int) -> list[NearMiss]:
    text = board.texts[index]
    misses = []
    seen = searchable(text)
    for rule in cleaner.matcher.nominees(text):
        if rule.any and not any(found_in(pattern, seen) for pattern in rule.any):
            continue  # called up by a word that they share, no more
        reasons = _unconfirmed(rule, text) or board.lacking(rule, index)
        if rule.scope == "text" and not reasons and rule.weight < cleaner.rules.threshold:
            reasons = [f"weight: {rule.weight:g} is under the threshold"]
        if reasons:
            misses.append(NearMiss(rule, tuple(reasons)))
    return misses


def _unconfirmed(rule: Rule, text: str) -> list[str]:
    reasons = []
    words, seen = count_words(text), searchable(text)
    if rule.max_words is not None and words > rule.max_words:
        reasons.append(f"max_words: the line has {words} words, the rule allows {rule.max_words}")
    if rule.any and not any(found_in(p, seen, exact_case=rule.exact_case) for p in rule.any):
        reasons.append("any: no pattern is found to the letter")
    for name, patterns, wanted in (("all", rule.all, True), ("none", rule.none, False)):
        for pattern in patterns:
            if found_in(pattern, seen, exact_case=rule.exact_case) != wanted:
                reasons.append(f"{name}: {clipped(pattern.source)!r} is {'missing' if wanted else 'found'}")
    return reasons
