"""What tuning gave: the table by category, JSON, and the TOML of changed weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleaner.model import CATEGORIES
from cleaner.tune.run import Change, Tuning

HEAD = ("category", "lines", "recall", "precision", "article lines lost")
MARK = "# Weights from labelled lines, written by `cleaner rules tune`"
"""First line of the TOML; a file that begins with it may be written anew."""
_EVERYTHING = "all"


def caption(tuning: Tuning) -> str:
    """What the figures are figures of."""
    return (
        f"{tuning.sites} sites in {tuning.folds} parts, each cleaned with weights from the other parts' sites "
        "only; before -> after"
    )


def rows(tuning: Tuning) -> Iterator[tuple[str, ...]]:
    """The cells of the table under `HEAD`, a row for each category that occurs and one for all."""
    for category in _categories(tuning):
        before, after = _figures(tuning, category)
        yield (
            category,
            str(before["lines"]),
            _arrow(_share(before["recall"]), _share(after["recall"])),
            _arrow(_share(before["precision"]), _share(after["precision"])),
            _arrow(str(before["lost"]), str(after["lost"])),
        )


def render(tuning: Tuning) -> Iterator[str]:
    """The table as plain lines."""
    cells = [HEAD, *rows(tuning)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEAD))]
    yield caption(tuning)
    for row in cells:
        first, *others = (cell.ljust(widths[0]) if at == 0 else cell.rjust(widths[at]) for at, cell in enumerate(row))
        yield "  ".join((first, *others))


def as_data(tuning: Tuning) -> dict[str, Any]:
    """The table and the changed weights, to be written as JSON. Shares of nothing are null."""
    figures = {category: _figures(tuning, category) for category in _categories(tuning)}
    return {
        "sites": tuning.sites,
        "folds": tuning.folds,
        "article_lines": tuning.before.article,
        "helps": tuning.helps,
        "categories": {name: {"before": before, "after": after} for name, (before, after) in figures.items()},
        "changes": [
            {"id": change.rule, "key": _key(change), "old": change.old, "new": change.new,
             "goes": change.goes, "stays": change.stays}
            for change in tuning.changes
        ],
    }  # fmt: skip


def as_toml(tuning: Tuning) -> str:
    """The changed weights as `[[tweak]]` tables, for a `cleaner.toml` to hold or to be."""
    before, after = tuning.before, tuning.after
    lines = [
        f"{MARK}; review them like any other change.",
        f"# On sites kept apart: recall {_arrow(_share(before.recall()), _share(after.recall()))}, "
        f"precision {_arrow(_share(before.precision()), _share(after.precision()))},",
        f"# article lines lost {_arrow(str(before.lost.total()), str(after.lost.total()))} of {before.article}.",
    ]
    named = ""
    for change in tuning.changes:
        if change.rule != named:
            lines += ["", "[[tweak]]", f'id = "{change.rule}"']
            named = change.rule
        lines.append(f"{_key(change)} = {change.new:g} # was {change.old:g}; {_spoke(change)}")
    return "\n".join(lines) + "\n"


def _spoke(change: Change) -> str:
    if not change.goes + change.stays:
        return "no labelled line speaks of it: its examples hold only so"
    return f"of the labelled lines it speaks about, {change.goes} must go and {change.stays} must stay"


def _key(change: Change) -> str:
    return "block_weight" if change.is_block else "weight"


def _categories(tuning: Tuning) -> list[str]:
    counters = [
        counter for tally in (tuning.before, tuning.after) for counter in (tally.lines, tally.right, tally.lost)
    ]
    return [*(name for name in CATEGORIES if any(counter[name] for counter in counters)), _EVERYTHING]


def _figures(tuning: Tuning, category: str) -> tuple[dict[str, Any], dict[str, Any]]:
    name = None if category == _EVERYTHING else category
    before, after = (
        {
            "lines": tally.lines.total() if name is None else tally.lines[name],
            "recall": tally.recall(name),
            "precision": tally.precision(name),
            "lost": tally.lost.total() if name is None else tally.lost[name],
        }
        for tally in (tuning.before, tuning.after)
    )
    return before, after


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _arrow(before: str, after: str) -> str:
    return f"{before} -> {after}"
