"""`cleaner clean`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from cleaner.cli.common import RuleOptions, finish, read_stdin, reading, reading_options, rule_options
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.corpus.find import Source
    from cleaner.corpus.run import Cleaned, Reading

T = TypeVar("T")


@click.command("clean")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Where clean text goes: a folder, mirroring the inputs, or a file for a single input.",
)
@click.option("--in-place", is_flag=True, help="Replace text files by their clean text; restorable from the record.")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the run record goes; for a folder OUT/.cleaner/run.jsonl.",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a report beside the record: text or patch. Repeatable.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    record: Path | None,
    reports: tuple[str, ...],
    quiet: bool,
    encoding: str | None,
    title: bool,
    rules: RuleOptions,
) -> int:
    """Clean files, folders (recursively), or standard input (-).

    \b
      cleaner clean scraped/ -o clean/
      cleaner clean article.txt > article.clean.txt
    """
    from cleaner.cli.job import Job

    if Path("-") in paths:
        if len(paths) > 1 or in_place or record or reports:
            raise UsageError("-: standard input stands alone and takes no --in-place, --record or --report")
        return _filter(rules.cleaner(()), output, reading(encoding, title), quiet=quiet)
    job = Job.plan(paths, output, in_place=in_place, record=record, reports=reports)
    how = reading(encoding, title)
    cleaner = rules.cleaner(paths)
    if job.to_stdout:
        return _print(job.sources, cleaner, how, quiet=quiet)
    with progress(job.sources, quiet=quiet) as sources:
        totals = job.run(sources, cleaner, how)
    return finish(totals, quiet=quiet)


def _filter(cleaner: Cleaner, output: Path | None, how: Reading, *, quiet: bool) -> int:
    """Standard input to standard output (or a file) as one document."""
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import load, looks_like_html
    from cleaner.corpus.run import Cleaned

    if output is not None and output.is_dir():
        raise UsageError(f"{output}: is a folder; name a file for the text of standard input")
    data = read_stdin()
    is_html = looks_like_html(Path("-"), data)
    loaded = load(data, "standard input", is_html=is_html, encoding=how.encoding, title=how.title)
    item = Cleaned(Source(Path("-"), "standard input"), loaded, cleaner.clean(loaded.document))
    return _deliver(item, output, quiet=quiet)


def _print(sources: Iterable[Source], cleaner: Cleaner, how: Reading, *, quiet: bool) -> int:
    """A single file without -o goes to standard output."""
    from cleaner.corpus.run import Failed, Totals, clean_one

    item = clean_one(next(iter(sources)), cleaner, how)
    if isinstance(item, Failed):
        totals = Totals()
        totals.add(item)
        return finish(totals, quiet=True)
    return _deliver(item, None, quiet=quiet)


def _deliver(item: Cleaned, output: Path | None, *, quiet: bool) -> int:
    from cleaner.corpus.run import Totals
    from cleaner.corpus.write import write_atomically

    totals = Totals()
    totals.add(item)
    result = item.result
    data = result.data
    if result.held:
        data = b"" if item.loaded.is_html else item.loaded.data
    if output is not None:
        if data or not result.held:
            write_atomically(output, data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    return finish(totals, quiet=quiet or not sys.stderr.isatty())


@contextmanager
def progress(items: list[T], *, quiet: bool) -> Iterator[Iterable[T]]:
    """The items, with a progress bar on standard error while that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("cleaning"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield bar.track(items)
