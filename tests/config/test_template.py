from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cleaner.config.model import Config
from cleaner.config.read import read_config
from cleaner.config.template import TEMPLATE
from cleaner.model import CATEGORIES
from cleaner.rules import Selection, load_packs, select
from tests.support import written

VALUE = re.compile(r"^#(?=[a-z\[])", re.M)
"""A value that is commented out; words have a blank after the sign."""


def uncommented(text: str) -> str:
    return VALUE.sub("", text)


def read(folder: Path, text: str) -> Config:
    config = read_config(written(folder, {"cleaner.toml": text}) / "cleaner.toml")
    select(load_packs(config.selection.packs, config.selection.base), config.selection)  # names that are of no rule
    return config


def test_as_it_is_written_it_changes_nothing(tmp_path: Path) -> None:
    config = read(tmp_path, TEMPLATE)

    assert config == Config(Selection(base=tmp_path), tmp_path / "cleaner.toml")


def test_all_of_it_is_valid_and_says_every_key_there_is(tmp_path: Path) -> None:
    tables = tomllib.loads(uncommented(TEMPLATE))

    read(tmp_path, uncommented(TEMPLATE))
    assert len(tables["check"]) == len(known_keys(tmp_path, "[check]\n"))
    assert len(tables["per_path"][0]) == len(known_keys(tmp_path, "[[per_path]]\npath = 'a'\n"))
    assert tables.keys() == known_keys(tmp_path, "")
    # What a signal or a block gets, which few want, is left to the documentation.
    assert known_keys(tmp_path, "[[tweak]]\nid = 'paywall/meter'\n") - tables["tweak"][0].keys() == {"block_weight"}


def known_keys(folder: Path, start: str) -> set[str]:
    """The keys that reading names where it meets one that it does not know."""
    with pytest.raises(Exception, match="unknown key") as refused:
        read(folder, f"{start}frobnicate = 1\n")
    found = re.search(r"choose from (.*)", str(refused.value))
    assert found is not None
    return set(found[1].split(", "))


TOP, _, TABLES = TEMPLATE.partition("#[check]\n")
CHECK, _, SPARK = TABLES.partition("#[spark]\n")


@pytest.mark.parametrize("part", [part for part in TOP.split("\n\n") if VALUE.search(part)], ids=lambda part: part[:40])
def test_each_part_is_valid_alone(part: str, tmp_path: Path) -> None:
    assert read(tmp_path, uncommented(part)) != Config(Selection(base=tmp_path), tmp_path / "cleaner.toml") or (
        tomllib.loads(uncommented(part)).keys() <= {"packs", "threshold", "max_removed"}  # defaults, written out
    )


@pytest.mark.parametrize(
    ("table", "line"),
    [(table, line) for table, part in (("check", CHECK), ("spark", SPARK)) for line in part.splitlines()],
)
def test_each_value_of_a_table_is_valid_alone(table: str, line: str, tmp_path: Path) -> None:
    read(tmp_path, f"[{table}]\n{uncommented(line)}\n")


def test_patterns_are_those_that_were_meant() -> None:
    assert tomllib.loads(uncommented(TEMPLATE))["tweak"][0]["add_none"] == [r"\bmagazine history\b"]


def test_each_value_for_some_paths_is_valid_alone(tmp_path: Path) -> None:
    block = next(part for part in TOP.split("\n\n") if "#[[per_path]]" in part)
    head, *values = [line for line in block.splitlines() if VALUE.match(line)][1:]

    for value in values:
        read(tmp_path, f"[[per_path]]\n{uncommented(head)}\n{uncommented(value)}\n")
    assert len(values) == 5


def test_every_category_is_named() -> None:
    block = TEMPLATE[TEMPLATE.index("# Categories to keep:") : TEMPLATE.index("#keep_categories")]
    named = re.findall(r"[a-z]+", block.partition(":")[2])

    assert named == list(CATEGORIES)
