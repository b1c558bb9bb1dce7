"""The whole way of one text: passes of segment, match, decide and apply until nothing more goes.

Each pass sees exactly what a second run would see, so cleaning twice equals cleaning once. Offsets of
later passes are traced back to the document, so that there is one plan of removals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from cleaner.model import Document, Dom, Removal, Result
from cleaner.rules.model import RuleSet
from cleaner.text.apply import Span, spans
from cleaner.text.confirm import Found
from cleaner.text.decide import Decision
from cleaner.text.match import Matcher
from cleaner.text.places import NO_DOM
from cleaner.text.segment import Layout, Line, Unit
from cleaner.text.spare import decide_sparing


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over the text that the passes before it left.

    `doms` stand beside the layout's units or are empty; `found` holds units by index.
    """

    layout: Layout
    found: Mapping[int, Found]
    doms: Sequence[Dom]
    decision: Decision
    spans: list[Span]
    trace: Trace


class TextCleaner:
    """Cleans documents with one RuleSet. Holds compiled patterns: one per process, not shared."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.matcher = Matcher(rules)

    def clean(self, document: Document) -> Result:
        """The plan of removals for a document; never raises for any text."""
        planned: list[Span] = []
        lines: list[Line] = []
        for step in self.passes(document):
            if step.spans and not planned:
                lines = step.layout.lines
            planned += (piece for span in step.spans for piece in step.trace.original(span))
            del step  # of a long text it is several times as large, and the next one is on its way
        if not planned:
            return Result(document, ())
        removals = tuple(_removals(document, lines, _joined(planned)))
        gone = sum(len(removal.text.strip()) for removal in removals)
        total = len(document.text.strip())
        return Result(document, removals, held=gone > self.rules.max_removed * total)

    def passes(self, document: Document) -> Iterator[Pass]:
        """The passes of a document in order; the last one removes nothing (for `why`)."""
        text, trace = document.text, Trace([(0, 0)], len(document.text))
        known: dict[str, Found | None] = {}
        while True:
            step = self._pass(document, text, trace, known)
            yield step
            if not step.spans:
                return
            known.update((seen, step.found.get(index)) for index, seen in enumerate(step.layout.texts))
            edges = [0, *(edge for span in step.spans for edge in (span.start, span.end)), len(text)]
            kept = [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]
            text, trace = "".join(text[a:b] for a, b in kept), trace.without(kept)
            del step  # as in `clean`

    def _pass(self, document: Document, text: str, trace: Trace, known: Mapping[str, Found | None]) -> Pass:
        layout = Layout(text)
        found = self._find(layout.texts, known)
        if not found and not self.matcher.structural(dom=bool(document.blocks)):
            return Pass(layout, found, (), Decision(), [], trace)
        doms = _doms_of(document, layout.units, trace) if document.blocks else ()
        decision = decide_sparing(layout.texts, found, doms, self.rules, self.matcher)
        return Pass(layout, found, doms, decision, spans(layout, decision), trace)

    def _find(self, texts: list[str], known: Mapping[str, Found | None]) -> dict[int, Found]:
        """What matches in each unit; texts that an earlier pass has `known` are not looked at again."""
        if not known:
            return self.matcher.find(texts)
        new = [text for text in texts if text not in known]
        found = self.matcher.find(new)
        seen = {**known, **{text: found.get(index) for index, text in enumerate(new)}}
        return {index: matches for index, text in enumerate(texts) if (matches := seen[text]) is not None}


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the characters of a later pass stand in the document.

    `pieces` are (start in the pass, start in the document), ascending; `length` is the pass's.
    """

    pieces: Sequence[tuple[int, int]]
    length: int

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans of the document that `start:end` of the pass is made of."""
        index = bisect_right(self.pieces, (start, 1 << 62)) - 1
        while start < end:
            here, there = self.pieces[index]
            stop = self.pieces[index + 1][0] if index + 1 < len(self.pieces) else self.length
            part_end = min(end, stop)
            yield there + start - here, there + part_end - here
            start, index = part_end, index + 1

    def position(self, offset: int) -> int:
        """The document offset of one character of the pass."""
        here, there = self.pieces[bisect_right(self.pieces, (offset, 1 << 62)) - 1]
        return there + offset - here

    def without(self, kept: Sequence[tuple[int, int]]) -> Trace:
        """The trace of the text that is left when only `kept` spans of this pass stay."""
        pieces = [part for start, end in kept for part in self.parts(start, end)]
        starts = accumulate((end - start for start, end in pieces), initial=0)
        return Trace(
            [(start, part[0]) for start, part in zip(starts, pieces, strict=False)],
            sum(end - start for start, end in pieces),
        )

    def original(self, span: Span) -> Iterator[Span]:
        """A pass's span in document offsets; in pieces, where an earlier pass removed in between."""
        core, core_end = self.position(span.core), self.position(span.core_end - 1) + 1
        for start, end in self.parts(span.start, span.end):
            low, high = max(start, core), min(end, core_end)
            yield span._replace(start=start, end=end, core=low, core_end=max(low, high))


def _joined(planned: list[Span]) -> list[Span]:
    """In order, with pieces that hold no words of their own (blank lines) given to a neighbour."""
    result: list[Span] = []
    pending: Span | None = None
    for span in sorted(planned):
        if span.core >= span.core_end:
            if result and result[-1].end == span.start:
                result[-1] = result[-1]._replace(end=span.end)
            else:
                pending = span
            continue
        result.append(span if pending is None else span._replace(start=pending.start))
        pending = None
    return result


def _removals(document: Document, lines: list[Line], planned: list[Span]) -> Iterator[Removal]:
    text, starts = document.text, [line.start for line in lines]
    position = byte_position = 0
    for span in planned:
        byte_start = byte_position + len(document.encode(text[position : span.start]))
        byte_end = byte_start + len(document.encode(text[span.start : span.end]))
        position, byte_position = span.end, byte_end
        yield Removal(
            doc=document.name,
            start=span.start,
            end=span.end,
            byte_start=byte_start,
            byte_end=byte_end,
            line=bisect_right(starts, span.core),
            end_line=bisect_right(starts, span.core_end - 1),
            rule=span.rule.id,
            category=span.rule.category,
            score=span.score,
            evidence=span.evidence,
            text=text[span.start : span.end],
        )


def _doms_of(document: Document, units: Sequence[Unit], trace: Trace) -> list[Dom]:
    starts = [block.start for block in document.blocks]
    doms = []
    for unit in units:
        index = bisect_right(starts, trace.position(unit.start)) - 1
        doms.append(document.blocks[index].dom if index >= 0 else NO_DOM)
    return doms
