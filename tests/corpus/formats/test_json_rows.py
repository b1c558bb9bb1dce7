from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.formats import Change
from cleaner.corpus.formats.json_rows import JsonRows
from cleaner.errors import DocumentError
from cleaner.model import Metadata
from tests.support import ARTICLE, CLEAN

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
REMOVED: Any = ("something",)
"""Removals, of which it matters here only that there are some."""


def entries(data: bytes, field: str = "text") -> list[tuple[int, bytes | None, str]]:
    found = JsonRows(field)
    return [
        (entry.number, entry.content, entry.fault)
        for chunk in found.chunks(io.BytesIO(data))
        for entry in found.entries(chunk)
    ]


def rewritten(data: bytes, text: str) -> bytes:
    """The lines, each with this text in place of its own."""
    found = JsonRows()
    (chunk,) = found.chunks(io.BytesIO(data))
    rows = found.entries(chunk)
    changes = [None if row.content is None else Change(text, REMOVED) for row in rows]
    return found.rewritten(chunk, rows, changes)


class TestEntries:
    def test_the_text_of_every_line_with_its_number(self) -> None:
        data = '{"id":1,"text":"Der Fluß"}\r\n\n{"text":null}\n{"text":"b","text":"c"}'.encode()

        assert entries(data) == [(1, "Der Fluß".encode(), ""), (2, None, ""), (3, None, ""), (4, b"c", "")]

    def test_another_field(self) -> None:
        assert entries(b'{"body":"a","text":5}\n', "body") == [(1, b"a", "")]

    def test_what_a_row_says_about_its_document(self) -> None:
        data = b'{"url":"https://a.example/x","text":"a","site":"A"}\n{"text":"b","site":7,"url":null}\n{"text":"c"}\n'
        (chunk,) = JsonRows().chunks(io.BytesIO(data))

        said = [entry.metadata for entry in JsonRows().entries(chunk)]

        assert said == [Metadata(url="https://a.example/x", site="A"), Metadata(), Metadata()]

    def test_half_of_a_surrogate_pair_is_what_it_is(self) -> None:
        assert entries(b'{"text":"\\ud83d"}') == [(1, b"\xed\xa0\xbd", "")]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (b"plain", "is no JSON object; mend the line"),
            (b'["text"]', "is no JSON object; mend the line"),
            (b'{"text":"a"', "is no JSON object; mend the line"),
            (b'{"text":"a"} x', "is no JSON object; mend the line"),
            (b'{"text":"a",}', "is no JSON object; mend the line"),
            (b'{"text" "a"}', "is no JSON object; mend the line"),
            (b'{1:"a"}', "is no JSON object; mend the line"),
            (b"[" * 100_000, "is no JSON object; mend the line"),
            (b'{"text":"\xff"}', "is not UTF-8; convert the file"),
            (b'{"body":"a"}', "has no field 'text'"),
            (b"{}", "has no field 'text'"),
            (b'{"text":["a"]}', "'text' is no text"),
        ],
    )
    def test_what_is_wrong_with_a_line_is_said_about_that_line(self, line: bytes, said: str) -> None:
        assert entries(b'{"text":"a"}\n' + line + b'\n{"text":"b"}\n') == [
            (1, b"a", ""),
            (2, None, said),
            (3, b"b", ""),
        ]

    def test_a_first_row_without_the_field_is_a_wrong_name(self) -> None:
        with pytest.raises(
            DocumentError, match=r"^has no field 'text' \(only id, body\); name the text's with --text-"
        ):
            entries(b'{"id":1,"body":"a"}\n')

    def test_nothing_is_in_an_empty_file(self) -> None:
        assert entries(b"") == []

    @given(st.lists(st.dictionaries(st.text(max_size=6), VALUES, max_size=4), max_size=6), st.booleans())
    def test_whatever_json_writes_is_read(self, rows: list[dict[str, Any]], ascii_only: bool) -> None:
        rows = [{**row, "text": f"{number}"} for number, row in enumerate(rows)]
        data = "".join(json.dumps(row, ensure_ascii=ascii_only) + "\n" for row in rows).encode("utf-8", "surrogatepass")

        for (_, content, fault), row in zip(entries(data), rows, strict=True):
            assert (content, fault) == (row["text"].encode(), "") or "UTF-8" in fault


class TestChunks:
    def test_they_hold_whole_lines_and_make_up_the_file(self) -> None:
        data = b"".join(b'{"text":"%d %s"}\n' % (number, b"x" * (number * 1000)) for number in range(100))

        class Drips(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                return super().read(min(size or 1, 7000))

        chunks = list(JsonRows().chunks(Drips(data)))

        assert len(chunks) > 50
        assert b"".join(chunk.data for chunk in chunks) == data
        assert all(chunk.data.endswith(b"\n") for chunk in chunks)
        assert [chunk.first for chunk in chunks[:2]] == [1, 1 + chunks[0].data.count(b"\n")]

    def test_halves_make_up_the_whole(self) -> None:
        data = b'{"text":"a"}\n{"text":"%s"}\n{"text":"b"}\n' % (b"x" * 500)
        (chunk,) = JsonRows().chunks(io.BytesIO(data))

        one, other = JsonRows().halves(chunk)

        assert (one.first, other.first) == (1, 3)
        assert one.data + other.data == data
        first, second = JsonRows().halves(one)
        assert (first.data, second.first) == (b'{"text":"a"}\n', 2)
        assert JsonRows().halves(first) == JsonRows().halves(other) == ()


class TestRewritten:
    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            (b'{ "text" : "old" , "n":1.50 }', b'{ "text" : "new \xc3\xbc" , "n":1.50 }'),
            (b'{"text":"alt \\u00fc"}\r', b'{"text":"new \\u00fc"}\r'),
            (
                '{"a":{"text":"old"},"text":"ält","b":"old"}'.encode(),
                '{"a":{"text":"old"},"text":"new ü","b":"old"}'.encode(),
            ),
            (b'{"text":null,"b":1}', b'{"text":null,"b":1}'),
            (b"broken", b"broken"),
        ],
        ids=["blanks", "escapes", "letters", "null", "broken"],
    )
    def test_only_the_text_changes(self, line: bytes, expected: bytes) -> None:
        if line == b'{ "text" : "old" , "n":1.50 }':
            expected = expected.replace("ü".encode(), b"\\u00fc")  # the old one was ASCII

        assert rewritten(b'{"text":"x"}\n' + line + b"\n", "new ü").split(b"\n")[1] == expected

    def test_what_lost_nothing_stays_as_it_was_written(self) -> None:
        data = b'{"text":"\\u0061\\/"}\n'
        (chunk,) = JsonRows().chunks(io.BytesIO(data))
        found = JsonRows().entries(chunk)

        assert JsonRows().rewritten(chunk, found, [Change("a/", ())]) == data

    def test_half_of_a_surrogate_pair_is_escaped(self) -> None:
        assert rewritten('{"text":"x ü\\ud83d"}'.encode(), "ü\ud83d") == b'{"text":"\\u00fc\\ud83d"}'

    @given(VALUES, VALUES, st.text(), st.booleans())
    def test_all_else_is_byte_for_byte_the_same(self, one: Any, other: Any, text: str, ascii_only: bool) -> None:
        def line(text: str) -> bytes:
            row = {"one": one, "text": text, "other": other}
            return json.dumps(row, ensure_ascii=ascii_only).encode("utf-8", "replace")

        assert json.loads(rewritten(line(ARTICLE), CLEAN)) == json.loads(line(CLEAN))
        assert rewritten(line("Größe"), "Maß") == line("Maß")
        assert json.loads(rewritten(line("x" + text), text))["text"] == text
