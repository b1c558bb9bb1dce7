"""`cleaner clean --engine spark` and `python -m cleaner.spark`: cleaning and mining on an Apache Spark cluster."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.common import complain, counted, finish, refuse_to_replace
from cleaner.cli.inputs import FindOptions, InputPath, find_options, named_sources
from cleaner.cli.options import RuleOptions, reading_options, rule_options
from cleaner.errors import ExitCode, UsageError
from cleaner.model import TEXT

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from cleaner.config.model import Config
    from cleaner.corpus.read import Reading


def refuse(given: Mapping[str, bool]) -> None:
    """Raises UsageError for the first of the options that is given."""
    for name, is_given in given.items():
        if is_given:
            raise UsageError(f"{name}: not with --engine spark, which writes a dataset to -o OUT; see docs/spark.md")


@dataclass(frozen=True, slots=True)
class SparkRun:
    """What is to be done on a cluster: that of the configuration, unless a `master` is given."""

    paths: Sequence[Path]
    finding: FindOptions
    how: Reading
    rules: RuleOptions
    master: str = ""

    def clean(self, output: str, *, keep_record: bool, quiet: bool) -> int:
        """Write a dataset with its record; the exit code."""
        from cleaner.cli.carry import about_run
        from cleaner.corpus.find import find_sources
        from cleaner.corpus.remote import as_path
        from cleaner.spark.session import require_spark

        require_spark()
        from cleaner.spark.dataset import clean_files
        from cleaner.spark.tasks import plan

        settings = self.rules.settings(self.paths)
        excludes = self.finding.excludes(settings)
        sources = find_sources(self.paths, excludes, allow_empty=self.finding.allow_empty)
        if not sources:
            return ExitCode.OK
        cleaner = self.rules.cleaner_of(settings)
        work = plan(sources, cleaner, self.how, as_path(output).absolute())
        with self._session(settings) as spark:
            totals = clean_files(spark, work, about_run(cleaner, self.how, TEXT) if keep_record else None)
        return finish(totals, quiet=quiet)

    def mine(self, output: Path) -> int:
        """Write a pack of proposals; the exit code."""
        from cleaner.corpus.write import write_atomically
        from cleaner.reports.mine import MINED, as_toml
        from cleaner.spark.session import require_spark

        require_spark()
        from cleaner.spark.mining import mine_files
        from cleaner.spark.tasks import plan

        refuse_to_replace(output, MINED.mark, MINED.command)
        settings = self.rules.settings(self.paths)
        sources = named_sources(self.paths, self.finding, settings)
        if not sources:
            return ExitCode.OK
        cleaner = self.rules.cleaner_of(settings)
        work = plan(sources, cleaner, self.how, output.absolute().parent, hand_back=True)
        with self._session(settings) as spark:
            mined = mine_files(spark, work, cleaner.rules)
        write_atomically(output, as_toml(mined.proposals, mined.totals.documents, mined.sites).encode())
        complain(f"{counted(len(mined.proposals), 'rule')} written to {output}; read them before you use them")
        return finish(mined.totals, quiet=True, writes=False)

    def _session(self, settings: Config) -> AbstractContextManager[SparkSession]:
        from cleaner.spark.session import session

        # Spark draws its bars on standard error, whatever that is.
        bars = {"spark.ui.showConsoleProgress": str(sys.stderr is not None and sys.stderr.isatty()).lower()}
        return session(self.master or settings.spark.master, {**bars, **dict(settings.spark.conf)})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def spark() -> None:
    """Clean and mine JSON Lines and Parquet on an Apache Spark cluster; see docs/spark.md.

    \b
      spark-submit --master yarn .../cleaner/spark/__main__.py clean s3a://scraped/ s3a://clean/
      python -m cleaner.spark mine scraped/ mined.toml --master spark://HOST:7077
    """


_MASTER = click.option(
    "--master",
    default="",
    metavar="URL",
    help="The cluster; by default that of the configuration. spark-submit has one of its own.",
)
_RULES = click.option(
    "--rules", "more", multiple=True, metavar="FILE.toml", help="Add a rule pack, as --pack does. Repeatable."
)


@spark.command("clean")
@click.argument("paths", nargs=-1, required=True, metavar="IN...", type=InputPath(dash=False))
@click.argument("output", metavar="OUT")
@_RULES
@click.option("--removals-column", is_flag=True, help="Add to Parquet a column of what is removed.")
@click.option("--no-record", is_flag=True, help="Write no record.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@_MASTER
@find_options
@reading_options
@rule_options
def clean_command(
    paths: tuple[Path, ...],
    output: str,
    more: tuple[str, ...],
    removals_column: bool,
    no_record: bool,
    quiet: bool,
    master: str,
    finding: FindOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Clean files and folders into a new dataset, of JSON Lines or Parquet as they are."""
    how = replace(how, removals_column=removals_column)
    run = SparkRun(paths, finding, how, _with_packs(rules, more), master)
    return run.clean(output, keep_record=not no_record, quiet=quiet)


@spark.command("mine")
@click.argument("paths", nargs=-1, required=True, metavar="IN...", type=InputPath(dash=False))
@click.argument("output", metavar="OUT.toml", type=click.Path(path_type=Path, dir_okay=False))
@_RULES
@_MASTER
@find_options
@reading_options
@rule_options
def mine_command(
    paths: tuple[Path, ...],
    output: Path,
    more: tuple[str, ...],
    master: str,
    finding: FindOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """Propose rules for lines that stand in many documents of a site, as `cleaner mine` does."""
    return SparkRun(paths, finding, how, _with_packs(rules, more), master).mine(output)


def _with_packs(rules: RuleOptions, more: tuple[str, ...]) -> RuleOptions:
    return replace(rules, packs=(*rules.packs, *more))
