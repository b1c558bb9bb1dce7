"""The decision: evidence adds up per unit, and a threshold decides.

A pure function of the units and what matched in them. Removals are found by a worklist: a unit that
goes is evidence for its neighbours and opens the blocks of its rules, so those are weighed again.
Evidence of that kind only ever grows while a pass lasts, so the result does not depend on the order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cleaner.model import Dom, Evidence
from cleaner.rules.engine import found_in
from cleaner.rules.fold import searchable
from cleaner.rules.model import Block, Rule, RuleSet
from cleaner.text.confirm import NOTHING, Found, Hit
from cleaner.text.match import Matcher
from cleaner.text.places import Places
from cleaner.text.shape import count_words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found for one unit. `rule` is the strongest; `evidence` sums up to `score`."""

    unit: int
    score: float
    rule: Rule
    evidence: tuple[Evidence, ...]
    removed: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """Words within a kept unit that go; offsets are relative to the unit's text."""

    unit: int
    start: int
    end: int
    rule: Rule


@dataclass(slots=True)
class Decision:
    """Verdicts of all units that any rule names, by unit index, and the cuts in kept units."""

    verdicts: dict[int, Verdict] = field(default_factory=dict)
    cuts: list[Cut] = field(default_factory=list)


class Board:
    """The state of one pass: what has gone so far, and what that opened.

    `found` holds matches by unit index, `doms`, unless empty, stand beside the texts.
    """

    def __init__(
        self,
        texts: Sequence[str],
        found: Mapping[int, Found],
        doms: Sequence[Dom],
        rules: RuleSet,
        matcher: Matcher,
    ) -> None:
        self.texts, self.found, self.doms, self.rules, self.matcher = texts, found, doms, rules, matcher
        self.structural = matcher.structural(dom=bool(doms))
        self.places = Places(texts, doms, {index: _line_weight(match) for index, match in found.items()})
        self.opened: dict[int, tuple[Rule, Block]] = {}
        self._applied: dict[int, list[Rule]] = {}
        self._beside: dict[int, tuple[Rule, ...]] = {}
        self._heard: dict[int, frozenset[str]] = {}
        self._in_elements: dict[tuple[frozenset[str], frozenset[str]], tuple[Rule, ...]] = {}

    def decide(self) -> Decision:
        decision = Decision()
        waiting = deque(sorted(self.found))
        if self.structural:
            waiting = deque(i for i in range(len(self.texts)) if i in self.found or self._may_be_structural(i))
        queued = set(waiting)
        while waiting:
            index = waiting.popleft()
            queued.discard(index)
            verdict = self._weigh(index)
            if verdict is None:
                continue
            decision.verdicts[index] = verdict
            if not verdict.removed:
                continue
            self.places.removed.add(index)
            for other in self._touched(index):
                if other not in self.places.removed and other not in queued:
                    queued.add(other)
                    waiting.append(other)
        decision.cuts = [cut for i in sorted(self.found) if i not in self.places.removed for cut in self._cuts(i)]
        return decision

    def _touched(self, index: int) -> Iterator[int]:
        """Open the blocks of the unit's rules; yields the units whose evidence may have grown."""
        if index > 0:
            yield index - 1
        if index + 1 < len(self.texts):
            yield index + 1
        for rule in self._applied[index]:
            if rule.block is not None:
                yield from self._open(index, rule, rule.block)

    def _open(self, index: int, rule: Rule, block: Block) -> Iterator[int]:
        step = 1 if block.direction == "after" else -1
        other = index + step
        for _ in range(block.max_lines):
            if not 0 <= other < len(self.texts) or self._ends(other, block):
                return
            known = self.opened.get(other)
            if known is None or (block.weight, known[0].id) > (known[1].weight, rule.id):
                self.opened[other] = (rule, block)
                yield other
            other += step

    def _ends(self, index: int, block: Block) -> bool:
        if block.until == "end":
            return False
        if self.places.heads_section(index):
            return True
        if block.until == "prose":
            return self.places.prose_at(index)
        return found_in(block.until, searchable(self.texts[index]))

    def _weigh(self, index: int) -> Verdict | None:
        """The sum for one unit, or None where no rule names it."""
        applied = self._applied[index] = list(self._rules_for(index))
        parts = [(rule.weight, rule, Evidence(rule.id, rule.weight)) for rule in applied]
        if index in self.opened:
            rule, block = self.opened[index]
            parts.append((block.weight, rule, Evidence(f"{rule.id}#block", block.weight)))
        if not parts:
            return None
        strongest = min(parts, key=lambda part: (-part[0], part[1].id))[1]
        evidence = [part[2] for part in parts]
        evidence += self.matcher.signals.evidence(self.places, index, self._heard_at(index))
        score = round(sum(item.weight for item in evidence), 6)
        removed = score >= self.rules.threshold and not self.found.get(index, NOTHING).protected
        return Verdict(index, score, strongest, tuple(evidence), removed)

    def _rules_for(self, index: int) -> Iterator[Rule]:
        for hit in self.found.get(index, NOTHING).hits:
            if hit.rule.scope == "line" and self._applies(hit.rule, index):
                yield hit.rule
        if self.structural and self._may_be_structural(index):
            for rule in self._structural_at(index):
                if self._applies(rule, index) and not self._excluded(rule, index):
                    yield rule
        if not self.places.removed.isdisjoint((index - 1, index + 1)):
            for rule in self._rules_beside(index):
                if self._applies(rule, index) and not self._excluded(rule, index):
                    yield rule

    def _structural_at(self, index: int) -> Sequence[Rule]:
        """The structural rules that can apply by the unit's elements, which many units of a page share."""
        if not self.doms:
            return self.structural
        dom = self.doms[index]
        elements = (dom.tags, dom.words)
        rules = self._in_elements.get(elements)
        if rules is None:
            rules = tuple(rule for rule in self.structural if not rule.dom or self._in_dom(rule, index))
            self._in_elements[elements] = rules
        return [rule for rule in rules if rule.dom] if self.places.prose_at(index) else rules

    def _may_be_structural(self, index: int) -> bool:
        """Prose that stands apart from the article's own is no running text, whatever it reads like."""
        return not self.places.prose_at(index) or (bool(self.doms) and self.places.has("off-flow", index))

    def _heard_at(self, index: int) -> frozenset[str]:
        if index not in self._heard:
            # Most of those that will be asked for are asked for together, which costs far less.
            asked = [index] if self._heard else sorted({index, *self.found})
            self._heard.update(zip(asked, self.matcher.signals.heard([self.texts[i] for i in asked]), strict=True))
        return self._heard[index]

    def _rules_beside(self, index: int) -> tuple[Rule, ...]:
        if index not in self._beside:
            near = () if self._beside else (i + step for i in self.found for step in (-1, 0, 1))
            asked = sorted({index, *(i for i in near if 0 <= i < len(self.texts))})
            self._beside.update(zip(asked, self.matcher.find_beside([self.texts[i] for i in asked]), strict=True))
        return self._beside[index]

    def _excluded(self, rule: Rule, index: int) -> bool:
        """For structural rules only: those with patterns were confirmed when they matched."""
        if rule.any or rule.all:
            return False
        if not self._may_be_structural(index):
            return True
        if rule.max_words is not None and count_words(self.texts[index]) > rule.max_words:
            return True
        text = searchable(self.texts[index])
        return any(found_in(pattern, text, exact_case=rule.exact_case) for pattern in rule.none)

    def _applies(self, rule: Rule, index: int) -> bool:
        return (
            self.places.zone(index) in rule.where
            and self.places.has_all(rule.features, index)
            and (not rule.dom or self._in_dom(rule, index))
        )

    def lacking(self, rule: Rule, index: int) -> list[str]:
        """Why a rule whose patterns match does not apply here; for `why`."""
        reasons = []
        if self.places.zone(index) not in rule.where:
            reasons.append(
                f"where: the line stands in the {self.places.zone(index)}, not in {', '.join(sorted(rule.where))}"
            )
        reasons += [f"features: not {feature!r}" for feature in rule.features if not self.places.has(feature, index)]
        if rule.dom and not self._in_dom(rule, index):
            reasons.append(f"dom: none of {', '.join(rule.dom)}")
        return reasons

    def _in_dom(self, rule: Rule, index: int) -> bool:
        if not self.doms:
            return False
        dom = self.doms[index]
        return any(
            name.removeprefix("class:") in dom.words if name.startswith("class:") else name in dom.tags
            for name in rule.dom
        )

    def _cuts(self, index: int) -> Iterator[Cut]:
        if self.found[index].protected:
            return
        hits: list[Hit] = [hit for hit in self.found[index].hits if hit.rule.scope == "text"]
        for hit in hits:
            if hit.rule.weight >= self.rules.threshold and self._applies(hit.rule, index):
                most = hit.rule.max_share * len(self.texts[index])
                yield from (Cut(index, start, end, hit.rule) for start, end in hit.spans if end - start <= most)


def _line_weight(found: Found) -> float:
    return sum(hit.rule.weight for hit in found.hits if hit.rule.scope == "line")
