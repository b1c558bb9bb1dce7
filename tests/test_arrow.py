"""Record batches cleaned from Python, and the recipes of docs/tables.md as they are written there."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.arrow import clean_batches
from cleaner.errors import DocumentError
from cleaner.rules import Selection
from tests.corpus.formats.support import cleaned
from tests.support import ARTICLE, CLEAN, DAM, PAGE, ours

GONE = len(ARTICLE) - len(CLEAN)
PAGES = (Path(__file__).parents[1] / "docs" / "tables.md").read_text(encoding="utf-8")
RECIPES = re.findall(r"^## (\w+)\n.*?```python\n(.*?)```", PAGES, re.DOTALL | re.MULTILINE)


def batches(*texts: list[str | None], name: str = "text") -> list[pa.RecordBatch]:
    return [
        pa.RecordBatch.from_pydict({"n": pa.array(range(len(some)), pa.int64()), name: pa.array(some, pa.string())})
        for some in texts
    ]


class TestCleanBatches:
    def test_batches_come_out_as_they_went_in(self) -> None:
        given = batches([ARTICLE, None], [], [DAM])

        found = list(clean_batches(given, cleaner=ours()))

        assert [batch.to_pydict() for batch in found] == [
            {"n": [0, 1], "text": [CLEAN, None], "removed_chars": [GONE, 0]},
            {"n": [], "text": [], "removed_chars": []},
            {"n": [0], "text": [DAM], "removed_chars": [0]},
        ]
        assert len({str(batch.schema) for batch in found}) == 1

    def test_a_reader_is_read_as_it_goes(self) -> None:
        given = batches([ARTICLE], [DAM])
        reader = pa.RecordBatchReader.from_batches(given[0].schema, given)

        found = clean_batches(reader, cleaner=ours())

        assert next(found)["text"].to_pylist() == [CLEAN]
        assert reader.read_all().column("text").to_pylist() == [DAM]

    def test_another_column_may_hold_the_text(self) -> None:
        [found] = clean_batches(batches([ARTICLE], name="body"), "body", cleaner=ours(), removals=True)

        assert found.schema.names == ["n", "body", "removed_chars", "removals"]
        [[removal]] = found["removals"].to_pylist()
        assert ARTICLE[: removal["start"]] + ARTICLE[removal["end"] :] == found["body"].to_pylist()[0] == CLEAN

    def test_held_texts_stay_as_they_were(self) -> None:
        [found] = clean_batches(batches([ARTICLE]), cleaner=ours(Selection(max_removed=0.01)), removals=True)

        assert found.to_pydict() == {"n": [0], "text": [ARTICLE], "removed_chars": [0], "removals": [[]]}

    def test_those_that_cannot_be_cleaned_stay_as_they_were(self) -> None:
        page = "<html><body></body></html>"
        [found] = clean_batches(batches([page, PAGE, ARTICLE]), cleaner=ours())

        assert found["text"].to_pylist()[0] == page
        assert found["text"].to_pylist()[1].startswith(DAM)
        assert found["text"].to_pylist()[2] == CLEAN

    def test_a_wrong_column_is_refused(self) -> None:
        with pytest.raises(DocumentError, match=r"has no column 'body' \(only n, text\)"):
            next(clean_batches(batches([ARTICLE]), "body", cleaner=ours()))

    def test_the_command_gives_the_same(self, tmp_path: Path) -> None:
        given = pa.Table.from_batches(batches([ARTICLE, None, PAGE, DAM, "a\0b"]))
        pq.write_table(given, tmp_path / "a.parquet")

        cleaned(tmp_path / "a.parquet", tmp_path / "b.parquet")

        found = pa.Table.from_batches(clean_batches(given.to_batches(), cleaner=ours()))
        assert found.equals(pq.read_table(tmp_path / "b.parquet"))


def test_there_are_recipes() -> None:
    assert [name for name, _ in RECIPES] == ["pandas", "polars", "DuckDB", "pyarrow"]
    assert [len(re.findall(r"^(?!import |from |$)", text, re.MULTILINE)) for _, text in RECIPES] == [3, 3, 3, 3]


@pytest.mark.parametrize(("name", "recipe"), RECIPES)
def test_recipes_run_as_written(name: str, recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(name.lower())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cleaner.arrow.Cleaner", ours)  # the shipped rules take their time to load
    given = pa.table({"id": [1, 2, 3], "text": [ARTICLE, None, DAM]})
    pq.write_table(given, "articles.parquet")
    Path("articles").mkdir()
    pq.write_table(given, "articles/1.parquet")

    exec(compile(recipe, "tables.md", "exec"), {})

    new = pq.read_table("clean" if Path("clean").is_dir() else "clean.parquet")
    assert new.drop_columns("text").to_pydict() == {
        "id": [1, 2, 3],
        "removed_chars": [GONE, 0, 0],
    }
    assert new.column("text").to_pylist() == [CLEAN, None, DAM]
