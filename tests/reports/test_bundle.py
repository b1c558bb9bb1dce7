from __future__ import annotations

import json
from typing import Any

import pytest

from cleaner.model import Document
from cleaner.reports.bundle import Setup, as_data, listing, nearby
from cleaner.reports.place import Places
from cleaner.reports.why import render
from cleaner.rules import Selection
from cleaner.text.explain import explain
from tests.support import DAM, LETTER, PAGE, RIVER, ours

SETUP = Setup({"article-cleaner": "1.0"}, "ab", "cd", [("de.toml", "ef"), ("ours.toml", "01")])
SECRET = "Nobody may read what stands in this line, which is far from the one that is asked about."
TEXT = f"{SECRET}\n\n{RIVER}\n{DAM}\n\n{LETTER}\n\n\n{RIVER}\n{DAM}\n{SECRET}\n"
NUMBER = 6


def bundle(text: str = TEXT, number: int = NUMBER, selection: Selection = Selection()) -> dict[str, Any]:  # noqa: B008 - frozen
    cleaner = ours(selection)
    explanation = explain(cleaner.engine, Document(text), number)
    assert explanation is not None
    data = as_data(explanation, cleaner.clean(text), number, cleaner.rules, SETUP)
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


def test_it_holds_the_line_its_neighbours_and_the_sum() -> None:
    data = bundle()

    assert [item["line"] for item in data["document"]["excerpt"]] == [3, 4, 6, 9, 10]
    assert (data["line"], data["unit"], data["goes"], data["score"], data["threshold"]) == (6, LETTER, True, 1.0, 1.0)
    assert data["evidence"] == [{"id": "newsletter/valley-letter", "weight": 1.0}]
    assert (data["document"]["kind"], data["document"]["lines"], data["document"]["held"]) == ("text", 11, False)


def test_it_says_with_what_the_line_was_judged() -> None:
    data = bundle()

    assert data["versions"] == {"article-cleaner": "1.0"}
    assert (data["configuration"], data["rules"]) == ("ab", "cd")
    assert data["packs"] == [{"file": "de.toml", "digest": "ef"}, {"file": "ours.toml", "digest": "01"}]


def strings(value: Any) -> list[str]:
    """Every text that the data hold, keys aside."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in strings(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in strings(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("number", [3, 4, 6, 9, 11])
def test_no_word_is_in_it_that_was_not_shown_before(number: int) -> None:
    cleaner = ours()
    explanation = explain(cleaner.engine, Document(TEXT), number)
    assert explanation is not None
    said = "\n".join([*render(explanation, cleaner.rules), *listing(Document(TEXT), number, ["ours.toml"])])
    known = {"de.toml", "text", "utf-8", "1.0", "ab", "cd", "ef", "01"}  # no words of the document

    unsaid = [text for text in strings(bundle(number=number)) if text not in said and text not in known]
    assert unsaid == []
    assert (SECRET in json.dumps(bundle(number=number))) == (SECRET in said)


def test_near_misses_come_with_their_reasons() -> None:
    data = bundle(f"{DAM}\nWho will keep the valley papers reporting? she said.\n", 2)

    assert [miss["rule"] for miss in data["near_misses"]] == ["appeal/keep-the-valley"]
    assert (data["goes"], data["score"]) == (False, None)


def test_words_cut_from_a_line_are_told_by_their_place() -> None:
    data = bundle(f"{DAM} (North Wire)\n", 1)

    assert data["cuts"] == [{"rule": "credit/north-wire", "start": len(DAM) + 1, "end": len(DAM) + 13}]


@pytest.mark.parametrize(
    ("number", "lines"), [(1, [1, 3, 4]), (3, [1, 3, 4, 6]), (11, [9, 10, 11]), (9, [4, 6, 9, 10, 11])]
)
def test_neighbours_are_lines_that_are_not_blank(number: int, lines: list[int]) -> None:
    assert [line for line, _ in nearby(Document(TEXT), number)] == lines


def test_lines_of_a_page_are_those_of_its_source() -> None:
    page = ours().clean_html(PAGE.replace("<p>", "\n\n<p>"))
    [removal] = page.removals
    explanation = explain(ours().engine, page.document, removal.line)
    assert explanation is not None

    data = as_data(explanation, page, removal.line, ours().rules, SETUP)

    assert data["line"] == Places(page.document).line(removal) != removal.line
    assert data["line"] in [item["line"] for item in data["document"]["excerpt"] if item["text"] == LETTER]
    assert f"  {data['line']}: {LETTER}" in list(listing(page.document, removal.line, []))


def test_what_is_listed_is_fit_for_a_terminal() -> None:
    assert "\x1b" not in "".join(listing(Document(f"{DAM}\n{LETTER}\x1b[2J\n"), 2, ["\x1b.toml"]))
