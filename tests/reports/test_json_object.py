from __future__ import annotations

import io

import pytest

from cleaner.reports.json_object import JsonReport
from cleaner.reports.view import Examined, Outcome
from cleaner.rules import Selection
from tests.reports.support import HOSTILE, PASSED, RUN, examined, loaded, passage, real, report
from tests.support import ARTICLE, DAM, LETTER, PAGE, ours


def test_it_says_what_ran_and_how_it_ended() -> None:
    data = loaded(report("json", [], outcome=Outcome(False, "2 new passages", "cleaner diff in")))

    assert (data["format"], data["version"], data["rules"]) == (1, "1.2.3", "f1e2d3")
    assert data["baseline"] is False
    assert data["outcome"] == {"passed": False, "reason": "2 new passages", "command": "cleaner diff in"}
    assert data["documents"] == data["failures"] == []


def test_findings_stand_in_their_documents_and_documents_without_any_are_counted_only() -> None:
    data = loaded(report("json", real({"a.txt": ARTICLE, "b.txt": DAM, "c.txt": ARTICLE}), outcome=PASSED))

    assert [document["path"] for document in data["documents"]] == ["a.txt", "c.txt"]
    [finding] = data["documents"][0]["findings"]
    assert finding == {
        "line": 3, "end_line": 3, "column": 1, "end_column": 30,
        "start": 94, "end": 125, "byte_start": 94, "byte_end": 125,
        "rule": "newsletter/valley-letter", "category": "newsletter", "score": 1.0,
        "evidence": [{"id": "newsletter/valley-letter", "weight": 1.0}],
        "known": False, "fingerprint": finding["fingerprint"], "text": f"{LETTER}\n\n",
    }  # fmt: skip
    assert data["totals"]["documents"] == 3
    assert data["totals"]["documents_with_findings"] == 2
    assert (data["totals"]["findings"], data["totals"]["known"], data["totals"]["found_characters"]) == (2, 0, 58)
    assert data["totals"]["categories"]["newsletter"]["found_characters"] == 58
    assert list(data["totals"]["languages"]) == ["not stated"]


def test_failures_pages_held_and_known_ones_are_told() -> None:
    held = Examined("h.txt", ours(Selection(max_removed=0.01)).clean(ARTICLE), ARTICLE.encode())
    page = Examined("p.html", ours().clean_html(PAGE), None)
    data = loaded(report("json", [held, page, passage("x", known=True)], failures=[("caf\udce9", "is binary")]))

    flags = [(each["page"], each["held"], each["findings"][0]["known"]) for each in data["documents"]]
    assert flags == [(False, True, False), (True, False, False), (False, False, True)]
    assert data["failures"] == [{"path": "caf\\udce9", "reason": "is binary"}]
    assert (data["totals"]["failures"], data["totals"]["known"]) == (1, 1)


@pytest.mark.parametrize("words", [words for name, words in HOSTILE.items() if name != "surrogates"])
def test_the_text_and_its_bytes_are_exact(words: str) -> None:
    item = passage(words)
    [document] = loaded(report("json", [item]))["documents"]
    [finding] = document["findings"]

    assert finding["text"] == words
    assert item.data is not None
    assert item.data[finding["byte_start"] : finding["byte_end"]] == words.encode()


def test_where_the_text_is_not_utf8_its_bytes_still_are_exact() -> None:
    item = examined("a", "caf\udce9 \nx", [(0, 6)])
    [document] = loaded(report("json", [item]))["documents"]
    [finding] = document["findings"]

    assert finding["text"] == "caf\\udce9 \n"
    assert item.data is not None
    assert item.data[finding["byte_start"] : finding["byte_end"]] == b"caf\xe9 \n"


def test_documents_are_written_as_they_come() -> None:
    handle = io.BytesIO()
    view = JsonReport(handle, RUN)
    before = handle.tell()
    view.add(passage("x" * 1000))

    assert handle.tell() > before + 1000
