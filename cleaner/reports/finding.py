"""What every format for machines says of a removal, made once: place, fingerprint, readable words."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cleaner.model import Removal
from cleaner.reports.place import Place, Places
from cleaner.reports.text import shown
from cleaner.reports.view import Examined, Run

BRIEF = 200
"""Characters of a passage in a message; more of it stands in its place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One removal of a document of the run.

    `file` and `in_file` are where to look: of a document that stands with others in a file, its line there, or
    the first of the file where that is unknown.
    `words` are the removed characters without the blanks around them. `repeat` counts, from 1, passages
    of the document with the same rule and words. `fingerprint` tells the finding from all others of a run
    and stays when lines move. `fixed` is the place of the whole span that would be deleted.
    """

    path: str
    file: str
    removal: Removal
    place: Place
    in_file: Place
    fixed: Place
    words: str
    repeat: int
    known: bool

    @property
    def fingerprint(self) -> str:
        return digest(self.path, self.removal.rule, " ".join(self.words.split()), str(self.repeat))

    @property
    def lines(self) -> str:
        """The line, or the first and the last: "7" or "7-9"."""
        return self.place.lines


def findings(item: Examined) -> Iterator[Finding]:
    """The findings of one document, in ascending order."""
    removals = item.result.removals
    if not removals:
        return
    places, line = Places(item.result.document), item.line or 1
    seen: Counter[tuple[str, str]] = Counter()
    for index, removal in enumerate(removals):
        words = removal.text.strip()
        alike = (removal.rule, " ".join(words.split()))
        seen[alike] += 1
        place = places.words(removal)
        yield Finding(
            path=item.name,
            file=item.file,
            removal=removal,
            place=place,
            in_file=Place(line, line) if item.row else place,
            fixed=places.span(removal.start, removal.end),
            words=words,
            repeat=seen[alike],
            known=index in item.known,
        )


def digest(*parts: str) -> str:
    """A short name of what these parts say together."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def summaries(run: Run) -> dict[str, str]:
    """What each rule of the run takes, by id."""
    return {rule.id: rule.summary for rule in run.rules}


def brief(text: str, longest: int = BRIEF) -> str:
    """One line of at most `longest` characters, blanks made single and control characters shown."""
    line = shown(" ".join(text[: 4 * longest].split()))
    return line if len(line) <= longest and len(text) <= 4 * longest else line[: longest - 1] + "…"


def visible(text: str, longest: int) -> str:
    """At most `longest` characters of text, with line ends as LF and every other control character shown."""
    lines = text[:longest].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    part = "\n".join(map(shown, lines))
    return part if max(len(part), len(text)) <= longest else part[: longest - 1] + "…"


def encodable(text: str) -> str:
    r"""The text as UTF-8 can hold it: what stands for an undecodable byte is written out, as \udce9."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
