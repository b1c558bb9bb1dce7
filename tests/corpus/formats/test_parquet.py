from __future__ import annotations

import gc
import io
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.corpus.formats import Chunk, parquet, table
from cleaner.corpus.formats.format import CHUNK
from cleaner.corpus.formats.parquet import Parquet
from cleaner.corpus.read import Reading
from cleaner.errors import DocumentError, UsageError
from cleaner.rules import Selection
from tests.corpus.formats.support import cleaned
from tests.reliability.target import FOUND
from tests.support import ARTICLE, CLEAN, DAM, LETTER, contents, run

ABOUT = pa.struct([("a.b", pa.int32()), ("day", pa.date32())])
GONE = len(ARTICLE) - len(CLEAN)


def articles(count: int) -> pa.Table:
    """Rows with columns of many kinds, a text in every second one."""
    numbers = range(count)
    columns = {
        "id": pa.array(numbers, pa.uint32()),
        "text": pa.array([f"{n} {ARTICLE}" if n % 2 else None for n in numbers], pa.large_string()),
        "site": pa.array([f"site {n % 3}" for n in numbers], pa.string()).dictionary_encode(),
        "tags": pa.array([["a", None] if n % 5 else None for n in numbers], pa.list_(pa.string())),
        "about": pa.array([{"a.b": n, "day": None} for n in numbers], ABOUT),
        "seen": pa.array(numbers, pa.timestamp("us", "Europe/Zurich")),
    }  # fmt: skip
    fields = [pa.field(name, column.type, metadata={"of": name}) for name, column in columns.items()]
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields, {"made by": "us"}))


def written(path: Path, rows: pa.Table, **options: Any) -> Path:
    pq.write_table(rows, path, **options)
    return path


def groups(path: Path) -> list[int]:
    metadata = pq.read_metadata(path)
    return [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)]


def compression(path: Path) -> dict[str, str]:
    group = pq.read_metadata(path).row_group(0)
    leaves = [group.column(index) for index in range(group.num_columns)]
    return {leaf.path_in_schema: leaf.compression for leaf in leaves}


def chunks(path: Path) -> list[Chunk]:
    with path.open("rb") as handle:
        return list(Parquet().chunks(handle))


class TestRoundTrip:
    def test_texts_are_clean_and_all_else_is_as_it_was(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(25), row_group_size=10)

        totals = cleaned(source, tmp_path / "b.parquet")

        old, new = pq.read_table(source), pq.read_table(tmp_path / "b.parquet")
        assert (totals.documents, totals.changed) == (12, 12)
        assert new.column("text").to_pylist() == [f"{n} {CLEAN}" if n % 2 else None for n in range(25)]
        assert new.column("removed_chars").to_pylist() == [GONE if n % 2 else 0 for n in range(25)]
        assert new.drop_columns("removed_chars").schema.equals(old.schema, check_metadata=True)
        assert new.drop_columns(["removed_chars", "text"]).equals(old.drop_columns("text"))
        assert groups(tmp_path / "b.parquet") == groups(source) == [10, 10, 5]

    def test_the_compression_of_each_column_is_kept(self, tmp_path: Path) -> None:
        kinds = dict(
            zip(
                compression(written(tmp_path / "x.parquet", articles(3))),
                ("gzip", "zstd", "none", "snappy", "brotli", "lz4", "none"),
                strict=True,
            )
        )
        source = written(tmp_path / "a.parquet", articles(3), compression=kinds)

        cleaned(source, tmp_path / "b.parquet", Reading(removals_column=True))

        old, new = compression(source), compression(tmp_path / "b.parquet")
        assert len(set(old.values())) == 6
        assert {path: new[path] for path in old} == old
        assert {new[path] for path in new.keys() - old.keys()} == {"ZSTD"}

    def test_columns_of_an_earlier_run_are_replaced(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(5), compression={"text": "zstd", "id": "gzip"})
        reading = Reading(removals_column=True)

        cleaned(source, tmp_path / "b.parquet", reading)
        cleaned(tmp_path / "b.parquet", tmp_path / "c.parquet", reading)

        once, twice = pq.read_table(tmp_path / "b.parquet"), pq.read_table(tmp_path / "c.parquet")
        assert twice.schema.equals(once.schema, check_metadata=True)
        assert twice.column("text").equals(once.column("text"))
        assert twice.column("removed_chars").to_pylist() == [0] * 5
        assert compression(tmp_path / "c.parquet") == compression(tmp_path / "b.parquet")

    def test_lists_whose_items_have_the_old_name_keep_it(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(3), use_compliant_nested_type=False, compression="gzip")

        cleaned(source, tmp_path / "b.parquet")

        assert "tags.list.item" in compression(source)
        assert compression(tmp_path / "b.parquet") == {**compression(source), "removed_chars": "GZIP"}

    def test_a_schema_that_was_not_stored_is_not(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(3), store_schema=False)

        cleaned(source, tmp_path / "b.parquet")

        assert b"ARROW:schema" not in (pq.read_metadata(tmp_path / "b.parquet").metadata or {})
        assert pq.read_schema(tmp_path / "b.parquet").names == [*pq.read_schema(source).names, "removed_chars"]

    def test_old_timestamps_are_written_as_they_were(self, tmp_path: Path) -> None:
        days = [datetime(1, 1, 1), datetime(2026, 5, 1, 12, 30, 0, 1), datetime(9999, 12, 31)]
        rows = pa.table({"text": [ARTICLE] * 3, "at": pa.array(days, pa.timestamp("us"))})
        source = written(tmp_path / "a.parquet", rows, use_deprecated_int96_timestamps=True)

        cleaned(source, tmp_path / "b.parquet")

        new = pq.read_metadata(tmp_path / "b.parquet").row_group(0).column(1)
        assert new.physical_type == "INT96"
        read = pq.read_table(tmp_path / "b.parquet", coerce_int96_timestamp_unit="us")
        assert read["at"].to_pylist() == days

    def test_pandas_finds_its_index_again(self, tmp_path: Path) -> None:
        pandas = pytest.importorskip("pandas")
        frame = pandas.DataFrame({"text": [ARTICLE, None]}, index=pandas.Index(["b", "a"], name="key"))
        frame.to_parquet(tmp_path / "a.parquet")

        cleaned(tmp_path / "a.parquet", tmp_path / "b.parquet")

        new = pandas.read_parquet(tmp_path / "b.parquet")
        assert list(new.index) == ["b", "a"]
        assert new.index.name == "key"
        assert list(new.columns) == ["text", "removed_chars"]
        assert new["text"].iloc[0] == CLEAN

    @pytest.mark.parametrize("some", [0, 3])
    def test_without_rows_the_schema_is_the_same(self, tmp_path: Path, some: int) -> None:
        full = written(tmp_path / "full.parquet", articles(3))
        cleaned(full, tmp_path / "new.parquet", Reading(removals_column=True))
        with pq.ParquetWriter(tmp_path / "a.parquet", articles(3).schema) as writer:
            for _ in range(some):
                writer.write_table(articles(0))

        totals = cleaned(tmp_path / "a.parquet", tmp_path / "b.parquet", Reading(removals_column=True))

        assert totals.documents == 0
        assert groups(tmp_path / "b.parquet") == [0] * some
        assert pq.read_schema(tmp_path / "b.parquet").equals(
            pq.read_schema(tmp_path / "new.parquet"), check_metadata=True
        )


class TestRows:
    def test_held_and_broken_ones_stay_as_they_were(self, tmp_path: Path) -> None:
        wrong = pa.array([ARTICLE.encode(), b"\xff", DAM.encode()]).cast(pa.string(), safe=False)
        source = written(tmp_path / "a.parquet", pa.table({"text": wrong}))

        totals = cleaned(source, tmp_path / "b.parquet", selection=Selection(max_removed=0.01))

        new = pq.read_table(tmp_path / "b.parquet")
        assert totals.held == [f"{source}:1"]
        assert totals.failures == [f"{source}:2: is not UTF-8; write the table anew"]
        assert new["text"].cast(pa.binary()).to_pylist() == [ARTICLE.encode(), b"\xff", DAM.encode()]
        assert new["removed_chars"].to_pylist() == [0, 0, 0]

    def test_removals_are_told(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", pa.table({"text": [ARTICLE, DAM]}))

        cleaned(source, tmp_path / "b.parquet", Reading(removals_column=True))

        [first], second = pq.read_table(tmp_path / "b.parquet")["removals"].to_pylist()
        assert (first["text"].strip(), first["rule"]) == (LETTER, "newsletter/valley-letter")
        assert second == []

    def test_an_encoding_is_not_for_them(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", pa.table({"text": [f"Zürich\n\n{ARTICLE}"]}))

        cleaned(source, tmp_path / "b.parquet", Reading(encoding="cp1252"))

        assert pq.read_table(tmp_path / "b.parquet")["text"].to_pylist() == [f"Zürich\n\n{CLEAN}"]


class TestPieces:
    def test_two_processes_write_the_same_bytes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parquet, "CHUNK", 1 << 16)
        source = written(tmp_path / "a.parquet", articles(2_500), row_group_size=1_000)
        assert len(chunks(source)) > 6

        for jobs in (1, 2):
            cleaned(source, tmp_path / f"{jobs}.parquet", Reading(removals_column=True), jobs=jobs)

        assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()
        assert groups(tmp_path / "1.parquet") == [1_000, 1_000, 500]

    def test_a_row_group_comes_in_bounded_chunks(self, tmp_path: Path) -> None:
        texts = ["x" * (1 + n % 7 * 100_000) for n in range(200)]
        source = written(tmp_path / "a.parquet", pa.table({"text": texts}), compression="none")

        found = chunks(source)

        assert len(groups(source)) == 1
        assert max(table.row_bytes(chunk.data.batch) for chunk in found) <= 2 * CHUNK
        assert [text for chunk in found for text in chunk.data.batch["text"].to_pylist()] == texts
        assert [chunk.data.ends_group for chunk in found] == [False] * (len(found) - 1) + [True]
        assert [chunk.data.head is not None for chunk in found] == [True] + [False] * (len(found) - 1)
        assert 0.9 < sum(chunk.size for chunk in found) / source.stat().st_size <= 1

    def test_a_row_group_of_more_than_is_gathered_is_split(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parquet, "LONGEST_GROUP", 4 << 20)
        source = written(tmp_path / "a.parquet", pa.table({"text": ["x" * 100_000] * 100}))

        cleaned(source, tmp_path / "b.parquet")

        assert groups(source) == [100]
        assert groups(tmp_path / "b.parquet") == [50, 50]

    def test_halves_are_written_as_the_whole(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(5))
        [whole], kind = chunks(source), Parquet()

        def bytes_of(parts: Sequence[Chunk]) -> bytes:
            out = io.BytesIO()
            sink = kind.sink(out)
            for part in parts:
                found = kind.entries(part)
                sink.write(kind.rewritten(part, found, [None] * len(found)))
            sink.close()
            return out.getvalue()

        one, two = kind.halves(whole)
        assert (one.first, two.first, one.size + two.size) == (1, 3, whole.size)
        assert bytes_of([one, two]) == bytes_of([whole])
        assert kind.halves(kind.halves(one)[0]) == ()

    def test_a_sink_that_is_given_up_writes_no_end(self, tmp_path: Path) -> None:
        [chunk], kind, out = chunks(written(tmp_path / "a.parquet", articles(5))), Parquet(), io.BytesIO()
        sink = kind.sink(out)
        sink.write(kind.rewritten(chunk, kind.entries(chunk), [None] * 5))
        before = out.getvalue()

        del sink
        gc.collect()

        assert before.startswith(b"PAR1")
        assert out.getvalue() == before


class TestWrongFiles:
    @pytest.mark.parametrize("size", [0, 4, 1_000, -1])
    def test_a_truncated_one_fails_and_leaves_nothing(self, place: Path, size: int) -> None:
        source = written(place / "a.parquet", articles(500))
        source.write_bytes(source.read_bytes()[:size])

        ran = run(["clean", "a.parquet", "-o", "b.parquet", "-q"], place)

        assert ran.code == 3
        assert ran.errors.startswith("cleaner: a.parquet: cannot be read as Parquet (")
        assert ran.errors.endswith("); is it whole?\n")
        assert ran.errors.count("\n") == 1
        assert "b.parquet" not in contents(place)

    @pytest.mark.parametrize(
        ("found", "said"),
        [
            ("afbbd8ccdb8a", "row group 1 lacks 3 of its rows; is it whole?"),
            ("9d493331c9e4", "cannot be read as Parquet ("),
        ],
    )
    def test_one_with_damaged_metadata_costs_no_other_file(self, place: Path, found: str, said: str) -> None:
        """pyarrow takes the first one for whole, and ends the process over the second one, if asked in vain."""
        data = (FOUND / "parquet" / found).read_bytes()[1:]
        (place / "in").mkdir()
        (place / "in" / "a.parquet").write_bytes(data)
        (place / "in" / "b.txt").write_text(ARTICLE)

        ran = run(["clean", "in", "-o", "out", "-q"], place)

        assert (ran.code, ran.errors.count("\n")) == (3, 1)
        assert ran.errors.startswith(f"cleaner: in/a.parquet: {said}")
        assert contents(place / "out") == {"b.txt": CLEAN.encode()}

    def test_one_with_a_broken_page_leaves_nothing(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(500), row_group_size=100, compression="zstd")
        data = bytearray(source.read_bytes())
        start = pq.read_metadata(source).row_group(3).column(1).data_page_offset
        data[start : start + 400] = bytes(400)
        source.write_bytes(data)

        totals = cleaned(source, tmp_path / "b.parquet")

        assert totals.documents > 100
        [failure] = totals.failures
        assert failure.startswith(f"{source}: cannot be read as Parquet (")
        assert list(tmp_path.iterdir()) == [source]

    def test_a_wrong_column_is_named(self, tmp_path: Path) -> None:
        source = written(tmp_path / "a.parquet", articles(1))

        totals = cleaned(source, tmp_path / "b.parquet", Reading(text_field="body"))

        assert totals.failures == [
            f"{source}: has no column 'body' (only id, text, site, tags, about, seen); "
            "name the text's with --text-field"
        ]
        assert list(tmp_path.iterdir()) == [source]

    def test_a_pipe_is_refused(self, place: Path) -> None:
        data = written(place / "a.parquet", articles(1)).read_bytes()

        ran = run(["clean", "-"], place, stdin=data)

        assert (ran.code, ran.out) == (2, b"")
        assert ran.errors == (
            "cleaner: standard input: Parquet is read from its end and cannot be piped; name a file\n"
        )


class TestCommand:
    def test_a_folder_is_mirrored_with_its_tables(self, place: Path) -> None:
        (place / "in").mkdir()
        written(place / "in" / "a.parquet", articles(3))
        written(place / "in" / "b", articles(3))  # known by its content
        (place / "in" / "index.csv").write_text("id\n1\n")
        (place / "in" / "c.txt").write_text(ARTICLE)

        ran = run(["clean", "in", "-o", "out", "-q"], place)

        assert (ran.code, ran.err) == (0, b"")
        assert sorted(contents(place / "out")) == ["a.parquet", "b", "c.txt"]
        assert groups(place / "out" / "b") == [3]
        rows = [json.loads(line) for line in (place / "out" / ".cleaner" / "run.jsonl").read_bytes().splitlines()]
        assert [row["doc"] for row in rows if "chars" in row] == ["a.parquet:2", "b:2", "c.txt"]

    def test_standard_output_gets_a_whole_file(self, place: Path) -> None:
        written(place / "a.parquet", articles(3))

        piped, named = run(["clean", "a.parquet"], place), run(["clean", "a.parquet", "-o", "b.parquet"], place)

        assert (piped.code, named.code) == (0, 0)
        assert piped.out == (place / "b.parquet").read_bytes()

    @pytest.mark.parametrize(
        ("name", "more"), [("a.txt", []), ("a.jsonl", []), ("a.csv", []), ("a.parquet", ["--input-format", "text"])]
    )
    def test_only_parquet_holds_removals(self, place: Path, name: str, more: list[str]) -> None:
        (place / name).write_text("text\n")

        ran = run(["clean", name, "-o", "out", "--removals-column", *more], place)

        assert ran.code == 2
        assert ran.errors == (f"cleaner: --removals-column: {name} cannot hold it, only Parquet can; leave it out\n")
        assert not (place / "out").exists()


def test_without_pyarrow_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleaner.corpus.formats.parquet", None)

    with pytest.raises(UsageError) as caught:
        Reading().format_of(Path("a.parquet"))

    assert str(caught.value) == "Parquet needs pyarrow: pip install 'article-cleaner[parquet]'"


def test_what_is_no_parquet_is_said_by_the_format_itself(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("no parquet at all")

    with pytest.raises(DocumentError, match="cannot be read as Parquet"):
        chunks(tmp_path / "a.parquet")
