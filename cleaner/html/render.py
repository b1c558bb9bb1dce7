"""A tree to blocks of text, as a person would type them: one pass over the page, in document order."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from cleaner.html.markup import BULLET, Piece, Span, inline_marks
from cleaner.html.tree import BLOCK_TAGS, VERBATIM_TAGS
from cleaner.model import Mark

_ROW_TAGS = frozenset(("tr", "caption", "thead", "tbody", "tfoot"))
_BREAK, _CELL = "\x0b", "\x1c"  # controls, which pages do not hold once they are parsed
# A no-break space is set for the look of a page, and page builders leave it between any two words.
_SPACE = re.compile(r"[ \t\n\r\f\xa0]+")
_BREAKS = re.compile(r" ?(?:\x0b ?)+")
_LONG_CELL = 200  # characters; a cell longer than that holds prose, and its table is a layout


@dataclass(slots=True)
class RenderedBlock:
    """One block before the choice of the article."""

    text: str
    element: HtmlElement  # the block-level element that it stands in
    inline: tuple[HtmlElement, ...]  # inline elements that cover all of it, inside out
    size: int  # characters, without runs of white space between elements
    linked: int  # ... of them inside links
    kept: bool  # the finder chose it
    marks: tuple[Mark, ...] = ()  # of its inline elements, if they were asked for


def render(body: HtmlElement, chosen: Container[HtmlElement], *, markup: bool = False) -> list[RenderedBlock]:
    """All text of `body`; a block is `kept` when most of its characters stand directly in elements of `chosen`."""
    return _Renderer(chosen, markup=markup).run(body)


class _Renderer:
    def __init__(self, chosen: Container[HtmlElement], *, markup: bool) -> None:
        self._chosen, self._markup = chosen, markup
        self._blocks: list[RenderedBlock] = []
        self._pieces: list[Piece] = []
        self._spans: list[Span] = []  # closed inline elements: first and end piece
        self._open: list[tuple[HtmlElement, int]] = []  # open inline elements: first piece
        self._within: list[HtmlElement] = []  # open block elements
        self._links = 0
        self._verbatim = 0
        self._table: HtmlElement | None = None  # the data table we are in
        self._bullet = ""

    def run(self, body: HtmlElement) -> list[RenderedBlock]:
        for event, element in etree.iterwalk(body, events=("start", "end")):
            if event == "start":
                self._start(element)
                if element.text:
                    self._add(element.text, element)
            else:
                self._end(element)
                if element.tail and element is not body:
                    self._add(element.tail, element.getparent())
        self._flush()
        return self._blocks

    def _add(self, text: str, owner: HtmlElement) -> None:
        self._pieces.append((text, owner, self._links > 0))

    def _start(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            if self._table is not None:
                self._add(_BREAK if tag in _ROW_TAGS else " ", element)
                return
            self._flush()
            self._within.append(element)
            if tag == "table" and _is_data(element):
                self._table = element
            elif tag == "li":
                self._bullet = BULLET
            elif tag in VERBATIM_TAGS:
                self._verbatim += 1
        elif tag == "br":
            self._add("\n" if self._verbatim else _BREAK, element)
        else:
            self._open.append((element, len(self._pieces)))
            if tag == "a":
                self._links += 1

    def _end(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            if self._table is not None and element is not self._table:
                self._add(_CELL if tag in ("td", "th") else _BREAK if tag in _ROW_TAGS else " ", element)
                return
            self._flush()
            self._table = None
            self._within.pop()
            if tag == "li":
                self._bullet = ""
            elif tag in VERBATIM_TAGS:
                self._verbatim -= 1
        elif tag != "br":
            _, first = self._open.pop()
            self._spans.append((element, first, len(self._pieces)))
            if tag == "a":
                self._links -= 1

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        spans, self._spans = self._spans, []
        if self._open:
            self._open = [(element, 0) for element, _ in self._open]
        if not pieces or all(text.isspace() for text, _, _ in pieces):
            return
        raw = "".join([text for text, _, _ in pieces])
        if self._verbatim:
            self._emit(_verbatim(raw), pieces, spans)
        elif self._table is not None:
            self._emit(_table(raw), pieces, spans)
        elif _BREAK in raw:
            self._flush_paragraphs(pieces, spans)
        else:
            self._emit(_SPACE.sub(" ", raw).strip(), pieces, spans)

    def _flush_paragraphs(self, pieces: list[Piece], spans: list[Span]) -> None:
        """Two or more line breaks in a row part paragraphs; a single one is a line end."""
        start = 0
        blank_since: int | None = None
        for i, (text, _, _) in enumerate(pieces):
            if text == _BREAK:
                if blank_since is not None:
                    self._emit_lines(pieces, spans, start, blank_since)
                    start = i
                blank_since = i
            elif not text.isspace():
                blank_since = None
        self._emit_lines(pieces, spans, start, len(pieces))

    def _emit_lines(self, pieces: list[Piece], spans: list[Span], start: int, end: int) -> None:
        part = pieces[start:end]
        text = _SPACE.sub(" ", "".join([text for text, _, _ in part]))
        text = _BREAKS.sub("\n", text).strip()
        self._emit(text, part, [(el, max(a - start, 0), b - start) for el, a, b in spans if b > start and a < end])

    def _emit(self, text: str, pieces: list[Piece], spans: list[Span]) -> None:
        if not text:
            return
        size = linked = chosen = 0
        first, last = len(pieces), 0
        for i, (piece, owner, in_link) in enumerate(pieces):
            if not piece.isspace():
                first, last = min(first, i), i
                size += (length := len(piece))
                if in_link:
                    linked += length
                if owner in self._chosen:
                    chosen += length
        inline = tuple(element for element, a, b in spans if a <= first and b > last)
        if self._bullet:
            text, self._bullet = self._bullet + text, ""
        marks = inline_marks(text, pieces, spans) if self._markup else ()
        self._blocks.append(RenderedBlock(text, self._within[-1], inline, size, linked, chosen * 2 > size, marks))


def _verbatim(raw: str) -> str:
    lines = [line.rstrip() for line in raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _table(raw: str) -> str:
    """A row a line, cells parted by bars."""
    rows = (
        " | ".join(cell for part in row.split(_CELL) if (cell := part.strip()))
        for row in _SPACE.sub(" ", raw).split(_BREAK)
    )
    return "\n".join(row for row in rows if row)


def _is_data(table: HtmlElement) -> bool:
    """Whether rows and columns carry the meaning, not the layout of a page from the nineties."""
    if table.find(".//table") is not None:
        return False
    cells = list(table.iter("td", "th"))
    rows = sum(1 for _ in table.iter("tr"))
    if len(cells) < 2 * max(rows, 1):
        return False
    return all(len("".join(cell.itertext()).strip()) <= _LONG_CELL for cell in cells)
