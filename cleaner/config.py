"""Configuration: defaults < cleaner.toml or [tool.cleaner] in pyproject.toml < command-line flags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.errors import ConfigError
from cleaner.model import CATEGORIES
from cleaner.rules.load import Selection, Tweak
from cleaner.rules.table import Dialect, Table


@dataclass(frozen=True, slots=True)
class Config:
    """One run's configuration; `source` is the file it came from, None for the defaults."""

    selection: Selection = field(default_factory=Selection)
    source: Path | None = None


def find_config(start: Path) -> Path | None:
    """The nearest cleaner.toml, or pyproject.toml with [tool.cleaner], in `start` or above it."""
    for folder in (start, *start.parents):
        own = folder / "cleaner.toml"
        if own.is_file():
            return own
        project = folder / "pyproject.toml"
        if project.is_file() and "cleaner" in _tool(_parse(project)):
            return project
    return None


def read_config(path: Path) -> Config:
    """Read and validate one configuration file. Raises ConfigError naming file, key and reason."""
    tables = _parse(path)
    prefix = ""
    if path.name == "pyproject.toml":
        tables, prefix = _tool(tables).get("cleaner", {}), "tool.cleaner"
    table = Table(tables, str(path), field=prefix, fails=ConfigError)
    selection = Selection(
        packs=table.strings("packs") or ("default",),
        base=path.parent,
        disable=table.strings("disable"),
        keep=table.strings("keep"),
        keep_categories=table.members("keep_categories", tuple(CATEGORIES)),
        tweaks=tuple(_tweak(item, table) for item in table.tables("tweak")),
        threshold=table.number("threshold", 0.1, 10.0, 1.0),
        max_removed=table.number("max_removed", 0.0, 1.0, 0.6),
    )
    table.done()
    for number, source in enumerate(selection.keep, 1):
        table.pattern(f"keep[{number}]", source, Dialect())
    return Config(selection, path)


def _tweak(item: Any, parent: Table) -> Tweak:
    table = Table(item, parent.source, field="tweak", fails=ConfigError)
    identifier = table.text("id")
    weight = table.number("weight", -5.0, 5.0) if "weight" in table.table else None
    block_weight = table.number("block_weight", 0.0, 5.0) if "block_weight" in table.table else None
    for number, source in enumerate(table.strings("add_none"), 1):
        table.pattern(f"add_none[{number}]", source, Dialect())
    tweak = Tweak(identifier, weight, table.strings("add_none"), block_weight)
    table.asked.update(("weight", "block_weight"))
    table.done()
    return tweak


def _tool(tables: dict[str, Any]) -> dict[str, Any]:
    tool = tables.get("tool")
    return tool if isinstance(tool, dict) else {}


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(str(path), f"is not TOML: {str(error) or 'nested too deeply'}") from None
