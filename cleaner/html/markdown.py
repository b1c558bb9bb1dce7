"""The clean text of a page as Markdown (CommonMark, with GitHub's tables), from the one plan of removals.

What the page's author did not mean as Markdown is escaped; an addition is never made to what a removal left blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleaner.model import Mark, Result

_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|~~~)", re.M)
_NUMBER_START = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)", re.M)
_BACKTICKS = re.compile("`+")
_INLINE = ("link", "strong", "emphasis", "code")
_SIGNS = {"strong": "**", "emphasis": "*"}
_ADDRESS = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", "\\": "%5C", "\n": ""})


def markdown(result: Result) -> str:
    """The clean text with what its `marks` say; as it is, without escapes, where the document is no page."""
    document = result.document
    if not document.blocks:
        return result.text
    kept = list(result.kept_spans())
    edges = [*(block.start for block in document.blocks), len(document.text)]
    parts: list[str] = []
    last: Mark | None = None
    for start, end in pairwise(edges):
        spans = [(max(a, start), min(b, end)) for a, b in kept if a < end and b > start]
        marks = [mark for mark in document.marks if start <= mark.start < end]
        if not (text := _block(document.text, spans, marks)):
            continue
        item = _of_kind(marks, "item")
        if parts:
            parts.append("\n" if item is not None and last is not None else "\n\n")
        parts.append(text)
        last = item
    return "".join([*parts, "\n"]) if parts else ""


def _block(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> str:
    item, heading = _of_kind(marks, "item"), _of_kind(marks, "heading")
    quote = _of_kind(marks, "quote")
    if item is not None:
        spans = [(max(a, item.end), b) for a, b in spans if b > item.end]
    raw = "".join(text[a:b] for a, b in spans)
    if not raw.strip():
        return ""
    if _of_kind(marks, "verbatim") is not None:
        lines = [*_fenced(raw.rstrip("\n"))]
    elif _of_kind(marks, "table") is not None:
        lines = [*_table(raw.strip())]
    else:
        shown = _escaped_starts(_inline(text, spans, [mark for mark in marks if mark.kind in _INLINE]).strip())
        # A line end that a person typed is two spaces; in a heading there can be none.
        lines = [" ".join(shown.split("\n"))] if heading else [line.strip() for line in shown.split("\n")]
        lines = [*(f"{line}  " for line in lines[:-1]), lines[-1]]
    if heading is not None:
        lines[0] = f"{'#' * int(heading.value)} {lines[0]}"
    if item is not None:
        blank = " " * (len(item.value) + 1)
        lines = [f"{blank if number else item.value + ' '}{line}" for number, line in enumerate(lines)]
    if quote is not None:
        lines = [f"{quote.value} {line}" for line in lines]
    return "\n".join(lines)


def _of_kind(marks: Sequence[Mark], kind: str) -> Mark | None:
    return next((mark for mark in marks if mark.kind == kind), None)


def _inline(text: str, spans: Sequence[tuple[int, int]], marks: Sequence[Mark]) -> str:
    """The kept text with links, emphasis and code; marks stand outer before inner."""
    before: dict[int, list[str]] = {}
    after: dict[int, list[str]] = {}
    literal: list[tuple[int, int]] = []
    for mark in marks:
        held = [(a, b) for a, b in ((max(a, mark.start), min(b, mark.end)) for a, b in spans) if text[a:b].strip()]
        if not held:
            continue
        first, last = held[0], held[-1]
        start = first[0] + len(text[slice(*first)]) - len(text[slice(*first)].lstrip())
        end = last[1] - (len(text[slice(*last)]) - len(text[slice(*last)].rstrip()))
        if any(start < code_end and code_start < end for code_start, code_end in literal):
            continue  # nothing can be set apart within code
        opening, closing = _signs(mark, "".join(text[a:b] for a, b in held))
        if mark.kind == "code":
            literal.append((start, end))
        before.setdefault(start, []).append(opening)
        after.setdefault(end, []).insert(0, closing)
    return "".join(_pieces(text, spans, before, after, literal))


def _signs(mark: Mark, held: str) -> tuple[str, str]:
    if mark.kind == "link":
        return "[", f"]({mark.value.translate(_ADDRESS)})"
    if mark.kind == "code":
        ticks = "`" * (max(map(len, _BACKTICKS.findall(held)), default=0) + 1)
        pad = " " if held.startswith("`") or held.endswith("`") else ""
        return ticks + pad, pad + ticks
    return _SIGNS[mark.kind], _SIGNS[mark.kind]


def _pieces(
    text: str,
    spans: Sequence[tuple[int, int]],
    before: dict[int, list[str]],
    after: dict[int, list[str]],
    literal: Sequence[tuple[int, int]],
) -> Iterator[str]:
    cuts = sorted({*before, *after})
    for start, end in spans:
        for a, b in pairwise([start, *(cut for cut in cuts if start < cut < end), end]):
            yield from before.get(a, ())
            is_code = any(low <= a and b <= high for low, high in literal)
            shown = text[a:b] if is_code else _SPECIAL.sub(r"\\\g<0>", text[a:b])
            # An exclamation mark before a link would make a picture of it.
            yield f"{shown[:-1]}\\!" if shown.endswith("!") and "[" in before.get(b, ()) else shown
            yield from after.get(b, ())


def _escaped_starts(text: str) -> str:
    """Without line beginnings that would make a heading, list or quotation of a paragraph."""
    return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", text))


def _fenced(text: str) -> Iterator[str]:
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _BACKTICKS.findall(text)), 3)
    yield fence
    yield from text.split("\n")
    yield fence


def _table(text: str) -> Iterator[str]:
    """The first row is the head, since a table must have one."""
    rows = [[_SPECIAL.sub(r"\\\g<0>", cell) for cell in line.split(" | ")] for line in text.split("\n") if line.strip()]
    width = max(map(len, rows))
    for number, row in enumerate(rows):
        yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"
        if not number:
            yield f"|{' --- |' * width}"
