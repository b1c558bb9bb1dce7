"""Pages are found by their rows."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.benchmarks.gold import read
from tests.html.support import page, paragraphs


def test_pages_with_an_article(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "7", "set": "wcxb", "gold": ["One.", "Two."], "with": ["One"], "without": ["Share"]},
        {"id": "8", "set": "aeb", "gold": []},
        {"id": "9", "set": "aeb", "gold": ["Three."]},
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "pages" / "wcxb").mkdir(parents=True)
    html = page(paragraphs()).encode()
    (tmp_path / "pages" / "wcxb" / "7.html.gz").write_bytes(gzip.compress(html))

    first, second = read(tmp_path)

    assert (first.set, first.article, first.must_have, first.must_not) == ("wcxb", "One.\nTwo.", ("One",), ("Share",))
    assert first.read() == html
    assert (second.article, second.must_have, second.must_not) == ("Three.", (), ())


@pytest.mark.parametrize("row", ["no JSON", "[]", '{"id": "7", "set": "aeb"}'])
def test_a_row_of_something_else_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "gold.jsonl").write_text(row, encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl: row 1 is no page with its article"):
        read(tmp_path)


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "8", "set": "aeb", "gold": []}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="no page has an article"):
        read(tmp_path)
