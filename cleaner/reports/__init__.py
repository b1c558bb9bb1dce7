"""Views of one run's removals, one module each; a view writes to the handle it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from cleaner.reports.patch import PatchReport
from cleaner.reports.text import TextReport
from cleaner.reports.view import Examined, Outcome, View

__all__ = ["FORMATS", "Examined", "Outcome", "View"]

FORMATS: dict[str, Callable[[BinaryIO], View]] = {"patch": PatchReport, "text": TextReport}
