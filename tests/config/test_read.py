from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.config.model import Check, Cluster, Config
from cleaner.config.read import read_config
from cleaner.errors import ConfigError
from cleaner.gate.budget import Budget, Limits
from cleaner.gate.count import Counting
from cleaner.rules import PerPath, Selection, Tweak
from tests.support import written


def read(folder: Path, text: str, name: str = "cleaner.toml") -> Config:
    return read_config(written(folder, {name: text}) / name)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    config = read(tmp_path, "")

    assert config.selection == Selection(base=tmp_path)
    assert config.source == tmp_path / "cleaner.toml"
    assert Config() == Config(Selection(), None)


def test_every_key_is_read(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
        packs = ["default", "./rules/ours.toml"]
        disable = ["byline/*"]
        keep = ['''^Editor.s note: this is a serial''']
        keep_categories = ["caption", "bio"]
        threshold = 2
        max_removed = 0.25
        [[tweak]]
        id = "paywall/continue"
        weight = 0.7
        add_none = ['''\\bmagazine history\\b''']
        [[tweak]]
        id = "signal/tail"
        [[tweak]]
        id = "related/more"
        block_weight = 1
        [[per_path]]
        path = "wire/**"
        disable = ["credit/*"]
        keep = ['^By ']
        keep_categories = ["byline"]
        threshold = 2
        max_removed = 1
        [[per_path]]
        path = "*.md"
        """,
    )

    assert config.selection == Selection(
        packs=("default", "./rules/ours.toml"),
        base=tmp_path,
        disable=("byline/*",),
        keep=("^Editor.s note: this is a serial",),
        keep_categories=("caption", "bio"),
        tweaks=(
            Tweak("paywall/continue", 0.7, (r"\bmagazine history\b",)),
            Tweak("signal/tail"),
            Tweak("related/more", block_weight=1.0),
        ),
        threshold=2.0,
        max_removed=0.25,
        per_path=(PerPath("wire/**", ("credit/*",), ("^By ",), ("byline",), 2.0, 1.0), PerPath("*.md")),
    )


def test_what_is_passed_over_and_what_a_check_lets_pass_are_read(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
        exclude = ["drafts/", "!keep.txt"]
        [check]
        max_lines = 200
        max_share = "0.5%"
        max_docs = 0
        max = { caption = 50, ad = 0 }
        max_lines_per_file = 3
        max_share_per_file = "2%"
        max_per_file = { caption = 1 }
        fail_on_change = true
        select = ["appeal/*"]
        ignore = ["bio"]
        baseline = "ci/known.jsonl"
        """,
    )

    assert config.exclude == ("drafts/", "!keep.txt")
    assert config.check == Check(
        Budget(
            corpus=Limits(200, 0.005, (("ad", 0), ("caption", 50))),
            per_file=Limits(3, 0.02, (("caption", 1),)),
            docs=0,
            fail_on_change=True,
        ),
        Counting(("appeal/*",), ("bio",)),
        tmp_path / "ci" / "known.jsonl",
    )


def test_pyproject_holds_it_in_its_own_table(tmp_path: Path) -> None:
    config = read(tmp_path, "[project]\nname = 'x'\n[tool.cleaner]\nthreshold = 1.5\n", "pyproject.toml")

    assert config.selection.threshold == 1.5


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("thresold = 1.0", "unknown key 'thresold'; did you mean 'threshold'?"),
            ("threshold = 'high'", "threshold: expected a number, found a string"),
            ("threshold = true", "threshold: expected a number, found a truth value"),
            ("threshold = 0", "threshold: 0 is outside 0.1 to 10"),
            ("threshold = nan", "threshold: nan is outside 0.1 to 10"),
            ("max_removed = 60", "max_removed: 60 is outside 0 to 1"),
            ("packs = 'default'", "packs: expected a list of strings, found a string"),
            ("disable = [1]", "disable[1]: expected a non-empty string, found a whole number"),
            ("keep_categories = ['captoin']", "keep_categories: 'captoin' is none of appeal, paywall"),
            ("keep = ['fine', '(?=x)']", "keep[2]: (?=x… is outside the linear-time subset"),
            ("tweak = 1", "tweak: expected an array of tables ([[tweak]]), found a whole number"),
            ("tweak = [1]", "tweak: expected a table, found a whole number"),
            ("[[tweak]]\nweight = 1", "tweak.id: is missing"),
            ("[[tweak]]\nid = 'a/b'\nweight = 9", "tweak.weight: 9 is outside -5 to 5"),
            ("[[tweak]]\nid = 'a/b'\nblock_weight = -1", "tweak.block_weight: -1 is outside 0 to 5"),
            (
                "[[tweak]]\nid = 'a/b'\nadd_any = ['x']",
                "tweak: unknown key 'add_any'; did you mean 'add_none'?",
            ),
            ("[[tweak]]\nid = 'a/b'\nadd_none = ['(a)\\1']", "tweak.add_none[1]: "),
            ("per_path = 1", "per_path: expected an array of tables ([[per_path]]), found a whole number"),
            ("[[per_path]]", "per_path.path: is missing"),
            ("[[per_path]]\npath = '!a'", "per_path.path: '!a' names no path"),
            ("[[per_path]]\npath = '!'", "per_path.path: Invalid git pattern: '!'"),
            ("[[per_path]]\npath = 'a'\nthreshold = 0", "per_path.threshold: 0 is outside 0.1 to 10"),
            ("[[per_path]]\npath = 'a'\nkeep = ['(?=x)']", "per_path.keep[1]: (?=x… is outside the linear-time"),
            ("[[per_path]]\npath = 'a'\npacks = []", "per_path: unknown key 'packs'; choose from disable, keep, "),
            ("exclude = ['a', '!']", "exclude[2]: Invalid git pattern: '!'"),
            ("check = 1", "check: expected a table, found a whole number"),
            ("[check]\nmax_share = 0.5", "check.max_share: expected a string, found a number"),
            ("[check]\nmax_share_per_file = '5'", "check.max_share_per_file: '5' is no percentage; write it like 0.5%"),
            ("[check]\nmax_lines = -1", "check.max_lines: -1 is outside 0 to 1000000000000"),
            ("[check]\nmax = { captoin = 1 }", "check.max: unknown key 'captoin'; did you mean 'caption'?"),
            ("[check]\nmax_per_file = { ad = 'x' }", "check.max_per_file.ad: expected a whole number, found a string"),
            ("[check]\nmax_files = 1", "check: unknown key 'max_files'; did you mean 'max_lines'?"),
            ("threshold = ", "is not TOML: "),
            ("a = 1\na = 2", "is not TOML: "),
        ],
    )
    def test_they_name_file_key_and_reason(self, tmp_path: Path, text: str, said: str) -> None:
        with pytest.raises(ConfigError, match=re.escape(f"{tmp_path / 'cleaner.toml'}: {said}")):
            read(tmp_path, text)

    def test_in_pyproject_the_key_is_said_with_its_table(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"pyproject\.toml: tool\.cleaner\.threshold: expected a number"):
            read(tmp_path, "[tool.cleaner]\nthreshold = 'x'", "pyproject.toml")

    def test_our_table_must_be_one(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"tool\.cleaner: expected a table, found a whole number"):
            read(tmp_path, "[tool]\ncleaner = 5", "pyproject.toml")

    def test_a_file_that_is_no_utf8_is_none_of_ours(self, tmp_path: Path) -> None:
        path = written(tmp_path, {"cleaner.toml": "keep = ['caf\xe9']".encode("latin-1")}) / "cleaner.toml"

        with pytest.raises(ConfigError, match=r"cleaner\.toml: is not TOML: "):
            read_config(path)

    def test_a_file_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"nowhere\.toml: cannot be read \(No such file or directory\)"):
            read_config(tmp_path / "nowhere.toml")


def test_a_cluster_has_a_master_and_properties(tmp_path: Path) -> None:
    config = read(tmp_path, '[spark]\nmaster = "yarn"\n[spark.conf]\n"spark.executor.memory" = "2g"\n')

    assert config.spark == Cluster("yarn", (("spark.executor.memory", "2g"),))
    assert Config().spark == Cluster()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[spark]\nhost = 'a'\n", "spark: unknown key 'host'"),
        (
            "[spark.conf]\n'spark.cores.max' = 4\n",
            "spark.conf.spark.cores.max: expected a string, found a whole number",
        ),
    ],
)
def test_a_cluster_that_does_not_validate_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(reason)):
        read(tmp_path, text)
