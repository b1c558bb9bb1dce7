"""One line's explanation as text."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.reports.text import shown
from cleaner.rules.model import RuleSet
from cleaner.text.explain import Explanation


def render(explanation: Explanation, rules: RuleSet, *, held: bool = False) -> Iterator[str]:
    """The lines of an explanation: the text, what it is like, the sum, the near misses."""
    summaries = {rule.id: rule.summary for rule in rules.rules}
    summaries.update((signal.id, signal.summary) for signal in rules.signals)
    yield shown(explanation.text)
    yield f"  stands in the {explanation.zone}; is {', '.join(explanation.features)}"
    yield f"  {_verdict(explanation, rules)}" + (" (but the document is held)" if held else "")
    for item in explanation.evidence:
        base, _, block = item.id.partition("#")
        summary = summaries.get(base, "") + (" (opened by it)" if block else "")
        yield f"    {item.weight:+.2f}  {shown(item.id)}  {shown(summary)}"
    for cut in explanation.cuts:
        words = explanation.text[cut.start : cut.end]
        yield f"    cut   {cut.rule.id}  {shown(words)!r}: {shown(cut.rule.summary)}"
    for miss in explanation.near_misses:
        yield f"    near  {miss.rule.id} ({miss.rule.weight:g}): {shown('; '.join(miss.reasons))}"


def _verdict(explanation: Explanation, rules: RuleSet) -> str:
    passed = "" if explanation.round == 1 else f" in pass {explanation.round}"
    verdict = explanation.verdict
    if explanation.protected:
        return "stays: a keep pattern of the configuration matches it"
    if verdict is None:
        return "stays: no rule names it" if not explanation.cuts else f"loses words{passed}"
    compared = f"{verdict.score:g} {'>=' if verdict.removed else '<'} {rules.threshold:g}"
    return f"{'goes' if verdict.removed else 'stays'}{passed}: {compared}"
