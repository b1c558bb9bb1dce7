from __future__ import annotations

import json

import pytest

from cleaner.errors import UsageError
from cleaner.model import CATEGORIES
from cleaner.tune.labelled import LABELS, Labelled, Line, read_labelled
from tests.tune.support import as_jsonl, labelled

ROW = '{"site": "a.example", "lines": [{"text": "The dam opens.", "label": "article"}]}'


def test_a_row_is_a_text_and_other_keys_are_nobodys_business() -> None:
    data = b'\xef\xbb\xbf{"id": 7, "site": "a.example", "lines": [{"text": " Ad ", "label": "ad", "by": "me"}]}\r\n\n'

    assert read_labelled(data + ROW.encode(), "l.jsonl") == (
        Labelled("a.example", (Line(" Ad ", "ad"),)),
        Labelled("a.example", (Line("The dam opens.", "article"),)),
    )


def test_what_is_written_is_read_again() -> None:
    texts = (labelled("á.example", ("ä\u2028ö", "ad"), ("x\x85y", "unsure")), labelled("b.example"))

    assert read_labelled(as_jsonl(texts).encode(), "x") == texts


@pytest.mark.parametrize("label", LABELS)
def test_each_label_goes_or_stays_or_is_not_scored(label: str) -> None:
    line = Line("x", label)

    assert line.stays == (label == "article")
    assert line.goes == (label in CATEGORIES)


def test_lines_stand_in_the_document_where_it_is_said_that_they_begin() -> None:
    text = labelled("a.example", ("one", "ad"), ("twenty", "article"), ("three", "ad"))

    assert text.document.text == "one\n\ntwenty\n\nthree\n"
    assert [text.document.text[start:][:3] for start in text.starts] == ["one", "twe", "thr"]
    assert labelled("a.example").starts == (0,)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "is not JSON (Expecting property name enclosed in double quotes, column 2)"),
        ("9" * 5000, "is not JSON (a number has too many digits)"),
        ("[" * 100_000, "is nested too deeply"),
        ("[]", 'expected an object {"site": ..., "lines": [...]}'),
        ('{"lines": []}', "site: is missing"),
        ('{"site": "", "lines": []}', "site: is empty"),
        ('{"site": 7, "lines": []}', "site: expected words"),
        ('{"site": "a"}', "lines: is missing"),
        ('{"site": "a", "lines": "x"}', "lines: expected a list"),
        ('{"site": "a", "lines": ["x"]}', 'lines[1]: expected an object {"text": ..., "label": ...}'),
        ('{"site": "a", "lines": [{"label": "ad"}]}', "lines[1]: text: is missing"),
        ('{"site": "a", "lines": [{"text": "\\t", "label": "ad"}]}', "lines[1]: text: expected words"),
        ('{"site": "a", "lines": [{"text": "x\\ny", "label": "ad"}]}',
         "lines[1]: text: holds a line end; give each line a label of its own"),
        ('{"site": "a", "lines": [{"text": "x"}]}', "lines[1]: label: is missing"),
        ('{"site": "a", "lines": [{"text": "x", "label": "captoin"}]}',
         "lines[1]: label: 'captoin' is none; did you mean 'caption'?"),
        ('{"site": "a", "lines": [{"text": "x", "label": "%"}]}',
         f"lines[1]: label: '%' is none; choose from {', '.join(LABELS)}"),
    ],
)  # fmt: skip
def test_errors_name_file_line_and_field(row: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_labelled(f"{ROW}\n\n{row}\n".encode(), "l.jsonl")

    assert str(caught.value) == f"l.jsonl:3: {said}"


def test_bytes_that_are_no_utf8_are_an_error() -> None:
    with pytest.raises(UsageError, match=r"^l\.jsonl:2: is not UTF-8 \(byte 10 of the line\)$"):
        read_labelled(ROW.encode() + b"\n" + json.dumps({"site": "caf"}).encode()[:10] + b"\xe9", "l.jsonl")
