"""The help of every command: it shows how the command is used, and what it shows can be typed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cleaner.cli import cli
from tests.support import run, written

FILES = (
    "in.txt", "article.txt", "corpus.jsonl", "tuned.toml", "mined.toml", "labelled.jsonl", "rules/ours.toml",
    "scraped/article.txt", "pages/a.html", "clean/.cleaner/run.jsonl", "old/.cleaner/run.jsonl",
    "new/.cleaner/run.jsonl",
)  # fmt: skip
"""What the examples name and some options want to be there."""


def commands(path: tuple[str, ...] = ("cleaner",), command: click.Command = cli) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from commands((*path, name), inner)


def found(path: tuple[str, ...]) -> click.Command:
    command: click.Command = cli
    for name in path[1:]:
        assert isinstance(command, click.Group)
        inner = command.get_command(click.Context(command), name)
        assert inner is not None
        command = inner
    return command


def examples(path: tuple[str, ...]) -> list[str]:
    """The lines of a command's help that are commands."""
    context = click.Context(found(path), info_name=" ".join(path), terminal_width=80)
    return [line.strip() for line in found(path).get_help(context).splitlines() if line.startswith("    cleaner ")]


def parse(words: list[str]) -> list[str]:
    """Parse a command as click does before it runs it; the names of commands. Raises UsageError."""
    context, names = cli.make_context("cleaner", words), list[str]()
    while isinstance(context.command, click.Group) and (rest := [*context._protected_args, *context.args]):
        name, command, rest = context.command.resolve_command(context, rest)
        assert name is not None
        assert command is not None
        names.append(name)
        context = command.make_context(name, rest, parent=context)
    return names


PATHS = list(commands())


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_shows_two_examples_that_can_be_typed(
    path: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, dict.fromkeys(FILES, "")))
    shown = examples(path)

    assert len(shown) >= 2
    assert any(line.startswith(" ".join(path)) for line in shown)
    for line in shown:
        words = shlex.split(line)
        # What a shell takes for itself: where input comes from, and where output goes.
        stop = next((number for number, word in enumerate(words) if word in ("<", ">", "|")), len(words))
        names = parse(words[1:stop])
        assert ("cleaner", *names) in PATHS, line


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_line_of_a_help_is_wider_than_a_terminal(path: tuple[str, ...]) -> None:
    context = click.Context(found(path), info_name=" ".join(path), terminal_width=80)

    wide = [line for line in found(path).get_help(context).splitlines() if len(line) > 80]
    assert [line for line in wide if not line.startswith("    cleaner ")] == []  # to be copied, so never broken


def test_the_examples_are_found_at_all() -> None:
    with pytest.raises(click.UsageError, match="did you mean 'list'"):
        parse(["rules", "lst"])
    with pytest.raises(click.UsageError, match="No such option"):
        parse(["clean", "a", "--frobnicate"])


def test_python_m_cleaner_is_the_same_command(tmp_path: Path) -> None:
    import subprocess
    import sys

    module = subprocess.run(
        [sys.executable, "-m", "cleaner", "--version"], cwd=tmp_path, capture_output=True, check=True
    )

    assert module.stdout == run(["--version"], tmp_path).out
