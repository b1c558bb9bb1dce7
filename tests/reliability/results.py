"""What the commands here have measured, added up over their runs, and the sections of the page that say it."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.tables import filled

RESULTS = Path(__file__).with_name("results.json")
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def today() -> str:
    return datetime.now(UTC).date().isoformat()


def measured() -> dict[str, Any]:
    """All results, by section of the page."""
    if not RESULTS.exists():
        return {}
    found: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return found


def note(section: str, change: Callable[[dict[str, Any]], None], text: Callable[[dict[str, Any]], str]) -> None:
    """Change the results of a section, and write it anew; several processes may do that at once."""
    with RESULTS.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        results = measured()
        change(results.setdefault(section, {}))
        RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
        kept = measured()[section]  # in the order in which it is read again
        PAGE.write_text(filled(page, section, text(kept)), encoding="utf-8")
