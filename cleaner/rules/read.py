"""From the text of packs, and of single patterns, to what they mean: parsed, validated, translated.

Takes seconds for all that we ship, which comes compiled (see `cache`): nothing here is needed at most starts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from cleaner.errors import ConfigError, PackError
from cleaner.rules.model import Pack
from cleaner.rules.pattern import Pattern, PatternError
from cleaner.rules.schema import read_lists, read_pack
from cleaner.rules.table import Dialect, Lists, clipped

_LONG_KEY = re.compile(r"""(?<![\w"'.-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){200}""")
"""A key of so many parts says nothing, and the parser takes the square of their number."""


def pack_of(name: str, data: bytes, lists: Lists, *, whole: bool) -> Pack:
    """The pack that a file of this name, as messages show it, holds. Raises PackError.

    Unless it is to be `whole` it comes without examples, and RE2 is not asked whether it takes the patterns.
    """
    pack = read_pack(_parse(name, data), name, Dialect(lists, whole))
    return pack if whole else replace(pack, rules=tuple(replace(rule, examples=()) for rule in pack.rules))


def lists_of(sources: Iterable[tuple[str, bytes]]) -> Lists:
    """The lists of all packs, of which these are names and files; entries of equally named lists come together. Raises
    PackError.
    """
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


def pattern_with(source: str, lists: Lists, where: str) -> Pattern:
    """A pattern as a pack with these lists could have it. Raises ConfigError naming `where`."""
    try:
        return Dialect(lists).read(source)
    except PatternError as reason:
        raise ConfigError(where, f"{reason} in {clipped(source)!r}") from None
