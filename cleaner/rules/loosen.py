r"""Patterns without the limits of what they count: smaller by far, and found wherever the pattern itself is.

Of `.{8,200}` RE2 makes two hundred copies, and its automaton a state for each number that it has come to, times what
may follow there: on a page it never stops growing. `.{8,}` has eight. Nearly all that is asked for is not there, and
that the looser pattern knows as well.
"""

from __future__ import annotations

import re

from cleaner.rules.narrow import CLASS

_FEW = 16
"""Smaller limits cost little, and say something."""
_COUNTED = re.compile(rf"{CLASS}|\\.|\{{(?P<low>\d+),(?P<high>\d+)\}}", re.DOTALL)


def loosened(source: str) -> str:
    """A source for RE2 without large upper limits of repetitions; the very same where it has none."""
    return _COUNTED.sub(_open, source)


def _open(match: re.Match[str]) -> str:
    if match["high"] is None or int(match["high"]) < _FEW:
        return match.group()
    return f"{{{match['low']},}}"
