"""Matching without the step that nominates: every pattern is tried on every line."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.rules.engine import compile_exact
from cleaner.rules.fold import searchable
from cleaner.rules.nominate import Folded
from cleaner.text.confirm import NOTHING
from cleaner.text.match import Matcher


def differing(matcher: Matcher, lines: Sequence[str]) -> list[str]:
    """Those of the lines, stripped and not empty, in which something else is found without nominating."""
    seen = [searchable(line) for line in lines]
    wrong: set[str] = set()
    matcher._rules.read_all()
    folded = Folded(lines)
    ready = matcher._ready_for(folded)
    for index in (ready.others, ready.beside):
        tried: dict[int, list[int]] = {}
        for number, (rule, pattern) in enumerate(index._owners):
            search = compile_exact(pattern, rule is not None and rule.exact_case).search
            quick = index._quick[number]  # part of the rule: it asks for a shape
            for place, one in enumerate(seen):
                if search(one.data) is not None and (quick is None or quick(lines[place])):
                    tried.setdefault(place, []).append(number)
        found = index.find(lines, folded)
        for place, line in enumerate(lines):
            wanted = index._found(line, seen[place], tried[place]) if place in tried else NOTHING
            if found[place] != wanted:
                wrong.add(line)
    return sorted(wrong)
