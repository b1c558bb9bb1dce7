"""`cleaner report`: views of a run that is over."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from cleaner.cli.common import complain, counted, standard_output
from cleaner.cli.options import RuleOptions, rule_options
from cleaner.cli.outputs import record_of, writing
from cleaner.cli.reports import ReportOptions, Reports, readable, report_options, run_of
from cleaner.errors import ExitCode, UsageError

MOST_SHOWN = 20


@click.command("report")
@click.argument("records", nargs=-1, required=True, metavar="RECORD...", type=click.Path(path_type=Path))
@report_options
@click.option("--compare", is_flag=True, help="Say what the second of two records removes and keeps anew.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="The form of a comparison.",
)
@click.option(
    "--full",
    is_flag=True,
    help=f"Show all passages, on a terminal too; of a comparison all texts, not {MOST_SHOWN} of each kind.",
)
@rule_options
def command(
    records: tuple[Path, ...], reporting: ReportOptions, compare: bool, form: str, full: bool, rules: RuleOptions
) -> int:
    """Render the record of a run in any format, or compare two runs. A folder that a run wrote stands for its record.

    Without --report the text form goes to standard output. The clean files must be as the run left them. A
    comparison looks at nothing but the records, and exits 1 if something is removed, kept or held that was not.

    \b
      cleaner report clean/.cleaner/run.jsonl --report html=report/
      cleaner report --compare old/.cleaner/run.jsonl new/.cleaner/run.jsonl --format html > changes.html
    """
    records = tuple(map(record_of, records))
    if compare:
        if len(records) != 2 or reporting.reports:
            raise UsageError("--compare takes two records, OLD and NEW, and no --report")
        return _compare(*records, form=form, full=full)
    if len(records) != 1:
        raise UsageError(f"{records[1]}: one record at a time, or two with --compare")
    return _render(records[0], reporting.wanted(), full, rules)


def _compare(old: Path, new: Path, *, form: str, full: bool) -> int:
    from cleaner.corpus.passages import paired
    from cleaner.corpus.record import read_run
    from cleaner.reports.compare import compare, render

    found = compare(paired(old, new), read_run(new).threshold)
    if form == "json":
        click.echo(json.dumps(found.as_data(), ensure_ascii=False, indent=1))
    elif form == "html":
        from cleaner.reports.html.comparison import comparison_page

        standard_output().write(comparison_page(found))
    else:
        for line in render(found, None if full else MOST_SHOWN):
            click.echo(line)
    return ExitCode.FOUND if found.differs else ExitCode.OK


def _render(record: Path, reports: Reports, full: bool, rules: RuleOptions) -> int:
    from cleaner.corpus.record import FailureRow, read_run
    from cleaner.corpus.replay import replay
    from cleaner.reports.view import Examined, Outcome

    ran = read_run(record)
    if ran.learned:
        learned = record.parent / ran.learned
        if not learned.is_file():
            raise UsageError(f"{learned}: is missing; put back beside the record what the run learned")
        rules = replace(rules, packs=(*rules.packs, str(learned)))
    run = replace(run_of(rules.cleaner(())), version=ran.version, fingerprint=ran.rules, threshold=ran.threshold)
    documents = failures = 0
    with writing(), ExitStack() as stack:
        views = reports.open(stack, run) if reports else [readable(standard_output(), run, full=full)]
        for item in replay(record):
            documents += 1
            if isinstance(item, FailureRow):
                failures += 1
                complain(f"{item.doc}: {item.reason}")
            for view in views:
                if isinstance(item, FailureRow):
                    view.fail(item.doc, item.reason)
                else:
                    view.add(Examined(item.name, item.result, item.data, row=item.row, line=item.line))
        for view in views:
            view.end(Outcome(not failures, f"{failures} of {counted(documents, 'document')} failed"))
    return ExitCode.INCOMPLETE if failures else ExitCode.OK
