from __future__ import annotations

import pickle
from collections.abc import Sequence

import pyarrow as pa
import pytest

from cleaner.corpus.formats import Change, table
from cleaner.corpus.formats.columns import text_column
from cleaner.corpus.formats.table import Rows
from cleaner.errors import DocumentError
from tests.support import ARTICLE, CLEAN, ours

KINDS = [
    pa.string(),
    pa.large_string(),
    *([pa.string_view()] if hasattr(pa, "string_view") else []),
    pa.dictionary(pa.int32(), pa.string()),
    pa.dictionary(pa.int8(), pa.large_string(), ordered=True),
]
CHANGE = Change(CLEAN, ours().clean(ARTICLE).removals)


def texts(kind: pa.DataType, values: Sequence[str | None]) -> pa.Array:
    if not pa.types.is_dictionary(kind):
        return pa.array(values, kind)
    encoded = pa.array(values, kind.value_type).dictionary_encode()
    return pa.DictionaryArray.from_arrays(
        encoded.indices.cast(kind.index_type), encoded.dictionary, ordered=kind.ordered
    )


def batch(kind: pa.DataType, values: Sequence[str | None]) -> pa.RecordBatch:
    numbers = pa.array(range(len(values)))
    schema = pa.schema([pa.field("text", kind), pa.field("n", numbers.type, metadata={"of": "n"})], {"of": "all"})
    return pa.RecordBatch.from_arrays([texts(kind, values), numbers], schema=schema)


@pytest.mark.parametrize("kind", KINDS, ids=str)
class TestEveryKindOfText:
    def test_it_is_read(self, kind: pa.DataType) -> None:
        rows = batch(kind, ["a\U0001f600", None, "", "a\U0001f600"])

        table.check_texts(rows.schema, "text")
        found = table.entries(rows, "text", 7)

        assert [entry.number for entry in found] == [7, 8, 9, 10]
        assert [entry.content for entry in found] == ["a\U0001f600".encode(), None, b"", "a\U0001f600".encode()]

    def test_it_is_written(self, kind: pa.DataType) -> None:
        rows = batch(kind, [ARTICLE, None, "other", ARTICLE])

        new = table.rewritten(rows, "text", [CHANGE, None, None, CHANGE], removals=True)
        new.validate(full=True)

        assert new.schema.names == ["text", "n", "removed_chars", "removals"]
        assert new.schema.field("text").equals(rows.schema.field("text"), check_metadata=True)
        assert new.schema.field("n").equals(rows.schema.field("n"), check_metadata=True)
        assert new.schema.metadata == rows.schema.metadata
        assert new.column(0).to_pylist() == [CLEAN, None, "other", CLEAN]
        assert new.column(1).equals(rows.column(1))
        assert new.column(2).to_pylist() == [len(ARTICLE) - len(CLEAN), 0, 0, len(ARTICLE) - len(CLEAN)]

    def test_its_rows_travel_alone(self, kind: pa.DataType) -> None:
        rows = batch(kind, [f"{number} {'x' * 1_000}" for number in range(100)]).slice(50, 3)

        there = pickle.loads(pickle.dumps(Rows(rows, {"compression": "zstd"}, True)))

        assert there == Rows(rows, {"compression": "zstd"}, True)
        assert there.batch.schema.equals(rows.schema, check_metadata=True)
        if not pa.types.is_dictionary(kind):
            assert len(pickle.dumps(there)) < 5_000

    def test_no_rows_have_the_same_schema(self, kind: pa.DataType) -> None:
        rows = batch(kind, [ARTICLE])

        none = table.rewritten(table.empty(rows.schema), "text", [], removals=True)

        assert none.schema.equals(table.rewritten(rows, "text", [CHANGE], removals=True).schema, check_metadata=True)
        assert none.schema.equals(table.written_schema(rows.schema, removals=True), check_metadata=True)


def test_a_dictionary_keeps_nothing_of_what_was_removed() -> None:
    """It would stand in the file, although no row shows it: in the rows that it shares it with, it was removed."""
    rows = batch(pa.dictionary(pa.int32(), pa.string()), [ARTICLE, "other"])
    changed, rest = rows.slice(0, 1), rows.slice(1)

    written = pa.Table.from_batches(
        [table.rewritten(changed, "text", [CHANGE]), table.rewritten(rest, "text", [None])]
    ).unify_dictionaries()

    assert written.column("text").chunk(0).dictionary.to_pylist() == [CLEAN, "other"]


def test_removals_say_where_why_and_what() -> None:
    rows = table.rewritten(batch(pa.string(), [ARTICLE, None]), "text", [CHANGE, None], removals=True)

    [[removal], nothing] = rows.column("removals").to_pylist()
    assert ARTICLE[removal["start"] : removal["end"]] == removal["text"]
    assert (removal["line"], removal["rule"], removal["category"]) == (3, "newsletter/valley-letter", "newsletter")
    assert removal["score"] >= 1
    assert nothing == []


def test_columns_of_an_earlier_run_are_replaced() -> None:
    once = table.rewritten(batch(pa.string(), [ARTICLE]), "text", [CHANGE], removals=True)

    assert table.rewritten(once, "text", [None], removals=True).to_pylist() == [
        {"text": CLEAN, "n": 0, "removed_chars": 0, "removals": []}
    ]
    kept = table.rewritten(once, "text", [None])
    assert kept.schema.names == ["text", "n", "removals", "removed_chars"]
    assert kept.column("removals").equals(once.column("removals"))


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    wrong = pa.array([b"\xff\xfe", ARTICLE.encode()]).cast(pa.string(), safe=False)
    rows = pa.RecordBatch.from_arrays([wrong], ["text"])

    first, second = table.entries(rows, "text", 1)
    new = table.rewritten(rows, "text", [None, CHANGE])

    assert (first.content, first.fault) == (None, "is not UTF-8; write the table anew")
    assert (second.content, second.fault) == (ARTICLE.encode(), "")
    assert new.column(0).cast(pa.binary()).to_pylist() == [b"\xff\xfe", CLEAN.encode()]


@pytest.mark.parametrize(
    ("schema", "name", "said"),
    [
        (pa.schema([("a", pa.int8()), ("b", pa.string())]), "text",
         "has no column 'text' (only a, b); name the text's with --text-field"),
        (pa.schema([("text", pa.int8())]), "text",
         "'text' holds no text but int8; name the text's column with --text-field, or cast it"),
        (pa.schema([("text", pa.list_(pa.string()))]), "text", "'text' holds no text but list<item: string>"),
        (pa.schema([("text", pa.dictionary(pa.int8(), pa.int8()))]), "text", "'text' holds no text but dictionary<"),
        (pa.schema([("text", pa.string()), ("text", pa.string())]), "text", "has 2 columns 'text'; rename all but one"),
        (pa.schema([("removals", pa.string())]), "removals", "'removals' is a column that is written anew"),
    ],
)  # fmt: skip
def test_a_wrong_column_is_refused(schema: pa.Schema, name: str, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        table.check_texts(schema, name)

    assert str(caught.value).startswith(said)


def test_of_many_columns_ten_are_named() -> None:
    with pytest.raises(DocumentError, match=r"\(only 0, 1, 2, 3, 4, 5, 6, 7, 8, 9\)"):
        text_column([str(number) for number in range(99)], "text")


def test_slices_are_bounded_in_bytes() -> None:
    values = ["x" * 100] * 10 + ["y" * 5_000] + ["z" * 100] * 10
    rows = batch(pa.string(), values)

    parts = list(table.bounded(rows, 1_000))

    assert pa.Table.from_batches(parts).equals(pa.Table.from_batches([rows]))
    assert [part.num_rows for part in parts if table.row_bytes(part) > 1_000] == [1]


def test_a_shared_dictionary_counts_for_no_slice() -> None:
    rows = batch(pa.dictionary(pa.int32(), pa.string()), [f"{number:0100}" for number in range(100)])

    assert table.row_bytes(rows.slice(0, 10)) == 10 * (4 + 8)
    assert table.halves(rows.slice(0, 1)) == ()
