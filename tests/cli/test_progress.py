from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli.progress import Meter, progress_of
from cleaner.corpus.run import Totals
from tests.support import ARTICLE, LETTER, run, written

FILES: dict[str, str | bytes] = {"in/a.txt": ARTICLE, "in/b.txt": ARTICLE, "in/held.txt": LETTER, "in/bad.txt": b"\0"}
SIZE = sum(len(content) for content in FILES.values())


def test_lines_of_json_tell_machines_how_far_a_run_is(place: Path) -> None:
    written(place, FILES)

    ran = run(["clean", "in", "-o", "out", "--progress", "json"], place)

    rows = [json.loads(line) for line in ran.errors.splitlines() if line.startswith("{")]
    last = {name: rows[-1][name] for name in ("documents", "held", "failed", "bytes", "total_bytes", "seconds_left")}
    assert last == {"documents": 3, "held": 1, "failed": 1, "bytes": SIZE, "total_bytes": SIZE, "seconds_left": 0.0}
    assert rows[-1]["seconds"] > 0
    assert ran.out == b""


def test_quiet_says_nothing_of_it(place: Path) -> None:
    written(place, {"in/a.txt": ARTICLE})

    assert run(["clean", "in", "-o", "out", "-q", "--progress", "json"], place).errors == ""


@pytest.mark.parametrize(("quiet", "form"), [(True, "json"), (True, "auto"), (False, "auto")])
def test_nobody_is_told_who_did_not_ask(capsys: pytest.CaptureFixture[str], quiet: bool, form: str) -> None:
    with progress_of(100, form, quiet=quiet) as progress:
        progress.advance(50, Totals())

    assert capsys.readouterr() == ("", "")


class TestMeter:
    def test_the_time_left_goes_by_the_rate_so_far(self) -> None:
        meter = Meter(whole=400, begun=10.0, done=100)

        assert meter.left(now=15.0) == 15.0

    def test_nothing_is_foretold_from_nothing(self) -> None:
        assert Meter(whole=400, begun=10.0).left(now=15.0) is None
        assert Meter(whole=0, begun=10.0, done=5).left(now=15.0) is None

    def test_of_an_input_that_has_grown_nothing_is_left(self) -> None:
        assert Meter(whole=10, begun=0.0, done=20).left(now=5.0) == 0.0
