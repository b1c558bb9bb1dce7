"""`cleaner restore`: back to the originals."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.common import complain, counted
from cleaner.cli.outputs import record_of
from cleaner.errors import ExitCode


@click.command("restore")
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="OUT",
    required=True,
    help="The folder that the originals are written to.",
)
@click.option("--force", is_flag=True, help="Put back what was removed even into clean files that were changed since.")
def command(record: Path, documents: tuple[str, ...], output: Path, force: bool) -> int:
    """Give back the originals of a run, byte for byte, from its record and the clean files.

    A folder that a run wrote stands for its record. DOCUMENT is a name as the record has it, or a glob; without one all
    are restored.

    \b
      cleaner restore clean/.cleaner/run.jsonl -o originals/
      cleaner restore clean/.cleaner/run.jsonl 'herald/*' -o originals/
    """
    from cleaner.corpus.restore import restore_all
    from cleaner.reports.text import shown

    done = failed = 0
    for _, reason in restore_all(record_of(record), output, documents, force=force):
        if reason:
            failed += 1
            complain(reason)
        else:
            done += 1
    click.echo(f"{counted(done, 'document')} restored to {shown(str(output))}, {failed} failed", err=True)
    return ExitCode.INCOMPLETE if failed else ExitCode.OK
