"""What the tests and the benchmark of mining share: proposals for made-up documents, and how good they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cleaner.mine.count import Counts
from cleaner.mine.judge import furniture
from cleaner.mine.propose import Proposal, propose
from cleaner.mine.site import Sites
from cleaner.model import Document
from cleaner.rules import RuleSet, Selection, load_ruleset
from cleaner.text.clean import TextCleaner
from tests.mine.corpus import Made


def signals() -> RuleSet:
    """What speaks about lines beside rules, and no rule."""
    return load_ruleset(Selection(packs=("signals",)))


def mined(documents: Iterable[Made]) -> list[Proposal]:
    """What is proposed for documents of which nothing is removed yet."""
    sites = Sites(())
    with Counts() as counts:
        for made in documents:
            site, names = sites.of(made.name, made.site)
            counts.add(site, made.name, made.texts, names)
        return propose(furniture(counts, sites.names), signals())


@dataclass(frozen=True, slots=True)
class Quality:
    """Lines of made-up documents: how many are furniture and article, and what went of each."""

    furniture: int
    found: int
    article: int
    lost: int
    missed: frozenset[str]
    wrong: frozenset[str]

    @property
    def recall(self) -> float:
        return self.found / self.furniture

    @property
    def lost_share(self) -> float:
        return self.lost / self.article


def quality(proposals: Iterable[Proposal], documents: Iterable[Made]) -> Quality:
    """What the proposed rules do to documents, with nothing else than signals beside them."""
    rules = tuple(sorted((proposal.rule for proposal in proposals), key=lambda rule: rule.id))
    cleaner = TextCleaner(replace(signals(), rules=rules))
    right: list[str] = []
    missed: list[str] = []
    wrong: list[str] = []
    kept = 0
    for made in documents:
        # A blank line before each: lines of the text are those of the document, doubled.
        result = cleaner.clean(Document("\n\n".join(made.texts)))
        gone = {line // 2 for removal in result.removals for line in range(removal.line, removal.end_line + 1, 2)}
        for index, (text, is_furniture) in enumerate(made.lines):
            if is_furniture:
                (right if index in gone else missed).append(text)
            elif index in gone:
                wrong.append(text)
            else:
                kept += 1
    return Quality(
        len(right) + len(missed), len(right), kept + len(wrong), len(wrong), frozenset(missed), frozenset(wrong)
    )
