"""What a pack holds once it has been validated. Data only; everything here can be pickled."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from cleaner.rules.pattern import Pattern

Scope = Literal["line", "text"]
Zone = Literal["head", "body", "tail"]

FEATURES: dict[str, str] = {
    "head": "stands before the first prose line",
    "body": "stands between the first and the last prose line",
    "tail": "stands after the last prose line",
    "first": "is the first line",
    "last": "is the last line",
    "one-word": "is a single word",
    "short": "has at most 8 words",
    "brief": "has at most 20 words",
    "long": "has 45 words or more",
    "closed": "ends in closing punctuation",
    "unclosed": "does not end in closing punctuation",
    "sentence": "has 6 words or more and closing punctuation",
    "prose": "reads like running text: 12 words or more and closing punctuation, or 30 words",
    "title-case": "most of its longer words are capitalised",
    "all-caps": "is written in capitals",
    "bullet": "begins with a bullet or a list dash",
    "colon": "ends in a colon",
    "question": "ends in a question mark",
    "lower-start": "begins with a lower-case letter",
    "quotation": "quotes at least four words, or opens or ends as quoted speech",
    "repeated": "stands in this document more than once",
    "prev-removed": "follows a line that goes",
    "next-removed": "precedes a line that goes",
    "prev-prose": "follows a prose line",
    "next-prose": "precedes a prose line",
    "in-run": "stands in a run of three or more unclosed lines that are not prose",
    "linked": "at least four fifths of it are link text (HTML)",
    "off-flow": "is no list item, and less than a tenth of the other prose stands in places like its own (HTML)",
    "in-jsonld": "the page's own JSON-LD article body contains it (HTML)",
    "not-in-jsonld": "the page's own JSON-LD article body does not contain it (HTML)",
}
"""What a rule or signal can ask about a line, beside its words. Words of unspaced scripts count as
two characters each."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines that a rule opens, once its own line goes.

    `until` is "prose", "end" or a pattern; the line it names stays outside. But for "end", a heading that stands
    among a page's prose ends the block, too: it begins a section of the article. `direction` says on
    which side the lines stand. Each of them gets `weight` towards its own score.
    """

    until: Literal["prose", "end"] | Pattern = "prose"
    max_lines: int = 12
    weight: float = 0.8
    direction: Literal["after", "before"] = "after"


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which [-…-] must go and everything else must stay.

    `companions` are ids of rules that are active beside the rule under test.
    """

    text: str
    companions: tuple[str, ...] = ()

    @property
    def must_go(self) -> bool:
        return "[-" in self.text


def category_of(identifier: str) -> str:
    """The category of the rule with this id."""
    return identifier.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of line (or of words within a line) that is not the article.

    A line matches when any pattern of `any`, every pattern of `all` and no pattern of `none` is
    found in it, it has at most `max_words` words, stands in one of the zones `where`, has all
    `features`, and, where `dom` is given, one of its elements is named there ("figcaption",
    "class:newsletter"). The words that a rule of scope "text" takes are at most `max_share` of the
    line's characters: in a shorter line they may be what it says. A rule with neither `any` nor `all`
    is structural: it is tried on lines that do not read like prose.
    """

    id: str
    summary: str
    weight: float
    pack: str
    scope: Scope = "line"
    exact_case: bool = False
    any: tuple[Pattern, ...] = ()
    all: tuple[Pattern, ...] = ()
    none: tuple[Pattern, ...] = ()
    max_words: int | None = None
    max_share: float = 1.0
    where: frozenset[Zone] = frozenset(("head", "body", "tail"))
    features: tuple[str, ...] = ()
    dom: tuple[str, ...] = ()
    block: Block | None = None
    examples: tuple[Example, ...] = ()
    languages: tuple[str, ...] = ()
    """Those of its pack; they say nothing about which lines it is tried on."""

    def __reduce__(self) -> tuple[type[Rule], tuple[object, ...]]:
        """As that of `Pattern`."""
        return Rule, tuple(getattr(self, each.name) for each in fields(self))

    @property
    def category(self) -> str:
        return category_of(self.id)

    @property
    def nominating(self) -> tuple[Pattern, ...]:
        """The patterns of which one has to be found before any other is asked for; none in a structural rule."""
        return self.any or self.all[:1]


@dataclass(frozen=True, slots=True)
class Signal:
    """Evidence that is no rule: it speaks for or against every line that a rule names already.

    It holds when the line has all `features` and, if there are any, one of the patterns is found.
    """

    id: str
    summary: str
    weight: float
    pack: str
    features: tuple[str, ...] = ()
    any: tuple[Pattern, ...] = ()
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """A validated pack; `source` is where it came from, for messages.

    Without `languages` it is for all of them; empty ones are still to be named.
    """

    id: str
    source: str
    summary: str = ""
    languages: tuple[str, ...] | None = None
    rules: Sequence[Rule] = ()
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a run decides with: the selected rules and signals, what is kept, and the threshold."""

    rules: Sequence[Rule] = ()
    signals: tuple[Signal, ...] = ()
    keep: tuple[Pattern, ...] = field(default=())
    threshold: float = 1.0
    max_removed: float = 0.6

    @property
    def fingerprint(self) -> str:
        """A digest of everything that decides; equal for equal rules, whatever packs they came in."""
        parts = [replace(rule, pack="", summary="", examples=(), languages=()) for rule in self.rules]
        signals = [replace(signal, pack="", summary="") for signal in self.signals]
        # repr of a frozenset has no fixed order.
        text = repr([(sorted(rule.where), replace(rule, where=frozenset())) for rule in parts])
        return hashlib.sha256((text + repr((signals, self.keep, self.threshold))).encode()).hexdigest()
