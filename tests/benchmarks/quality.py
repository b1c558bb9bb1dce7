"""How much boilerplate goes, and how much of the articles with it: ours and three baselines on labelled lines.

    python -m tests.benchmarks.quality [LINES.jsonl] [--write docs/quality.md]
    python -m tests.benchmarks.quality [LINES.jsonl] --overall --write README.md

Prints Markdown tables: over all lines, by category and by language; with --overall only the first. With --write
they go between the markers `<!-- quality -->` and `<!-- /quality -->` of a page. LINES.jsonl is described in
`labelled`.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cleaner import Cleaner
from tests.benchmarks.baselines import Method, by_cleaner, c4, keep_all, refinedweb
from tests.benchmarks.labelled import Figures, Outcome, figures, outcomes, read
from tests.benchmarks.tables import DEV, command, deliver, percent, refused, table

NAME = "quality"
_FEW = 10
"""Languages with fewer lines that must go share a row: shares of so few would say nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 2 where the lines cannot be read or the page has no markers."""
    parser = command(__doc__, DEV / "lines.jsonl", NAME)
    parser.add_argument("--overall", action="store_true", help="only the table over all lines")
    options = parser.parse_args(arguments)
    try:
        made = report(options.path)
        deliver(overall(made) if options.overall else made, NAME, options.write)
    except (OSError, ValueError) as error:
        return refused(NAME, error)
    return 0


def methods() -> dict[str, Method]:
    """What is compared, ours first."""
    return {
        "`cleaner`": by_cleaner(Cleaner()),
        "C4's line filter": c4,
        "RefinedWeb's line rules": refinedweb,
        "keep all": keep_all,
    }


def report(path: Path) -> str:
    """All tables for a file of labelled lines. Raises OSError, and ValueError for a file of something else."""
    texts = read(path)
    return tables({name: outcomes(method, texts) for name, method in methods().items()})


def overall(report: str) -> str:
    """The first of the tables of a report."""
    return report.partition("\n\n")[0]


def tables(results: Mapping[str, Sequence[Outcome]]) -> str:
    """The tables, from what each method did to the same lines; the first is ours."""
    return "\n\n".join((_overall(results), _by_category(results), _by_language(results)))


def _overall(results: Mapping[str, Sequence[Outcome]]) -> str:
    parts: dict[str, Callable[[Outcome], bool]] = {"all": lambda _: True, "kept aside": lambda one: one.aside}
    rows = []
    for part, belongs in parts.items():
        for name, some in results.items():
            found = figures([one for one in some if belongs(one)])
            rows.append([name, part, f"{found.must_go:,}", f"{found.must_stay:,}", *_columns(found)])
    return table(("", "sites", "must go", "must stay", *_COLUMNS), rows)


_COLUMNS = ("precision", "recall", "core recall", "article lines lost per 10,000", "article characters lost")


def _columns(found: Figures) -> list[str]:
    return [
        percent(found.precision),
        percent(found.recall),
        percent(found.core_recall),
        _per_10_000(found.lines_lost),
        percent(found.characters_lost, 2),
    ]


def _by_category(results: Mapping[str, Sequence[Outcome]]) -> str:
    ours, *_ = results.values()
    counts = Counter(one.label for one in ours if not one.must_stay)
    rows = []
    for label, count in counts.most_common():
        found = [figures([one for one in some if one.label == label]) for some in results.values()]
        rows.append([label, f"{count:,}", *(percent(each.recall, 0) for each in found)])
    return table(("removed, by category", "must go", *results), rows)


def _by_language(results: Mapping[str, Sequence[Outcome]]) -> str:
    ours, *others = results.values()
    rows = []
    for name, languages in _groups(ours).items():
        found, *rest = (figures([one for one in some if one.language in languages]) for some in (ours, *others))
        compared = (f"{percent(each.recall, 0)} / {_per_10_000(each.lines_lost)}" for each in rest)
        rows.append([name, f"{found.must_go:,}", f"{found.must_stay:,}", *_columns(found), *compared])
    _, *names = results
    return table(("language", "must go", "must stay", *_COLUMNS, *(f"{name}: recall / lost" for name in names)), rows)


def _groups(some: Sequence[Outcome]) -> dict[str, set[str]]:
    """The languages of each row, those with most lines that must go first."""
    counts = Counter(one.language for one in some if not one.must_stay)
    groups = {language: {language} for language, count in counts.most_common() if count >= _FEW}
    if few := {one.language for one in some} - groups.keys():
        groups[", ".join(sorted(few))] = few
    return groups


def _per_10_000(share: float) -> str:
    return "–" if math.isnan(share) else f"{10_000 * share:,.0f}"


if __name__ == "__main__":
    sys.exit(main())
