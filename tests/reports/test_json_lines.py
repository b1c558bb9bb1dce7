from __future__ import annotations

import io

from cleaner.reports.json_lines import JsonLinesReport
from tests.reports.support import PASSED, RUN, examined, loaded, passage, read_jsonl, report


def test_a_row_is_a_finding_of_the_json_report_with_its_path() -> None:
    items = [examined("a", "one\ntwo\n", [(0, 4), (4, 8)], known=[1]), passage("x", name="b")]
    documents = loaded(report("json", items))["documents"]

    rows = read_jsonl(report("jsonl", items))

    assert rows == [{"path": each["path"], **finding} for each in documents for finding in each["findings"]]
    assert [row["known"] for row in rows] == [False, True, False]


def test_it_holds_findings_only() -> None:
    assert report("jsonl", [examined("a", "stays", [])], failures=[("b", "is binary")]) == b""


def test_rows_are_written_as_they_come() -> None:
    handle = io.BytesIO()
    view = JsonLinesReport(handle, RUN)
    view.add(passage("x"))
    assert len(read_jsonl(handle.getvalue())) == 1
    before = handle.getvalue()
    view.end(PASSED)
    assert handle.getvalue() == before
