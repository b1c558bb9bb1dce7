"""Rules for furniture, each with examples that hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.mine.judge import Furniture
from cleaner.mine.shadow import pattern
from cleaner.model import REPEAT
from cleaner.rules import Selection, load_ruleset
from cleaner.rules.model import Example, Rule, RuleSet
from cleaner.rules.translate import translate
from cleaner.text.shape import shape
from cleaner.text.verify import verify

_HELP = 0.1
"""What a rule that is not sure leaves to the signals for places before and after the prose."""
_BEFORE = "The dam opens in May, the ministry said, after nine years of work and three changes of plan."
_AFTER = "Below it the river runs through a new bed, which the town paid for with a loan over thirty years."
_STAYS = (
    'A banner that said "{}" hung over the dam for nine years, the ministry said on Monday.',
    "Nobody at the ministry could say on Monday who had put the words {} on the wall of the dam nine years ago.",
    "The minister said {} and then spoke for an hour about the dam, about the river and about the loan of the town.",
)
_WHERE = {"head": "before the article", "body": "between its paragraphs", "tail": "at the end"}
_UNFIT = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule for one line, and some documents to look at."""

    rule: Rule
    samples: tuple[str, ...]


def propose(found: Sequence[Furniture], rules: RuleSet) -> list[Proposal]:
    """Rules for what was found, to be used beside `rules`, none of whose ids they have, in the same order.

    A line that cannot be shown to go by its rule, and to stay within a sentence, gets none. That is shown as
    `rules test` will see it: with the signals that are shipped, whatever those of `rules` are.
    """
    shipped = load_ruleset(Selection(packs=("signals",)))
    drafts = {f"{REPEAT}/line-{number}": item for number, item in enumerate(found)}
    made = {identifier: _rule(item, identifier, (rules, shipped)) for identifier, item in drafts.items()}
    together = replace(shipped, rules=tuple(sorted((*rules.rules, *made.values()), key=lambda rule: rule.id)))
    proved: dict[str, Rule] = {}
    for stays in _STAYS:
        tried = [
            replace(rule, examples=_examples(drafts[identifier], stays))
            for identifier, rule in made.items()
            if identifier not in proved
        ]
        failed = {failure.rule for failure in verify(together, tried)}
        proved.update((rule.id, rule) for rule in tried if rule.examples and rule.id not in failed)
    numbers: Counter[str] = Counter()
    taken = {rule.id for rule in rules.rules}
    proposals = []
    for identifier, item in drafts.items():
        if identifier in proved:
            name = "shared" if len(item.standing) > 1 else _slug(item.best.site)
            numbers[name] += 1
            while f"{REPEAT}/{name}-{numbers[name]}" in taken:
                numbers[name] += 1
            rule = replace(proved[identifier], id=f"{REPEAT}/{name}-{numbers[name]}")
            proposals.append(Proposal(rule, tuple(item.best.samples)))
    return proposals


def _slug(site: str) -> str:
    return _UNFIT.sub("-", site.rpartition("/")[2].lower()).strip("-") or "site"


def _rule(item: Furniture, identifier: str, settings: Sequence[RuleSet]) -> Rule:
    """Without examples; its weight is enough under each of the settings."""
    line = item.best.first
    return Rule(
        id=identifier,
        summary=_summary(item),
        weight=round(max(_weight(item, rules) for rules in settings), 2),
        pack="mined",
        any=(translate(pattern(line, item.names, varies=item.varies), {}),),
        where=frozenset(item.zones),
    )


def _weight(item: Furniture, rules: RuleSet) -> float:
    """The threshold, with what signals will hold against the line for its shape, and less what its place will add."""
    forms = shape(item.best.first)
    shaped = [signal for signal in rules.signals if signal.features and not signal.any]
    against = -sum(signal.weight for signal in shaped if signal.weight < 0 and forms.issuperset(signal.features))
    help_of = {zone: sum(signal.weight for signal in shaped if signal.features == (zone,)) for zone in item.zones}
    return rules.threshold + against - (0.0 if item.sure else min(_HELP, *help_of.values()))


def _summary(item: Furniture) -> str:
    best, others = item.best, len(item.standing) - 1
    more = f" and on {others} more {'site' if others == 1 else 'sites'}" if others else ""
    where = " and ".join(_WHERE[zone] for zone in item.zones)
    return f"stands in {best.articles} of {best.of} articles of {best.site}{more}, {where}"


def _examples(item: Furniture, stays: str) -> tuple[Example, ...]:
    """Texts in which the line must go, in each of its two forms if it varies, and one in which it must stay."""
    forms = (item.best.first, item.best.last) if item.varies else (item.best.first,)
    if any(mark in form for form in forms for mark in ("[-", "-]")):
        return ()  # what looks like our own marks cannot be shown to go
    zone = item.zones[-1]
    before = "" if zone == "head" else f"{_BEFORE}\n\n"
    after = "" if zone == "tail" else f"\n\n{_AFTER}"
    going = tuple(Example(f"{before}[-{form}-]{after}") for form in dict.fromkeys(forms))
    return (*going, Example(stays.format(item.best.first.rstrip(".!?…"))))
