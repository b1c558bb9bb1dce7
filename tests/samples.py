"""What tests of rules and texts make for themselves: patterns, rule sets, decisions; and where shared data lie."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cleaner.model import Document, Dom, Result
from cleaner.rules import Selection, load_packs, select
from cleaner.rules.model import Block, Pack, Rule, RuleSet, Signal
from cleaner.rules.pattern import Pattern
from cleaner.rules.schema import read_pack
from cleaner.rules.table import Dialect
from cleaner.rules.translate import translate
from cleaner.text.clean import TextCleaner
from cleaner.text.decide import Board, Decision
from cleaner.text.match import Matcher

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"

PROSE = "The dam opens in May, the ministry said, after nine years of work and three changes of plan."
MORE_PROSE = "Below it the river runs through a new bed, which the town paid for with a loan over thirty years."


def shared(name: str) -> Path:
    """A file of the data that lie beside the checkout; without it the calling test is skipped."""
    path = ROOT.parent / "shared" / name
    if not path.exists():
        pytest.skip(f"needs ../shared/{name}, which is no part of the project")
    return path


def pattern(source: str, **lists: tuple[str, ...]) -> Pattern:
    return translate(source, lists)


def patterns(*sources: str) -> tuple[Pattern, ...]:
    return tuple(map(pattern, sources))


def rule(identifier: str, *sources: str, weight: float = 1.0, block: Block | None = None, **fields: Any) -> Rule:
    """A rule with these patterns in `any`; `all` and `none` are sources too."""
    for name in ("all", "none"):
        fields[name] = patterns(*fields.get(name, ()))
    return Rule(identifier, "of a test", weight, "test", any=patterns(*sources), block=block, **fields)


def signal(name: str, weight: float, *features: str, sources: Iterable[str] = ()) -> Signal:
    return Signal(f"signal/{name}", "of a test", weight, "test", features, patterns(*sources))


def ruleset(
    *parts: Rule | Signal, keep: Sequence[str] = (), threshold: float = 1.0, max_removed: float = 1.0
) -> RuleSet:
    """A rule set as `select` gives it: rules and signals sorted by id."""
    rules = [part for part in parts if isinstance(part, Rule)]
    signals = [part for part in parts if isinstance(part, Signal)]
    return RuleSet(
        tuple(sorted(rules, key=lambda rule: rule.id)),
        tuple(sorted(signals, key=lambda signal: signal.id)),
        patterns(*keep),
        threshold,
        max_removed,
    )


def cleaned(rules: RuleSet, text: str) -> Result:
    return TextCleaner(rules).clean(Document(text))


def board(rules: RuleSet, texts: Sequence[str], doms: Sequence[Dom] = ()) -> Board:
    matcher = Matcher(rules)
    return Board(texts, matcher.find(texts), doms, rules, matcher)


def decided(rules: RuleSet, texts: Sequence[str], doms: Sequence[Dom] = ()) -> Decision:
    return board(rules, texts, doms).decide()


def gone(decision: Decision) -> list[int]:
    """The units that go."""
    return [index for index, verdict in sorted(decision.verdicts.items()) if verdict.removed]


@functools.cache
def shipped_packs() -> tuple[Pack, ...]:
    """All packs that we ship, with their examples; each pattern has been compiled."""
    return load_packs(("default",), examples=True)


def own_languages() -> Counter[str]:
    """The languages that have packs of their own, which are called after them, with the number of rules in these."""
    rules = Counter[str]()
    for pack in shipped_packs():
        language = pack.id.partition("-")[0]
        if pack.languages and pack.languages[0] == language:
            rules[language] += len(pack.rules)
    return rules


@functools.cache
def shipped_cleaner() -> TextCleaner:
    """What cleans with all that we ship, as it is selected by default."""
    return TextCleaner(select(shipped_packs(), Selection()))


def read(toml: str, source: str = "ours.toml", **lists: tuple[str, ...]) -> Pack:
    """The pack that this TOML holds."""
    return read_pack(tomllib.loads(toml), source, Dialect(lists))
