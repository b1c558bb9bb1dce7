"""The measures of large corpora run on tiny ones; what they measure there says nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.rules import Selection
from tests.benchmarks import corpora, in_memory, material, peers
from tests.benchmarks.corpus import scraped
from tests.benchmarks.measured import Row, ratio, resident, tree, used
from tests.support import ours


class TestMaterial:
    def test_rows_hold_the_texts(self, tmp_path: Path) -> None:
        texts = list(scraped(0.02))

        size = material.write_rows(tmp_path / "rows.jsonl", texts)

        lines = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").split("\n")
        assert [json.loads(line)["text"] for line in lines[:-1]] == texts
        assert size == sum(len(text.encode()) for text in texts)

    def test_small_files_are_of_one_size(self, tmp_path: Path) -> None:
        written = material.small_files(tmp_path, 1_001, 500)

        sizes = [path.stat().st_size for path in tmp_path.glob("*/*.txt")]
        assert len(sizes) == 1_001
        assert sum(sizes) == written
        assert min(sizes) > 400
        assert sorted(path.name for path in tmp_path.iterdir()) == ["0000", "0001"]

    def test_pages_come_again_in_another_order(self) -> None:
        texts = list(material.page_texts(0.15))

        assert sum(len(text.encode()) for text in texts) >= 150_000
        each = len(set(texts))
        assert set(texts[:each]) == set(texts[each : 2 * each])
        assert texts[:each] != texts[each : 2 * each]

    def test_a_pack_has_as_many_rules_and_they_match(self, tmp_path: Path) -> None:
        pack = material.phrase_pack(tmp_path / "made.toml", 50)

        rules = Cleaner(Selection(packs=(str(pack),))).rules.rules

        assert len(rules) == 50
        assert len({rule.any[0].exact for rule in rules}) == 50


class TestMeasured:
    def test_a_command_and_what_it_starts(self) -> None:
        grown = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(bytearray(50_000_000))'])"

        took = used([sys.executable, "-c", grown])

        assert took.cpu > 0
        assert took.wall > 0
        assert took.peak > 50_000_000

    def test_a_command_that_fails_is_no_measurement(self) -> None:
        with pytest.raises(subprocess.CalledProcessError):
            used([sys.executable, "-c", "raise SystemExit(2)"])

    def test_a_tree_is_a_process_and_its_children(self) -> None:
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
            assert tree(os.getpid()) == [os.getpid(), child.pid]
            assert resident(child.pid) > 0
            child.communicate(b"\n")

        assert resident(child.pid) == 0

    def test_a_ratio_is_the_median_of_pairs(self) -> None:
        assert ratio([(1, 1), (6, 2), (20, 2)]) == 3


class TestPeers:
    def test_patterns_that_rg_cannot_read_are_left_out(self) -> None:
        if missing := peers.without_rg():
            pytest.skip(missing)
        rules = ours().rules
        bad = replace(rules.rules[0], any=(replace(rules.rules[0].any[0], exact="[a"),))

        found = peers.patterns(replace(rules, rules=(bad, *rules.rules)))

        assert found == peers.patterns(rules)
        assert len(found) == 3

    @pytest.mark.parametrize("sentences", [True, False])
    def test_the_filter_keeps_what_are_sentences(self, *, sentences: bool) -> None:
        if missing := peers.without_c4():
            pytest.skip(missing)
        prose = "\n".join(["The dam opens in May, the ministry said."] * 5)

        assert peers.c4_filter(sentences=sentences)([f"{prose}\nShare this", "Share this"]) == [prose, ""]


TINY = corpora.Sizes(0.01, 0.02, 10, (300,), (0.02,), 0.02, 0.1, 1)


@pytest.mark.slow
@pytest.mark.parametrize("what", ["rows", "files", "memory", "pipe"])
def test_whole_runs(what: str, tmp_path: Path) -> None:
    found = list(corpora.measures(TINY, tmp_path)[what]())

    assert all(isinstance(row, Row) and row.what and row.measured for row in found)


def test_a_table_goes_into_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n\n<!-- corpora -->\n\n<!-- /corpora -->\n", encoding="utf-8")
    monkeypatch.setattr(corpora, "measured", lambda sizes, only: [Row(" ".join(only), f"{sizes.files} files")])

    corpora.main(["--files", "7", "--only", "start", "pipe", "--write", str(page)])

    assert "\n| start pipe | – | 7 files |\n\nOn " in page.read_text(encoding="utf-8")


def test_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_memory, "_MANY", 30)
    monkeypatch.setattr(in_memory, "_FEW", 3)

    found = list(in_memory.with_user_rules(0.01, 1, tmp_path))

    assert [row.what for row in found] == [
        "times as long with 30 user rules as with 3",
        "to read and compile 30 user rules, the first time",
    ]
