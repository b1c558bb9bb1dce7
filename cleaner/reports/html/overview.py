"""What the first page says of the whole run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.reports.html.charts import Positions, Shares, columns
from cleaner.reports.html.page import number, percent
from cleaner.reports.statistics import Residue, Statistics
from cleaner.reports.text import shown, unread

_ROWS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `bar` is its share in percent of the greatest; `filter` is what lists are filtered by, if
    they can be."""

    name: str
    filter: str
    bar: float
    findings: int
    affected: int
    documents: int
    share: float


def rows(residues: Mapping[str, Residue], total: Residue) -> list[Row]:
    """Those with most characters first, as shares of all; what is beyond twenty is put into one row."""
    ordered = sorted(residues.items(), key=lambda item: (-item[1].found_characters, item[0]))
    most = max((residue.found_characters for residue in residues.values()), default=0) or 1
    shown_alone = _ROWS if len(ordered) > _ROWS + 1 else len(ordered)  # a row for one more is as long as its own
    made = [_row(name, name, residue, most, total) for name, residue in ordered[:shown_alone]]
    if ordered[shown_alone:]:
        rest = Residue()
        for _, residue in ordered[shown_alone:]:
            rest.include(residue)
        made.append(_row(f"{len(ordered) - shown_alone} more", "", rest, most, total))
    return made


def _row(name: str, wanted: str, residue: Residue, most: int, total: Residue) -> Row:
    bar = round(min(100.0, 100 * residue.found_characters / most), 2)
    share = residue.found_characters / total.characters if total.characters else 0.0
    if shown(wanted) != wanted:  # an address could not hold it, or not without harm
        wanted = ""
    return Row(shown(name), wanted, bar, residue.findings, residue.affected, residue.documents, share)


def overview(
    statistics: Statistics, held: int, shares: Shares, positions: Positions, failures: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """What the template asks for, but for how the run ended and what the report holds."""
    total = statistics.total
    of_documents = f"{number(total.affected)} of {number(total.documents)} documents"
    lead = (
        f"{number(total.findings)} passages in {of_documents} are not the article: {percent(total.share)} of the "
        "characters."
        if total.findings
        else f"Nothing in {number(total.documents)} documents is to be removed."
    )
    figures = [
        ("Documents", number(total.documents), f"{number(total.affected)} with something to remove"),
        ("Passages", number(total.findings), f"{number(total.known)} known to the baseline" if total.known else ""),
        ("Characters", percent(total.share), f"{number(total.found_characters)} of {number(total.characters)}"),
        ("Held", number(held), "more would go than max_removed allows" if held else ""),
        (
            "Failed",
            number(statistics.failures),
            unread(total.documents, statistics.failures) if statistics.failures else "",
        ),
    ]
    return {
        "lead": lead,
        "figures": figures,
        "shares": columns(shares.labels(), shares.counts),
        "unchanged": f"{number(shares.unchanged)} lose nothing, and are not in the picture" if shares.unchanged else "",
        "positions": columns(positions.labels(), positions.counts),
        "categories": rows(statistics.categories, total),
        "places": rows(statistics.groups, total),
        "languages": rows(statistics.languages, total),
        "failures": [(shown(name), shown(reason)) for name, reason in failures],
        "more_failures": statistics.failures - len(failures),
    }
