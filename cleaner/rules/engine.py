"""The one place that talks to RE2: compiling patterns."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Protocol

import re2

from cleaner.rules.fold import Searchable
from cleaner.rules.loosen import loosened
from cleaner.rules.narrow import narrow
from cleaner.rules.pattern import Pattern, PatternError

_LEAST_MEMORY, _MOST_MEMORY = 1 << 20, 1 << 25
"""Limits in bytes for a test's automaton: one long line can fill that of any, which then starts anew. What a corpus
makes it visit is built as it goes; only large patterns need more than the first to begin with.
"""
NARROW_KEPT, WIDE_KEPT = 2000, 150
"""So many tests for texts in one byte a character, and for others, stay compiled of those used last.

That is about what a corpus in one language uses again and again, or of the others pages in twenty; a test takes 40 kB,
and 260 kB, with what its automaton has visited. All that we ship would take a gigabyte.
"""

Test = Callable[[bytes], object]
"""Answers truly or falsely whether something is found in a text."""


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


@functools.lru_cache(maxsize=256)
def compile_exact(pattern: Pattern, exact_case: bool, captures: bool = False) -> Compiled:
    """The pattern that decides; with `captures` group 1 is the match. Compiled when first nominated."""
    compiled: Compiled = re2.compile(pattern.exact, _options(exact_case=exact_case, captures=captures))
    return compiled


@functools.lru_cache(maxsize=WIDE_KEPT)
def compile_test(pattern: Pattern, exact_case: bool) -> Test:
    """Answers whether the pattern is found at all in a searchable text."""
    return compile_test_of(pattern.exact, exact_case)


@functools.lru_cache(maxsize=NARROW_KEPT)
def compile_narrow_test(pattern: Pattern, exact_case: bool, alphabet: int) -> Test:
    """The same for a text with one byte for each character, see `cleaner.rules.alphabet`."""
    options = _options(exact_case=exact_case)
    options.encoding = re2.Options.Encoding.LATIN1
    return _test(pattern.exact, options, lambda source: narrow(source, alphabet, exact_case=exact_case))


def compile_test_of(source: str, exact_case: bool = True) -> Test:
    """A test for a source that is RE2's own already."""
    return _test(source, _options(exact_case=exact_case))


def _test(source: str, options: re2.Options, written: Callable[[str], bytes] = str.encode) -> Test:
    """Where the pattern has large limits, it is looked for without them first: most often that is the whole answer.

    `written` is what RE2 gets of a source.
    """
    loose = loosened(source)
    loosely = _set_of_one(written(loose), options)
    return loosely if loose == source else _InTwoSteps(loosely, lambda: _set_of_one(written(source), options)).holds


class _InTwoSteps:
    """A test that compiles a pattern when the looser one is found for the first time."""

    def __init__(self, loosely: Test, compiled: Callable[[], Test]) -> None:
        self._loosely, self._compiled = loosely, compiled
        self._exactly: Test | None = None

    def holds(self, text: bytes) -> object:
        if not self._loosely(text):
            return False
        if self._exactly is None:
            self._exactly = self._compiled()
        return self._exactly(text)


def _set_of_one(source: bytes, options: re2.Options) -> Test:
    """A set of one answers in half of the time of a search."""
    options.max_mem = _LEAST_MEMORY
    while True:
        single = re2.Set.SearchSet(options)
        single.Add(source)
        try:
            single.Compile()
        except re2.error:
            if options.max_mem >= _MOST_MEMORY:
                raise
            options.max_mem *= 2
        else:
            test: Test = single.Match
            return test


def found_in(pattern: Pattern, text: Searchable, *, exact_case: bool = False) -> bool:
    """Whether the pattern is found in a text."""
    if text.narrow is not None:
        found = bool(compile_narrow_test(pattern, exact_case, text.alphabet)(text.narrow))
        if text.whole or not found:
            return found
    return bool(compile_test(pattern, exact_case)(text.data))


def check_pattern(pattern: Pattern) -> Pattern:
    """Return the pattern if RE2 accepts it; raises PatternError with RE2's reason if not."""
    try:
        compile_exact(pattern, False)
    except re2.error as reason:
        text = reason.args[0] if reason.args else reason
        text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
        raise PatternError(f"RE2 refuses it ({text})") from None
    return pattern
