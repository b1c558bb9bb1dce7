"""Clean text as Markdown, read back by a parser that is not ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring
from markdown_it import MarkdownIt

from cleaner.html.markdown import markdown
from cleaner.model import Document, Dom, Mark, Removal, Result, TextBlock
from tests.html.support import HARBOUR, page, paragraphs
from tests.support import ours

READER = MarkdownIt("commonmark").enable("table")


def removal(text: str, part: str) -> Removal:
    start = text.index(part)
    end = start + len(part)
    return Removal("-", start, end, start, end, 1, 1, "ad/x", "ad", 1.0, (), part)


def result(*blocks: str, marks: tuple[Mark, ...] = (), gone: tuple[str, ...] = ()) -> Result:
    """A page's result; marks are those of its first block."""
    text = "\n\n".join(blocks) + "\n"
    starts = [sum(len(block) + 2 for block in blocks[:number]) for number in range(len(blocks))]
    document = Document(text, blocks=tuple(TextBlock(start, Dom()) for start in starts), marks=marks)
    return Result(document, tuple(removal(text, part) for part in gone))


def read_back(text: str) -> str:
    """The HTML that a reader sees."""
    return str(READER.render(text))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (result("What it costs", marks=(Mark(0, 13, "heading", "2"),)), "## What it costs\n"),
        (result("The old mole", marks=(Mark(4, 12, "link", "https://x.example/a(b) c"), Mark(4, 7, "strong"))),
         "The [**old** mole](https://x.example/a%28b%29%20c)\n"),
        (result("Type a`b now", marks=(Mark(5, 8, "code"),)), "Type ``a`b`` now\n"),
        (result("one\ntwo", marks=(Mark(0, 7, "quote", ">"),)), "> one  \n> two\n"),
        (result("a | b\nc", marks=(Mark(0, 7, "table"),)), "| a | b |\n| --- | --- |\n| c |  |\n"),
        (result("if a:\n    b = `c`", marks=(Mark(0, 19, "verbatim"),)), "```\nif a:\n    b = `c`\n```\n"),
        (result("- One", "Two", marks=(Mark(0, 2, "item", "   1."),)), "   1. One\n\nTwo\n"),
        (result("A 2*3 [sic] snake_case _x_ <b> &amp; R&D"),
         "A 2\\*3 \\[sic\\] snake_case \\_x\\_ \\<b> \\&amp; R&D\n"),
        (result("# 1", "1. May", "- so", "> x"), "\\# 1\n\n1\\. May\n\n\\- so\n\n\\> x\n"),
    ],
)  # fmt: skip
def test_forms(found: Result, expected: str) -> None:
    assert markdown(found) == expected


def test_what_is_removed_takes_its_signs_along() -> None:
    marks = (Mark(0, 9, "strong"), Mark(10, 22, "emphasis"))

    assert markdown(result("Read more about moles.", marks=marks, gone=("Read more ",))) == "*about moles.*\n"
    assert markdown(result("Read more about moles.", marks=marks, gone=("more about ",))) == "**Read** *moles.*\n"
    assert markdown(result("Read more about moles.", "x", marks=marks, gone=("Read more about moles.",))) == "x\n"


def test_items_of_a_list_stand_close_and_a_list_ends() -> None:
    text = f"<ul><li>{HARBOUR[0]}</li><li>{HARBOUR[1]}<ol><li>One half</li><li>the other</li></ol></li></ul>"

    found = markdown(ours().clean_html(page(text + paragraphs(*HARBOUR[2:])), markup=True))

    assert found.startswith(f"- {HARBOUR[0]}\n- {HARBOUR[1]}\n   1. One half\n   2. the other\n\n{HARBOUR[2]}\n")
    assert [len(fromstring(read_back(found)).findall(path)) for path in ("ul/li", "ul/li/ol/li", "p")] == [2, 2, 3]


def test_plain_text_is_as_it_is() -> None:
    assert markdown(ours().clean("*As* typed_\n")) == "*As* typed_\n"


LINES = st.text(st.sampled_from("ab *_[]()<>#`|\\&;!-+=~.1\"'/:"), min_size=1, max_size=24).map(str.strip).filter(bool)


@given(LINES)
def test_a_reader_sees_the_text_as_it_is(line: str) -> None:
    shown = fromstring(f"<div>{read_back(markdown(result(line)))}</div>")

    assert " ".join(shown.text_content().split()) == " ".join(line.split())
    assert [element.tag for element in shown] == ["p"]


@given(LINES, st.sampled_from(["strong", "emphasis", "code", "link"]), st.data())
def test_marks_change_nothing_that_a_reader_sees(line: str, kind: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line) - 1))
    mark = Mark(start, data.draw(st.integers(start + 1, len(line))), kind, "https://h.example/")

    shown = fromstring(f"<div>{read_back(markdown(result(line, marks=(mark,))))}</div>").text_content()

    # Where emphasis begins or ends within a word, CommonMark may show the sign.
    assert "".join(shown.replace("*", "").split()) == "".join(line.replace("*", "").split())
