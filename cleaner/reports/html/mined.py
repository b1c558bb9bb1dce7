"""Mined rules, to be reviewed one by one: those whose kind nobody has named yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cleaner.model import REPEAT
from cleaner.reports.html.page import number
from cleaner.reports.html.script import as_json
from cleaner.reports.mine import MINED, head, rule_as_toml
from cleaner.rules.model import Rule


def mined(rules: Iterable[Rule], removals: Mapping[str, int], room: int) -> dict[str, Any] | None:
    """What is shown of the mined ones among a run's rules, those first that made most removals; None without any.

    `room` is what they take at most, in bytes. A rule of several lines, which opens a block, is none that was mined.
    """
    found = [rule for rule in rules if rule.category == REPEAT and rule.scope == "line" and rule.block is None]
    if not found:
        return None
    rows: list[list[Any]] = []
    for rule in sorted(found, key=lambda rule: (-removals.get(rule.id, 0), rule.id)):
        pattern = " or ".join(pattern.source for pattern in rule.any)
        row = [rule.id, rule.summary, rule.weight, pattern, removals.get(rule.id, 0), rule_as_toml(rule)]
        room -= len(as_json(row))
        if room < 0:
            break
        rows.append(row)
    note = f"All {number(len(found))} are listed."
    if len(rows) < len(found):
        note = f"{number(len(rows))} of {number(len(found))} are listed: those that made most removals."
    return {"note": note, "head": head(MINED.pack), "rows": rows}
