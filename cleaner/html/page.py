"""From the bytes of a page to its article's blocks: decode, parse, prune, find, render, choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from cleaner.errors import DocumentError
from cleaner.html import choose, decode, finder, jsonld, metadata, prune, render, state, streamed, tree
from cleaner.html.flow import Flow
from cleaner.html.regions import name_words
from cleaner.html.walk import Inherited, up_to
from cleaner.model import Dom, Metadata

_Names = tuple[frozenset[str], frozenset[str]]

_MAX_FOUND = 60_000  # elements; a larger page is left to our own linear-time choice
_TELLING_SHARE = 0.4  # of the article's characters, from which on an element's names tell nothing about a block
_NONE: frozenset[str] = frozenset()
_SHELL_SIZE = 60  # characters; a scripted page that shows less is still waiting for its script


@dataclass(frozen=True, slots=True)
class Block:
    """One block as a person would type it; may hold line ends for <br>, pre and table rows, never blank ends."""

    text: str
    dom: Dom


@dataclass(frozen=True, slots=True)
class Page:
    metadata: Metadata
    blocks: tuple[Block, ...]
    """In document order."""


def extract(data: bytes | str, *, encoding: str | None = None) -> Page:
    """The article of an HTML page.

    `encoding` (from a header, say) is trusted if the bytes fit it. Raises DocumentError for a page without an
    article: empty, a frameset, a shell that a script would fill.
    """
    text = decode.decode(data, encoding) if isinstance(data, bytes) else decode.drop_controls(data)
    root = tree.parse(text)
    if root is None:
        raise DocumentError("no article found: the page is empty")
    streamed.settle(root)
    things = list(jsonld.things(root))
    about, body = metadata.read(root, things), jsonld.article_body(things)
    said = jsonld.Said(body) if body else None
    scripted = root.find(".//script") is not None
    blocks = _article(root, about.title, said, _SHELL_SIZE if scripted else 1)
    if not blocks and body:  # a shell whose script would show what the JSON-LD already says
        lines = [" ".join(line.split(" ")).strip() for line in body.splitlines()]
        blocks = tuple(Block(line, Dom(in_jsonld=True)) for line in lines if line)
    if not blocks and scripted and (inner := _waiting(text)) is not None:
        blocks = _article(inner, about.title, said, _SHELL_SIZE)
    if not blocks:
        raise DocumentError(f"no article found: {_reason(text, scripted=scripted)}")
    return Page(about, blocks)


def _reason(text: str, *, scripted: bool) -> str:
    if "<frame" in text or "<FRAME" in text:
        return "the page only frames other pages"
    return "the page shows no text without its scripts" if scripted else "the page shows no text"


def _waiting(text: str) -> HtmlElement | None:
    """The tree of what the page's scripts would show; the page's own has been pruned."""
    root = tree.parse(text)
    markup = state.find_markup(root) if root is not None else ""
    return tree.parse(markup) if markup else None


def _article(root: HtmlElement, title: str, said: jsonld.Said | None, least: int) -> tuple[Block, ...]:
    """The blocks of the article, none if they have less than `least` characters; prunes the tree."""
    body = prune.prune(root)
    if body is None:
        return ()
    rendered = render.render(body, _found(body))
    chosen = choose.choose(body, rendered, said, title)
    if sum(block.size for block in chosen) < least:
        return ()
    return _with_context(body, chosen, said)


def _found(body: HtmlElement) -> set[HtmlElement]:
    count = sum(1 for _ in islice(body.iter(), _MAX_FOUND + 1))
    return finder.find(body) if count <= _MAX_FOUND else set()


def _with_context(
    body: HtmlElement, chosen: Sequence[render.RenderedBlock], said: jsonld.Said | None
) -> tuple[Block, ...]:
    root = _common_ancestor(body, chosen)
    context = _Context(root, chosen)
    flow = Flow(body, [block for block in chosen if choose.is_prose(block)])
    if said is not None and 2 * said.size < sum(len(block.text) for block in chosen):
        said = None  # a teaser: to be missing from it says nothing
    return tuple(
        Block(
            block.text,
            Dom(
                *context.of(block),
                link_density=round(block.linked / block.size, 3) if block.size else 0.0,
                in_jsonld=said.has(block.text) if said is not None else None,
                flow=round(flow.share(block), 3),
            ),
        )
        for block in chosen
    )


def _common_ancestor(body: HtmlElement, chosen: Sequence[render.RenderedBlock]) -> HtmlElement:
    """The article's root: the smallest element that holds all of it."""
    common = list(up_to(chosen[0].element, body))[::-1]
    for element in {block.element for block in chosen}:
        path = set(up_to(element, body))
        while common[-1] not in path:
            common.pop()
    return common[-1]


class _Context:
    """Tags and name words from an element up to the article's root, without those that say nothing.

    Page builders call the wrapper of everything `newsletter-page` or put it into a form: what holds much
    of the article tells nothing about one of its lines.
    """

    def __init__(self, root: HtmlElement, chosen: Sequence[render.RenderedBlock]) -> None:
        self._counts: Counter[HtmlElement] = Counter()
        self._sizes: Counter[HtmlElement] = Counter()
        for block in chosen:
            for element in up_to(block.element, root):
                self._counts[element] += 1
                self._sizes[element] += block.size
        self._limit = _TELLING_SHARE * self._sizes[root]
        self._names = Inherited(root, (_NONE, _NONE), self._with_names)
        self._root = root

    def of(self, block: render.RenderedBlock) -> _Names:
        names = self._names.of(block.element)
        for element in (*block.inline, *((self._root,) if block.element is self._root else ())):
            names = _joined(names, element)
        return names

    def _with_names(self, outer: _Names, element: HtmlElement) -> _Names:
        if self._counts[element] > 1 and self._sizes[element] > self._limit:
            return outer
        return _joined(outer, element)


def _joined(names: _Names, element: HtmlElement) -> _Names:
    tags, words = names
    return tags | {element.tag}, words | name_words(element)
