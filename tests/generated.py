"""The pages of docs/ that are made from the program itself: `python -m tests.generated` writes them anew."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from cleaner.cli import cli
from cleaner.cli.spark import spark
from cleaner.model import CATEGORIES
from cleaner.rules import Pack, Rule, Signal, load_packs
from tests.generated_reports import reports

DOCS = Path(__file__).parents[1] / "docs"


def commands() -> str:
    """docs/commands.md: the help of every command, as it is printed."""
    parts = ["# Commands\n"]
    for path, command in [*_walk(("cleaner",), cli), *_walk(("python -m cleaner.spark",), spark)]:
        context = click.Context(command, info_name=" ".join(path), max_content_width=100, terminal_width=100)
        parts.append(f"## `{' '.join(path)}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def _walk(path: tuple[str, ...], command: click.Command) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path[-1])
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += _walk((*path, name), inner)
    return found


def rules() -> str:
    """docs/rules.md: every shipped rule by category, and the signals."""
    packs = load_packs(("default",))
    by_category: dict[str, list[Rule]] = defaultdict(list)
    for pack in packs:
        for rule in pack.rules:
            by_category[rule.category].append(rule)
    total = sum(map(len, by_category.values()))
    parts = [
        "# Rules\n\n"
        f"{total} rules in {sum(bool(pack.rules) for pack in packs)} packs. A line goes from a score of 1.0 on: the "
        "weights of the rules that match it, and of the signals that hold for it, added up. `cleaner rules show ID` "
        "prints a rule with its patterns and examples.\n"
    ]
    for category, meaning in CATEGORIES.items():
        some = sorted(by_category[category], key=lambda rule: rule.id)
        parts.append(f"## {category}: {meaning}\n")
        parts.append("| rule | pack | weight | scope | takes |\n|---|---|---|---|---|" if some else "None is shipped.")
        parts += [f"| `{r.id}` | {r.pack} | {r.weight:g} | {r.scope} | {_cell(r.summary)} |" for r in some]
        parts.append("")
    parts.append("## Signals\n\n| signal | weight | holds where a line |\n|---|---|---|")
    parts += [f"| `{s.id}` | {s.weight:+g} | {_cell(s.summary)} |" for s in _signals(packs)]
    return "\n".join(parts) + "\n"


def _signals(packs: tuple[Pack, ...]) -> list[Signal]:
    return sorted((signal for pack in packs for signal in pack.signals), key=lambda signal: signal.id)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES = {"commands.md": commands, "reports.md": reports, "rules.md": rules}


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), encoding="utf-8")


if __name__ == "__main__":
    main()
