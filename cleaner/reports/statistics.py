"""Residue in figures: how much of it there is by category, by site or folder, and by language.

A site is the host of a page's canonical address, or the name that the page gives. What has neither belongs to a
folder: the first one in its path that not all documents share, so that `crawl/a.example/2024/x.txt` counts for
`crawl/a.example` where everything lies in `crawl`; documents of one folder are that folder's (`.` is the top).

Languages are not detected. A page says its own. A text is taken for one in the language of the packs whose rules
spoke against it, by their weights; of languages that share a pack, for the first it lists. Of a text that loses
nothing, and of one that only packs for all languages spoke about, none is stated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cleaner.model import CATEGORIES, Removal
from cleaner.reports.text import shown, unread
from cleaner.reports.view import Examined
from cleaner.rules.model import Rule

NOT_STATED = "not stated"
HEAD = ("with findings", "findings", "lines", "characters", "share", "")
_SHOWN = 20  # rows of a table; what is left gets one more
_BAR = 20  # characters of the longest bar


@dataclass(slots=True)
class Residue:
    """What was found in some documents; `known` findings are among them.

    A line counts once in a document, the characters of a finding without the blanks around it.
    """

    documents: int = 0
    affected: int = 0
    """Documents with findings."""
    findings: int = 0
    known: int = 0
    """Findings that a baseline accepts."""
    lines: int = 0
    found_characters: int = 0
    characters: int = 0
    """Of the whole documents."""

    @property
    def share(self) -> float:
        """Which part (0..1) of all characters the findings are."""
        return self.found_characters / self.characters if self.characters else 0.0

    @classmethod
    def of(cls, characters: int, removals: Sequence[Removal], known: int) -> Residue:
        """That of one document of so many characters."""
        lines = {line for removal in removals for line in range(removal.line, removal.end_line + 1)}
        found = sum(len(removal.text.strip()) for removal in removals)
        return cls(1, int(bool(removals)), len(removals), known, len(lines), found, characters)

    def include(self, other: Residue) -> None:
        """Take the documents of another."""
        for name in Residue.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def as_data(self) -> dict[str, float]:
        """Plain numbers, by names that reports share."""
        return {
            "documents": self.documents,
            "documents_with_findings": self.affected,
            "findings": self.findings,
            "known": self.known,
            "lines": self.lines,
            "found_characters": self.found_characters,
            "characters": self.characters,
            "share": round(self.share, 6),
        }


class Place(NamedTuple):
    """Where a document comes from: its site, or, where none is known, the first folders of its path."""

    site: str = ""
    folders: tuple[str, ...] = ()


class Statistics:
    """Takes a run's documents one by one; `rules` are those of the run, for their languages."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rule_languages = {rule.id: rule.languages for rule in rules}
        self.total = Residue()
        self.failures = 0
        """Documents that could not be read."""
        self._categories: dict[str, Residue] = defaultdict(Residue)
        self._sites: dict[str, Residue] = defaultdict(Residue)
        self._folders: dict[tuple[str, ...], Residue] = defaultdict(Residue)
        self._languages: dict[str, Residue] = defaultdict(Residue)
        self._shared: tuple[str, ...] | None = None
        """The folders with which the paths of all documents so far begin; more documents never make them more."""

    def add(self, item: Examined) -> tuple[Place, str]:
        """Take one document; where it comes from, and what it is taken for a text in."""
        characters, removals = len(item.result.document.text), item.result.removals
        place, language = self._place(item), self._language(item)
        group = self._sites[place.site] if place.site else self._folders[place.folders]
        document = Residue.of(characters, removals, len(item.known))
        for residue in (self.total, group, self._languages[language]):
            residue.include(document)
        for category in {removal.category for removal in removals}:
            places = [index for index, removal in enumerate(removals) if removal.category == category]
            known = sum(index in item.known for index in places)
            part = Residue.of(characters, [removals[index] for index in places], known)
            self._categories[category].include(part)
        return place, language

    def fail(self) -> None:
        """Take one document that could not be read."""
        self.failures += 1

    @property
    def categories(self) -> dict[str, Residue]:
        """By category, those that occur, in the order of `CATEGORIES`; each among all documents."""
        found = {}
        for name in CATEGORIES:
            if name in self._categories:
                found[name] = residue = Residue()
                residue.include(self._categories[name])
                residue.documents, residue.characters = self.total.documents, self.total.characters
        return found

    @property
    def groups(self) -> dict[str, Residue]:
        """By site or folder, sorted by name."""
        groups: dict[str, Residue] = defaultdict(Residue)
        for place, name in self.names(self.places).items():
            groups[name].include(self._sites[place.site] if place.site else self._folders[place.folders])
        return dict(sorted(groups.items()))

    @property
    def places(self) -> Iterator[Place]:
        """All places that documents come from."""
        yield from (Place(name) for name in self._sites)
        yield from (Place(folders=folders) for folders in self._folders)

    def names(self, places: Iterable[Place]) -> dict[Place, str]:
        """The site or folder that each place counts for, once all documents are known."""
        depth = len(self._shared or ()) + 1
        return {place: place.site or "/".join(place.folders[:depth]) or "." for place in places}

    @property
    def languages(self) -> dict[str, Residue]:
        """By language, sorted by code; those of which none is stated come last."""
        return dict(sorted(self._languages.items(), key=lambda item: (item[0] == NOT_STATED, item[0])))

    def as_data(self) -> dict[str, Any]:
        """Everything, to be written as JSON: the same for the same documents, in whatever order they came."""
        tables = {"categories": self.categories, "groups": self.groups, "languages": self.languages}
        return {
            **self.total.as_data(),
            "failures": self.failures,
            **{key: {name: item.as_data() for name, item in table.items()} for key, table in tables.items()},
        }

    def _place(self, item: Examined) -> Place:
        """Folders are noted no deeper than they may count: a folder for each document would be one for each."""
        site = item.result.document.metadata.origin
        if site:
            return Place(site)
        folders = tuple(item.name.split("/")[:-1])
        if self._shared is None or folders[: len(self._shared)] != self._shared:
            self._shared = folders if self._shared is None else _common(self._shared, folders)
        return Place(folders=folders[: len(self._shared) + 1])

    def _language(self, item: Examined) -> str:
        said = item.result.document.metadata.language
        if said:
            return said.replace("_", "-").partition("-")[0].lower()
        weights: dict[str, float] = defaultdict(float)
        for removal in item.result.removals:
            for evidence in removal.evidence:
                if evidence.weight > 0:
                    for language in self._rule_languages.get(evidence.id.partition("#")[0], ()):
                        weights[language] += evidence.weight
        # Of equals the one met first, which is the one that its pack lists first.
        return max(weights, key=weights.__getitem__, default=NOT_STATED)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The beginning that both share."""
    same = [a == b for a, b in zip(one, other, strict=False)]
    return one[: same.index(False) if False in same else len(same)]


def caption(statistics: Statistics) -> str:
    """What the tables are about, in one line."""
    total = statistics.total
    said = f"findings in {total.affected} of {total.documents} documents: {_percent(total.share)} of the characters"
    return f"{said}; {unread(total.documents, statistics.failures)}" if statistics.failures else said


def tables(statistics: Statistics) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """For each table its first column's name and its rows, of which `HEAD` names the other cells.

    Those with most characters found come first; what is beyond 20 is put into one row.
    """
    for name, residues in (
        ("category", statistics.categories),
        ("site or folder", statistics.groups),
        ("language", statistics.languages),
    ):
        ordered = sorted(residues.items(), key=lambda item: (-item[1].found_characters, item[0]))
        most = max((residue.share for residue in residues.values()), default=0.0)
        rows = [_cells(shown(label), residue, most) for label, residue in ordered[:_SHOWN]]
        if ordered[_SHOWN:]:
            rest = Residue()
            for _, residue in ordered[_SHOWN:]:
                rest.include(residue)
            rows.append(_cells(f"{len(ordered) - _SHOWN} more", rest, most))
        yield name, rows


def render(statistics: Statistics) -> Iterator[str]:
    """The tables as plain lines."""
    yield caption(statistics)
    for name, rows in tables(statistics):
        cells = [(name, *HEAD), *rows]
        widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
        yield ""
        for first, *others, bar in cells:
            aligned = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=False))
            yield "  ".join((first.ljust(widths[0]), *aligned, bar)).rstrip()


def _cells(label: str, residue: Residue, most: float) -> tuple[str, ...]:
    bar = "#" * max(1, round(_BAR * residue.share / most)) if residue.share else ""
    return (
        label,
        f"{residue.affected} of {residue.documents}",
        str(residue.findings),
        str(residue.lines),
        str(residue.found_characters),
        _percent(residue.share),
        bar,
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"
