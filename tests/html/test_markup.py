"""The marks of a page's blocks."""

from __future__ import annotations

import pytest

from cleaner.html import extract
from tests.html.support import HARBOUR, page, paragraphs


def marks(body: str) -> list[tuple[str, str, str]]:
    """Text, kind and value of each mark of a page, in order."""
    blocks = extract(page(paragraphs(*HARBOUR[:3]) + body + paragraphs(*HARBOUR[3:])), markup=True).blocks
    return [(b.text[mark.start : mark.end], mark.kind, mark.value) for b in blocks for mark in b.marks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h3>What it costs</h3>", [("What it costs", "heading", "3")]),
        (f"<p>{HARBOUR[1]} <b>So \n be</b><i> it</i>.</p>", [("So be", "strong", ""), ("it", "emphasis", "")]),
        (
            f"<p>{HARBOUR[2]} See <a href='https://h.example/plan'>the <em>plan</em></a>.</p>",
            [("the plan", "link", "https://h.example/plan"), ("plan", "emphasis", "")],
        ),
        (f"<p>{HARBOUR[2]} <a href='/plan'>The plan</a>, <a href='javascript:x()'>and more</a>.</p>", []),
        (f"<p>{HARBOUR[2]} Type <kbd>make all</kbd>, <b> </b>and<b></b> wait.</p>", [("make all", "code", "")]),
        (
            f"<blockquote><p>{HARBOUR[0]}</p><blockquote>{HARBOUR[1]}</blockquote></blockquote>",
            [(HARBOUR[0], "quote", ">"), (HARBOUR[1], "quote", ">>")],
        ),
        ("<table><tr><th>Year<th>Cost<tr><td>2024<td>4</table>", [("Year | Cost\n2024 | 4", "table", "")]),
        ("<pre>  make\n    all</pre>", [("  make\n    all", "verbatim", "")]),
    ],
)
def test_marks(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert marks(body) == expected


def test_items_have_bullets_numbers_and_depth() -> None:
    body = f"<ul><li>{HARBOUR[0]}</li><li>{HARBOUR[1]}<ol><li>One half</li><li><b>The</b> other</li></ol></li></ul>"

    assert marks(body) == [
        ("- ", "item", "-"),
        ("- ", "item", "-"),
        ("- ", "item", "   1."),
        ("- ", "item", "   2."),
        ("The", "strong", ""),
    ]


def test_none_unless_asked_for() -> None:
    assert all(not block.marks for block in extract(page(f"<h2>Cost</h2>{paragraphs()}")).blocks)
