"""What is fuzzed: a way from bytes into the program, which may only end well or with an error of ours."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cleaner.errors import CleanerError

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).parent / "found"
"""Inputs that broke something once, in a folder for each target."""


@dataclass(frozen=True, slots=True)
class Target:
    """One way in: `run` raises whatever the program does, and AssertionError where it breaks a promise.

    `seeds` are good inputs to begin with.
    """

    name: str
    what: str
    run: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]

    @property
    def dictionary(self) -> Path:
        """What its language is made of, as libFuzzer reads it: a string a line."""
        return Path(__file__).parent / "words" / f"{self.name}.dict"

    def words(self) -> list[bytes]:
        """The same, read."""
        lines = self.dictionary.read_text(encoding="ascii").splitlines()
        return [line[1:-1].encode().decode("unicode_escape").encode("latin-1") for line in lines]

    def crash(self, data: bytes) -> str:
        """How the program breaks on an input: the error and where it came from; "" if it does not."""
        try:
            self.run(data)
        except CleanerError:
            return ""
        except Exception as error:
            return f"{type(error).__name__}: {_place(error)}"
        return ""

    def found(self) -> list[Path]:
        """Inputs that broke it once, sorted."""
        return sorted((FOUND / self.name).glob("*"))


def _place(error: BaseException) -> str:
    """The innermost function of ours that an error went through."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and path != Path(__file__):
            return f"{path.relative_to(ROOT).as_posix()}, {frame.name}"
    return "elsewhere"


@cache
def scratch() -> Path:
    """A folder of this process for what has to be a file."""
    folder = Path(tempfile.mkdtemp(prefix="cleaner-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
