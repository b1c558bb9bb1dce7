"""The totals of a run, counted as its documents come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cleaner.reports.view import Examined


@dataclass(slots=True)
class Tally:
    """Characters of findings are those of their words, without the blanks around them."""

    documents: int = 0
    affected: int = 0
    """Documents with findings."""
    failures: int = 0
    characters: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    """By category, like the two below."""
    known: Counter[str] = field(default_factory=Counter)
    found_characters: Counter[str] = field(default_factory=Counter)

    def add(self, item: Examined) -> None:
        self.documents += 1
        self.affected += bool(item.result.removals)
        self.characters += len(item.result.document.text)
        for index, removal in enumerate(item.result.removals):
            self.findings[removal.category] += 1
            self.known[removal.category] += index in item.known
            self.found_characters[removal.category] += len(removal.text.strip())

    @property
    def share(self) -> float:
        """Which part (0..1) of all characters the findings are."""
        return self.found_characters.total() / self.characters if self.characters else 0.0

    def categories(self) -> list[str]:
        """The categories that occur, those with most findings first."""
        return sorted(self.findings, key=lambda category: (-self.findings[category], category))

    def as_data(self) -> dict[str, Any]:
        """The totals, to be written as JSON."""
        return {
            "documents": self.documents,
            "documents_with_findings": self.affected,
            "failures": self.failures,
            "characters": self.characters,
            "findings": self.findings.total(),
            "known": self.known.total(),
            "found_characters": self.found_characters.total(),
            "categories": {
                category: {
                    "findings": self.findings[category],
                    "known": self.known[category],
                    "found_characters": self.found_characters[category],
                }
                for category in sorted(self.findings)
            },
        }
