"""Tables are Markdown, and fill the place in a page that is theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.tables import deliver, filled, percent, refused, section, table

PAGE = "# Dams\n\n<!-- quality -->\nold\n<!-- /quality -->\n\nMore.\n"


def test_a_table() -> None:
    assert table(("", "recall"), [["`cleaner`", "7 %"]]) == "|  | recall |\n| --- | ---: |\n| `cleaner` | 7 % |"


@pytest.mark.parametrize(("share", "printed"), [(0.5, "50.0 %"), (0.0, "0.0 %"), (float("nan"), "–")])
def test_a_share(share: float, printed: str) -> None:
    assert percent(share) == printed


def test_a_section_is_filled_and_nothing_else_changes() -> None:
    assert section(PAGE, "quality") == "old"
    assert filled(PAGE, "quality", "new\n\nnewer") == PAGE.replace("old", "new\n\nnewer")


@pytest.mark.parametrize("page", ["", "<!-- quality -->\n", "\n<!-- /quality -->\n<!-- quality -->\n"])
def test_a_page_without_its_markers(page: str, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(page, encoding="utf-8")
    with pytest.raises(ValueError, match=r"README\.md has no <!-- quality --> with a <!-- /quality --> after it"):
        deliver("new", "quality", path)
    assert path.read_text(encoding="utf-8") == page


def test_tables_are_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "README.md"
    path.write_text(PAGE, encoding="utf-8")
    deliver("new", "quality", path)
    deliver("new", "quality", None)
    assert path.read_text(encoding="utf-8") == PAGE.replace("old", "new")
    assert capsys.readouterr().out == "new\n"


def test_a_refusal_is_one_line_and_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused("quality", ValueError("row 2 is wrong")) == 2
    assert capsys.readouterr().err == "quality: row 2 is wrong\n"
