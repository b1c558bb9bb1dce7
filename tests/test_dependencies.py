"""The tables of what an installation brings along name every extra and every dependency of pyproject.toml."""

from __future__ import annotations

import re

from tests.benchmarks.tables import section
from tests.dependencies import DEVELOPERS, INSTALLATION, NAME, SUPPLY_CHAIN, USES, direct, project

AGAIN = "run: python -m tests.dependencies"


def rows(table: str) -> list[list[str]]:
    """The cells of each row under the header."""
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:] if line.startswith("|")]


def test_every_extra_is_for_users_or_for_developers() -> None:
    assert {*USES, *DEVELOPERS} == {"", *project()["optional-dependencies"]}


def test_the_table_of_extras_says_what_pyproject_says() -> None:
    table = rows(section(INSTALLATION.read_text(encoding="utf-8"), "extras"))

    said = [(row[0].strip("`"), row[1], row[2].split(", ")) for row in table]
    assert said == [(extra or NAME, use, direct(extra)) for extra, use in USES.items()], AGAIN
    assert all(re.fullmatch(r"\+?[\d.]+ MB", row[4]) for row in table)


def test_every_dependency_is_listed_with_its_licence() -> None:
    table = rows(section(SUPPLY_CHAIN.read_text(encoding="utf-8"), "licences"))
    licences = {row[0].strip("*"): row[2] for row in table}

    missing = {name for extra in USES for name in direct(extra)} - licences.keys()
    # That of a Python which has it itself, and which the tables may have been made with.
    assert missing <= {"backports-zstd"}, AGAIN
    assert [name for name, licence in licences.items() if licence in ("", "UNKNOWN")] == []


def test_extras_in_an_extra_are_followed() -> None:
    assert set(direct("zstd")) < set(direct("warc"))
    assert set(direct("parquet")) < set(direct("test"))
