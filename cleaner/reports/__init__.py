"""Views of one run's removals, one module each; a view writes to the handle it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol

from cleaner.model import Result
from cleaner.reports.patch import PatchReport
from cleaner.reports.text import TextReport


class View(Protocol):
    """A report that takes documents one by one."""

    def add(self, name: str, result: Result, data: bytes | None) -> None:
        """Take one document; `data` are a text's bytes, None for a page."""


FORMATS: dict[str, Callable[[BinaryIO], View]] = {"patch": PatchReport, "text": TextReport}
