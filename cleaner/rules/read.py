"""From the text of packs, and of single patterns, to what they mean: parsed, validated, translated.

Takes seconds for all that we ship, which comes compiled (see `cache`): nothing here is needed at most starts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from cleaner.errors import ConfigError, PackError
from cleaner.rules.model import Pack
from cleaner.rules.pattern import Pattern, PatternError
from cleaner.rules.schema import read_lists, read_pack
from cleaner.rules.table import Dialect, Lists, clipped

_LONG_KEY = re.compile(r"""(?<![\w"'.-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){200}""")
"""A key of so many parts says nothing, and the parser takes the square of their number."""

Named = tuple[str, bytes]
"""A pack's name, as messages show it, and what its file holds."""


def packs_of(some: Iterable[tuple[Named, bool]], everything: Iterable[Named]) -> Iterable[Pack]:
    """The packs of some of the files, one by one; lists are everybody's. Raises PackError.

    Those that are not `whole` come without examples, and RE2 is not asked whether it takes their patterns.
    """
    lists = lists_of(everything)
    for (name, data), whole in some:
        pack = read_pack(_parse(name, data), name, Dialect(lists, whole))
        if not whole:
            pack = replace(pack, rules=tuple(replace(rule, examples=()) for rule in pack.rules))
        yield pack


def lists_of(sources: Iterable[Named]) -> Lists:
    """The lists of all packs; entries of equally named ones come together. Raises PackError."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, data in sources:
        for key, entries in read_lists(_parse(name, data), name).items():
            lists[key] = tuple(dict.fromkeys((*lists.get(key, ()), *entries)))
    return lists


def _parse(name: str, data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8")
        if _LONG_KEY.search(text):
            raise PackError(name, "has a key of more than 200 parts")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise PackError(name, f"is not UTF-8 (byte {error.start})") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no error of TOML
        raise PackError(name, f"is not TOML: {str(error) or 'nested too deeply'}") from None


def user_patterns(sources: Sequence[str], where: str) -> tuple[Pattern, ...]:
    """Patterns out of the configuration. Raises ConfigError naming the option and the pattern."""
    return tuple(pattern_with(source, {}, where) for source in sources)


def pattern_with(source: str, lists: Lists, where: str) -> Pattern:
    """A pattern as a pack with these lists could have it. Raises ConfigError naming `where`."""
    try:
        return Dialect(lists).read(source)
    except PatternError as reason:
        raise ConfigError(where, f"{reason} in {clipped(source)!r}") from None
