"""Compiles the packs that we ship while a wheel is built, so that the first run of an installed cleaner is as quick
as any other. An editable install goes without: there the packs change, and the user's cache does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompilePacks(BuildHookInterface):
    """Puts the compiled packs into the wheel as `cleaner/rules/compiled/`."""

    _folder: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds."""
        if version == "editable":
            return
        self._folder = folder = Path(tempfile.mkdtemp())
        command = "from cleaner.rules.load import load_packs; load_packs(('default',))"
        environment = {**os.environ, "XDG_CACHE_HOME": str(folder), "PYTHONPATH": self.root}
        environment["PYTHONHASHSEED"] = "0"  # a set is written in the order of its hashes: equal sources, equal bytes
        subprocess.run([sys.executable, "-c", command], env=environment, check=True)
        build_data["force_include"][str(folder / "cleaner")] = "cleaner/rules/compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Called by hatchling when the wheel is there."""
        if self._folder is not None:
            shutil.rmtree(self._folder)
