"""Running the examples that rules carry: what is marked must go, everything else must stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from cleaner.model import Document, Evidence
from cleaner.rules.model import Example, Rule, RuleSet
from cleaner.text.clean import TextCleaner

_MARKED = re.compile(r"\[-(.*?)-\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Failure:
    """One example that does not hold, and what was found instead.

    `evidence` is that of the removals in a text that must stay.
    """

    rule: str
    pack: str
    number: int
    reason: str
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


def verify(rules: RuleSet, chosen: Iterable[Rule]) -> Iterator[Failure]:
    """Failures of the chosen rules' examples.

    Must-go examples run with the rule and its companions alone (and the signals), so that no other
    rule can pass its test; must-stay examples run with all of `rules`.
    """
    everything = cache(lambda: TextCleaner(rules))
    by_id = {rule.id: rule for rule in rules.rules}
    for rule in chosen:
        for number, example in enumerate(rule.examples, 1):
            reason, evidence = "", tuple[Evidence, ...]()
            if example.must_go:
                reason = _must_go(rule, example, rules, by_id)
            elif removals := everything().clean(Document(example.text)).removals:
                gone = removals[0]
                reason = f"{gone.text.strip()!r} must stay, but {gone.rule} removes it ({gone.score:g})"
                evidence = tuple(item for removal in removals for item in removal.evidence)
            if reason:
                yield Failure(rule.id, rule.pack, number, reason, evidence)


def unmarked(text: str) -> str:
    """An example as it goes in."""
    return _MARKED.sub(r"\1", text)


def expected(text: str) -> str:
    """An example as it must come out, white space aside."""
    return _MARKED.sub("", text)


def _must_go(rule: Rule, example: Example, rules: RuleSet, by_id: dict[str, Rule]) -> str:
    unknown = [companion for companion in example.companions if companion not in by_id]
    if unknown:
        return f"with names {unknown[0]!r}, which is no rule"
    companions = [by_id[companion] for companion in example.companions]
    wanted = _kept(expected(example.text))
    left = _kept(_clean(example, rules, [rule, *companions]))
    if left != wanted:
        return _difference(wanted, left)
    if companions and _kept(_clean(example, rules, companions)) == wanted:
        return "passes without the rule: its companions remove everything that is marked"
    return ""


def _clean(example: Example, rules: RuleSet, active: Sequence[Rule]) -> str:
    alone = replace(rules, rules=tuple(sorted(active, key=lambda rule: rule.id)))
    return TextCleaner(alone).clean(Document(unmarked(example.text))).text


def _kept(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def _difference(wanted: list[str], left: list[str]) -> str:
    for line in left:
        if line not in wanted:
            return f"{line!r} must go, but stays (wholly or in part)"
    for line in wanted:
        if line not in left:
            return f"{line!r} must stay, but goes"
    return "the kept lines differ in number or order"
