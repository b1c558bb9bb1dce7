"""From the bytes of a page to its article's blocks: decode, parse, prune, find, render, choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from cleaner.errors import DocumentError
from cleaner.html import choose, decode, finder, jsonld, metadata, prune, render, state, streamed, tree
from cleaner.html.context import describe
from cleaner.html.extractors import Extractor, load
from cleaner.html.markup import block_marks
from cleaner.html.title import says_any
from cleaner.model import NO_EXTRACTOR, OWN_EXTRACTOR, Dom, Dropped, Mark, Metadata

TITLE_RULE = "extract/title"
"""What a title that is left out of the text is reported as; everything else is `extract/outside-article`, or what
`prune` says."""

_MAX_FOUND = 60_000  # elements; a larger page is left to our own linear-time choice
_SHELL_SIZE = 60  # characters; a scripted page that shows less is still waiting for its script


@dataclass(frozen=True, slots=True)
class Block:
    """One block as a person would type it; may hold line ends for <br>, pre and table rows, never blank ends.

    `line` is where it begins in the page's source, counted from 1, 0 where that is unknown; the offsets of `marks`
    are those of `text`.
    """

    text: str
    dom: Dom
    line: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    metadata: Metadata
    blocks: tuple[Block, ...]
    """In document order."""
    dropped: tuple[Dropped, ...] = ()
    """What its text lost before any rule saw it, in the order of the source."""


@dataclass(frozen=True, slots=True)
class _Article:
    """The blocks of an article, none if there is none, and what was left out."""

    blocks: tuple[Block, ...] = ()
    dropped: list[Dropped] = field(default_factory=list)


def extract(
    data: bytes | str, *, encoding: str | None = None, extractor: str = OWN_EXTRACTOR, markup: bool = False
) -> Page:
    """The article of an HTML page.

    `encoding` (from a header, say) is trusted if the bytes fit it; `extractor` is one of `EXTRACTORS`; with
    `markup` the blocks carry their marks. Raises DocumentError for a page without an article: empty, a frameset, a
    shell that a script would fill; UsageError for an extractor that is not installed.
    """
    text = decode.decode(data, encoding) if isinstance(data, bytes) else decode.drop_controls(data)
    root = tree.parse(text)
    if root is None:
        raise DocumentError("no article found: the page is empty")
    streamed.settle(root)
    things = list(jsonld.things(root))
    about, body = metadata.read(root, things), jsonld.article_body(things)
    said = jsonld.Said(body) if body else None
    if extractor not in (OWN_EXTRACTOR, NO_EXTRACTOR):
        found = _by(load(extractor), text, root, said, markup=markup)
        if not found.blocks:
            raise DocumentError(f"no article found: {extractor} finds none in the page")
        return Page(about, found.blocks, tuple(found.dropped))
    titles = metadata.titles(root, things, about.title)
    whole, scripted = extractor == NO_EXTRACTOR, root.find(".//script") is not None
    found = _article(root, titles, said, _SHELL_SIZE if scripted else 1, about.url, markup=markup, whole=whole)
    if not found.blocks and body:  # a shell whose script would show what the JSON-LD already says
        lines = [" ".join(line.split(" ")).strip() for line in body.splitlines()]
        found = _Article(tuple(Block(line, Dom(in_jsonld=True)) for line in lines if line))
    if not found.blocks and scripted and (inner := _waiting(text)) is not None:
        found = _article(inner, titles, said, _SHELL_SIZE, about.url, markup=markup, whole=whole)
    if not found.blocks:
        raise DocumentError(f"no article found: {_reason(text, scripted=scripted)}")
    return Page(about, found.blocks, tuple(found.dropped))


def _reason(text: str, *, scripted: bool) -> str:
    if "<frame" in text or "<FRAME" in text:
        return "the page only frames other pages"
    return "the page shows no text without its scripts" if scripted else "the page shows no text"


def _waiting(text: str) -> HtmlElement | None:
    """The tree of what the page's scripts would show; the page's own has been pruned."""
    root = tree.parse(text)
    markup = state.find_markup(root) if root is not None else ""
    return tree.parse(markup) if markup else None


def _article(
    root: HtmlElement,
    titles: Sequence[str],
    said: jsonld.Said | None,
    least: int,
    url: str,
    *,
    markup: bool,
    whole: bool,
) -> _Article:
    """The article by our own choice, or the `whole` page; none if it has less than `least` characters."""
    pruned = prune.prune(root, menus=whole)
    if pruned.body is None:
        return _Article()
    if whole:
        chosen = blocks = render.render(pruned.body, (), markup=markup)
    else:
        blocks = render.render(pruned.body, _found(pruned.body), markup=markup)
        chosen = choose.choose(pruned.body, blocks, said, titles, url)
    if not chosen or sum(block.size for block in chosen) < least:
        return _Article()
    doms = describe(pruned.body, chosen, said)
    kept = {id(block) for block in chosen}
    outside = [block for block in blocks if id(block) not in kept]
    return _Article(
        tuple(_block(block, dom, markup=markup) for block, dom in zip(chosen, doms, strict=True)),
        _in_order([*pruned.dropped, *(_outside(block, titles) for block in outside)]),
    )


def _found(body: HtmlElement) -> set[HtmlElement]:
    count = sum(1 for _ in islice(body.iter(), _MAX_FOUND + 1))
    return finder.find(body) if count <= _MAX_FOUND else set()


def _by(extractor: Extractor, text: str, root: HtmlElement, said: jsonld.Said | None, *, markup: bool) -> _Article:
    """The article as another extractor gives it. Lines that are blocks of the page know what the DOM knew."""
    lines = [stripped for line in extractor(text).splitlines() if (stripped := line.strip())]
    pruned = prune.prune(root)
    blocks = render.render(pruned.body, (), markup=markup) if pruned.body is not None else []
    matched = _matched(lines, blocks)
    chosen = [block for block in matched if block is not None]
    doms = iter(describe(pruned.body, chosen, said) if pruned.body is not None and chosen else ())
    everything = jsonld.Said("\n".join(lines))
    kept = {id(block) for block in chosen}
    outside = (block for block in blocks if id(block) not in kept and not everything.has(block.text))
    return _Article(
        tuple(
            Block(line, Dom()) if block is None else _block(block, next(doms), markup=markup)
            for line, block in zip(lines, matched, strict=True)
        ),
        _in_order([*pruned.dropped, *(_outside(block, ()) for block in outside)]),
    )


def _matched(lines: Sequence[str], blocks: Sequence[render.RenderedBlock]) -> list[render.RenderedBlock | None]:
    """For each line the first block, not yet matched, that has its words and no others."""
    waiting: dict[str, list[render.RenderedBlock]] = {}
    for block in reversed(blocks):
        waiting.setdefault(jsonld.words(block.text), []).append(block)
    return [same.pop() if (same := waiting.get(jsonld.words(line))) else None for line in lines]


def _block(block: render.RenderedBlock, dom: Dom, *, markup: bool) -> Block:
    marks = (*block_marks(block.text, block.element), *block.marks) if markup else ()
    return Block(block.text, dom, block.element.sourceline or 0, marks)


def _outside(block: render.RenderedBlock, titles: Sequence[str]) -> Dropped:
    rule = TITLE_RULE if says_any(block.text, titles) else "extract/outside-article"
    return Dropped(rule, block.text, block.element.sourceline or 0)


def _in_order(dropped: list[Dropped]) -> list[Dropped]:
    return sorted(dropped, key=lambda item: item.line)
