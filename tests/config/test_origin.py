from __future__ import annotations

import tomllib
from dataclasses import fields
from typing import Any

import pytest

from cleaner.config.model import Config
from cleaner.config.origin import DEFAULT, Setting, effective, key_lines
from cleaner.rules import Selection

TEXT = """\
# ours
packs = [
  "default",  # ["not", "these"]
  "./ours.toml",
]
keep = ['''
threshold = 9''', "^a = [b]$"]

threshold = 2

[[per_path]]
path = "a/**"
threshold = 0.5

[[per_path]]
path = "b/**"
keep_categories = ["byline"]

[check]
max = { caption = 5, ad = 1 }
"max_lines" = 3
"""
NONE: dict[str, tuple[str, Any]] = {}


def test_without_file_and_flags_all_is_default() -> None:
    found = effective("", "", NONE)

    assert {item.origin for item in found} == {DEFAULT}
    assert Setting("threshold", 1.0, DEFAULT) in found
    assert Setting("packs", ["default"], DEFAULT) in found


def test_every_value_of_a_file_is_found_with_its_line() -> None:
    found = [(item.key, item.value, item.origin) for item in effective(TEXT, "cleaner.toml", NONE)]

    assert [item for item in found if item[2] != DEFAULT] == [
        ("packs", ["default", "./ours.toml"], "cleaner.toml:2"),
        ("keep", ["threshold = 9", "^a = [b]$"], "cleaner.toml:6"),
        ("threshold", 2, "cleaner.toml:9"),
        ("per_path[1].path", "a/**", "cleaner.toml:12"),
        ("per_path[1].threshold", 0.5, "cleaner.toml:13"),
        ("per_path[2].path", "b/**", "cleaner.toml:16"),
        ("per_path[2].keep_categories", ["byline"], "cleaner.toml:17"),
        ("check.max.caption", 5, "cleaner.toml:20"),
        ("check.max.ad", 1, "cleaner.toml:20"),
        ("check.max_lines", 3, "cleaner.toml:21"),
    ]
    assert [key for key, _, origin in found if origin == DEFAULT] == [
        "disable", "keep_categories", "max_removed", "exclude",
    ]  # fmt: skip


def test_a_flag_replaces_a_number_for_all_paths_and_adds_to_a_list() -> None:
    flags = {"threshold": ("--threshold", 1.5), "packs": ("--pack", ["/more.toml"]), "disable": ("--disable", ["a/*"])}

    found = effective(TEXT, "cleaner.toml", flags)

    assert [item for item in found if item.key.endswith("threshold")] == [Setting("threshold", 1.5, "--threshold")]
    assert [item.origin for item in found if item.key == "packs"] == ["cleaner.toml:2", "--pack"]
    assert [item.origin for item in found if item.key == "disable"] == ["--disable"]
    assert [item for item in effective("", "", flags) if item.key == "packs"] == [
        Setting("packs", ["default"], DEFAULT),
        Setting("packs", ["/more.toml"], "--pack"),
    ]


def test_an_empty_list_of_packs_is_no_list() -> None:
    assert effective("packs = []\n", "cleaner.toml", NONE) == effective("", "", NONE)


def test_a_table_of_a_project_is_read_where_it_stands() -> None:
    text = (
        '[project]\nname = "x"\n\n[[tool.other]]\na = 1\n'
        '[tool.cleaner]\nthreshold = 3\n[[tool.cleaner.tweak]]\nid = "a"\n'
    )

    found = effective(text, "pyproject.toml", NONE)

    assert Setting("threshold", 3, "pyproject.toml:7") in found
    assert Setting("tweak[1].id", "a", "pyproject.toml:9") in found


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a = 1\r\nb = 2\r\n", ("b",), 2),
        ("tool.cleaner.threshold = 2", ("tool", "cleaner", "threshold"), 1),
        ("[tool]\ncleaner = {threshold = 2}", ("tool", "cleaner", "threshold"), 2),
        ("tweak = [\n {id = 'a'},\n {id = 'b'},\n]", ("tweak", 1, "id"), 1),
        ('a = """\n[b]\nc = 1\n"""\n[d]', ("d",), 5),
        ("[[a]]\n[[a]]\nb = 1\n[c]\n[[a]]\nb = 2", ("a", 2, "b"), 6),
        ("x = 1 # ] }\ny = 2", ("y",), 2),
    ],
)
def test_lines_are_those_at_which_statements_begin(text: str, key: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(text)

    assert key_lines(text)[key] == line


def test_a_long_list_is_not_read_once_for_each_of_its_lines() -> None:
    text = "a = [\n" + "  'word',\n" * 20_000 + "]\nb = 1\n"

    assert key_lines(text) == {("a",): 1, ("b",): 20_003}


def test_all_that_a_configuration_holds_is_shown() -> None:
    shown = {item.key for item in effective("[[tweak]]\nid = 'a'\n[[per_path]]\npath = 'b'\n", "x", NONE)}
    tops = {key.partition("[")[0] for key in shown} | {"check", "spark"}
    held = {item.name for item in (*fields(Selection), *fields(Config))}

    assert tops == {"tweak" if name == "tweaks" else name for name in held - {"base", "selection", "source"}}
