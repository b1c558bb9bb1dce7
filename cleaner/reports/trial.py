"""What a new pattern would remove: passages with the same words together, those first that may be article."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cleaner.model import Removal
from cleaner.reports.alike import key_of
from cleaner.reports.place import Places
from cleaner.reports.risk import MEANINGS, Signs, is_close, is_middle, of_words, reasons, risk
from cleaner.reports.text import Painter, counted, passage, shown
from cleaner.text.segment import Line, split_lines
from cleaner.text.trial import Tried

TRIED = "tried/pattern"
"""The id that the pattern's rule has in evidence."""
_PLACES, _WIDE = 3, 76
"""Places that are named, and columns that reasons take."""


@dataclass
class Group:
    """Passages that differ in white space and numbers only.

    `rule` is that of the first; the lines of `passage` show the first, or the first from running text.
    """

    rule: str
    quotation: bool
    passage: tuple[str, ...] = ()
    removals: int = 0
    prose: int = 0
    """Removals of or from a line that reads like running text."""
    held: int = 0
    close: int = 0
    middle: int = 0
    places: list[str] = field(default_factory=list)
    """The one that is shown and the first others, as `cleaner why` takes them."""

    @property
    def signs(self) -> Signs:
        return Signs(self.removals, self.held, self.close, self.middle, self.quotation, bool(self.prose))


class TrialReport:
    """Takes a run's documents one by one; scores are compared with `threshold`."""

    def __init__(self, threshold: float, paint: Painter) -> None:
        self._threshold, self._paint = threshold, paint
        self._groups: dict[bytes, Group] = {}
        self._documents = self._touched = self._already = self._staying = 0

    def add(self, name: str, tried: Tried) -> None:
        """Take one document."""
        self._documents += 1
        self._touched += bool(tried.added)
        self._already += tried.already
        self._staying += tried.staying
        result = tried.result
        text, lines, places = result.document.text, list[Line](), Places(result.document)
        kept = len(text) - result.removed_chars
        gone, added = 0, set(tried.added)
        for removal in result.removals:
            if removal in added:
                before = removal.start - gone
                lines = lines or split_lines(text)
                group = self._group(removal)
                group.removals += 1
                whole = text[lines[removal.line - 1].start : lines[removal.end_line - 1].end]
                prose = of_words(" ".join(whole.split()))[1]
                group.held += result.held
                group.close += is_close(removal.score, self._threshold)
                group.middle += is_middle(before, kept - before)
                place = f"{name}:{places.line(removal)}"
                if not group.passage or (prose and not group.prose):  # what may be article is what is shown
                    group.passage = tuple(passage(text, lines, removal, self._paint))
                    group.places.insert(0, place)
                else:
                    group.places.append(place)
                del group.places[_PLACES:]
                group.prose += prose
            gone += len(removal.text)

    def _group(self, removal: Removal) -> Group:
        key = key_of(removal.text.strip())
        if key not in self._groups:
            rule = TRIED if any(item.id == TRIED for item in removal.evidence) else removal.rule
            self._groups[key] = Group(rule, of_words(" ".join(removal.text.split()))[0])
        return self._groups[key]

    @property
    def found(self) -> bool:
        """Whether anything would go."""
        return bool(self._groups)

    def ranked(self) -> list[Group]:
        """What reads like running text first; then by risk, and of equal risk what goes most often."""
        return sorted(
            self._groups.values(),
            key=lambda group: (group.prose == 0, -risk(group.signs), -group.removals, group.passage),
        )

    def as_data(self) -> dict[str, Any]:
        """All of it, for JSON; in passages, what would go stands between [- and -]."""
        return {
            "documents": self._documents,
            "documents_with_removals": self._touched,
            "removals": sum(group.removals for group in self._groups.values()),
            "removals_in_prose": sum(group.prose for group in self._groups.values()),
            "gone_already": self._already,
            "matches_that_stay": self._staying,
            "groups": [
                {
                    "risk": risk(group.signs),
                    "reasons": {reason.name: round(reason.share, 3) for reason in reasons(group.signs)},
                    "removals": group.removals,
                    "removals_in_prose": group.prose,
                    "rule": group.rule,
                    "places": group.places,
                    "passage": list(group.passage),
                }
                for group in self.ranked()
            ],
        }

    def render(self, most: int | None) -> Iterator[str]:
        """The lines of the report, with at most so many groups."""
        data, groups = self.as_data(), self.ranked()
        would = f"{counted(data['removals'], 'passage')} would go" if groups else "nothing would go"
        yield self._paint.bold(f"{would}, in {self._touched:,} of {counted(self._documents, 'document')}")
        for number, what in (
            (data["removals_in_prose"], "in lines that read like running text"),
            (self._already, "matching lines go already"),
            (self._staying, "matching lines stay: too little evidence, or they are kept"),
        ):
            yield f"  {number:>7,}  {what}"
        for group in groups[:most]:
            yield ""
            yield from _told(group, self._paint)
        if most is not None and len(groups) > most:
            yield ""
            yield f"and {len(groups) - most:,} more, of less risk; --full shows all"


def _told(group: Group, paint: Painter) -> Iterator[str]:
    why = ", ".join(MEANINGS[reason.name] for reason in reasons(group.signs))
    yield paint.bold(f"risk {risk(group.signs):g}, {counted(group.removals, 'time')}")
    yield from (f"  {line}" for line in textwrap.wrap(why, _WIDE))
    more = group.removals - len(group.places)
    yield f"  {', '.join(map(shown, group.places))}" + (f" and {more:,} more" if more else "")
    if group.rule != TRIED:
        yield f"  goes along, by {shown(group.rule)}"
    yield from (f"    {line}" for line in group.passage)
