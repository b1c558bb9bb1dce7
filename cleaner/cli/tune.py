"""`cleaner rules tune`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import complain, counted, refuse_to_replace
from cleaner.cli.options import RuleOptions, rule_options
from cleaner.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from cleaner.tune.run import Tuning


@click.command("tune")
@click.argument("labelled", type=click.Path(path_type=Path, dir_okay=False), metavar="LABELLED.jsonl")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="Write the changed weights there, as [[tweak]] tables of a cleaner.toml.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--folds",
    type=click.IntRange(2, 50),
    default=5,
    show_default=True,
    metavar="N",
    help="Parts into which the sites are cut for cross-validation.",
)
@rule_options
def command(labelled: Path, output: Path | None, form: str, folds: int, rules: RuleOptions) -> int:
    """Fit the weights of rules and signals to labelled lines; every example of a rule goes on holding.

    Each row of LABELLED.jsonl is a text: {"site": "...", "lines": [{"text": "...", "label": "article"}]}.
    A label is article, a category, neutral or unsure. The figures are those of sites kept apart.
    Needs scikit-learn: pip install 'article-cleaner[tune]'

    \b
      cleaner rules tune labelled.jsonl -o tuned.toml
      cleaner clean scraped/ -o clean/ --config tuned.toml
    """
    from cleaner.corpus.write import write_atomically
    from cleaner.reports.tune import MARK, as_toml
    from cleaner.tune.fit import require_library
    from cleaner.tune.labelled import read_labelled
    from cleaner.tune.run import check, tune
    from cleaner.tune.weights import Basis

    require_library()
    if output is not None:
        refuse_to_replace(output, MARK, "rules tune")
    try:
        data = labelled.read_bytes()
    except OSError as error:
        raise UsageError(f"{labelled}: cannot be read ({error.strerror})") from None
    texts = read_labelled(data, str(labelled))
    check(texts, folds, str(labelled))
    basis = Basis(*rules.packs_and_selection((labelled,)))
    with _status() as tell:
        tuning = tune(texts, basis, folds, tell)
    if output is not None:
        write_atomically(output, as_toml(tuning).encode())
    _show(tuning, form)
    _say(tuning, output)
    return ExitCode.OK


@contextmanager
def _status() -> Iterator[Callable[[str], None]]:
    """Says on standard error what is being done, while that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("reading the rules") as status:
        yield status.update


def _show(tuning: Tuning, form: str) -> None:
    import json

    from cleaner.reports.tune import HEAD, as_data, caption, render, rows

    if form == "json":
        click.echo(json.dumps(as_data(tuning), ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(title=caption(tuning))
        for number, name in enumerate(HEAD):
            table.add_column(name, justify="right" if number else "left")
        for row in rows(tuning):
            table.add_row(*row)
        Console().print(table)
    else:
        for line in render(tuning):
            click.echo(line)


def _say(tuning: Tuning, output: Path | None) -> None:
    number = counted(len(tuning.changes), "changed weight")
    if output is None:
        complain(f"{number}; -o FILE.toml writes them")
    else:
        complain(f"{number} written to {output}; use it with --config, or take its tables into your cleaner.toml")
    if not tuning.helps:
        complain("on sites kept apart these weights are no better than today's: label more before you use them")
