from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config.find import find_config
from cleaner.errors import ConfigError
from tests.support import written


def test_the_nearest_one_upwards_counts(tmp_path: Path) -> None:
    written(tmp_path, {"cleaner.toml": "", "a/b/c/x.txt": "", "a/b/cleaner.toml": ""})

    assert find_config(tmp_path / "a" / "b" / "c") == tmp_path / "a" / "b" / "cleaner.toml"
    assert find_config(tmp_path / "a") == tmp_path / "cleaner.toml"


def test_cleaner_toml_goes_before_pyproject_beside_it(tmp_path: Path) -> None:
    written(tmp_path, {"cleaner.toml": "", "pyproject.toml": "[tool.cleaner]\n"})

    assert find_config(tmp_path) == tmp_path / "cleaner.toml"


@pytest.mark.parametrize("project", ["[project]\nname = 'x'\n", "[tool.other]\nx = 1\n", "tool = 'cleaner'\n", ""])
def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path, project: str) -> None:
    written(tmp_path, {"pyproject.toml": "[tool.cleaner]\n", "inner/pyproject.toml": project})

    assert find_config(tmp_path / "inner") == tmp_path / "pyproject.toml"


def test_a_folder_of_that_name_is_none(tmp_path: Path) -> None:
    written(tmp_path, {"pyproject.toml": "[tool.cleaner]\n"})
    (tmp_path / "cleaner.toml").mkdir()

    assert find_config(tmp_path) == tmp_path / "pyproject.toml"


def test_a_pyproject_on_the_way_up_that_does_not_parse_is_said(tmp_path: Path) -> None:
    written(tmp_path, {"pyproject.toml": "[tool"})

    with pytest.raises(ConfigError, match=r"pyproject\.toml: is not TOML"):
        find_config(tmp_path)
