"""How a result looks in a notebook, and the notebook of docs/, run as its readers would."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from lxml import etree
from nbclient import NotebookClient

from cleaner.model import Document, Result
from cleaner.notebook import Passage, marked
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, RIVER, ours

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def look(source: str | bytes, **selection: float) -> str:
    return ours(Selection(**selection)).clean(source)._repr_html_()  # type: ignore[arg-type]


def without_names(page: str) -> str:
    """What is left to read without the caption and the names of rules."""
    body = page.partition("</p>")[2]
    return unescape(re.sub(r"<[^>]*>", "", re.sub(r"<span .*?</span> ", "", body)))


def test_the_whole_text_is_there_with_what_goes_struck_out_in_its_place() -> None:
    page = look(ARTICLE)

    assert without_names(page) == ARTICLE
    assert re.findall(r"<del [^>]*>(.*?)</del>", page) == [LETTER]
    assert re.sub(r"<del .*?</del>\n*", "", page.partition("</p>")[2]).count(LETTER) == 0


def test_rule_score_and_evidence_are_said() -> None:
    page = look(ARTICLE)

    assert ">newsletter/valley-letter 1<" in page
    assert 'title="+1 newsletter/valley-letter"' in page
    assert "<strong>1 passage to remove, 13.9 % of the characters</strong>" in page


def test_words_within_a_line_are_marked_within_it() -> None:
    page = look(DAM.replace(" in May", " in May (North Wire)"))

    assert re.search(
        r"The dam opens in May <span .*?credit/north-wire 1</span> <del [^>]*>\(North Wire\)</del>, the", page
    )


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '" onmouseover="x', "</div></del>", "&lt;", "a\x00b\x1b[2J"]
)
def test_nothing_of_a_text_is_taken_for_markup(hostile: str) -> None:
    page = look(f"{DAM} {hostile}\n\n{LETTER} {hostile}\n\n{RIVER}\n", max_removed=1)

    root = etree.fromstring(page)
    assert {element.tag for element in root.iter()} == {"div", "p", "strong", "span", "del"}
    assert {name for element in root.iter() for name in element.attrib} == {"class", "style", "title"}
    assert "\x1b" not in page


def test_names_are_escaped_too() -> None:
    assert "<b>" not in Result(Document("a", name="<b>"), ())._repr_html_()


def test_bytes_that_do_not_decode_can_be_stored_in_a_notebook() -> None:
    result = ours().clean(ARTICLE.encode().replace(b"May", b"M\xffy"))

    result._repr_html_().encode("utf-8")


def test_a_held_document_is_said() -> None:
    assert "held, as that is more than max_removed" in look(f"{LETTER}\n\nThe dam.\n", max_removed=0.1)


def test_of_what_is_long_the_middle_is_left_out() -> None:
    page = marked("a" * 5_000, [], "long")

    assert page.count("a" * 1_000) == 2
    assert "… 3,000 characters that stay …" in page


def test_of_many_passages_the_first_are_shown() -> None:
    page = marked("ab" * 600, [Passage(2 * n, 2 * n + 1, "x", "y") for n in range(600)], "many")

    assert page.count("<del ") == 500
    assert "… and 100 more passages …" in page


def test_colours_fit_light_and_dark_themes() -> None:
    """Grounds let that of the notebook through, and words have its colour."""
    page = look(ARTICLE)

    assert re.findall(r"background: (\w+)\(", page) == ["rgba", "rgba"]
    assert not re.search(r"[\s;\"]color:", page)


def test_the_notebook_of_the_documentation_is_kept_without_output() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells  # type: ignore[no-untyped-call]

    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)


@pytest.mark.slow
def test_the_notebook_of_the_documentation_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]

    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()

    pages = [
        output["data"]["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    assert len(pages) == 2
    assert all("<del " in page for page in pages)
