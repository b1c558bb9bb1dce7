"""Parts of a page that its server sent late, for a script to move into place.

React sends a slow part at the end of the body, as `<div hidden id="S:1">`, and leaves
`<template id="B:1">` (or `P:1`) where it belongs.
"""

from __future__ import annotations

from lxml.html import HtmlElement

_LATE, _PLACES = "S:", ("B:", "P:")
_MAX_PARTS = 200


def settle(tree: HtmlElement) -> None:
    """Move the late parts into their places, in place."""
    places = [place for place in tree.iter("template") if place.get("id", "").startswith(_PLACES)]
    if not places:
        return
    late: dict[str, HtmlElement] = {
        name[2:]: part
        for part in tree.iter("div")
        if "hidden" in part.attrib and (name := part.get("id", "")).startswith(_LATE)
    }
    if len(late) > _MAX_PARTS:  # they may stand in one another, and no tree is as deep
        return
    for place in places:
        part = late.pop(place.get("id")[2:], None)
        if part is None or any(outer is part for outer in place.iterancestors("div")):
            continue
        del part.attrib["hidden"]
        tail, part.tail = part.tail, None
        if tail and tail.strip() and (before := part.getprevious()) is not None:
            before.tail = (before.tail or "") + tail
        place.addnext(part)
        part.tail, place.tail = place.tail, None
