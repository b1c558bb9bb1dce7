"""What one more rule would change: two plans of the same document, with it and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.model import Removal, Result
from cleaner.rules.model import Rule, RuleSet
from cleaner.text.clean import TextCleaner
from cleaner.text.match import Matcher
from cleaner.text.segment import Layout


@dataclass(frozen=True, slots=True)
class Tried:
    """A document with the rule.

    `added` are those removals of `result` that are none without it: lines that it names, and lines that go along.
    Of other lines that it names, `already` go without it, and `staying` stay in spite of it.
    """

    result: Result
    added: tuple[Removal, ...] = ()
    already: int = 0
    staying: int = 0


class Trial:
    """Tries a rule beside others; documents that it does not name cost next to nothing."""

    def __init__(self, rules: RuleSet, rule: Rule) -> None:
        self._rule = rule
        self._matcher = Matcher(RuleSet((rule,)))
        self._rules = rules
        self._with: TextCleaner | None = None

    def of(self, result: Result) -> Tried:
        """What the rule would do to a document of which this is the result without it."""
        # Also looked for in what is left: a cut can bring words to the beginning of their line.
        if not self._named(result.document.text) and not (result.removals and self._named(result.text)):
            return Tried(result)
        after = self._cleaner.clean(result.document)
        added = tuple(removal for removal in after.removals if any(_left(removal, result)))
        known = sum(_names(removal, self._rule) for removal in after.removals)
        new = sum(_names(removal, self._rule) for removal in added)
        return Tried(after, added, known - new, self._named(after.text))

    def _named(self, text: str) -> int:
        """How many units the rule matches."""
        return len(self._matcher.find(Layout(text).texts))

    @property
    def _cleaner(self) -> TextCleaner:
        if self._with is None:
            rules = sorted((*self._rules.rules, self._rule), key=lambda rule: rule.id)
            self._with = TextCleaner(replace(self._rules, rules=tuple(rules)))
        return self._with


def _names(removal: Removal, rule: Rule) -> bool:
    return any(item.id == rule.id for item in removal.evidence)


def _left(removal: Removal, result: Result) -> Iterator[str]:
    """The words of a removal that a plan leaves."""
    text, position = result.document.text, removal.start
    for other in result.removals:
        if other.end > removal.start and other.start < removal.end:
            yield text[position : max(position, other.start)].strip()
            position = max(position, other.end)
    yield text[position : max(position, removal.end)].strip()
