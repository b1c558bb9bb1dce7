"""What several commands share: the standard streams, what is said on them, and the closing summary."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from cleaner.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from cleaner.corpus.run import Totals


def colour() -> bool:
    """Whether standard output gets colours: on a terminal, as NO_COLOR and FORCE_COLOR allow."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout is not None and sys.stdout.isatty())


def standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise UsageError("standard input: is closed; pipe a text in, or name a file")
    return sys.stdin.buffer


def standard_output() -> BinaryIO:
    if sys.stdout is None:
        raise UsageError("standard output: is closed; there is nowhere to write to")
    return sys.stdout.buffer


def complain(message: str) -> None:
    """One line on standard error; file names may hold anything, so it is made fit for a terminal."""
    from cleaner.reports.text import shown

    click.echo(f"cleaner: {shown(message)}", err=True)


def refuse_to_replace(output: Path, mark: str, written_by: str) -> None:
    """Raises UsageError where a file is there that does not begin with the command's `mark`, and where it could not
    be written: better said now than after all the work.
    """
    if output.exists() and not output.is_file():
        return  # a device, say, which holds nothing
    try:
        with output.open(encoding="utf-8", errors="replace") as file:
            if file.read(len(mark)) not in ("", mark):
                raise UsageError(f"{output}: is there and was not written by `{written_by}`; name another file")
    except FileNotFoundError:
        return
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from None


def finish(totals: Totals, *, quiet: bool, writes: bool = True) -> ExitCode:
    """Say on standard error what a run did; the exit code that follows from it.

    Documents are held from writing: a command that writes nothing treats them like any other.
    """
    held = totals.held if writes else []
    for reason in totals.failures:
        complain(reason)
    for name in held:
        complain(
            f"{name}: held, because more than max_removed of it would go; look at it with "
            f"`cleaner diff`, or raise --max-removed"
        )
    if not quiet:
        click.echo(summary(totals), err=True)
    return ExitCode.INCOMPLETE if held or totals.failures else ExitCode.OK


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def summary(totals: Totals) -> str:
    """One paragraph: documents, removals and share, then a row for each category. All documents of the run are
    counted, the failed ones too, and what became of them adds up to that.
    """
    gone = sum(totals.chars.values())
    share = 100 * gone / totals.text_chars if totals.text_chars else 0.0
    held, failed = len(totals.held), len(totals.failures)
    passages = counted(sum(totals.removals.values()), "passage")
    lines = [
        f"{counted(totals.documents + failed, 'document')}: {totals.changed} changed, "
        f"{totals.documents - totals.changed - held} unchanged, {held} held, {failed} failed; "
        f"{passages} removed ({share:.1f} % of the characters)"
    ]
    if totals.dropped_chars:
        counts = ", ".join(f"{rule} {count}" for rule, count in totals.dropped_chars.most_common())
        lines.append(f"  {counted(totals.pages, 'page')}: characters left out before the rules: {counts}")
    width = max((len(category) for category in totals.removals), default=0)
    for category, count in sorted(totals.removals.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"  {category:<{width}}  {count:>7}  {totals.chars[category]:>9} characters")
    return "\n".join(lines)
