"""`cleaner clean`: the main job."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import finish
from cleaner.cli.inputs import FindOptions, InputPath, find_options
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.cli.progress import AUTO, PROGRESS, progress_of
from cleaner.cli.reports import ReportOptions, report_options
from cleaner.errors import ExitCode, UsageError
from cleaner.model import ENGINES, FORMS, LOCAL, MARKDOWN, SPARK, TEXT

if TYPE_CHECKING:
    from cleaner.corpus.read import Reading


@click.command("clean")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=InputPath(),
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
@click.option(
    "--removals-column",
    is_flag=True,
    help="Add to Parquet a column of what is removed: where, by which rule, and the text itself.",
)
@click.option("--in-place", is_flag=True, help="Replace text files by their clean text; restorable from the record.")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the run record goes; for a folder OUT/.cleaner/run.jsonl.",
)
@click.option("--no-record", is_flag=True, help="Write no record; what was done in place cannot be taken back with it.")
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with a run that was cut off, from its record; the result is that of one that never was.",
)
@click.option(
    "--learn",
    is_flag=True,
    help="Read the inputs twice: first for lines that stand in many documents of a site, which go too then, by rules "
    "kept beside the record. See `cleaner mine`.",
)
@report_options
@find_options
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Clean in N processes; by default as many as the inputs are worth and there are cores. The outputs are the "
    "same for any number.",
)
@click.option(
    "--progress",
    "telling",
    type=click.Choice(PROGRESS),
    default=AUTO,
    show_default=True,
    help="How far it is: a bar, if standard error is a terminal, or lines of JSON on standard error.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=LOCAL,
    show_default=True,
    help="What does the work: this machine, or the Apache Spark cluster of the configuration (see docs/spark.md), "
    "which writes JSON Lines or Parquet as a dataset to a new folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    output: str | None,
    form: str,
    removals_column: bool,
    in_place: bool,
    record: Path | None,
    no_record: bool,
    resume: bool,
    learn: bool,
    reporting: ReportOptions,
    jobs: int | None,
    telling: str,
    engine: str,
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
    from cleaner.cli.pipe import clean_stdin, print_one

    how = replace(how, markup=form == MARKDOWN, removals_column=removals_column)
    if output == "-":
        output = None
    if engine == SPARK:
        from cleaner.cli.spark import SparkRun, refuse

        refuse(
            {
                "-": Path("-") in paths,
                "--in-place": in_place,
                f"--format {form}": form != TEXT,
                "--record": record is not None,
                "--resume": resume,
                "--learn": learn,
                "--report": bool(reporting.reports),
                "--jobs": jobs is not None,
                f"--progress {telling}": telling != AUTO,
                "clean text on standard output": output is None,
            }
        )
        assert output is not None
        return SparkRun(paths, finding, how, rules).clean(output, keep_record=not no_record, quiet=quiet)
    if Path("-") in paths:
        if learn:
            raise UsageError("-: standard input is read only once, and --learn reads twice; name files or folders")
        if len(paths) > 1 or in_place or record or resume or reporting.reports:
            raise UsageError("-: standard input stands alone and takes no --in-place, --record, --resume or --report")
        return clean_stdin(rules.cleaner(()), output, form, how, quiet=quiet)
    from cleaner.cli.job import Job
    from cleaner.corpus.find import find_sources
    from cleaner.corpus.read import file_size

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
        reading=how,
        resume=resume,
        learn=learn,
    )
    if job.to_stdout and how.format_of(job.sources[0].path) is None:
        return print_one(job.sources[0], rules.cleaner_of(settings), form, how, quiet=quiet)
    from cleaner.cli.carry import alone, carry_out
    from cleaner.corpus.jobs import processes_for

    size = sum(file_size(source.path) for source in job.sources)
    processes = jobs or processes_for(size)
    with ExitStack() as stack:
        stack.enter_context(alone(job, resume=resume))
        if learn:
            from cleaner.cli.learn import learned_pack

            pack = learned_pack(stack, job, rules.cleaner_of(settings), how, processes, resume=resume, quiet=quiet)
            settings = replace(rules, packs=(*rules.packs, str(pack))).settings(paths)
        cleaner = rules.cleaner_of(settings)
        with progress_of(size, telling, quiet=quiet) as progress:
            totals = carry_out(job, cleaner, how, processes, progress, resume=resume)
    return finish(totals, quiet=quiet or (job.to_stdout and not sys.stderr.isatty()))
