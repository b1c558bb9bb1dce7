"""`cleaner init`: a configuration to start from."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.errors import ExitCode, UsageError


@click.command("init")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    default=Path("cleaner.toml"),
    show_default=True,
    help="Write it there; under another name it is used with --config only.",
)
def command(output: Path) -> int:
    """Write a cleaner.toml that explains every setting and changes none: all values are commented out.

    It holds for the folder that it lies in, and below. A file that is there is never replaced.

    \b
      cleaner init
      cleaner init -o corpus/cleaner.toml
    """
    from cleaner.config.template import TEMPLATE
    from cleaner.corpus.write import write_atomically
    from cleaner.reports.text import shown

    if output.exists():
        raise UsageError(f"{output}: is there already; name another file with -o")
    write_atomically(output, TEMPLATE.encode())
    click.echo(f"{shown(str(output))} written; next: take the # from what you want, then: cleaner config", err=True)
    return ExitCode.OK
