"""What the report is measured on, and the table that comes of it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from cleaner.reports import Examined
from cleaner.rules import load_packs
from tests.benchmarks import html_report
from tests.benchmarks.examined import documents, passages
from tests.benchmarks.tables import ROOT, section, table
from tests.support import OURS

PASSAGES = passages([rule for pack in load_packs((str(OURS),), examples=True) for rule in pack.rules])


@pytest.fixture(scope="module")
def some() -> list[Examined]:
    return list(documents(300, PASSAGES))


def test_removals_are_spans_of_their_documents(some: list[Examined]) -> None:
    for item in some:
        end = 0
        for removal in item.result.removals:
            assert end <= removal.start < removal.end
            assert item.result.document.text[removal.start : removal.end] == removal.text
            assert removal.text.strip()
            assert removal.score == sum(part.weight for part in removal.evidence)
            end = removal.end


def test_they_are_varied(some: list[Examined]) -> None:
    removals = [removal for item in some for removal in item.result.removals]
    texts = {removal.text.strip() for removal in removals}

    assert 0.4 * len(removals) < len(texts) < 0.6 * len(removals)
    assert {removal.rule for removal in removals} == {passage.rule for passage in PASSAGES}
    assert any(item.result.document.text[removal.end - 1] == " " for item in some for removal in item.result.removals)
    assert len({item.name.split("/")[1] for item in some}) > 100
    assert 0.1 < sum(bool(item.result.document.blocks) for item in some) / len(some) < 0.3
    assert 0.2 < sum(not item.result.removals for item in some) / len(some) < 0.4
    assert any(item.result.held for item in some)


def test_the_same_seed_makes_the_same_documents(some: list[Examined]) -> None:
    assert list(islice(documents(10**9, PASSAGES), 20)) == some[:20]
    assert list(documents(20, PASSAGES, seed=2)) != some[:20]


def test_a_report_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_report, "shown", lambda page: (1.0,) * len(html_report.VIEWS) if page.exists() else ())
    monkeypatch.setattr(html_report, "load_packs", lambda _, examples: load_packs((str(OURS),), examples=examples))
    cost = html_report.measured(200, 1, tmp_path)

    assert (cost.documents, len(cost.views)) == (200, 5)
    assert 0 < cost.page <= max(cost.files) < sum(cost.files) <= 1_000_000
    assert len(cost.row()) == len(html_report.HEADER)


def test_the_manual_has_its_tables() -> None:
    header, rule, *rows = section((ROOT / "docs" / "report.md").read_text(encoding="utf-8"), html_report.NAME).split(
        "\n"
    )

    assert f"{header}\n{rule}" == table(html_report.HEADER, [])
    assert [row.split(" | ")[0] for row in rows[:3]] == ["| 10,000", "| 100,000", "| 1,000,000"]
