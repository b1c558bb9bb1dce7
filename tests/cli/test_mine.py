"""`cleaner mine` where a transcript does not reach: with all shipped packs, on a terminal, over rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_streams import on_terminal
from tests.mine.corpus import documents
from tests.support import run, written


@pytest.mark.slow
def test_what_the_shipped_packs_leave_is_proposed_and_the_examples_hold(tmp_path: Path) -> None:
    files = {made.name: "\n\n".join(made.texts) + "\n" for made in documents(200)}
    written(tmp_path / "scraped", files)
    rows = [json.dumps({"text": text, "url": f"https://www.{name}"}) for name, text in files.items()]
    written(tmp_path, {"rows.jsonl": "\n".join(rows)})

    code, shown = on_terminal(["mine", "scraped", "-o", "mined.toml", "--isolated"], tmp_path)
    of_rows = run(["mine", "rows.jsonl", "-o", "rows.toml", "--isolated"], tmp_path)
    tested = run(["rules", "test", "mined.toml"], tmp_path)

    mined, from_rows = ((tmp_path / name).read_text(encoding="utf-8") for name in ("mined.toml", "rows.toml"))
    assert (code, of_rows.code, tested.code) == (0, 0, 0), shown + of_rows.errors + tested.errors
    assert mined.count("[[rule]]") >= 15
    assert "comments so far" not in mined, "the shipped packs remove it"
    assert [line for line in mined.splitlines() if line.startswith(("any", "summary"))] == [
        line for line in from_rows.splitlines() if line.startswith(("any", "summary"))
    ]
