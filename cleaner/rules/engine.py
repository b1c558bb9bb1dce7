"""The one place that talks to RE2: compiling single patterns, and sets of many."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from typing import Protocol

import re2

from cleaner.rules.pattern import Pattern, PatternError

_SET_MEMORY = 1 << 30
"""Limit in bytes for the set's automaton; RE2's default of 8 MB is too little for thousands of
patterns. It is a limit, not a reservation: what a corpus makes it visit is built as it goes."""
_TEST_MEMORY = 1 << 25
"""The same for a single pattern: there are thousands, and one long line can fill the automaton of any."""

_COUNTER = re.compile(r"(?<=[\])\w.])\{(\d+),(?:\d\d+)?\}")
"""Counters that allow ten times or more. A set's automaton has a state for each count, so there they become
"any number of times": it may then nominate more, never less."""


class Match(Protocol):
    """The little of a match that we use; offsets are bytes, as texts are UTF-8."""

    def span(self, group: int = 0) -> tuple[int, int]: ...


class Compiled(Protocol):
    """A compiled pattern."""

    def search(self, text: bytes, pos: int = 0) -> Match | None: ...


def _options(*, exact_case: bool, captures: bool = False) -> re2.Options:
    options = re2.Options()
    options.case_sensitive = exact_case
    options.log_errors = False
    options.never_capture = not captures
    return options


@functools.lru_cache(maxsize=20_000)
def compile_exact(pattern: Pattern, exact_case: bool, captures: bool = False) -> Compiled:
    """The pattern that decides; with `captures` group 1 is the match. Compiled when first nominated."""
    compiled: Compiled = re2.compile(pattern.exact, _options(exact_case=exact_case, captures=captures))
    return compiled


@functools.lru_cache(maxsize=20_000)
def compile_test(pattern: Pattern, exact_case: bool) -> Callable[[bytes], object]:
    """Answers whether the pattern is found at all. A set of one does that in half of the time of a search."""
    options = _options(exact_case=exact_case)
    options.max_mem = _TEST_MEMORY
    single = re2.Set.SearchSet(options)
    single.Add(pattern.exact)
    single.Compile()
    test: Callable[[bytes], object] = single.Match
    return test


def check_pattern(pattern: Pattern) -> Pattern:
    """Return the pattern if RE2 accepts it; raises PatternError with RE2's reason if not."""
    try:
        compile_exact(pattern, False)
    except re2.error as reason:
        text = reason.args[0] if reason.args else reason
        text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        raise PatternError(f"RE2 refuses it ({text})") from None
    return pattern


class PatternSet:
    """Many patterns, one scan: which of them may be found in a line."""

    def __init__(self, patterns: Iterable[tuple[Pattern, bool]]) -> None:
        """`patterns` are (pattern, exact_case) pairs."""
        self._patterns = list(patterns)

    @functools.cached_property
    def nominate(self) -> Callable[[bytes], list[int] | None]:
        """Answers with the indices of patterns that may be found. Compiled when first asked for: that takes long."""
        if not self._patterns:
            return lambda _line: None
        options = _options(exact_case=True)
        options.max_mem = _SET_MEMORY
        compiled = re2.Set.SearchSet(options)
        for pattern, exact_case in self._patterns:
            relaxed = _COUNTER.sub(lambda m: "+" if int(m[1]) else "*", pattern.exact)
            compiled.Add(relaxed if exact_case else f"(?i:{relaxed})")
        compiled.Compile()
        answer: Callable[[bytes], list[int] | None] = compiled.Match
        return answer
