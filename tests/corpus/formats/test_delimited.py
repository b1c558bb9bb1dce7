from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.formats import Chunk, delimited
from cleaner.corpus.formats.delimited import Delimited
from cleaner.corpus.read import Reading
from cleaner.errors import DocumentError
from tests.corpus.formats.support import cleaned
from tests.support import ARTICLE, CLEAN, contents, many_articles, run

GONE = len(ARTICLE) - len(CLEAN)
PLAIN = Reading(input_format="csv")


def through(tmp_path: Path, data: str | bytes, reading: Reading = PLAIN, name: str = "a.csv") -> bytes:
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    totals = cleaned(tmp_path / name, tmp_path / "b", reading)
    assert totals.failures == []
    return (tmp_path / "b").read_bytes()


def failure(tmp_path: Path, data: str | bytes, reading: Reading = PLAIN) -> str:
    source = tmp_path / "a.csv"
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    [reason] = cleaned(source, tmp_path / "b", reading).failures
    assert list(tmp_path.iterdir()) == [source]
    return reason.removeprefix(f"{source}: ")


def test_half_a_pair_of_utf16_that_utf7_can_hold_stays(tmp_path: Path) -> None:
    data = "text,removed_chars\na".encode("utf-7") + b"+2AA-b,0\n"

    assert through(tmp_path, data, Reading(input_format="csv", encoding="utf-7")) == data


def chunks(data: bytes, kind: Delimited = Delimited()) -> list[Chunk]:  # noqa: B008 - frozen
    return list(kind.chunks(io.BytesIO(data)))


class TestCells:
    def test_they_stay_exactly_as_they_are(self, tmp_path: Path) -> None:
        data = f'id,n,text,x\n007,NA,"{ARTICLE}",\n1e5, a ,,true\nnull,"a ""b"",c\r\nd",x,-\n'

        assert through(tmp_path, data).decode() == (
            f'id,n,text,x,removed_chars\n007,NA,"{CLEAN}",,{GONE}\n1e5, a ,,true,0\nnull,"a ""b"",c\r\nd",x,-,0\n'
        )

    @given(
        rows=st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]))] * 2), max_size=5),
        text=st.text(st.characters(exclude_categories=["Cs"])),
        delimiter=st.sampled_from(",\t;|"),
        ending=st.sampled_from(["\n", "\r\n", "\r"]),
    )
    def test_whatever_they_hold(self, rows: list[tuple[str, str]], text: str, delimiter: str, ending: str) -> None:
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
        writer.writerows([["a", "text", "b"], *([a, text, b] for a, b in rows)])
        kind = Delimited()

        [chunk] = chunks(written.getvalue().encode())
        found = kind.entries(chunk)
        data = kind.rewritten(chunk, found, [None] * len(found))

        assert [entry.content for entry in found] == [text.encode()] * len(rows)
        again = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True))
        assert again == [["a", "text", "b", "removed_chars"], *([a, text, b, "0"] for a, b in rows)]

    def test_those_in_quotes_need_it(self, tmp_path: Path) -> None:
        data = b'"text","a"\n"x y","\xc3\xa9 \'5"" z"\n"",","\n'

        assert through(tmp_path, data) == b'text,a,removed_chars\nx y,"\xc3\xa9 \'5"" z",0\n,",",0\n'

    def test_a_quote_within_a_cell_is_one(self, tmp_path: Path) -> None:
        assert through(tmp_path, 'text,a\nx,5" disk\n') == b'text,a,removed_chars\nx,"5"" disk",0\n'

    def test_the_count_of_an_earlier_run_is_replaced(self, tmp_path: Path) -> None:
        data = f'removed_chars,text,a\n99,"{ARTICLE}",b\n'

        assert through(tmp_path, data).decode() == f'text,a,removed_chars\n"{CLEAN}",b,{GONE}\n'

    def test_pages_become_their_articles(self, tmp_path: Path) -> None:
        assert through(tmp_path, "text\na\n\n<b>b</b>\n") == b"text,removed_chars\na,0\n\n<b>b</b>,0\n"


class TestManner:
    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    def test_line_ends_are_kept(self, tmp_path: Path, ending: str) -> None:
        data = f"text{ending}a{ending}{ending}b"

        assert through(tmp_path, data).decode() == f"text,removed_chars{ending}a,0{ending}{ending}b,0{ending}"

    @pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
    def test_the_delimiter_is_the_one_that_finds_the_text(self, tmp_path: Path, delimiter: str) -> None:
        data = delimiter.join(["a", "text"]) + "\n" + delimiter.join(["x,y;z|\t"[:1], "b"]) + "\n"
        data = data if delimiter != "," else "a,text\nx,b\n"

        assert through(tmp_path, data).decode().splitlines()[0] == delimiter.join(["a", "text", "removed_chars"])

    def test_by_its_name_a_table_has_tabs(self, tmp_path: Path) -> None:
        assert through(tmp_path, "text\na, b\n", Reading(), "a.tsv") == b"text\tremoved_chars\na, b\t0\n"

    def test_a_mark_is_kept(self, tmp_path: Path) -> None:
        mark = b"\xef\xbb\xbf"

        assert through(tmp_path, mark + b"text\na\n") == mark + b"text,removed_chars\na,0\n"
        assert through(tmp_path, mark + b'"text","a,b"\na,b\n') == mark + b'text,"a,b",removed_chars\na,b,0\n'

    def test_names_may_hold_line_ends(self, tmp_path: Path) -> None:
        assert through(tmp_path, 'text,"a\nb"\nc,d\n') == b'text,"a\nb",removed_chars\nc,d,0\n'

    @pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-16-be"])
    def test_another_encoding_is_named(self, tmp_path: Path, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delimited, "CHUNK", 1)  # so that there are several pieces
        data = f'text,a\n"{ARTICLE}",Zürich\n"{ARTICLE}",“Genf”\n'.encode(encoding)

        new = through(tmp_path, data, Reading(encoding=encoding))

        rows = f'text,a,removed_chars\n"{CLEAN}",Zürich,{GONE}\n"{CLEAN}",“Genf”,{GONE}\n'
        assert new == rows.encode(encoding)

    def test_without_rows_there_is_a_header(self, tmp_path: Path) -> None:
        assert through(tmp_path, "a,text") == b"a,text,removed_chars\n"


class TestPieces:
    def test_two_processes_write_the_same_bytes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delimited, "CHUNK", 1 << 14)
        rows = "".join(f'{name},"{text}"\r\n' for name, text in many_articles(500).items())
        (tmp_path / "a.csv").write_bytes(b"name,text\r\n" + rows.encode())
        assert len(chunks((tmp_path / "a.csv").read_bytes())) > 4

        for jobs in (1, 2):
            cleaned(tmp_path / "a.csv", tmp_path / str(jobs), jobs=jobs)

        assert (tmp_path / "1").read_bytes() == (tmp_path / "2").read_bytes()
        assert len(list(csv.reader(io.StringIO((tmp_path / "1").read_text())))) == 501

    def test_they_say_what_they_stand_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delimited, "CHUNK", 8)
        data = b"text,a\nabc,def\nghi,jkl\nmno,pqr\n"

        found = chunks(data)

        assert [chunk.first for chunk in found] == [1, 2, 3]
        assert sum(chunk.size for chunk in found) == len(data)

    def test_halves_are_written_as_the_whole(self) -> None:
        kind = Delimited()
        [whole] = chunks(b"\xef\xbb\xbftext,a\nb,c\nd,e\n\nf,g\nh,i\n")

        def written(chunk: Chunk) -> bytes:
            found = kind.entries(chunk)
            return kind.rewritten(chunk, found, [None] * len(found))

        one, two = kind.halves(whole)
        assert (one.first, two.first, one.size + two.size) == (1, 3, whole.size)
        assert written(one) + written(two) == written(whole)
        assert kind.halves(kind.halves(one)[0]) == ()


class TestWrongFiles:
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ("a,b\n1,2\n", "has no column 'text' (only a, b); name the text's with --text-field"),
            ("a;b;c\n1;2;3\n", "has no column 'text' (only a, b, c); name the text's with --text-field"),
            ("text,text\n1,2\n", "has 2 columns 'text'; rename all but one"),
            ("", "has no header; name the columns in the first line"),
            ("\n\n", "has no header; name the columns in the first line"),
            ("text,a\n1,2\n1,2,3\n", "line 3: has 3 cells where the header has 2; mend it"),
            ('text,"a\nb"\n"1\n\n",2\n\n1\n', "line 7: has 1 cells where the header has 2; mend it"),
            ('text,a\n1,2\n3,"4\n5,6\n', "line 3: is no row (unexpected end of data); mend it"),
            ('text,a\n1,"2"3\n', "line 2: is no row (',' expected after '\"'); mend it"),
            (b"text\n\xff\n", "is not utf-8; name its encoding with --encoding"),
        ],
    )
    def test_they_leave_nothing(self, tmp_path: Path, data: str | bytes, said: str) -> None:
        assert failure(tmp_path, data) == said

    def test_another_encoding_may_be_wrong(self, tmp_path: Path) -> None:
        reading = Reading(input_format="csv", encoding="ascii")

        assert failure(tmp_path, "text\né\n", reading) == "is not ascii; convert the file"

    def test_a_line_is_not_read_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(delimited, "LONGEST_LINE", 1 << 20)

        with pytest.raises(DocumentError, match="has a line of more than 1 million characters"):
            chunks(b"text\n" + b"x" * (1 << 21))

    def test_a_header_is_not_read_without_end(self) -> None:
        with pytest.raises(DocumentError, match="has no column 'text'"):
            chunks(b'"text\n' + b"x" * 1_000 + b"\n" * (3 << 20))


class TestCommand:
    def test_a_pipe_is_read(self, place: Path) -> None:
        ran = run(["clean", "--input-format", "csv", "-"], place, stdin=f'text\n"{ARTICLE}"\n'.encode())

        assert (ran.code, ran.err) == (0, b"")
        assert ran.out.decode() == f'text,removed_chars\n"{CLEAN}",{GONE}\n'

    def test_in_a_folder_none_is_looked_for(self, place: Path) -> None:
        (place / "in").mkdir()
        for name in ("a.csv", "b.tsv", "c.txt"):
            (place / "in" / name).write_text("text\n")

        folder = run(["clean", "in", "-o", "out", "-q"], place)
        named = run(["clean", "in/a.csv", "in/b.tsv", "-o", "named/", "-q"], place)

        assert (folder.code, named.code) == (0, 0)
        assert list(contents(place / "out")) == ["c.txt"]
        assert contents(place / "named") == {"a.csv": b"text,removed_chars\n", "b.tsv": b"text\tremoved_chars\n"}
