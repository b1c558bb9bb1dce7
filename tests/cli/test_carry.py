"""Runs that are cut off, wherever that may be, and gone on with: what they leave behind is made from that of a whole
run by cutting its record and its outputs short, as a kill at any moment would.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow.parquet import write_table

from cleaner.api import Cleaner
from cleaner.cli.carry import carry_out
from cleaner.cli.job import Job
from cleaner.cli.progress import progress_of
from cleaner.cli.reports import Reports
from cleaner.corpus.find import find_sources
from cleaner.corpus.formats import Entry
from cleaner.corpus.formats.json_rows import JsonRows
from cleaner.corpus.formats.parquet import Parquet
from cleaner.corpus.read import Reading
from cleaner.corpus.restore import restore_all
from cleaner.corpus.run import Totals
from cleaner.corpus.write import partial
from cleaner.errors import UsageError
from cleaner.model import JSONL, MARKDOWN, TEXT
from cleaner.rules import Selection
from tests.support import ARTICLE, DAM, LETTER, PAGE, contents, ours, written

ROWS = "".join(
    json.dumps({"id": number, "text": f"{DAM} {number}\n\n{LETTER}\n" if number % 3 else None}) + "\n"
    for number in range(20)
)


def parquet() -> bytes:
    handle = io.BytesIO()
    write_table(pa.table({"text": [DAM, ARTICLE, None, f"{DAM}\n{LETTER}\n"], "id": [1, 2, 3, 4]}), handle)
    return handle.getvalue()


FILES: dict[str, str | bytes] = {
    "a.txt": ARTICLE, "b.jsonl": ROWS, "bad.txt": b"\0", "c.txt": DAM, "d.jsonl": f"broken\n{ROWS}", "e.html": PAGE,
    "f.jsonl": '{"body":1}\n',
    "f2.jsonl.gz": gzip.compress(ROWS.encode()), "f3.parquet": parquet(),
    "g.txt": f"{ARTICLE}\n{LETTER}\n", "h.txt": ARTICLE,
}  # fmt: skip
SINGLY = (".jsonl",)
"""Names of outputs that are written line by line, so that a run can go on in the middle."""
TEXTS = {name: content for name, content in FILES.items() if name.endswith(".txt")}
CUT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CLEANER, PLAIN = ours(), Reading()


def carried(
    folder: Path,
    *,
    resume: bool,
    form: str = TEXT,
    in_place: bool = False,
    cleaner: Cleaner = CLEANER,
    reading: Reading = PLAIN,
    record: Path | None = None,
    output: str | None = None,
    paths: Sequence[Path] = (),
) -> Totals:
    """Clean the folder `in`, or other paths, as the command does."""
    paths = paths or [folder / "in"]
    if output is None and not in_place:
        output = str(folder / ("out.jsonl" if form == JSONL else "out"))
    if form == JSONL and record is None:
        record = folder / "run.jsonl"
    job = Job.plan(
        paths, find_sources(paths), output, form=form, in_place=in_place, record=record, no_record=False,
        reports=Reports(), reading=reading, resume=resume,
    )  # fmt: skip
    with progress_of(0, "auto", quiet=True) as progress:
        return carry_out(job, cleaner, reading, 1, progress, resume=resume)


def cut(path: Path, share: float) -> bytes:
    """Leave only the first part of a file; all that it held."""
    whole = path.read_bytes()
    os.truncate(path, int(len(whole) * share))
    return whole


def names_in(data: bytes) -> list[str]:
    """Of which documents a record, cut off anywhere, has rows."""
    return [json.loads(line)["doc"] for line in data.split(b"\n")[:-1] if line.startswith((b'{"row":"d', b'{"row":"f'))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Totals]:
    """A run that nobody cut off."""
    folder = tmp_path_factory.mktemp("whole")
    written(folder / "in", FILES)
    return folder, carried(folder, resume=False)


class TestResume:
    @CUT
    @given(share=st.floats(0, 1), half=st.floats(0, 1))
    def test_from_wherever_it_was_cut_off_the_result_is_that_of_a_whole_run(
        self, whole: tuple[Path, Totals], tmp_path: Path, share: float, half: float
    ) -> None:
        origin, totals = whole
        folder = tmp_path / "cut"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(origin, folder)
        record = cut(folder / "out/.cleaner/run.jsonl", share)
        done = names_in((folder / "out/.cleaner/run.jsonl").read_bytes())
        self.take_back(folder / "out", done, half)

        resumed = carried(folder, resume=True)

        assert contents(folder / "out") == contents(origin / "out")
        assert (folder / "out/.cleaner/run.jsonl").read_bytes() == record
        assert list((folder / "out").glob(".*.part")) == []
        assert resumed.failures == [text.replace(str(origin), str(folder)) for text in totals.failures]
        assert replace(resumed, failures=[], held=[]) == replace(totals, failures=[], held=[])
        assert len(resumed.held) == len(totals.held)

    @staticmethod
    def take_back(out: Path, done: list[str], half: float) -> None:
        """As of a run that came so far: files that come later are not there, one of many is half-written."""
        last = done[-1] if done else ""
        for name in contents(out):
            if name > last.partition(":")[0]:
                (out / name).unlink()
            elif last.startswith(f"{name}:"):
                (out / name).rename(partial(out / name))
                cut(partial(out / name), half)
                if not name.endswith(SINGLY):
                    partial(out / name).unlink()

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (b'{"row":"document"', "2: is no JSON object; the record is damaged"),
            (b'{"row":"document","doc":"\xff"}', "2: is no JSON object; the record is damaged"),
            (b'{"row":"document"}', "None is no input of this run; leave out --resume and clean anew"),
            (b'{"row":"failure","doc":"a.txt:' + b"9" * 5000 + b'"}', "is no input of this run"),
        ],
    )
    def test_a_damaged_record_is_said(self, tmp_path: Path, row: bytes, said: str) -> None:
        written(tmp_path / "in", {"b.txt": ARTICLE})
        carried(tmp_path, resume=False)
        record = tmp_path / "out/.cleaner/run.jsonl"
        record.write_bytes(record.read_bytes().partition(b"\n")[0] + b"\n" + row + b"\n")

        with pytest.raises(UsageError, match=re.escape(said)):
            carried(tmp_path, resume=True)

    def test_the_half_written_file_is_gone_on_with(self, tmp_path: Path) -> None:
        written(tmp_path / "in", {"a.jsonl": ROWS})
        carried(tmp_path, resume=False)
        record = tmp_path / "out/.cleaner/run.jsonl"
        whole, expected = cut(record, 0.8), (tmp_path / "out/a.jsonl").read_bytes()
        (tmp_path / "out/a.jsonl").rename(partial(tmp_path / "out/a.jsonl"))
        mark = expected.replace(b'"id": 4', b'"id": "was there"')
        partial(tmp_path / "out/a.jsonl").write_bytes(mark)

        carried(tmp_path, resume=True)

        assert (tmp_path / "out/a.jsonl").read_bytes() == mark
        assert record.read_bytes() == whole

    @CUT
    @given(share=st.floats(0, 1), half=st.floats(0, 1))
    def test_so_it_is_with_rows(self, tmp_path: Path, share: float, half: float) -> None:
        pages = {f"{number:02}.html": PAGE.replace("dam", f"dam {number}") for number in range(6)}
        written(tmp_path / "in", {**TEXTS, **pages})
        expected = tmp_path / "out.jsonl"
        if not expected.exists():
            carried(tmp_path, resume=False, form=JSONL)
        rows = expected.read_bytes()
        record = cut(tmp_path / "run.jsonl", share)
        if names_in((tmp_path / "run.jsonl").read_bytes()) and b'"end"' not in (tmp_path / "run.jsonl").read_bytes():
            expected.rename(partial(expected))
            cut(partial(expected), half)

        carried(tmp_path, resume=True, form=JSONL)

        assert expected.read_bytes() == rows
        assert (tmp_path / "run.jsonl").read_bytes() == record

    @CUT
    @given(share=st.floats(0, 1))
    def test_in_place_nothing_is_lost(self, tmp_path: Path, share: float) -> None:
        folder = tmp_path / "place"
        shutil.rmtree(folder, ignore_errors=True)
        written(folder / "in", TEXTS)
        carried(folder, resume=False, in_place=True)
        clean, path = contents(folder / "in"), folder / "in/.cleaner/run.jsonl"
        record = cut(path, share)
        done = names_in(path.read_bytes())
        whole = [name for name in done if b'"row":"end"' in path.read_bytes() or name != done[-1]]
        written(folder / "in", {name: content for name, content in TEXTS.items() if name not in whole})

        carried(folder, resume=True, in_place=True)

        assert contents(folder / "in") == clean
        assert path.read_bytes() == record
        assert set(dict(restore_all(path, folder / "in")).values()) == {""}
        for name, content in TEXTS.items():
            data = content.encode() if isinstance(content, str) else content
            assert (folder / "in" / name).read_bytes() == data

    def test_in_place_what_was_replaced_is_not_cleaned_again(self, tmp_path: Path) -> None:
        """The last document's rows are whole and its file is new: its original hangs on them."""
        written(tmp_path / "in", {"a.txt": ARTICLE})
        carried(tmp_path, resume=False, in_place=True)
        record = tmp_path / "in/.cleaner/run.jsonl"
        whole = record.read_bytes()
        os.truncate(record, whole.index(b'{"row":"end"'))

        carried(tmp_path, resume=True, in_place=True)

        assert record.read_bytes() == whole

    def test_one_that_came_to_its_end_says_the_same_again(self, whole: tuple[Path, Totals]) -> None:
        folder, totals = whole

        assert carried(folder, resume=True) == totals


class TestOtherRuns:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        written(tmp_path / "in", {"a.txt": ARTICLE, "b.txt": DAM})
        carried(tmp_path, resume=False)
        record = tmp_path / "out/.cleaner/run.jsonl"
        os.truncate(record, record.read_bytes().index(b'{"row":"end"'))
        return tmp_path

    @pytest.mark.parametrize(
        ("resumed", "said"),
        [
            (
                lambda folder: carried(folder, resume=True, cleaner=ours(Selection(disable=("newsletter/*",)))),
                "other rules",
            ),
            (
                lambda folder: carried(folder, resume=True, cleaner=ours(Selection(max_removed=0.1))),
                "another max removed",
            ),
            (lambda folder: carried(folder, resume=True, reading=Reading(encoding="cp1252")), "another encoding"),
            (lambda folder: carried(folder, resume=True, reading=Reading(text_field="body")), "another text field"),
            (lambda folder: carried(folder, resume=True, form=MARKDOWN), "another form"),
        ],
        ids=["rules", "held", "encoding", "field", "form"],
    )
    def test_they_are_not_gone_on_with(self, folder: Path, resumed: Callable[[Path], Totals], said: str) -> None:
        with pytest.raises(UsageError, match=f"run.jsonl: is of a run with {said}; leave out --resume"):
            resumed(folder)

    def test_an_input_that_is_gone(self, folder: Path) -> None:
        (folder / "in/a.txt").unlink()

        with pytest.raises(UsageError, match=r"run.jsonl: a.txt is no input of this run; leave out --resume"):
            carried(folder, resume=True)

    def test_an_input_that_is_new(self, folder: Path) -> None:
        """It would be taken for done: it comes before the last one of the record."""
        written(folder / "in", {"aa.txt": ARTICLE})

        with pytest.raises(UsageError, match=r"run.jsonl: aa.txt was no input of that run; leave out --resume"):
            carried(folder, resume=True)

    def test_no_record_at_all(self, folder: Path) -> None:
        shutil.rmtree(folder / "out")

        with pytest.raises(UsageError, match=r"run.jsonl: there is no record of a run that was cut off; leave out"):
            carried(folder, resume=True)


class TestDefects:
    """What goes wrong in a reader or a writer of ours, or in the library under it, costs no other file of the run."""

    FILES: ClassVar[dict[str, str | bytes]] = {
        "a.jsonl": ROWS,
        "b.parquet": parquet(),
        "c.jsonl": ROWS,
        "d.txt": ARTICLE,
    }

    def broken(self, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
        """Parquet files break where they are read or written, with an error that nobody has foreseen."""

        def fail(*_: object) -> None:
            raise IndexError("a defect")

        monkeypatch.setattr(Parquet, method, fail)

    @pytest.mark.parametrize("method", ["chunks", "entries", "rewritten"])
    def test_the_run_goes_on(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str) -> None:
        written(tmp_path / "in", self.FILES)
        self.broken(monkeypatch, method)

        totals = carried(tmp_path, resume=False)

        said = "IndexError: a defect; please report this"
        path = tmp_path / "in" / "b.parquet"
        assert (
            totals.failures
            == {
                "chunks": [f"{path}: cannot be read ({said})"],
                "entries": [f"{path}:{row}: {said}" for row in range(1, 5)],
                "rewritten": [f"{path}: cannot be written ({said})"],
            }[method]
        )
        there = ["a.jsonl", *(["b.parquet"] if method == "entries" else []), "c.jsonl", "d.txt"]
        assert list(contents(tmp_path / "out")) == there
        assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".b.parquet")]
        rows = [json.loads(line) for line in (tmp_path / "out/.cleaner/run.jsonl").read_text().splitlines()]
        assert [row["reason"] for row in rows if row["row"] == "failure"] == [
            text.partition(": ")[2] for text in totals.failures
        ]
        assert rows[-1]["row"] == "end"

    def test_one_document_that_cannot_be_taken_out_costs_no_other_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written(tmp_path / "in", {"a.jsonl": ROWS})
        entry = JsonRows._entry

        def fail_at_eight(form: JsonRows, number: int, line: bytes) -> Entry:
            if number == 8:
                raise RecursionError("a defect")
            return entry(form, number, line)

        monkeypatch.setattr(JsonRows, "_entry", fail_at_eight)

        totals = carried(tmp_path, resume=False)

        assert totals.failures == [f"{tmp_path}/in/a.jsonl:8: RecursionError: a defect; please report this"]
        lines = (tmp_path / "out/a.jsonl").read_text().splitlines()
        assert [number for number, line in enumerate(lines, 1) if LETTER in line] == [8]
