"""Reading TOML tables key by key, with errors that name the source, the rule and the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cleaner.errors import FieldError, PackError, did_you_mean
from cleaner.rules.pattern import Pattern, PatternError
from cleaner.rules.translate import translate

Lists = Mapping[str, tuple[str, ...]]
T = TypeVar("T")
_SHOWN = 100
"""Longest piece of a pattern in a message, in characters."""


MAX_PATTERNS = 64 << 20
"""Most characters of all patterns of a file together, with their lists."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file's patterns are read: the lists they may name, and whether RE2 is asked now. `read_so_far` counts their
    characters, in a list of one.

    Our own packs are compiled by the tests; doing it at every start would cost seconds.
    """

    lists: Lists = field(default_factory=dict)
    compiles: bool = True
    read_so_far: list[int] = field(default_factory=lambda: [0])

    def read(self, source: str) -> Pattern:
        """Raises PatternError."""
        pattern = translate(source, self.lists)
        self.read_so_far[0] += len(pattern.exact)
        if self.read_so_far[0] > MAX_PATTERNS:
            raise PatternError(f"all patterns together are more than {MAX_PATTERNS:,} characters long with their lists")
        if not self.compiles:
            return pattern
        from cleaner.rules.engine import check_pattern  # RE2 is not there yet while our own packs are compiled

        return check_pattern(pattern)


class Table:
    """One TOML table with its place, read key by key; keys that nobody asked for are errors."""

    def __init__(
        self, table: Any, source: str, *, rule: str = "", field: str = "", fails: type[FieldError] = PackError
    ) -> None:
        self.source, self.rule, self.field, self.fails = source, rule, field, fails
        if not isinstance(table, dict):
            raise self.error("", f"expected a table, found {_name(table)}")
        self.table: dict[str, Any] = table
        self.asked: set[str] = set()

    def error(self, key: str, reason: str) -> FieldError:
        path = ".".join(part for part in (self.field, key) if part)
        return self.fails(self.source, reason, rule=self.rule, field=path)

    def has(self, key: str) -> bool:
        """Whether the key is there; for keys whose absence means something."""
        self.asked.add(key)
        return key in self.table

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of `key`; without a default the key is required."""
        self.asked.add(key)
        if key not in self.table:
            if default is None:
                raise self.error(key, "is missing" + self._mistyped(key))
            return default
        value = self.table[key]
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            try:
                value = float(value)
            except OverflowError:
                raise self.error(key, "is too large a number") from None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"expected {_KINDS[kind]}, found {_name(value)}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self.get(key, str, default)
        if default is None and not value.strip():
            raise self.error(key, "is empty")
        if any((char < " " or "\x7f" <= char <= "\x9f") and char not in "\n\t" for char in value):
            raise self.error(key, "holds control characters")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self.get(key, float, default)
        if not low <= value <= high:
            raise self.error(key, f"{value:g} is outside {low:g} to {high:g}")
        return value

    def count(self, key: str, low: int, high: int, default: int) -> int:
        value = self.get(key, int, default)
        if not low <= value <= high:
            raise self.error(key, f"{value} is outside {low} to {high}")
        return value

    def choice(self, key: str, choices: tuple[T, ...], default: T) -> T:
        value = self.get(key, str, str(default))
        for choice in choices:
            if choice == value:
                return choice
        raise self.error(key, f"{value!r} is none of {', '.join(map(str, choices))}")

    def strings(self, key: str) -> tuple[str, ...]:
        self.asked.add(key)
        value = self.table.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, f"expected a list of strings, found {_name(value)}")
        for number, item in enumerate(value, 1):
            if not isinstance(item, str) or not item:
                raise self.error(
                    f"{key}[{number}]", f"expected a non-empty string, found {_name(item) if item else 'an empty one'}"
                )
        return tuple(value)

    def tables(self, key: str) -> list[Any]:
        self.asked.add(key)
        value = self.table.get(key, [])
        if not isinstance(value, list):
            raise self.error(key, f"expected an array of tables ([[{key}]]), found {_name(value)}")
        return value

    def patterns(self, key: str, dialect: Dialect) -> tuple[Pattern, ...]:
        return tuple(
            self.pattern(f"{key}[{number}]", source, dialect) for number, source in enumerate(self.strings(key), 1)
        )

    def pattern(self, key: str, source: str, dialect: Dialect) -> Pattern:
        try:
            return dialect.read(source)
        except PatternError as reason:
            raise self.error(key, f"{reason} in {clipped(source)!r}") from None

    def members(self, key: str, known: tuple[T, ...]) -> tuple[T, ...]:
        found: list[T] = []
        for item in self.strings(key):
            matching = [member for member in known if member == item]
            if not matching:
                raise self.error(key, f"{item!r} is none of {', '.join(map(str, known))}")
            found += matching
        return tuple(found)

    def done(self) -> None:
        """Raise for keys that were never asked for."""
        unknown = sorted(set(self.table) - self.asked)
        if unknown:
            raise self.error("", f"unknown key {unknown[0]!r}; {did_you_mean(unknown[0], sorted(self.asked))}")

    def _mistyped(self, key: str) -> str:
        """What to say of a required key that may be there under another name."""
        import difflib  # as in `did_you_mean`

        close = difflib.get_close_matches(key, self.table.keys() - self.asked, 1)
        return f"; {close[0]!r} is no key, is it meant?" if close else ""


def clipped(source: str) -> str:
    """A pattern as messages show it, so that each stays one readable line."""
    return source if len(source) <= _SHOWN else source[: _SHOWN - 1] + "…"


_KINDS: dict[type, str] = {
    str: "a string", float: "a number", int: "a whole number", bool: "true or false", dict: "a table",
}  # fmt: skip


def _name(value: object) -> str:
    if isinstance(value, bool):
        return "a truth value"
    for kind, name in {**_KINDS, list: "a list"}.items():
        if isinstance(value, kind):
            return name
    return type(value).__name__
