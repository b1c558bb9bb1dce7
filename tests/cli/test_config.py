"""What `cleaner config` says is what a run is configured with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner.cli.options import RuleOptions
from cleaner.config.origin import Setting, effective
from tests.support import written

NO_FLAGS: dict[str, Any] = {
    "config": None, "isolated": False, "packs": (), "disable": (), "keep": (), "threshold": None, "max_removed": None,
}  # fmt: skip
FULL = """
packs = ["default", "./ours.toml"]
disable = ["byline/*"]
keep = ["^a", "^b"]
keep_categories = ["bio"]
threshold = 2
max_removed = 0.5
exclude = ["drafts/"]
[[per_path]]
path = "a/**"
disable = ["ad/*"]
threshold = 0.5
max_removed = 0.9
"""


def told(settings: list[Setting], key: str) -> Any:
    """The value in effect: of a list, all that several places say."""
    values = [item.value for item in settings if item.key == key]
    if values and isinstance(values[0], list):
        return tuple(part for value in values for part in value)
    return values[-1] if values else None


@pytest.mark.parametrize("text", ["", FULL, "packs = []\n", "threshold = 1.5\ndisable = []\n"])
@pytest.mark.parametrize(
    "flags",
    [
        {},
        {"packs": ("en", "more.toml"), "disable": ("social/*",), "keep": ("caption", "ad")},
        {"threshold": 3.0},
        {"threshold": 0.1, "max_removed": 0.0},
        {"isolated": True, "disable": ("social/*",)},
    ],
)
def test_what_is_told_is_what_holds(text: str, flags: dict[str, Any], tmp_path: Path) -> None:
    folder = written(tmp_path, {"cleaner.toml": text})
    options = RuleOptions(**{**NO_FLAGS, **flags})

    config = options.settings((folder,))
    settings = effective("" if config.source is None else text, "cleaner.toml", options.given())

    selection = config.selection
    for key in ("packs", "disable", "keep", "keep_categories", "threshold", "max_removed"):
        assert told(settings, key) == getattr(selection, key), key
    assert told(settings, "exclude") == config.exclude
    for number, entry in enumerate(selection.per_path, 1):
        for key in ("path", "threshold", "max_removed"):
            assert told(settings, f"per_path[{number}].{key}") == getattr(entry, key), key
