"""Text to a tree, within bounds."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement

from cleaner.errors import DocumentError
from cleaner.html import tree
from cleaner.html.tree import parse

DEEP = 100_000


def parsed(text: str) -> HtmlElement:
    found = parse(text)
    assert found is not None
    return found


def depth(root: HtmlElement) -> int:
    return max(sum(1 for _ in element.iterancestors()) for element in root.iter())


@pytest.mark.parametrize("text", ["", " \n "])
def test_nothing_has_no_tree(text: str) -> None:
    assert parse(text) is None


def test_plain_text_and_fragments_become_pages() -> None:
    assert parsed("just words").text_content() == "just words"
    assert [p.text for p in parsed("<p>one<p>two").iter("p")] == ["one", "two"]


@pytest.mark.parametrize("reference", ["&#0;", "&#11;", "&#x0B;", "&#x1f;", "&#127;", "&#65535;", "&#xFFFE;"])
def test_references_to_control_characters_are_gone(reference: str) -> None:
    assert parsed(f"<p>har{reference}bour</p>").text_content() == "harbour"


def test_other_references_are_read() -> None:
    assert parsed("<p>a&#12;b&#110;&#x7fe;&#11a&amp;&#8211;</p>").text_content() == "a bn\u07fea&–"


def test_what_stands_behind_the_end_of_the_page_is_read() -> None:
    html = "<html><body><p>one</p></body></html><p>two</p></HTML ><p>three</p></body></html><p>four</p>"
    body = parsed(html).find("body")
    assert body is not None
    assert [p.text for p in body.iter("p")] == ["one", "two", "three", "four"]


def test_comments_and_instructions_are_gone() -> None:
    assert parsed("<p>a<!-- b --><?php echo 1 ?>c</p>").text_content() == "ac"


@pytest.mark.parametrize("opening", ["<!--", "<!-- lost", "<!-- a --><!-- b"])
def test_an_unclosed_comment_does_not_swallow_the_page(opening: str) -> None:
    assert [p.text for p in parsed(f"<body>{opening}<p>kept</p></body>").iter("p")] == ["kept"]


def test_a_closed_comment_after_an_open_one_ends_it() -> None:
    assert parsed("<p>a</p><!-- <p>b</p> <!-- --><p>c</p>").text_content() == "ac"


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "table><tr><td", "ul><li", "blockquote", "a href=x", "x-y", "font"]
)
def test_a_hundred_thousand_nested_tags_lose_no_text(tag: str) -> None:
    root = parsed(f"<body>{f'<{tag}>' * DEEP}<p>far down</p><p>and on</p>")
    assert [p.text for p in root.iter("p") if p.text] == ["far down", "and on"]
    assert depth(root) < 256


def test_nesting_within_bounds_is_kept() -> None:
    root = parsed("<div>" * 200 + "x" + "</div>" * 200)
    assert depth(root) == 201


def test_one_text_of_more_than_ten_million_characters() -> None:
    text = "All the ships of the harbour. " * 400_000
    root = parsed(f"<body><p>{text}</p><p>and after</p>")
    assert [len(p.text_content()) for p in root.iter("p")] == [len(text), 9]


def test_several_long_texts() -> None:
    text = "Äußere Mole, Hafen. " * 200_000
    root = parsed(f"<body>{f'<p>{text}</p>' * 3}<p>and after</p>")
    assert [p.text_content() == text for p in root.iter("p")] == [True, True, True, False]


@pytest.mark.parametrize(
    "thing",
    [
        f"<img src='data:{'x' * 11_000_000}'>",
        f'<img src="data:{"x" * 11_000_000}">',
        f"<script>{'a<b;' * 3_000_000}</script>",
        f"<!-- {'x - ' * 3_000_000} -->",
        f"<style>{'x' * 11_000_000}</style>",
    ],
    ids=["attribute", "attribute in double quotes", "script", "comment", "style"],
)
def test_one_thing_of_more_than_ten_million_characters(thing: str) -> None:
    root = parsed(f"<body><p>before</p>{thing}{'<i>' * DEEP}<p>and after</p>")
    assert [p.text_content() for p in root.iter("p") if p.text_content()] == ["before", "and after"]
    assert depth(root) < 256


def test_an_unclosed_script_reads_like_in_a_browser() -> None:
    assert parsed("<p>a</p><script>b<p>c").text_content() == "ab<p>c"
    assert parsed("<style>a<p>b").text_content() == "a<p>b"


def test_runs_of_line_breaks_are_shortened_on_large_pages() -> None:
    root = parsed("<body>a" + "<br>" * 300_000 + "b")
    assert sum(1 for _ in root.iter("br")) == 2


def test_too_many_elements_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_ELEMENTS", 200_000)
    with pytest.raises(DocumentError, match="more than 200,000 elements"):
        parse("<i>x</i>" * 200_001)
    assert parse("<i>x</i>" * 150_000) is not None


@pytest.mark.parametrize("attribute", ["a{}", "a{}=b", 'a{}=">"', "a{} = '<p>'", "/a{}"])
def test_an_element_of_too_many_attributes_is_refused(attribute: str) -> None:
    def page(count: int) -> str:
        return f"<p {' '.join(attribute.format(number) for number in range(count))}>The dam opens.</p>"

    assert tree.parse(page(tree.MAX_ATTRIBUTES) * 3) is not None
    with pytest.raises(DocumentError, match=r"^the page has an element of more than 1,000 attributes$"):
        tree.parse("<p>x</p>" + page(tree.MAX_ATTRIBUTES + 1))
