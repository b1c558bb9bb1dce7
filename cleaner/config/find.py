"""Finding a configuration file. To read one takes much to import, and most runs have none."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from cleaner.errors import ConfigError


def find_config(start: Path) -> Path | None:
    """The nearest cleaner.toml, or pyproject.toml with [tool.cleaner], in `start` or above it.

    A folder that may not be entered has none: what else is in it cannot be read either.
    """
    for folder in (start, *start.parents):
        own = folder / "cleaner.toml"
        if os.path.isfile(own):  # noqa: PTH113 - Path.is_file raises there
            return own
        project = folder / "pyproject.toml"
        if os.path.isfile(project) and "cleaner" in tools_of(parse(project)):  # noqa: PTH113 - likewise
            return project
    return None


def tools_of(tables: dict[str, Any]) -> dict[str, Any]:
    """What a pyproject.toml says about tools."""
    tool = tables.get("tool")
    return tool if isinstance(tool, dict) else {}


def parse(path: Path) -> dict[str, Any]:
    """What a TOML file holds. Raises ConfigError naming it."""
    import tomllib  # few runs have a configuration

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(str(path), f"is not TOML: {str(error) or 'nested too deeply'}") from None
