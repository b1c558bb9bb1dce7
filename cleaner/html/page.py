"""From the bytes of a page to its article's blocks: decode, parse, prune, find, render, choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from cleaner.errors import DocumentError
from cleaner.html import choose, decode, finder, metadata, render, tree
from cleaner.html.regions import name_words, up_to
from cleaner.model import Dom

_MAX_FOUND = 60_000  # elements; a larger page is left to our own linear-time choice
_SHELL_SIZE = 60  # characters; a scripted page that shows less is still waiting for its script


@dataclass(frozen=True, slots=True)
class Block:
    """One block as a person would type it; may hold line ends for <br>, pre and table rows, never blank ends."""

    text: str
    dom: Dom


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    """JSON-LD headline, og:title, h1, or <title> without the site's name; "" if none."""
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
    about = metadata.read(root)
    said = metadata.Said(about.body) if about.body else None
    scripted = root.find(".//script") is not None
    body = tree.prune(root)
    if body is not None:
        rendered = render.render(body, _found(body))
        chosen = choose.choose(body, rendered, said)
        size = sum(block.size for block in chosen)
        if size and not (scripted and size < _SHELL_SIZE):
            return Page(about.title, _with_context(body, chosen, said))
    if about.body:  # a shell whose script would show what the JSON-LD already says
        lines = [" ".join(line.split(" ")).strip() for line in about.body.splitlines()]
        return Page(about.title, tuple(Block(line, Dom(in_jsonld=True)) for line in lines if line))
    raise DocumentError("no article found: the page shows no text without its scripts")


def _found(body: HtmlElement) -> set[HtmlElement]:
    count = 0
    for count, _ in enumerate(body.iter(), 1):
        if count > _MAX_FOUND:
            return set()
    return finder.find(body) if count else set()


def _with_context(
    body: HtmlElement, chosen: Sequence[render.RenderedBlock], said: metadata.Said | None
) -> tuple[Block, ...]:
    root = _common_ancestor(body, chosen)
    context = _Context(root)
    if said is not None and 2 * said.size < sum(len(block.text) for block in chosen):
        said = None  # a teaser: to be missing from it says nothing
    return tuple(
        Block(
            block.text,
            Dom(
                *context.of(block),
                link_density=round(block.linked / block.size, 3) if block.size else 0.0,
                in_jsonld=said.has(block.text) if said is not None else None,
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
    """Tags and name words from an element up to the article's root, remembered by element."""

    def __init__(self, root: HtmlElement) -> None:
        self._known = {root: (frozenset((root.tag,)), name_words(root))}

    def of(self, block: render.RenderedBlock) -> tuple[frozenset[str], frozenset[str]]:
        tags, words = self._of_element(block.element)
        for element in block.inline:
            tags, words = tags | {element.tag}, words | name_words(element)
        return tags, words

    def _of_element(self, element: HtmlElement) -> tuple[frozenset[str], frozenset[str]]:
        path = []
        while element not in self._known:
            path.append(element)
            element = element.getparent()
        tags, words = self._known[element]
        for inner in reversed(path):
            tags, words = tags | {inner.tag}, words | name_words(inner)
            self._known[inner] = tags, words
        return tags, words
