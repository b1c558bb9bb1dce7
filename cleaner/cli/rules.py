"""`cleaner rules`: list, show, test, lint, new; tune stands in a module of its own."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path

import click

from cleaner.cli import completion, tune
from cleaner.cli.common import counted
from cleaner.cli.groups import Group
from cleaner.cli.progress import tracked
from cleaner.errors import ExitCode, PackError, UsageError, did_you_mean
from cleaner.model import CATEGORIES
from cleaner.rules import Pack, Rule, Selection, Signal, load_packs, select


@click.group("rules", cls=Group)
def command() -> None:
    """List, show, test, check, start and tune rules.

    \b
      cleaner rules list newsletter
      cleaner rules show newsletter/sign-up
    """


def _load(names: tuple[str, ...], *, examples: bool = True) -> tuple[Pack, ...]:
    """The shipped packs and those that `names` adds."""
    return load_packs(("default", *(name for name in names if name.endswith(".toml"))), examples=examples)


def _chosen(packs: tuple[Pack, ...], names: tuple[str, ...]) -> list[Rule]:
    """Rules of the named packs, files and id globs; all of them where nothing is named."""
    rules = [rule for pack in packs for rule in pack.rules]
    if not names:
        return rules
    chosen: dict[str, Rule] = {}
    for name in names:
        sources = {pack.id for pack in packs if name == pack.id or str(Path(name)) == pack.source}
        matching = [r for r in rules if r.pack in sources or name == r.category or fnmatchcase(r.id, name)]
        if not matching and not sources:
            known = [*(pack.id for pack in packs), *CATEGORIES, *(rule.id for rule in rules)]
            raise UsageError(f"{name!r} is no pack, no pack file, no category and no rule id; {_hint(name, known)}")
        chosen.update((rule.id, rule) for rule in matching)
    return list(chosen.values())


def _hint(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known, "see `cleaner rules list`")


@command.command("test")
@click.argument(
    "names", nargs=-1, metavar="[PACK|FILE.toml|CATEGORY|ID-GLOB]...", shell_complete=completion.rules_and_files
)
def test_command(names: tuple[str, ...]) -> int:
    """Run the examples that rules carry.

    Each rule's must-go examples run with that rule alone, the must-stay ones with every rule active.

    \b
      cleaner rules test rules/ours.toml
      cleaner rules test 'paywall/*'
    """
    from cleaner.text.verify import verify

    packs = _load(names)
    chosen = _chosen(packs, names)
    with tracked(chosen, "testing", quiet=False) as tested:
        failures = list(verify(select(packs, Selection()), tested))
    for failure in failures:
        click.echo(f"{failure.pack}: {failure.rule}: example {failure.number}: {failure.reason}")
    examples = sum(len(rule.examples) for rule in chosen)
    click.echo(f"{counted(len(chosen), 'rule')}, {counted(examples, 'example')}, {len(failures)} failed", err=True)
    return ExitCode.FOUND if failures else ExitCode.OK


@command.command("list")
@click.argument(
    "names", nargs=-1, metavar="[PACK|FILE.toml|CATEGORY|ID-GLOB]...", shell_complete=completion.rules_and_files
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_command(names: tuple[str, ...], form: str) -> int:
    """List rules: id, weight, scope, pack, and what kind of line each takes.

    \b
      cleaner rules list caption
      cleaner rules list de --format json
    """
    import json

    rules = sorted(_chosen(_load(names, examples=False), names), key=lambda rule: rule.id)
    if form == "json":
        rows = [
            {
                "id": r.id,
                "category": r.category,
                "pack": r.pack,
                "weight": r.weight,
                "scope": r.scope,
                "summary": r.summary,
            }
            for r in rules
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return ExitCode.OK
    width = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        click.echo(f"{rule.id:<{width}}  {rule.weight:<4g}  {rule.scope}  {rule.pack}: {rule.summary}")
    click.echo(counted(len(rules), "rule"), err=True)
    return ExitCode.OK


@command.command("show")
@click.argument("identifier", metavar="ID", shell_complete=completion.rules)
@click.option("--pack", "packs", multiple=True, metavar="FILE.toml", help="Look in this pack too. Repeatable.")
def show_command(identifier: str, packs: tuple[str, ...]) -> int:
    """Show one rule or signal whole: conditions, patterns, block, examples.

    \b
      cleaner rules show newsletter/sign-up
      cleaner rules show ad/ours --pack rules/ours.toml
    """
    from cleaner.reports.rules import render

    loaded = _load(packs)
    entries: dict[str, Rule | Signal] = {}
    for pack in loaded:
        entries.update((rule.id, rule) for rule in pack.rules)
        entries.update((signal.id, signal) for signal in pack.signals)
    if identifier not in entries:
        raise UsageError(f"{identifier!r} is no rule and no signal; {_hint(identifier, entries)}")
    for line in render(entries[identifier]):
        click.echo(line)
    return ExitCode.OK


@command.command("lint")
@click.argument(
    "names", nargs=-1, metavar="[PACK|FILE.toml|CATEGORY|ID-GLOB]...", shell_complete=completion.rules_and_files
)
def lint_command(names: tuple[str, ...]) -> int:
    """Check packs beyond their syntax: missing or untempting examples, duplicates, weights without effect, blanks.

    \b
      cleaner rules lint rules/ours.toml
      cleaner rules lint en caption
    """
    from cleaner.rules.lint import lint

    packs = _load(names)
    chosen = _chosen(packs, names)
    remarks = list(lint(packs, chosen))
    for remark in remarks:
        click.echo(f"{remark.pack}: {remark.rule}: {remark.check}: {remark.text}")
    click.echo(f"{counted(len(chosen), 'rule')}, {counted(len(remarks), 'remark')}", err=True)
    return ExitCode.FOUND if remarks else ExitCode.OK


@command.command("new")
@click.argument("identifier", metavar="CATEGORY/NAME")
@click.argument("phrase")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.toml",
    help="Append to this pack, which is made if it is missing; by default the rule is printed.",
)
def new_command(identifier: str, phrase: str, output: Path | None) -> int:
    """Start a rule for a phrase, with an example of each kind to fill in.

    \b
      cleaner rules new newsletter/our-letter "Get our letter every Friday" -o rules/ours.toml
      cleaner rules test rules/ours.toml
    """
    import tomllib

    from cleaner.corpus.write import write_atomically
    from cleaner.rules.scaffold import new_pack, new_rule
    from cleaner.rules.schema import read_lists, read_pack
    from cleaner.rules.table import Dialect

    category = identifier.partition("/")[0]
    if category not in CATEGORIES:
        hint = did_you_mean(category, CATEGORIES)
        raise UsageError(f"{identifier!r}: an id begins with its category and a slash; {hint}")
    if not phrase.strip():
        raise UsageError("PHRASE: is empty; write the words that the line begins with or holds")
    rule = new_rule(identifier, phrase.strip())
    stem = "".join(
        char if char.isalnum() and char.isascii() else "-" for char in (output.stem if output else "new").lower()
    )
    place = str(output or "the new rule")
    before = new_pack(stem.strip("-") or "new")
    if output is not None and output.exists():
        try:
            before = output.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise PackError(str(output), f"cannot be read ({error})") from None
    try:
        tables = tomllib.loads(before + rule)
        read_pack(tables, place, Dialect(read_lists(tables, place)))
    except tomllib.TOMLDecodeError as error:
        raise PackError(place, f"the rule does not fit in there: {error}") from None
    if output is None:
        click.echo(rule.lstrip("\n"), nl=False)
    else:
        write_atomically(output, (before + rule).encode())
        click.echo(f"{identifier} written to {output}; next: cleaner rules test {output}", err=True)
    return ExitCode.OK


command.add_command(tune.command)
