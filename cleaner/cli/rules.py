"""`cleaner rules`: list, show, test, lint, new."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import click

from cleaner.errors import ExitCode, UsageError
from cleaner.rules import Pack, Rule, Selection, load_packs, select


@click.group("rules")
def command() -> None:
    """List, show, test, check and start rules."""


def _load(names: tuple[str, ...]) -> tuple[Pack, ...]:
    """The shipped packs and those that `names` adds, with their examples."""
    return load_packs(("default", *(name for name in names if name.endswith(".toml"))), Path(), examples=True)


def _chosen(packs: tuple[Pack, ...], names: tuple[str, ...]) -> list[Rule]:
    """Rules of the named packs, files and id globs; all of them where nothing is named."""
    rules = [rule for pack in packs for rule in pack.rules]
    if not names:
        return rules
    chosen: dict[str, Rule] = {}
    for name in names:
        sources = {pack.id for pack in packs if name in (pack.id, pack.source)}
        matching = [rule for rule in rules if rule.pack in sources or fnmatchcase(rule.id, name)]
        if not matching:
            raise UsageError(f"{name!r} is no pack, no pack file and no rule id; see `cleaner rules list`")
        chosen.update((rule.id, rule) for rule in matching)
    return list(chosen.values())


@command.command("test")
@click.argument("names", nargs=-1, metavar="[PACK|FILE.toml|ID-GLOB]...")
def test_command(names: tuple[str, ...]) -> int:
    """Run the examples that rules carry.

    Each rule's must-go examples run with that rule alone, the must-stay ones with every rule active.
    """
    from cleaner.text.verify import verify

    packs = _load(names)
    chosen = _chosen(packs, names)
    failures = list(verify(select(packs, Selection()), chosen))
    for failure in failures:
        click.echo(f"{failure.pack}: {failure.rule}: example {failure.number}: {failure.reason}")
    examples = sum(len(rule.examples) for rule in chosen)
    click.echo(f"{len(chosen)} rules, {examples} examples, {len(failures)} failed", err=True)
    return ExitCode.FOUND if failures else ExitCode.OK
