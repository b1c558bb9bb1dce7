"""Paragraphs and pages for the tests of `cleaner.html`; the town, its people and its papers are invented."""

from __future__ import annotations

from lxml.html import HtmlElement

from cleaner.html import Page, extract, finder, prune, render, tree

HARBOUR = (
    "The harbour council of Oakhurst voted on Tuesday evening to rebuild the old mole, which the storm of last "
    "winter broke in two places, and to pay for it from the reserve.",
    "Mayor Ines Varga called the decision overdue: for three years the ferries had turned back whenever the wind "
    "stood in the west, she told the meeting.",
    "Work begins in May and takes two summers. Until then the fishing boats of the town berth at Millwater, an hour "
    "to the south, as they have done since January.",
    "The cost is put at four million, a third of which the county has promised, though the money still needs the "
    "consent of its assembly in June.",
    "Two councillors voted against the plan, because it leaves the pier of the sailing club as it is, cracks and all.",
)
FERRY = "A second ferry comes in autumn, the operator said, but only on the days on which the market is held."
TEASER = "Fishermen of Millwater ask for a larger ice house before the summer season begins in earnest this year."


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts or HARBOUR)


def page(body: str, head: str = "<title>Oakhurst rebuilds its mole</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def texts(source: str | bytes | Page) -> list[str]:
    """The texts of a page's blocks."""
    found = source if isinstance(source, Page) else extract(source)
    return [block.text for block in found.blocks]


def body_of(html: str) -> HtmlElement:
    """The pruned body of a page that has one."""
    root = tree.parse(html)
    assert root is not None
    body = prune.prune(root).body
    assert body is not None
    return body


def rendered(html: str) -> list[render.RenderedBlock]:
    """All blocks of a page, those that the finder chose marked as kept."""
    body = body_of(html)
    return render.render(body, finder.find(body))
