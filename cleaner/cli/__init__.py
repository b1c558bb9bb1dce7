"""The command line: one thin module per command, imported when it is called."""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cleaner.cli.common import complain
from cleaner.cli.groups import Group
from cleaner.errors import CleanerError, ExitCode

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "check": "List what is not the article; fail where it is more than allowed.",
    "clean": "Clean files, folders or standard input.",
    "config": "Show the configuration in effect, and where each value comes from.",
    "diff": "Print what cleaning would remove as a unified patch.",
    "init": "Write a configuration to start from.",
    "mine": "Propose rules for lines that stand in many documents of a site.",
    "report": "Render the record of a run, or compare two.",
    "restore": "Give back the originals from a run record.",
    "rules": "List, show, test, check, start and tune rules.",
    "stats": "Say how much would go, by category, site and language.",
    "try": "Show what a new pattern would remove, the riskiest first.",
    "why": "Say why a line goes or stays.",
}
_MODULES = {"try": "trial"}
"""Where the module has another name: a word of Python cannot be imported."""


class _ReaderGoneError(Exception):
    """A broken pipe, by a name that click does not know: it would make 1 of it, our "found something"."""


@contextmanager
def _broken_pipes_renamed() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _ReaderGoneError from None


class _LazyGroup(Group):
    """Imports a command's module when it is called, so that start-up pays for one command only."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _broken_pipes_renamed():  # --help and --version print while arguments are read
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _broken_pipes_renamed():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def way_out(self, ctx: click.Context, name: str) -> str:
        return f"to clean it: cleaner clean {shlex.quote(name)}" if Path(name).exists() else super().way_out(ctx, name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"cleaner.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=text) for name, text in _COMMANDS.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    subcommand_metavar="[COMMAND] [ARGS]...",  # as click writes it itself since 8.5
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="article-cleaner", prog_name="cleaner")
@click.pass_context
def cli(ctx: click.Context) -> int:
    """Remove everything from scraped articles that is not the article, and report every removal.

    Without a command, cleaner is a filter:

    \b
      cleaner < in.txt > out.txt
      cleaner clean scraped/ -o clean/ --report html=report
    """
    if ctx.invoked_subcommand is not None:
        return ExitCode.OK
    if sys.stdin is None or sys.stdin.isatty():
        click.echo(ctx.get_help())
        return ExitCode.OK
    # As `cleaner clean -` without any option, but all of its options need not be imported for that.
    from cleaner.cli.options import RuleOptions
    from cleaner.cli.pipe import clean_stdin
    from cleaner.corpus.read import Reading
    from cleaner.model import TEXT

    return clean_stdin(RuleOptions().cleaner(()), None, TEXT, Reading(), quiet=False)


def main(command: click.Command = cli) -> NoReturn:
    """Run the command line and exit with one of `ExitCode`; the one place errors become words."""
    for number in (signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        if signal.getsignal(number) == signal.SIG_DFL:  # what `nohup` ignores stays so
            signal.signal(number, _stop)
    # Else Python looks through all rules for garbage as it ends, which takes as long as to read them.
    atexit.register(gc.freeze)
    sys.exit(_run(command))


class _StoppedError(KeyboardInterrupt):
    """Another signal than that of Ctrl-C that asks to end, and is answered as that is."""


def _stop(number: int, _frame: object) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what is under way is being put in order
    raise _StoppedError(number)


def _run(command: click.Command) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # what a terminal cannot show is no reason to stop
    try:
        result = command.main(standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitCode.OK
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.Abort as abort:
        return _interrupted(abort.__cause__)
    except KeyboardInterrupt as interrupt:
        return _interrupted(interrupt)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except CleanerError as error:
        complain(str(error))
        return error.exit_code
    except _ReaderGoneError:
        _give_up_stdout()
        return _BROKEN_PIPE
    except OSError as error:  # a full disk, say: nothing that a report to us would mend
        _give_up_stdout()
        complain(f"{error.filename or 'standard output'}: {error.strerror or error}")
        return ExitCode.USAGE
    except Exception:  # a defect of ours: never to be taken for the 1 of "found something"
        import traceback

        traceback.print_exc()
        click.echo("cleaner: this is a defect of cleaner; please report it with the lines above", err=True)
        return _DEFECT


_DEFECT = 70
"""EX_SOFTWARE of sysexits.h."""
_SIGNALLED = 128
"""To which the signal that ended a command is added, as shells expect it."""
_BROKEN_PIPE = _SIGNALLED + 13
"""That of SIGPIPE, which Windows has not."""


def _give_up_stdout() -> None:
    """Nothing more can be said there; what is left in buffers must not fail again at exit."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupted(by: BaseException | None) -> int:
    click.echo("cleaner: interrupted; files already written are complete, no other was touched", err=True)
    return _SIGNALLED + (by.args[0] if isinstance(by, _StoppedError) else signal.SIGINT)
