"""Where each value of a configuration comes from: a default, a line of the file, or a flag."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cleaner.config.model import Config

Key = tuple[str | int, ...]
DEFAULT = "default"
_CLOSING = ("]", "}", '"""', "'''")
"""One of them stands in the last line of every statement that has several."""
_SINGLE = ("threshold", "max_removed")
"""Of these a flag replaces what the file says, for some paths too; it adds to the lists."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value in effect. A list to which several places add is a setting for each place, in their order."""

    key: str
    value: Any
    origin: str


def effective(text: str, name: str, flags: Mapping[str, tuple[str, Any]]) -> list[Setting]:
    """The settings of a run: of `flags` and of a valid configuration with this text, called `name`.

    `flags` are option and value by key. What has neither a default nor a value is left out.
    """
    lines, tables = key_lines(text), tomllib.loads(text)
    at: Key = ()
    if "tool" in tables:
        at = ("tool", "cleaner")
        tables = tables["tool"]["cleaner"]
    found: list[Setting] = []
    for key, default in _defaults().items():
        if tables.get(key):
            of_file = list(_leaves(tables[key], (key,)))
            found += [
                Setting(_named(path), value, f"{name}:{_line(lines, (*at, *path))}")
                for path, value in of_file
                if path[-1] not in _SINGLE or path[-1] not in flags
            ]
        elif default is not None and (key == "packs" or key not in flags):
            found.append(Setting(key, default, DEFAULT))
        if key in flags:
            option, value = flags[key]
            found.append(Setting(key, value, option))
    return found


def _defaults() -> dict[str, Any]:
    """All keys in the order in which they are shown; None for those that have no value by default."""
    config = Config()
    selection = config.selection
    return {
        "packs": list(selection.packs),
        "disable": [],
        "keep": [],
        "keep_categories": [],
        "threshold": selection.threshold,
        "max_removed": selection.max_removed,
        "exclude": [],
        "tweak": None,
        "per_path": None,
        "check": None,
        "spark": None,
    }


def key_lines(text: str) -> dict[Key, int]:
    """The lines, counted from 1, on which the keys of a valid TOML text begin; tables of an array count from 0.

    A statement ends where what has been read of it is valid TOML on its own.
    """
    lines: dict[Key, int] = {}
    arrays: Counter[Key] = Counter()
    table: Key = ()
    statement, begun = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        begun = begun if statement else number
        goes_on = bool(statement) and not any(mark in line for mark in _CLOSING)
        statement += f"{line}\n"
        if goes_on:
            continue
        try:
            keys = list(_keys(tomllib.loads(statement)))
        except tomllib.TOMLDecodeError:
            continue
        if statement.lstrip().startswith("["):
            table = keys[-1]
            if isinstance(table[-1], int):
                array = table[:-1]
                table = (*array, arrays[array])
                arrays[array] += 1
            lines[table] = begun
        else:
            lines.update(((*table, *key), begun) for key in keys)
        statement = ""
    return lines


def _keys(value: Any, at: Key = ()) -> Iterator[Key]:
    for key, inner in _parts(value):
        yield (*at, key)
        yield from _keys(inner, (*at, key))


def _leaves(value: Any, at: Key) -> Iterator[tuple[Key, Any]]:
    parts = _parts(value)
    if not parts:
        yield at, value
    for key, inner in parts:
        yield from _leaves(inner, (*at, key))


def _parts(value: Any) -> list[tuple[str | int, Any]]:
    """What a table, or an array of tables, holds by key; nothing else is taken apart."""
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return list(enumerate(value))
    return []


def _line(lines: Mapping[Key, int], key: Key) -> int:
    """The line of a key, or of what holds it."""
    return next(lines[key[:length]] for length in range(len(key), 0, -1) if key[:length] in lines)


def _named(path: Key) -> str:
    """A key as error messages have it: per_path[1].threshold."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
