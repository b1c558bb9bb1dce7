"""`cleaner why FILE:LINE`."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli import completion
from cleaner.cli.common import complain, counted
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.errors import DocumentError, ExitCode, UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.config.model import Config
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Cleaned, Failed
    from cleaner.model import Document, Result
    from cleaner.reports.place import Places
    from cleaner.text.explain import Explanation

_TOLD = ("article-cleaner", "google-re2", "lxml", "readability-lxml")
"""Packages whose versions decide what is done."""
_NUMBERED = re.compile(r"(.+):(\d+)", re.S)
_RANGE = re.compile(r"(.+:\d+)-\d+", re.S)
_LISTED = 100
"""Characters of a passage that is only listed."""


@click.command("why")
@click.argument("place", metavar="FILE:LINE", shell_complete=completion.files)
@click.option(
    "--bundle",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.json",
    help="Write it to a new file too, with two lines on either side, to be attached to a report of a defect; what the "
    "file holds of the document is printed.",
)
@reading_options
@rule_options
def command(place: str, bundle: Path | None, how: Reading, rules: RuleOptions) -> int:
    """Say why a line goes or stays: every rule and signal for and against it, and near misses.

    A place is written as reports write it. For a page, LINE counts in its source; of several passages that begin at
    it, FILE:LINE:N is the Nth. Of a file of many documents, say which: FILE:ROW:LINE.

    \b
      cleaner why scraped/article.txt:12
      cleaner why corpus.jsonl:17:3
      cleaner why scraped/article.txt:12 --bundle removed.json
    """
    from cleaner.corpus.find import find_sources
    from cleaner.corpus.run import Failed
    from cleaner.reports.place import Places
    from cleaner.reports.why import render
    from cleaner.text.explain import explain

    if bundle is not None and bundle.exists():
        raise UsageError(f"--bundle {bundle}: is there already; name a new file")
    asked = _Asked.read(place)
    path = asked.path
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; write FILE:LINE")
    settings = rules.settings((path,))
    cleaner = rules.cleaner_of(settings) if path.exists() else None
    source = find_sources([path])[0]
    assert cleaner is not None  # find_sources refuses what does not exist
    item = _cleaned(source, asked.row(how), cleaner, how)
    if isinstance(item, Failed):
        raise DocumentError(item.message)
    cleaner, document = cleaner.at(path), item.result.document
    places = Places(document)
    numbers = asked.among(document, places, many=bool(item.source.row))
    if bundle is not None and len(numbers) > 1:
        raise UsageError(f"--bundle: {len(numbers)} passages begin at {asked}; say which, as {asked}:1")
    for index, number in enumerate(numbers, 1):
        if len(numbers) > 1 and not _loses(item.result, number):
            click.echo(_listed(f"{asked}:{index}", document, number))
            continue
        if len(numbers) > 1:
            click.echo(_listed(f"{asked}:{index}"))
        explanation = explain(cleaner.engine, document, number)
        assert explanation is not None  # such a line is not blank
        for said in render(explanation, cleaner.rules, held=item.result.held):
            click.echo(said)
        if bundle is not None:
            _write(bundle, explanation, item.result, number, cleaner, settings)
    if len(numbers) > 1:
        complain(
            f"{asked}: {len(numbers)} passages begin at this line; what stays is only listed: {asked}:N explains it"
        )
    return ExitCode.OK


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place as it was asked for: an existing file, if there is one, and what numbers follow it, from 1."""

    name: str
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return ":".join((self.name, *map(str, self.numbers)))

    @property
    def path(self) -> Path:
        from cleaner.corpus.remote import as_path

        return as_path(self.name)

    @classmethod
    def read(cls, place: str) -> _Asked:
        """Of lines 7-9, which are one passage, the first is meant. Raises UsageError where there is no line."""
        whole = _RANGE.fullmatch(place)
        name, numbers = whole[1] if whole else place, tuple[int, ...]()
        while (found := _NUMBERED.fullmatch(name)) and not (numbers and cls(name, numbers).path.exists()):
            name, numbers = found[1], (int(found[2]), *numbers)
        if not numbers or 0 in numbers:
            raise UsageError(f"{place}: write FILE:LINE, with lines counted from 1")
        return cls(name, numbers)

    def row(self, how: Reading) -> int:
        """The number of the document in its file, 0 for a file that is one. Raises UsageError where it is missing."""
        if how.format_of(self.path) is None:
            return 0
        if len(self.numbers) < 2:
            raise UsageError(f"{self.name}: holds many documents; write FILE:ROW:LINE")
        return self.numbers[0]

    def among(self, document: Document, places: Places, *, many: bool) -> list[int]:
        """The lines of the text that are meant, from 1. Raises UsageError where there are none."""
        line, *nth = self.numbers[many:]
        if len(nth) > bool(document.blocks):
            which = "holds many documents; write FILE:ROW:LINE" if many else "is a single document; write FILE:LINE"
            raise UsageError(f"{self.name}: {which}")
        numbers = places.at(line)
        if not numbers:
            raise UsageError(f"{self}: {_nothing(document, places, line)}")
        if nth and nth[0] > len(numbers):
            raise UsageError(f"{self}: the line holds {counted(len(numbers), 'passage')}")
        return [numbers[nth[0] - 1]] if nth else numbers


def _nothing(document: Document, places: Places, line: int) -> str:
    """What there is to say of a line that holds nothing to explain."""
    from cleaner.text.segment import split_lines

    if not document.blocks:
        return f"is blank or past the end (the text has {len(split_lines(document.text))} lines)"
    left_out = dict.fromkeys(item.rule for item in document.dropped if item.line == line)
    why = f" ({', '.join(left_out)} left out what stands there)" if left_out else ""
    near = " and ".join(map(str, places.near(line)))
    return f"no passage of the text begins at this line of the page{why}; the nearest: {near}"


def _loses(result: Result, number: int) -> bool:
    """Whether anything of a line goes."""
    return any(removal.line <= number <= removal.end_line for removal in result.removals)


def _listed(place: str, document: Document | None = None, number: int = 0) -> str:
    """The place of one passage among several; with its words, of a document's line."""
    from cleaner.reports.finding import brief
    from cleaner.reports.text import shown
    from cleaner.text.segment import split_lines

    if document is None:
        return shown(place)
    line = split_lines(document.text)[number - 1]
    return f"{shown(place)}  {brief(document.text[line.start : line.end], _LISTED)}"


def _write(
    bundle: Path, explanation: Explanation, result: Result, line: int, cleaner: Cleaner, settings: Config
) -> None:
    """Say what the bundle holds, then write it."""
    import json
    import platform
    from hashlib import sha256
    from importlib.metadata import version

    from cleaner.corpus.write import opened
    from cleaner.reports.bundle import Setup, as_data, listing
    from cleaner.rules import builtin_ids
    from cleaner.rules.load import pack_digests

    source = settings.source
    setup = Setup(
        {"python": platform.python_version(), "system": sys.platform, **{name: version(name) for name in _TOLD}},
        sha256(source.read_bytes()).hexdigest() if source is not None else "",
        cleaner.fingerprint,
        pack_digests(settings.selection),
    )
    own = [name for name, _ in setup.packs if name.removesuffix(".toml") not in builtin_ids()]
    for said in listing(result.document, line, own):
        click.echo(said)
    with opened(bundle, "x") as file:
        data = as_data(explanation, result, line, cleaner.rules, setup)
        file.write(json.dumps(data, indent=1).encode())
    complain(f"{bundle} written; look at it before you attach it")


def _cleaned(source: Source, row: int, cleaner: Cleaner, how: Reading) -> Cleaned | Failed:
    """The document, or the one in this row; the documents before it are not cleaned."""
    from cleaner.corpus.formats import chunks_of, entries_of
    from cleaner.corpus.read import read_stream
    from cleaner.corpus.run import clean_entries, clean_one

    container = how.format_of(source.path)
    if container is None:
        return clean_one(source, cleaner, how)
    with read_stream(source.path, how.max_ratio) as handle:
        for chunk in chunks_of(container, handle):
            entries = [entry for entry in entries_of(container, chunk) if entry.number == row]
            for item in clean_entries(source, entries, cleaner, how):
                return item
    raise UsageError(f"{source.path}: has no document {row}")
