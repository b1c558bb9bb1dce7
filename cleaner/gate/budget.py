"""How much boilerplate a check lets pass, what it has found of it, and whether that is within the limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.model import Removal


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that may be found: lines, a share (0..1) of the characters, findings by category."""

    lines: int | None = None
    share: float | None = None
    categories: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits for all documents together, for each one, and for the number of documents with findings.

    Without any limit no finding passes. With `fail_on_change` none does whatever the limits, nor a
    stale entry of the baseline, nor a document that a writer would hold.
    """

    corpus: Limits = field(default_factory=Limits)
    per_file: Limits = field(default_factory=Limits)
    docs: int | None = None
    fail_on_change: bool = False

    @property
    def limited(self) -> bool:
        return self.corpus != Limits() or self.per_file != Limits() or self.docs is not None


@dataclass(slots=True)
class Spent:
    """What was found: characters without the white space around them, lines, findings by category."""

    text_chars: int = 0
    chars: int = 0
    lines: int = 0
    categories: Counter[str] = field(default_factory=Counter)

    @classmethod
    def on(cls, text_chars: int, removals: Sequence[Removal]) -> Spent:
        """What these findings in a document of so many characters come to; a line counts once."""
        lines = {line for removal in removals for line in range(removal.line, removal.end_line + 1)}
        chars = sum(len(removal.text.strip()) for removal in removals)
        return cls(text_chars, chars, len(lines), Counter(removal.category for removal in removals))

    def include(self, other: Spent) -> None:
        self.text_chars += other.text_chars
        self.chars += other.chars
        self.lines += other.lines
        self.categories.update(other.categories)

    @property
    def share(self) -> float:
        return self.chars / self.text_chars if self.text_chars else 0.0

    @property
    def findings(self) -> int:
        return self.categories.total()


@dataclass(slots=True)
class Tally:
    """A check as it goes: findings that count and that no baseline accepts, and what else happened."""

    budget: Budget
    documents: int = 0
    found: int = 0
    """Documents with findings."""
    known: int = 0
    """Findings that the baseline accepts."""
    stale: int = 0
    """Findings that the baseline accepts and that are no longer there."""
    held: int = 0
    failed: int = 0
    total: Spent = field(default_factory=Spent)
    over: list[str] = field(default_factory=list)
    """Documents beyond the limits for each file, with the faults."""

    def add(self, name: str, text_chars: int, new: Sequence[Removal]) -> None:
        """Count one document with those of its findings that are new."""
        spent = Spent.on(text_chars, new)
        self.documents += 1
        self.found += bool(new)
        self.total.include(spent)
        if faults := list(_overruns(self.budget.per_file, spent)):
            self.over.append(f"{', '.join(faults)} in {name}")

    def faults(self) -> list[str]:
        """Why the check fails for what it found, in words; empty where it does not."""
        budget, faults = self.budget, []
        if self.total.findings and (budget.fail_on_change or not budget.limited):
            faults.append("none is allowed")
        faults += _overruns(budget.corpus, self.total)
        if budget.docs is not None and self.found > budget.docs:
            faults.append(f"documents {self.found} > {budget.docs}")
        if self.over:
            faults.append(self.over[0] + (f" and {len(self.over) - 1} more" if len(self.over) > 1 else ""))
        if budget.fail_on_change:
            faults += [f"{what} {number}" for what, number in (("stale", self.stale), ("held", self.held)) if number]
        return faults


def _overruns(limits: Limits, spent: Spent) -> Iterator[str]:
    if limits.lines is not None and spent.lines > limits.lines:
        yield f"lines {spent.lines} > {limits.lines}"
    if limits.share is not None and spent.share > limits.share:
        yield f"share {percent(spent.share)} > {percent(limits.share)}"
    for category, most in limits.categories:
        if spent.categories[category] > most:
            yield f"{category} {spent.categories[category]} > {most}"


def read_share(text: str) -> float:
    """A share (0..1) from text such as "0.5%". Raises ValueError.

    The sign is asked for: 0.5 alone is half of the text to some and half a percent of it to others.
    """
    number, sign, rest = text.partition("%")
    try:
        share = float(number) / 100
    except ValueError:
        share = -1.0
    if not sign or rest.strip() or not 0 <= share <= 1:
        raise ValueError(f"{text!r} is no percentage; write it like 0.5%")
    return share


def percent(share: float) -> str:
    return f"{100 * share:.4g} %"
