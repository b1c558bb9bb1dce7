"""Which rules a text's units match: one scan nominates, then each nominee is confirmed exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial

from cleaner.garbage import collector_paused
from cleaner.rules.alphabet import ALPHABETS
from cleaner.rules.engine import (
    NARROW_KEPT,
    WIDE_KEPT,
    Test,
    compile_narrow_test,
    compile_test,
    found_in,
)
from cleaner.rules.fold import Searchable, searchable
from cleaner.rules.lazy import LazyRules
from cleaner.rules.model import Rule, RuleSet
from cleaner.rules.nominate import Folded, Nominator, Wanted
from cleaner.rules.pattern import Pattern, any_of
from cleaner.text.confirm import NOTHING, Found, confirm
from cleaner.text.remember import Remembered
from cleaner.text.shape import count_words, is_closed
from cleaner.text.signals import Signals

_Quick = Callable[[str], bool]
_QUICK: dict[str, _Quick] = {
    "all-caps": str.isupper,
    "lower-start": lambda text: text[:1].islower(),
    "closed": is_closed,
    "unclosed": lambda text: not is_closed(text),
}
"""Features that are cheaper to ask for than any pattern; where one is wanted and missing, the rule cannot apply."""
_LETTER_OF = re.compile(r"\\p\{[A-Z]\w{2,}\}|\[[^\x00-\x7f]-[^\x00-\x7f]\]")
"""A pattern that asks for one letter of some script or range, and for nothing else."""
_ASCII = searchable(bytes(range(0x20, 0x7F)).decode())
_SHORT_TEXT = 8_000
"""Most bytes of a text of which it pays to find out what it calls up: for longer ones all rules are read as quickly."""
_BESIDE = frozenset(("prev-removed", "next-removed"))


class Matcher:
    """The compiled side of a RuleSet; build one per process."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules, self._keep = LazyRules.of(rules.rules), rules.keep
        self._ready = _Ready(self._rules, self._rules.called_up({b""}), self._keep)
        self._least = len(self._ready.ids)
        self.signals = Signals(rules.signals)
        self._found = Remembered(self._find)
        self._found_beside = Remembered(self._find_beside)

    def find(self, texts: Sequence[str]) -> dict[int, Found]:
        """What matches in each of the units' texts, by index, where anything does; rules in their order."""
        return {index: found for index, found in enumerate(self._found(texts)) if found is not NOTHING}

    def find_beside(self, texts: Sequence[str]) -> list[tuple[Rule, ...]]:
        """For each of the units' texts the rules that apply beside removed units only; those without patterns too.

        Left for the few units that have such a neighbour: what a caption looks like, or a name, is common
        in prose, and asking it of every line would be most of the work.
        """
        return self._found_beside(texts)

    def _find(self, texts: Sequence[str]) -> list[Found]:
        folded = Folded(texts)
        return self._ready_for(folded).others.find(texts, folded)

    def _find_beside(self, texts: Sequence[str]) -> list[tuple[Rule, ...]]:
        folded = Folded(texts)
        ready = self._ready_for(folded)
        found = ready.beside.find(texts, folded)
        return [(*(hit.rule for hit in some.hits), *ready.structural_beside) for some in found]

    def structural(self, *, dom: bool) -> tuple[Rule, ...]:
        """The rules without patterns, which are tried on all units that are no prose; with `dom` all of them."""
        rules = self._ready.structural
        return rules if dom else tuple(rule for rule in rules if not rule.dom)

    def nominees(self, text: str) -> list[Rule]:
        """The rules that a text calls up, confirmed or not."""
        ready = self._ready_for(Folded([text]))
        return sorted([*ready.others.nominees(text), *ready.beside.nominees(text)], key=lambda rule: rule.id)

    def _ready_for(self, folded: Folded) -> _Ready:
        """The rules that some texts need: of a first one that is short those that it calls up, else all."""
        ready = self._ready
        if ready.whole:
            return ready
        is_first, is_short = len(ready.ids) == self._least, len(folded.whole) <= _SHORT_TEXT
        called_up = self._rules.called_up(folded.parts) if is_short else None
        if called_up is not None and called_up <= ready.ids:
            return ready
        with collector_paused():
            ids = self._rules.read_all() if called_up is None or not is_first else called_up | ready.ids
            ready = self._ready = _Ready(self._rules, ids, self._keep)
        return ready


class _Ready:
    """Those of the rules that are ready to be asked for, with an index of those for removed units' neighbours apart."""

    def __init__(self, rules: LazyRules, ids: frozenset[str], keep: Iterable[Pattern]) -> None:
        self.ids, self.whole = ids, len(ids) == len(rules)
        chosen = [rules.with_id(name) for name in rules.ids if name in ids]
        later = [rule for rule in chosen if _only_beside(rule)]
        others = [rule for rule in chosen if not _only_beside(rule)]
        self.structural = tuple(rule for rule in others if not rule.nominating)
        self.structural_beside = tuple(rule for rule in later if not rule.nominating)
        self.others, self.beside = _Index(others, keep), _Index(later, ())


_Compile = Callable[[Pattern, bool], Test]


class _Tests:
    """The tests of one kind for patterns by number: compiled when asked for, and again if that is long ago."""

    def __init__(self, owners: Sequence[tuple[Rule | None, Pattern]], compiled: _Compile, most: int) -> None:
        self._owners, self._compiled = owners, compiled
        self._test = lru_cache(most)(self._compile)

    def passed(self, numbers: Iterable[int], data: bytes) -> list[int]:
        """Those of the numbers whose patterns are found in the data."""
        test = self._test
        return [number for number in numbers if test(number)(data)]

    def _compile(self, number: int) -> Test:
        rule, pattern = self._owners[number]
        return self._compiled(pattern, rule is not None and rule.exact_case)


class _Index:
    """Rules and keep patterns behind one nominator."""

    def __init__(self, rules: Iterable[Rule], keep: Iterable[Pattern]) -> None:
        self._owners: list[tuple[Rule | None, Pattern]] = []
        self._quick: list[_Quick | None] = []
        for rule in rules:
            self._owners += [(rule, pattern) for pattern in rule.nominating]
            self._quick += [_quick_test(rule)] * len(rule.nominating)
        self._owners += [(None, pattern) for pattern in keep]
        self._quick += [None] * (len(self._owners) - len(self._quick))
        clueless = [number for number, (_, pattern) in enumerate(self._owners) if not pattern.clues]
        self._shaped = {number: quick for number in clueless if (quick := self._quick[number]) is not None}
        """Patterns that ask for a shape and nothing that could be looked up: a line in capitals, say."""
        self._nominator = Nominator(
            {
                number: Wanted(pattern, rule.exact_case, rule.max_words) if rule else Wanted(pattern)
                for number, (rule, pattern) in enumerate(self._owners)
                if number not in self._shaped
            }
        )
        self._clueless = frozenset(clueless).difference(self._shaped)
        """Patterns that ask for nothing that could be looked up and are asked of every line: a name alone, say."""
        self._any_clueless = [
            (any_of(self._owners[number][1] for number in numbers), exact_case)
            for exact_case in (True, False)
            if (numbers := sorted(n for n in self._clueless if self._exact_case(n) is exact_case))
        ]
        self._exact = _Tests(self._owners, compile_test, WIDE_KEPT)
        self._narrow = [
            _Tests(self._owners, partial(compile_narrow_test, alphabet=alphabet), NARROW_KEPT)
            for alphabet in range(len(ALPHABETS))
        ]

    def find(self, texts: Sequence[str], folded: Folded) -> list[Found]:
        found = [NOTHING] * len(texts)
        for index, numbers in self._nominate(texts, folded).items():
            text, seen = texts[index], searchable(texts[index])
            confirmed = self._confirmed(text, seen, sorted(numbers))
            if confirmed:
                found[index] = self._found(text, seen, confirmed)
        return found

    def _confirmed(self, text: str, seen: Searchable, numbers: Iterable[int]) -> list[int]:
        """Those of the patterns that are found in the text; as `found_in`, but in the middle of all that we do."""
        quick = self._quick
        likely = [number for number in numbers if (test := quick[number]) is None or test(text)]
        if seen.narrow is not None:
            if not self._clueless.isdisjoint(likely) and not self._has_clueless(seen.narrow, seen.alphabet):
                likely = [number for number in likely if number not in self._clueless]
            likely = self._narrow[seen.alphabet].passed(likely, seen.narrow)
            if seen.whole:
                return likely
        return self._exact.passed(likely, seen.data)

    def _has_clueless(self, narrow: bytes, alphabet: int) -> bool:
        """Whether any of the clueless patterns may be found: one question for all, as most lines have none."""
        return any(compile_narrow_test(joined, exact, alphabet)(narrow) for joined, exact in self._any_clueless)

    def _exact_case(self, number: int) -> bool:
        rule = self._owners[number][0]
        return rule is not None and rule.exact_case

    def _nominate(
        self, texts: Sequence[str], folded: Folded | None = None, *, limited: bool = True
    ) -> dict[int, set[int]]:
        nominated = self._nominator.nominate(texts, folded, limited=limited)
        for number, quick in self._shaped.items():
            for index, text in enumerate(texts):
                if quick(text):
                    nominated.setdefault(index, set()).add(number)
        return nominated

    def nominees(self, text: str) -> list[Rule]:
        numbers = self._nominate([text], limited=False).get(0, set())
        rules = (self._owners[number][0] for number in sorted(numbers))
        return list({rule.id: rule for rule in rules if rule is not None}.values())

    def _found(self, text: str, seen: Searchable, numbers: Iterable[int]) -> Found:
        """What the rules and keep patterns make of the patterns that are found in a unit."""
        words = count_words(text)
        patterns: dict[str, tuple[Rule, list[Pattern]]] = {}
        protected = False
        for number in numbers:
            rule, pattern = self._owners[number]
            if rule is None:
                protected = True
            else:
                patterns.setdefault(rule.id, (rule, []))[1].append(pattern)
        hits = (confirm(rule, some, seen, words) for rule, some in patterns.values())
        confirmed = tuple(hit for hit in hits if hit is not None)
        return Found(confirmed, protected) if confirmed or protected else NOTHING


def _quick_test(rule: Rule) -> _Quick | None:
    letters = (pattern for pattern in rule.all if _LETTER_OF.fullmatch(pattern.source))
    if any(not found_in(pattern, _ASCII, exact_case=rule.exact_case) for pattern in letters):
        return lambda text: not text.isascii()
    return next((test for feature, test in _QUICK.items() if feature in rule.features), None)


def _only_beside(rule: Rule) -> bool:
    return rule.scope == "line" and not _BESIDE.isdisjoint(rule.features)
