"""Errors a user can meet, each with the exit code it ends the run with.

Every message is one line that names the file, rule or option concerned and the way out.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import partial
from typing import Any


class ExitCode(IntEnum):
    """What the process says to its caller. USAGE beats INCOMPLETE beats FOUND."""

    OK = 0
    FOUND = 1
    """`check` or `diff` found something to remove."""
    USAGE = 2
    """A usage, configuration or pack error, or no input files."""
    INCOMPLETE = 3
    """Finished, but some documents were unreadable or held."""


class CleanerError(Exception):
    """Base of all errors that are the user's to mend; the message is one line."""

    exit_code = ExitCode.USAGE


class UsageError(CleanerError):
    """A path, flag or combination of flags that cannot be carried out."""


class FieldError(CleanerError):
    """A file of ours (pack or configuration) whose field does not validate."""

    def __init__(self, source: str, reason: str, *, rule: str = "", field: str = "") -> None:
        where = ": ".join(part for part in (source, f"rule {rule}" if rule else "", field) if part)
        super().__init__(f"{where}: {reason}")
        self.source, self.rule, self.field, self.reason = source, rule, field, reason

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        """So that one process can raise it and another one see it."""
        return partial(type(self), rule=self.rule, field=self.field), (self.source, self.reason)


class PackError(FieldError):
    """A rule pack that cannot be read or does not validate."""


class ConfigError(FieldError):
    """A configuration file or option that cannot be read or does not validate."""


class DocumentError(CleanerError):
    """One document cannot be cleaned; the others go on."""

    exit_code = ExitCode.INCOMPLETE


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """The way out for a mistyped name: the known one that is closest, else `otherwise`, else all of them."""
    import difflib  # nobody pays for it who types well

    names = list(known)
    close = difflib.get_close_matches(name, names, 1)
    return f"did you mean {close[0]!r}?" if close else otherwise or f"choose from {', '.join(names)}"
