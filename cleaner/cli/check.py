"""`cleaner check`: the gate for CI."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.cli import completion
from cleaner.cli.cached import CacheOptions, cache_options, cached_run
from cleaner.cli.common import standard_input
from cleaner.cli.inputs import FindOptions, InputPath, find_options, read_list
from cleaner.cli.options import RuleOptions, bundled, category, reading_options, rule_options
from cleaner.cli.progress import tracked
from cleaner.cli.reports import ReportOptions, report_options
from cleaner.errors import DocumentError, ExitCode, UsageError
from cleaner.gate.budget import Budget, Limits, read_share
from cleaner.gate.count import Counting

if TYPE_CHECKING:
    from cleaner.config.model import Check, Config
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading

F = TypeVar("F", bound=Callable[..., Any])
STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """The flags that say what counts and what passes; unset ones leave the configuration as it is."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    max_lines: int | None
    max_share: float | None
    max_docs: int | None
    most: tuple[tuple[str, int], ...]
    max_lines_per_file: int | None
    max_share_per_file: float | None
    most_per_file: tuple[tuple[str, int], ...]
    fail_on_change: bool
    baseline: Path | None

    def over(self, configured: Check) -> Check:
        """The configuration with these flags on top."""
        from cleaner.config.model import Check

        budget, counting = configured.budget, configured.counting
        return Check(
            Budget(
                corpus=_limits(self.max_lines, self.max_share, self.most, budget.corpus),
                per_file=_limits(self.max_lines_per_file, self.max_share_per_file, self.most_per_file, budget.per_file),
                docs=budget.docs if self.max_docs is None else self.max_docs,
                fail_on_change=budget.fail_on_change or self.fail_on_change,
            ),
            Counting((*counting.select, *self.select), (*counting.ignore, *self.ignore)),
            self.baseline or configured.baseline,
        )


def _limits(lines: int | None, share: float | None, most: tuple[tuple[str, int], ...], configured: Limits) -> Limits:
    return Limits(
        configured.lines if lines is None else lines,
        configured.share if share is None else share,
        tuple({**dict(configured.categories), **dict(most)}.items()),
    )


def _share(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    try:
        return None if value is None else read_share(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _most(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    found = []
    for value in values:
        name, _, number = value.partition("=")
        if not number.isascii() or not number.isdecimal():
            raise click.BadParameter(f"{value!r} is no limit; write it like caption=50")
        found.append((category(name), int(number)))
    return tuple(found)


_COUNT = click.IntRange(min=0)
_CHECK_OPTIONS = [
    click.option("--select", multiple=True, metavar="GLOB", shell_complete=completion.rules,
                 help="Count findings of these rules or categories only: 'appeal/*', paywall. Repeatable."),
    click.option("--ignore", multiple=True, metavar="GLOB", shell_complete=completion.rules,
                 help="Do not count findings of these rules or categories. Repeatable."),
    click.option("--max-lines", type=_COUNT, metavar="N", help="Pass with up to N lines with findings."),
    click.option("--max-share", callback=_share, metavar="PERCENT",
                 help="Pass while findings are at most this share of all characters: 0.5%."),
    click.option("--max-docs", type=_COUNT, metavar="N", help="Pass with findings in up to N documents."),
    click.option("--max", "most", callback=_most, multiple=True, metavar="CATEGORY=N",
                 help="Pass with up to N findings of a category: caption=50. Repeatable."),
    click.option("--max-lines-per-file", type=_COUNT, metavar="N", help="The same within each document."),
    click.option("--max-share-per-file", callback=_share, metavar="PERCENT", help="The same within each document."),
    click.option("--max-per-file", "most_per_file", callback=_most, multiple=True, metavar="CATEGORY=N",
                 help="The same within each document. Repeatable."),
    click.option("--fail-on-change", is_flag=True,
                 help="Let nothing pass: no finding, no document that would be held, nothing stale in the baseline."),
    click.option("--baseline", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                 help="Findings that are accepted; only others count."),
]  # fmt: skip


def _check_options(function: F) -> F:
    return bundled(function, "flags", CheckOptions, _CHECK_OPTIONS)


@click.command("check")
@click.argument("paths", nargs=-1, metavar="PATH...", type=InputPath())
@_check_options
@click.option("--update-baseline", is_flag=True, help="Accept what is found: write the baseline anew.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings; errors keep their codes.")
@report_options
@click.option(
    "--files-from",
    "listed",
    type=click.Path(readable=False, path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Check the paths in this file too, one a line; - for standard input.",
)
@click.option("-0", "null", is_flag=True, help="The paths of --files-from end in NUL, as from `git ls-files -z`.")
@click.option(
    "--stdin-filename",
    "stdin_name",
    metavar="NAME",
    type=click.Path(path_type=Path),
    help="What standard input (-) is called in findings, and by path settings.",
)
@find_options
@click.option("-q", "--quiet", is_flag=True, help="No progress and no closing line; findings and errors only.")
@cache_options
@reading_options
@rule_options
def command(
    paths: tuple[Path, ...],
    flags: CheckOptions,
    update_baseline: bool,
    exit_zero: bool,
    reporting: ReportOptions,
    listed: Path | None,
    null: bool,
    stdin_name: Path | None,
    finding: FindOptions,
    quiet: bool,
    caching: CacheOptions,
    how: Reading,
    rules: RuleOptions,
) -> int:
    """List what is not the article, and fail where it is more than the budget allows; no document is written.

    Without a limit, any finding that the baseline does not accept fails the check. Exit codes: 0 passed,
    1 failed, 2 usage or configuration error or no documents, 3 documents could not be read.

    \b
      cleaner check scraped/
      cleaner check scraped/ --max-share 0.5% --max caption=50
      cleaner check scraped/ --baseline baseline.jsonl --update-baseline
    """
    from cleaner.cli.gate import Gate, finish

    named = [*paths, *(read_list(listed, null=null) if listed else ())]
    _check_named(named, listed, null=null, stdin_name=stdin_name)
    reports = reporting.wanted()
    piped = STDIN in named
    settings = rules.settings(named if not piped else [stdin_name] if stdin_name else [])
    check = flags.over(settings.check)
    if update_baseline and check.baseline is None:
        raise UsageError("--update-baseline: say which one: --baseline FILE")
    if piped and check.baseline is not None and stdin_name is None:
        raise UsageError("-: say --stdin-filename NAME too, by which the baseline knows standard input")
    sources = _sources(named, stdin_name, finding, settings)
    gate = Gate.plan(check, named, sources, reports=reports, update=update_baseline)
    read = _read_input if piped else None
    with cached_run(rules, settings, how, caching) as run:
        if Counting() != settings.check.counting or Counting() != check.counting:
            active = [rule.id for rule in run.cleaner.rules.rules]
            settings.check.counting.check(active, str(settings.source))
            Counting(flags.select, flags.ignore).check(active)
        # Findings and a bar would write over each other on one terminal.
        with tracked(sources, "checking", quiet=quiet or (sys.stdout is not None and sys.stdout.isatty())) as some:
            verdict = gate.run(run.all(some, read=read), run)
    finish(verdict, quiet=quiet)
    if verdict.tally.failed:
        return ExitCode.INCOMPLETE
    return ExitCode.FOUND if verdict.found and not exit_zero else ExitCode.OK


def _check_named(named: Sequence[Path], listed: Path | None, *, null: bool, stdin_name: Path | None) -> None:
    """Raises UsageError where inputs are named that do not go together."""
    if not named and listed is None:
        raise UsageError("check: name files or folders, - for standard input, or --files-from FILE")
    if null and listed is None:
        raise UsageError("-0: goes with --files-from FILE")
    if STDIN in named and (len(named) > 1 or listed is not None):
        raise UsageError("-: standard input stands alone")
    if stdin_name is not None and STDIN not in named:
        raise UsageError("--stdin-filename: goes with - as the only input")


def _sources(named: Sequence[Path], stdin_name: Path | None, finding: FindOptions, settings: Config) -> list[Source]:
    """What is to be checked, called as findings cite it. Raises UsageError where there is nothing."""
    from cleaner.cli.gate import shown_name, shown_names
    from cleaner.corpus.find import Source, find_sources

    excludes = finding.excludes(settings)
    if not named and not finding.allow_empty:
        raise UsageError("--files-from: names no files; if that may be, say --allow-empty")
    if STDIN not in named:
        found = find_sources(named, excludes, allow_empty=finding.allow_empty)
        names = shown_names(source.path for source in found)
        return [Source(source.path, name) for source, name in zip(found, names, strict=True)]
    if stdin_name is None:
        return [Source(STDIN, "-")]
    if excludes.named_too and excludes.match(stdin_name):
        if finding.allow_empty:
            return []
        raise UsageError(f"{stdin_name}: is excluded")
    return [Source(stdin_name, shown_name(stdin_name))]


def _read_input(name: Path) -> bytes:
    from cleaner.corpus.compression import unpacked
    from cleaner.corpus.read import read_limited

    try:
        return read_limited(unpacked(standard_input(), str(name)), str(name))
    except OSError as error:
        raise DocumentError(f"{name}: cannot be read ({error.strerror})") from None
