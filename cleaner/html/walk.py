"""Walking up the tree without walking it again for every block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from lxml.html import HtmlElement

T = TypeVar("T")


def up_to(element: HtmlElement, top: HtmlElement) -> Iterator[HtmlElement]:
    """The element and its ancestors up to and with `top`."""
    current: HtmlElement | None = element
    while current is not None:
        yield current
        if current is top:
            return
        current = current.getparent()


class Inherited(Generic[T]):
    """A value that an element derives from its parent's: computed once per element, in linear time."""

    def __init__(self, top: HtmlElement, value: T, derive: Callable[[T, HtmlElement], T]) -> None:
        self._known: dict[HtmlElement, T] = {top: value}
        self._derive = derive

    def of(self, element: HtmlElement) -> T:
        """The value of an element at or below `top`."""
        known, path = self._known, []
        while element not in known:
            path.append(element)
            element = element.getparent()
        value = known[element]
        for inner in reversed(path):
            value = known[inner] = self._derive(value, inner)
        return value
