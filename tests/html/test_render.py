"""A tree to blocks, as a person would type them."""

from __future__ import annotations

import pytest

from cleaner.html.render import RenderedBlock, render
from tests.html.support import body_of, page


def blocks_of(html: str) -> list[RenderedBlock]:
    return render(body_of(page(html)), set())


def block_texts(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>har<b>bo</b>ur</p>", "harbour"),
        ("<p>the <em>old</em> mole</p>", "the old mole"),
        ("<p>the<em> old </em>mole</p>", "the old mole"),
        ("<p>the\n\t old\xa0mole \n</p>", "the old mole"),
        ("<p>12&nbsp;000 marins&nbsp; ont voté&nbsp;!</p>", "12 000 marins ont voté !"),
        ("<p><a href=x>Varga</a>, mayor</p>", "Varga, mayor"),
        ("<p><span>one</span><span>two</span></p>", "onetwo"),
        ("<p><span>one</span> <span>two</span></p>", "one two"),
        ("<p>H<sub>2</sub>O and m<sup>2</sup></p>", "H2O and m2"),
        ("<p>Tom &amp; Ines &lt;3 &#8211; &quot;so&quot;</p>", 'Tom & Ines <3 – "so"'),
        ("<p>a&#1;b&#28;c&#127;d</p>", "abcd"),
        ("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>の町</p>", "港の町"),
        ("<p>x <math><mi>y</mi></math> z</p>", "x y z"),
        ("<p><q>So</q> she said</p>", "So she said"),
        ("<p>do<!-- -->ck</p>", "dock"),
        ("<p>a<custom-tag>b</custom-tag>c</p>", "abc"),
    ],
)
def test_inline_markup_neither_glues_nor_splits_words(html: str, text: str) -> None:
    assert block_texts(html) == [text]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("one<p>two</p>three", ["one", "two", "three"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("<div>one<hr>two</div>", ["one", "two"]),
        ("<div>one<div></div>two</div>", ["one", "two"]),
        ("<b>one<p>two</p></b>", ["one", "two"]),
        ("<h2>Head</h2>text<h3>Sub</h3>", ["Head", "text", "Sub"]),
        ("<section>a</section><article>b<aside>c</aside></article>", ["a", "b", "c"]),
        ("<details><summary>Why?</summary>Because.</details>", ["Why?", "Because."]),
        ("<figure>f<figcaption>c</figcaption></figure>", ["f", "c"]),
        ("<center>a</center><address>b</address>", ["a", "b"]),
    ],
)
def test_blocks(html: str, texts: list[str]) -> None:
    assert block_texts(html) == texts


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>12 Quay Street<br>Oakhurst</p>", ["12 Quay Street\nOakhurst"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<p>one<br> <br>&nbsp;<br>two</p>", ["one", "two"]),
        ("<div>one<br/>two<br/><br/>three</div>", ["one\ntwo", "three"]),
        ("<p><br>one<br></p>", ["one"]),
        ("<p>one<br><b>two</b> three</p>", ["one\ntwo three"]),
        ("<p><b>one<br><br>two</b></p>", ["one", "two"]),
    ],
)
def test_line_breaks(html: str, texts: list[str]) -> None:
    assert block_texts(html) == texts


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<ul><li>cod<li>herring</ul>", ["- cod", "- herring"]),
        (
            "<ol><li><p>Melt the butter.</p><p>Stir.</p></li><li>Serve.</li></ol>",
            ["- Melt the butter.", "Stir.", "- Serve."],
        ),
        ("<ul><li>fish<ul><li>cod</ul><li>bread</ul>", ["- fish", "- cod", "- bread"]),
        ("<ul><li><a href=x>Link</a></ul>", ["- Link"]),
        ("<ul><li> </li><li>x</li></ul>", ["- x"]),
        (
            "<dl><dt>Berth<dd>Where a ship lies.<dt>Mole<dd>A wall in the sea.</dl>",
            ["Berth", "Where a ship lies.", "Mole", "A wall in the sea."],
        ),
    ],
)
def test_lists(html: str, texts: list[str]) -> None:
    assert block_texts(html) == texts


def test_a_data_table_is_a_block_of_rows() -> None:
    html = (
        "<table><caption>Ferries</caption><thead><tr><th>Day</th><th>First</th></tr></thead>"
        "<tr><td>Monday</td><td><b>7</b>:15</td></tr><tr><td>Sunday</td><td><p>9:30</p></td></tr></table>"
    )
    assert block_texts(html) == ["Ferries\nDay | First\nMonday | 7:15\nSunday | 9:30"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>one</p><p>two</p></td></tr></table>",
        "<table><tr><td>one</td><td><table><tr><td>two</td></tr></table></td></tr></table>",
    ],
)
def test_a_layout_table_is_no_block(html: str) -> None:
    assert block_texts(html) == ["one", "two"]


def test_a_table_with_prose_in_a_cell_is_a_layout() -> None:
    long = "The mole of Oakhurst. " * 12
    assert block_texts(f"<table><tr><td>Menu</td><td>{long}</td></tr></table>") == ["Menu", long.strip()]


def test_pre_is_verbatim() -> None:
    assert block_texts("<pre>\n  if wind:\n      stay()  \n\n  else:<br>    go()\n</pre>") == [
        "  if wind:\n      stay()\n\n  else:\n    go()"
    ]
    assert block_texts("<pre><code>a  <b>b</b></code></pre>") == ["a  b"]


def test_what_the_block_knows() -> None:
    linked, plain, mixed = blocks_of(
        "<p><a href=x>All of it</a></p><div>No link</div>"
        "<ul><li><strong><em>Half <a href=x>link</a></em></strong></li></ul>"
    )
    assert (linked.linked, linked.size, linked.element.tag) == (9, 9, "p")
    assert (plain.linked, plain.inline) == (0, ())
    assert (mixed.text, mixed.linked, mixed.size) == ("- Half link", 4, 9)
    assert [element.tag for element in mixed.inline] == ["em", "strong"]
    assert [element.tag for element in linked.inline] == ["a"]


def test_inline_elements_that_cover_only_a_part_are_not_the_blocks() -> None:
    (block,) = blocks_of("<p><b>Oakhurst</b> rebuilds</p>")
    assert block.inline == ()


def test_inline_elements_around_a_part_of_a_paragraph_with_breaks() -> None:
    first, second = blocks_of("<p><em>The mole at dusk</em><br><br>The council met.</p>")
    assert [element.tag for element in first.inline] == ["em"]
    assert second.inline == ()


def test_a_block_is_kept_when_most_of_it_stands_in_chosen_elements() -> None:
    body = body_of(page("<p>a long text <i>and a bit</i></p><p>other</p>"))
    first, second = body.iter("p")
    (inner,) = body.iter("i")
    assert [b.kept for b in render(body, {first})] == [True, False]
    assert [b.kept for b in render(body, {inner, second})] == [False, True]
