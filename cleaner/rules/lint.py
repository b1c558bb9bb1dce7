"""Advice on packs that validate: what a careful reviewer of rules would ask about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.rules.clues import Clues, bytewise
from cleaner.rules.model import Pack, Rule, Signal
from cleaner.rules.nominate import Nominator, Wanted
from cleaner.rules.pattern import Pattern
from cleaner.rules.scaffold import PLACEHOLDER
from cleaner.rules.table import clipped

_LITERAL = re.compile(r"\\[^\w\s]|\w")
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """One remark; `check` names its kind. One on a whole pack has the name of the table in place of a rule's."""

    pack: str
    rule: str
    check: str
    text: str


def lint(packs: Sequence[Pack], chosen: Iterable[Rule], threshold: float = 1.0) -> Iterator[Advice]:
    """Remarks on what is left blank, then on the chosen rules, in their order."""
    help_of_signals = sum(signal.weight for signal in _signals(packs) if signal.weight > 0 and not signal.any)
    owners: dict[tuple[str, bool], str] = {}
    for pack in packs:
        for rule in pack.rules:
            for pattern in rule.any:
                owners.setdefault((pattern.source, rule.exact_case), rule.id)
    rules = list(chosen)
    yield from _blanks(packs, rules)
    for rule in rules:
        yield from _examples(rule)
        yield from _patterns(rule, owners)
        if rule.scope == "text" and rule.weight < threshold:
            yield Advice(
                rule.pack,
                rule.id,
                "too-weak",
                'a rule of scope "text" stands alone: below the threshold it does nothing',
            )
        if rule.scope == "line" and rule.weight + help_of_signals < threshold and not rule.any and not rule.all:
            yield Advice(rule.pack, rule.id, "too-weak", "even with every signal the threshold is out of reach")


def _signals(packs: Sequence[Pack]) -> list[Signal]:
    return [signal for pack in packs for signal in pack.signals]


def _blanks(packs: Sequence[Pack], rules: Sequence[Rule]) -> Iterator[Advice]:
    """What `cleaner rules new` leaves to the author, of the rules and of their packs."""
    named = {rule.pack for rule in rules}
    for pack in packs:
        if pack.id in named and not pack.summary.strip():
            yield Advice(pack.id, "[pack]", "no-summary", "has no summary; say in a line what its rules take")
        if pack.id in named and pack.languages == ():
            how = 'name them, as in ["en"], or leave the field out where its rules hold in all languages'
            yield Advice(pack.id, "[pack]", "no-languages", f"its languages are empty; {how}")
    for rule in rules:
        if rule.summary == PLACEHOLDER:
            yield Advice(rule.pack, rule.id, "no-summary", f"its summary is still {PLACEHOLDER!r}; write your own")


def _examples(rule: Rule) -> Iterator[Advice]:
    if not any(example.must_go for example in rule.examples):
        yield Advice(rule.pack, rule.id, "no-must-go", "has no example with [-…-] that must go")
    keeps = [example for example in rule.examples if not example.must_go]
    if not keeps:
        yield Advice(rule.pack, rule.id, "no-must-stay", "has no example that must stay")
    if keeps and rule.any:
        nominator = Nominator({n: Wanted(_anywhere(pattern), rule.exact_case) for n, pattern in enumerate(rule.any)})
        if not nominator.nominate([line.strip() for example in keeps for line in example.text.split("\n")]):
            shortest = clipped(min((pattern.source for pattern in rule.any), key=len))
            what = f"no must-stay example holds the words of its patterns, such as {shortest!r}"
            how = "write a sentence that one of them would match but for `none` or `max_words`"
            yield Advice(rule.pack, rule.id, "not-tempting", f"{what}; {how}")


def _anywhere(pattern: Pattern) -> Pattern:
    """The pattern, to be looked for anywhere in a line, as what tempts a rule for whole lines is a sentence that holds
    one; where it stands, if that is nearly all that is known of it.
    """
    known = pattern.clues
    literals = _unbound(map(bytewise, (*known.openings, *known.literals)))
    if min(map(len, literals), default=0) < _SHORT and not known.more:
        return pattern
    more = tuple(filter(None, map(_unbound, known.more)))
    return replace(pattern, clues=Clues(literals=tuple(text.encode("latin-1") for text in literals), more=more))


def _unbound(strings: Iterable[str]) -> tuple[str, ...]:
    """What a line must hold, without the line ends that say where; nothing where that can be anything."""
    found = tuple(sorted({text.strip("\n") for text in strings}))
    return () if "" in found else found


def _patterns(rule: Rule, owners: dict[tuple[str, bool], str]) -> Iterator[Advice]:
    for pattern in rule.any:
        owner = owners[pattern.source, rule.exact_case]
        if owner != rule.id:
            yield Advice(rule.pack, rule.id, "duplicate", f"{pattern.source!r} stands in {owner} too")
        bare = not pattern.source.startswith("^") and not pattern.source.endswith("$")
        if rule.scope == "line" and bare and len(_LITERAL.findall(pattern.source)) < _SHORT:
            yield Advice(rule.pack, rule.id, "too-general", f"{pattern.source!r} is short and has no ^ or $")
