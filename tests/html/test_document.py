"""A page as a document."""

from __future__ import annotations

from cleaner.html import Block, Page, page_document
from cleaner.model import Dom, Dropped, Mark, Metadata, TextBlock

FIRST = Block("First", Dom(tags=frozenset(("p",))), 3)
SECOND = Block("a\nb", Dom(link_density=1.0), 7, (Mark(0, 1, "strong"),))
PAGE = Page(Metadata("Title"), (FIRST, SECOND), (Dropped("extract/title", "Title", 2), Dropped("extract/menu", "Home")))


def test_blocks_are_parted_by_blank_lines_and_found_again_by_their_offsets() -> None:
    document = page_document(PAGE, "x.html")

    assert document.text == "First\n\na\nb\n"
    assert document.blocks == (TextBlock(0, FIRST.dom, 3), TextBlock(7, SECOND.dom, 7))
    assert document.marks == (Mark(7, 8, "strong"),)
    assert (document.metadata, document.dropped) == (PAGE.metadata, PAGE.dropped)


def test_a_title_shifts_them_and_is_not_left_out() -> None:
    document = page_document(PAGE, "x.html", title=True)

    assert document.text == "Title\n\nFirst\n\na\nb\n"
    assert [(block.start, document.text[block.start]) for block in document.blocks] == [(0, "T"), (7, "F"), (14, "a")]
    assert document.marks == (Mark(0, 5, "heading", "1"), Mark(14, 15, "strong"))
    assert document.dropped == PAGE.dropped[1:]


def test_a_title_that_the_text_begins_with_is_not_put_twice() -> None:
    page = Page(Metadata("First"), PAGE.blocks)

    assert page_document(page, "x", title=True).text == page_document(page, "x").text
