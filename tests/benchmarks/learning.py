"""What `clean --learn` finds and loses, on made-up sites whose lines are known to be furniture or article.

    python -m tests.benchmarks.learning [--documents 2000] [--sites 5] [--write README.md]

Runs the command for real, with all packs, without and with `--learn`, on the generated corpus and on one in which more
of the articles repeats. What `cleaner mine` proposes alone is measured beside it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cleaner.text.shape import is_prose
from tests.benchmarks.tables import command, deliver, percent, refused, table
from tests.mine.corpus import Made, documents, with_hard_repeats
from tests.mine.support import mined, quality
from tests.support import run, written

NAME = "learning"
Places = frozenset[tuple[str, int]]
"""Lines of documents, by their document's name and their place there, from 0."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a corpus by what they are."""

    furniture: Places
    article: Places
    prose: Places
    """Those of the article that read like running text."""


def lines_of(made: Iterable[Made]) -> Lines:
    """All lines of documents."""
    marked = [((one.name, at), *line) for one in made for at, line in enumerate(one.lines)]
    article = [(place, text) for place, text, is_furniture in marked if not is_furniture]
    return Lines(
        frozenset(place for place, _, is_furniture in marked if is_furniture),
        frozenset(place for place, _ in article),
        frozenset(place for place, text in article if is_prose(text)),
    )


def gone_of(record: Path) -> Iterator[tuple[str, int]]:
    """The lines that went from texts in which a blank line stands between any two."""
    for line in record.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["row"] == "removal":
            yield from ((row["doc"], number // 2) for number in range(row["line"], row["end_line"] + 1) if number % 2)


def cleaned(folder: Path, name: str, options: Sequence[str]) -> Places:
    """The lines that a run of the command removes from the folder `in`."""
    ran = run(["clean", "in", "-o", name, "--isolated", "-q", *options], folder)
    if ran.code not in (0, 3):
        raise ValueError(ran.errors.strip())
    return frozenset(gone_of(folder / name / ".cleaner" / "run.jsonl"))


def measured(title: str, some: Callable[[], Iterator[Made]]) -> tuple[list[str], ...]:
    """Rows of the table for one corpus."""
    made = list(some())
    lines = lines_of(made)
    with tempfile.TemporaryDirectory() as place:
        folder = written(Path(place), {f"in/{one.name}": "\n\n".join(one.texts) + "\n" for one in made})
        without, learned = cleaned(folder, "plain", []), cleaned(folder, "learned", ["--learn"])
    alone = quality(mined(made), made)
    proposed = [title, "what `mine` proposes, alone", f"{alone.furniture:,}", percent(alone.recall)]
    return (
        _row(title, "all packs", lines, without, Places()),
        _row(title, "all packs, `--learn`", lines, learned, learned - without),
        [*proposed, f"{alone.article:,}", f"{alone.lost:,} ({percent(alone.lost_share, 2)})", "–", "–"],
    )


def _row(title: str, what: str, lines: Lines, gone: Places, more: Places) -> list[str]:
    """`more` is what went of late."""
    lost = len(lines.article & gone)
    return [
        title,
        what,
        f"{len(lines.furniture):,}",
        percent(len(lines.furniture & gone) / len(lines.furniture)),
        f"{len(lines.article):,}",
        f"{lost:,} ({percent(lost / len(lines.article), 2)})",
        f"{len(lines.prose & gone):,}",
        f"{len(lines.prose & more):,}",
    ]


def report(count: int, sites: int) -> str:
    """The table."""
    made = partial(documents, count, of=sites)
    rows = [
        *measured("generated", made),
        *measured("with hard repeats", lambda: with_hard_repeats(made())),
    ]
    header = (
        "corpus", "rules", "furniture lines", "found", "article lines", "lost", "prose lost", "prose lost anew",
    )  # fmt: skip
    said = f"{count:,} documents of {sites} sites each."
    return f"{table(header, rows)}\n\n{said}"


def main() -> int:
    parser = command(__doc__, Path(), NAME)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--sites", type=int, default=5)
    options = parser.parse_args()
    try:
        deliver(report(options.documents, options.sites), NAME, options.write)
    except (OSError, ValueError) as error:
        return refused(NAME, error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
