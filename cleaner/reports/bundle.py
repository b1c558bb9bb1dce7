"""What one line's explanation is attached to a report of a defect as: enough to look into it, and no more text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.model import Document, Result
from cleaner.reports.place import Places
from cleaner.reports.text import shown
from cleaner.rules.model import RuleSet
from cleaner.text.explain import Explanation
from cleaner.text.segment import split_lines

CONTEXT = 2
"""Lines on either side that are not blank."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a line was judged with: versions by name, digests of the configuration ("": there is none), of all that
    decides, and of the packs, each after the name of its file.
    """

    versions: dict[str, str]
    configuration: str
    fingerprint: str
    packs: list[tuple[str, str]]


def nearby(document: Document, number: int) -> list[tuple[int, str]]:
    """The 1-based line `number` of the text with its neighbours, and what they are called: see `Places.of`."""
    text, places = document.text, Places(document)
    lines = split_lines(text)
    filled = [index for index, line in enumerate(lines) if not line.blank]
    place = filled.index(number - 1)
    chosen = filled[max(0, place - CONTEXT) : place + CONTEXT + 1]
    return [(places.of(index + 1), text[lines[index].start : lines[index].end]) for index in chosen]


def as_data(explanation: Explanation, result: Result, number: int, rules: RuleSet, setup: Setup) -> dict[str, Any]:
    """The attachment, for JSON. All words in it are those that `cleaner why` prints, and the lines of `nearby`. Of a
    page, each `line` is that of its source, and `lines` those that its text has.
    """
    verdict, document = explanation.verdict, result.document
    return {
        "schema": 1,
        "versions": setup.versions,
        "configuration": setup.configuration,
        "rules": setup.fingerprint,
        "packs": [{"file": name, "digest": digest} for name, digest in setup.packs],
        "document": {
            "kind": "page" if document.blocks else "text",
            "encoding": document.encoding,
            "lines": len(split_lines(document.text)),
            "held": result.held,
            "excerpt": [{"line": line, "text": words} for line, words in nearby(document, number)],
        },
        "line": Places(document).of(number),
        "unit": explanation.text,
        "zone": explanation.zone,
        "features": explanation.features,
        "pass": explanation.round,
        "goes": bool(verdict and verdict.removed),
        "score": verdict.score if verdict else None,
        "threshold": rules.threshold,
        "kept_by_pattern": explanation.protected,
        "evidence": [{"id": item.id, "weight": item.weight} for item in explanation.evidence],
        "cuts": [{"rule": cut.rule.id, "start": cut.start, "end": cut.end} for cut in explanation.cuts],
        "near_misses": [{"rule": miss.rule.id, "reasons": miss.reasons} for miss in explanation.near_misses],
    }


def listing(document: Document, number: int, own_packs: Sequence[str]) -> Iterator[str]:
    """What its reader is told of the attachment before it is made; of packs, only their own have telling names."""
    yield "The bundle holds what stands above, and of the document these lines:"
    yield from (f"  {line}: {shown(words)}" for line, words in nearby(document, number))
    named = f"; the names of your packs ({', '.join(map(shown, own_packs))})" if own_packs else ""
    yield f"It holds the versions of programs, and digests of the configuration and of all packs{named}."
