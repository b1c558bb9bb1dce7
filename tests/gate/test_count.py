from __future__ import annotations

import re

import pytest

from cleaner.errors import ConfigError
from cleaner.gate.count import Counting

RULES = ["appeal/mission", "appeal/support-us", "paywall/meter"]


@pytest.mark.parametrize(
    ("select", "ignore", "counted"),
    [
        ((), (), RULES),
        (("appeal",), (), RULES[:2]),
        (("appeal/m*",), (), RULES[:1]),
        (("appeal/m*", "paywall"), (), [RULES[0], RULES[2]]),
        ((), ("appeal",), RULES[2:]),
        (("appeal",), ("*/mission",), RULES[1:2]),
        (("appeal/mission",), ("appeal",), []),
        (("pay*",), (), RULES[2:]),
        (("APPEAL",), (), []),
    ],
)
def test_globs_choose_by_rule_and_by_category_and_what_is_ignored_never_counts(
    select: tuple[str, ...], ignore: tuple[str, ...], counted: list[str]
) -> None:
    counting = Counting(select, ignore)

    assert [rule for rule in RULES if counting.counts(rule)] == counted


class TestMistyped:
    @pytest.mark.parametrize("glob", ["appeal", "bio", "appeal/*", "*/meter", "*"])
    def test_what_names_a_category_or_a_rule_is_fine(self, glob: str) -> None:
        Counting((glob,), (glob,)).check(RULES)

    @pytest.mark.parametrize(
        ("counting", "source", "where", "hint"),
        [
            (Counting(("apeal",)), "", "--select: ", "'apeal'; did you mean 'appeal'?"),
            (Counting((), ("paywall/metre",)), "", "--ignore: ", "'paywall/metre'; did you mean 'paywall/meter'?"),
            (Counting(("x/*",)), "a.toml", "a.toml: check.select: ", "'x/*'; see `cleaner rules list`"),
        ],
    )
    def test_what_names_nothing_is_refused(self, counting: Counting, source: str, where: str, hint: str) -> None:
        said = re.escape(f"{where}no category and no active rule is called {hint}")

        with pytest.raises(ConfigError, match=f"^{said}$"):
            counting.check(RULES, source)
