from __future__ import annotations

from lxml.html import HtmlElement, fragment_fromstring

from cleaner.html.walk import Inherited, up_to


def tags(elements: list[HtmlElement]) -> list[str]:
    return [element.tag for element in elements]


def test_the_way_up_ends_with_the_top() -> None:
    root = fragment_fromstring("<div><section><p><b>x</b></p></section></div>")
    bold = root.find(".//b")

    assert tags(list(up_to(bold, root[0]))) == ["b", "p", "section"]
    assert tags(list(up_to(root, root))) == ["div"]


def test_the_way_up_ends_with_the_tree_where_the_top_is_elsewhere() -> None:
    root = fragment_fromstring("<div><p>x</p><p>y</p></div>")

    assert list(up_to(root[0], root[1]))[:2] == [root[0], root]


def test_a_value_is_derived_from_the_parents_and_once_for_each_element() -> None:
    root = fragment_fromstring("<div><section><p>x</p><p>y</p></section></div>")
    asked: list[str] = []

    def derive(outer: str, element: HtmlElement) -> str:
        asked.append(element.tag)
        return f"{outer}/{element.tag}"

    paths = Inherited(root, "top", derive)

    assert [paths.of(element) for element in (*root.iter("p"), root)] == ["top/section/p", "top/section/p", "top"]
    assert asked == ["section", "p", "p"]
