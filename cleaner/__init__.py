"""Remove everything from scraped articles that is not the article, and report every removal.

from cleaner import Cleaner
result = Cleaner().clean(text)
result.text, result.removals
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaner.api import Cleaner, clean
    from cleaner.model import Document, Evidence, Removal, Result

__all__ = ["Cleaner", "Document", "Evidence", "Removal", "Result", "clean"]

_HOMES = {
    "Cleaner": "api",
    "clean": "api",
    "Document": "model",
    "Evidence": "model",
    "Removal": "model",
    "Result": "model",
}


def __getattr__(name: str) -> Any:
    # Imported on first use: `cleaner --version` must not pay for the engine.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"cleaner.{_HOMES[name]}"), name)
