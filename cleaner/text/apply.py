"""From a decision to spans of the text: which characters go, blank lines included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cleaner.model import Evidence
from cleaner.rules.model import Rule
from cleaner.text.decide import Cut, Decision, Verdict
from cleaner.text.segment import Layout, Line, Unit


class Span(NamedTuple):
    """Characters `start` to `end` go; `core` to `core_end` are the words, the rest is white space."""

    start: int
    end: int
    core: int
    core_end: int
    rule: Rule
    score: float
    evidence: tuple[Evidence, ...]


def spans(layout: Layout, decision: Decision) -> list[Span]:
    """The removals of one pass, in ascending order and without overlap.

    A removed unit takes along the blank lines after it (those before it, at the end of the file),
    but where a blank separated two kept lines, a blank goes on separating them.
    """
    if not decision.cuts and not any(verdict.removed for verdict in decision.verdicts.values()):
        return []
    cuts = _merged_cuts(layout.text, layout.units, decision)
    gone = {index: verdict for index, verdict in decision.verdicts.items() if verdict.removed}
    gone.update(cuts.whole)
    found = _line_spans(layout.lines, layout.units, gone) if gone else []
    return sorted([*found, *cuts.inner])


class _Cuts(NamedTuple):
    whole: dict[int, Verdict]
    inner: list[Span]


def _merged_cuts(text: str, units: Sequence[Unit], decision: Decision) -> _Cuts:
    """Cuts with their white space; a unit of which no word would be left goes as a whole."""
    by_unit: dict[int, list[Cut]] = {}
    for cut in sorted(decision.cuts, key=lambda cut: (cut.unit, cut.start, -cut.end, cut.rule.id)):
        kept = by_unit.setdefault(cut.unit, [])
        if not kept or cut.start >= kept[-1].end:
            kept.append(cut)
    result = _Cuts({}, [])
    for index, cuts in by_unit.items():
        unit = units[index]
        left = "".join(
            unit.text[a:b] for a, b in zip([0, *(c.end for c in cuts)], [*(c.start for c in cuts), None], strict=True)
        )
        if not any(map(str.isalnum, left)):
            evidence = tuple(Evidence(cut.rule.id, cut.rule.weight) for cut in cuts)
            strongest = max(cuts, key=lambda cut: cut.rule.weight).rule
            result.whole[index] = Verdict(index, strongest.weight, strongest, evidence, True)
            continue
        for run in _runs(unit, cuts):
            cores = [(unit.place(cut.start), unit.place(cut.end)) for cut in run]
            start, end = _with_space(text, unit, cores[0][0], cores[-1][1])
            ends = [*(core_end for _, core_end in cores[:-1]), end]
            for cut, (core, core_end), after in zip(run, cores, ends, strict=True):
                item = Evidence(cut.rule.id, cut.rule.weight)
                result.inner.append(Span(start, after, core, core_end, cut.rule, cut.rule.weight, (item,)))
                start = after
    return result


def _runs(unit: Unit, cuts: Sequence[Cut]) -> list[list[Cut]]:
    """The cuts of a unit, those together that only white space parts."""
    runs: list[list[Cut]] = []
    for cut in cuts:
        if runs and not unit.text[runs[-1][-1].end : cut.start].strip():
            runs[-1].append(cut)
        else:
            runs.append([cut])
    return runs


def _with_space(text: str, unit: Unit, start: int, end: int) -> tuple[int, int]:
    """What is cut from `start` to `end`, with the space that would be left double or at an edge."""
    if start == unit.start:
        while end < unit.end and text[end].isspace():
            end += 1
    elif end == unit.end or text[end].isspace() or text[end] in ".,;:!?)":
        while start > unit.start and text[start - 1].isspace():
            start -= 1
    return start, end


def _line_spans(lines: Sequence[Line], units: Sequence[Unit], gone: dict[int, Verdict]) -> list[Span]:
    """Spans of whole units, each with the blank lines that go along."""
    result: list[Span] = []
    index = 0
    while index < len(units):
        if index not in gone:
            index += 1
            continue
        last = index
        while last + 1 in gone:
            last += 1
        result += _run_spans(lines, units, gone, index, last)
        index = last + 1
    return result


def _run_spans(
    lines: Sequence[Line], units: Sequence[Unit], gone: dict[int, Verdict], first: int, last: int
) -> list[Span]:
    """Spans for the run of removed units `first` to `last` between two kept ones."""
    before = units[first - 1].last + 1 if first > 0 else None  # line after the last kept one
    at_end = last + 1 == len(units)
    stop = len(lines) if at_end else units[last + 1].first
    starts = [units[i].first for i in range(first, last + 1)]
    if at_end and before is not None:
        starts[0] = before
    ends = [*starts[1:], stop]
    # A blank straight after the kept line stays there by itself. Without one, the last blank within
    # the run stays, if both neighbours are kept.
    spare = -1
    if before is not None and not at_end and before == units[first].first:
        blanks = [i for i in range(first, last + 1) if lines[ends[i - first] - 1].blank]
        spare = blanks[-1] if blanks else -1
    result = []
    for i in range(first, last + 1):
        unit, verdict = units[i], gone[i]
        end_line = unit.last + 1 if i == spare else ends[i - first]
        start, end = lines[starts[i - first]].start, lines[end_line - 1].next
        result.append(Span(start, end, unit.start, unit.end, verdict.rule, verdict.score, verdict.evidence))
    return result
