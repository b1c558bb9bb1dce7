"""The places that name a format name the same ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.corpus.formats import format_of, is_collection
from cleaner.model import INPUT_FORMATS

OF_MANY = INPUT_FORMATS[2:]
"""Those of many documents; a text and a page come first."""


def nothing() -> bytes:
    raise AssertionError("the name says enough")


@pytest.mark.parametrize("name", OF_MANY)
def test_a_format_that_can_be_asked_for_is_made(name: str) -> None:
    assert format_of(Path("corpus"), nothing, wanted=name) is not None


@pytest.mark.parametrize("name", OF_MANY)
@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_a_file_is_taken_for_what_its_name_ends_with(name: str, ending: str) -> None:
    path = Path(f"corpus.{name}{ending}")

    assert type(format_of(path, nothing)) is type(format_of(path, nothing, wanted=name))
    assert is_collection(path.name) is (name != "csv")  # of which many a folder has one that is no article's


@pytest.mark.parametrize("name", ["text", "html"])
def test_a_single_document_is_none_of_them(name: str) -> None:
    assert format_of(Path("corpus.jsonl"), nothing, wanted=name) is None
    assert format_of(Path("corpus.txt"), nothing) is None


@pytest.mark.parametrize(
    ("start", "rows"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', True),
        (b'\xef\xbb\xbf {"body": "a", "id": 1}', True),
        (b"{}\n", False),
        (b'{\n  "text": "a"\n}\n', False),
        (b"{curly} is what they call him.\n", False),
        (b'["text"]\n', False),
    ],
)
def test_without_a_name_a_row_of_any_fields_is_one(start: bytes, rows: bool) -> None:
    assert (format_of(Path("corpus"), lambda: start) is not None) is rows
