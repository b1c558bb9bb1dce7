from __future__ import annotations

import pickle

import pytest

from cleaner.errors import (
    CleanerError,
    ConfigError,
    DocumentError,
    ExitCode,
    FieldError,
    PackError,
    UsageError,
    did_you_mean,
)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({}, "ours.toml: is empty"),
        ({"field": "packs"}, "ours.toml: packs: is empty"),
        ({"rule": "appeal/help"}, "ours.toml: rule appeal/help: is empty"),
        ({"rule": "appeal/help", "field": "any[2]"}, "ours.toml: rule appeal/help: any[2]: is empty"),
    ],
)
def test_a_field_error_names_file_rule_and_field(where: dict[str, str], said: str) -> None:
    error = FieldError("ours.toml", "is empty", **where)

    assert str(error) == said
    assert (error.source, error.reason) == ("ours.toml", "is empty")


@pytest.mark.parametrize("kind", [FieldError, PackError, ConfigError])
def test_it_reaches_another_process_whole(kind: type[FieldError]) -> None:
    error = pickle.loads(pickle.dumps(kind("ours.toml", "is empty", rule="appeal/help", field="any")))

    assert type(error) is kind
    assert str(error) == "ours.toml: rule appeal/help: any: is empty"
    assert (error.source, error.rule, error.field, error.reason) == ("ours.toml", "appeal/help", "any", "is empty")


def test_exit_codes_are_what_scripts_rely_on() -> None:
    assert {code.name: int(code) for code in ExitCode} == {"OK": 0, "FOUND": 1, "USAGE": 2, "INCOMPLETE": 3}
    assert {kind.exit_code for kind in (CleanerError, UsageError, PackError, ConfigError)} == {ExitCode.USAGE}
    assert DocumentError.exit_code is ExitCode.INCOMPLETE


@pytest.mark.parametrize(
    ("name", "otherwise", "said"),
    [
        ("captoin", "", "did you mean 'caption'?"),
        ("captoin", "look there", "did you mean 'caption'?"),
        ("frobnicate", "look there", "look there"),
        ("frobnicate", "", "choose from byline, caption"),
    ],
)
def test_a_mistyped_name_gets_a_way_out(name: str, otherwise: str, said: str) -> None:
    assert did_you_mean(name, ("byline", "caption"), otherwise) == said
