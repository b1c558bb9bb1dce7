"""`cleaner clean`: the main job."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from cleaner.cli.common import (
    RuleOptions,
    complain,
    finish,
    progress,
    reading_options,
    rule_options,
    standard_input,
    standard_output,
)
from cleaner.cli.inputs import FindOptions, find_options
from cleaner.cli.reports import ReportOptions, report_options
from cleaner.errors import DocumentError, ExitCode, UsageError
from cleaner.model import FORMS, JSONL, MARKDOWN, TEXT

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Cleaned


@click.command("clean")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(readable=False, path_type=Path, allow_dash=True),
)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Where clean text goes: a folder, mirroring the inputs, or a file for a single input; a single input goes "
    "to standard output without it.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default=TEXT,
    show_default=True,
    help="Of pages, Markdown keeps headings, lists, links and emphasis; jsonl writes all documents to one file, a "
    "row each, with what pages say about title, authors, date, site, language and address.",
)
@click.option("--in-place", is_flag=True, help="Replace text files by their clean text; restorable from the record.")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the run record goes; for a folder OUT/.cleaner/run.jsonl.",
)
@click.option("--no-record", is_flag=True, help="Write no record; what was done in place cannot be taken back with it.")
@report_options
@find_options
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    output: str | None,
    form: str,
    in_place: bool,
    record: Path | None,
    no_record: bool,
    reporting: ReportOptions,
    quiet: bool,
    how: Reading,
    finding: FindOptions,
    rules: RuleOptions,
) -> int:
    """Clean files, folders (recursively), or standard input (-).

    \b
      cleaner clean scraped/ -o clean/
      cleaner clean article.txt > article.clean.txt
      cleaner clean pages/ --format jsonl -o pages.jsonl
    """
    from cleaner.cli.job import Job
    from cleaner.corpus.find import find_sources

    how = replace(how, markup=form == MARKDOWN)
    if output == "-":
        output = None
    if Path("-") in paths:
        if len(paths) > 1 or in_place or record or reporting.reports:
            raise UsageError("-: standard input stands alone and takes no --in-place, --record or --report")
        return _filter(rules.cleaner(()), output, form, how, quiet=quiet)
    settings = rules.settings(paths)
    sources = find_sources(paths, finding.excludes(settings), allow_empty=finding.allow_empty)
    if not sources:
        return ExitCode.OK
    job = Job.plan(
        paths,
        sources,
        output,
        form=form,
        in_place=in_place,
        record=record,
        no_record=no_record,
        reports=reporting.wanted(),
    )
    cleaner = rules.cleaner_of(settings)
    if job.to_stdout:
        return _print(job.sources[0], cleaner, form, how, quiet=quiet)
    with progress(job.sources, "cleaning", quiet=quiet) as some:
        totals = job.run(some, cleaner, how)
    return finish(totals, quiet=quiet)


def _filter(cleaner: Cleaner, output: str | None, form: str, how: Reading, *, quiet: bool) -> int:
    """Standard input to standard output (or a file) as one document."""
    from cleaner.cli.job import names_folder
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import TooLargeError, load, looks_like_html, read_limited
    from cleaner.corpus.run import Cleaned

    if output is not None and names_folder(output):
        raise UsageError(f"{output}: is a folder; name a file for the text of standard input")
    target = Path(output) if output is not None else None
    try:
        data = read_limited(standard_input(), "standard input")
    except TooLargeError as error:
        return _pass_on(error.start, standard_input(), target, str(error))
    except OSError as error:
        raise DocumentError(f"standard input: cannot be read ({error.strerror})") from None
    is_html = looks_like_html(Path("-"), data)
    loaded = load(data, "standard input", how, is_html=is_html)
    item = Cleaned(Source(Path("standard input"), "standard input"), loaded, cleaner.clean(loaded.document))
    return _deliver(item, target, form, quiet=quiet)


def _print(source: Source, cleaner: Cleaner, form: str, how: Reading, *, quiet: bool) -> int:
    """A single file without -o goes to standard output."""
    from cleaner.corpus.run import Failed, clean_one

    item = clean_one(source, cleaner, how)
    if isinstance(item, Failed) and item.oversized:
        with source.path.open("rb") as original:
            return _pass_on(b"", original, None, item.message)
    if isinstance(item, Failed):
        complain(item.message)
        return ExitCode.INCOMPLETE
    return _deliver(item, None, form, quiet=quiet)


def _pass_on(start: bytes, rest: BinaryIO, target: Path | None, reason: str) -> int:
    """A document that is too large to be cleaned goes on as it is, and this is said."""
    import shutil

    from cleaner.corpus.write import copy_atomically

    if target is not None:
        copy_atomically(rest, target, start=start)
    else:
        out = standard_output()
        out.write(start)
        shutil.copyfileobj(rest, out)
        out.flush()
    complain(reason)
    return ExitCode.INCOMPLETE


def _deliver(item: Cleaned, output: Path | None, form: str, *, quiet: bool) -> int:
    from cleaner.corpus.forms import clean_bytes, json_row
    from cleaner.corpus.run import Totals
    from cleaner.corpus.write import write_atomically

    totals = Totals()
    totals.add(item)
    data = clean_bytes(item, form)
    if data is not None and form == JSONL:
        data = json_row(item)
    if data is not None and output is not None:
        write_atomically(output, data)
    elif data is not None:
        out = standard_output()
        out.write(data)
        out.flush()
    return finish(totals, quiet=quiet or not sys.stderr.isatty())
