"""A rule or a signal as text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.reports.text import shown
from cleaner.rules.model import Rule, Signal


def render(entry: Rule | Signal) -> Iterator[str]:
    """The lines that show everything an entry holds."""
    yield f"{entry.id}  (pack {entry.pack})"
    yield f"  {shown(entry.summary)}"
    yield f"  weight     {entry.weight:g}"
    if isinstance(entry, Rule):
        yield f"  scope      {entry.scope}"
    yield f"  case       {'exact' if entry.exact_case else 'ignore'}"
    if entry.features:
        yield f"  features   {', '.join(entry.features)}"
    if isinstance(entry, Rule):
        yield from _conditions(entry)
    for pattern in entry.any:
        yield f"  any        {shown(pattern.source)}"
    if isinstance(entry, Rule):
        yield from (f"  all        {shown(pattern.source)}" for pattern in entry.all)
        yield from (f"  none       {shown(pattern.source)}" for pattern in entry.none)
        for number, example in enumerate(entry.examples, 1):
            kind = "must go" if example.must_go else "must stay"
            yield f"  example {number}, {kind}:"
            yield from (f"    | {shown(line)}".rstrip() for line in example.text.strip("\n").split("\n"))


def _conditions(rule: Rule) -> Iterator[str]:
    if len(rule.where) < 3:
        yield f"  where      {', '.join(sorted(rule.where))}"
    if rule.max_words is not None:
        yield f"  max_words  {rule.max_words}"
    if rule.max_share < 1.0:
        yield f"  max_share  {rule.max_share:g}"
    if rule.dom:
        yield f"  dom        {', '.join(map(shown, rule.dom))}"
    if rule.block:
        until = rule.block.until if isinstance(rule.block.until, str) else rule.block.until.source
        yield (
            f"  block      {rule.block.direction}, until {shown(until)}, at most {rule.block.max_lines} lines, "
            f"weight {rule.block.weight:g}"
        )
