"""The pages of docs/ that are made from the program itself: `python -m tests.generated` writes them anew."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import click

from cleaner.cli import cli
from cleaner.cli.spark import spark
from cleaner.model import CATEGORIES
from cleaner.rules import Pack, Rule, Signal, load_packs
from cleaner.rules.model import FEATURES
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


def rules() -> dict[str, str]:
    """docs/rules.md: what there is; docs/rules/CATEGORY.md: every shipped rule of a category, with its examples."""
    packs = load_packs(("default",), examples=True)
    by_category: dict[str, list[Rule]] = defaultdict(list)
    for pack in packs:
        for rule in pack.rules:
            by_category[rule.category].append(rule)
    total = sum(map(len, by_category.values()))
    parts = [
        "# Rules\n\n"
        f"{total} rules in {sum(bool(pack.rules) for pack in packs)} packs. A line goes from a score of 1.0 on: the "
        "weights of the rules that match it, and of the signals that hold for it, added up "
        "([how](evidence.md)). `cleaner rules show ID` prints a rule whole, with its patterns and all its examples.\n\n"
        "| category | rules | takes |\n|---|---:|---|"
    ]
    parts += [
        f"| [{category}](rules/{category}.md) | {len(by_category[category])} | {meaning} |"
        for category, meaning in CATEGORIES.items()
        if by_category[category]
    ]
    parts += [f"| {name} | – | {meaning} |" for name, meaning in CATEGORIES.items() if not by_category[name]]
    parts.append("\n## Packs\n\n| pack | rules | holds |\n|---|---:|---|")
    parts += [f"| {pack.id} | {len(pack.rules)} | {_cell(pack.summary)} |" for pack in packs if pack.rules]
    parts.append("\n## Signals\n\n| signal | weight | holds where a line |\n|---|---:|---|")
    parts += [f"| `{s.id}` | {s.weight:+g} | {_cell(s.summary)} |" for s in _signals(packs)]
    parts.append("\n## Features\n\nWhat rules and signals can ask of a line.\n\n| feature | the line |\n|---|---|")
    parts += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in FEATURES.items()]
    found = {"rules.md": "\n".join(parts) + "\n"}
    for category, some in by_category.items():
        if some:
            found[f"rules/{category}.md"] = _catalogue(category, sorted(some, key=lambda rule: rule.id))
    return found


def _catalogue(category: str, some: list[Rule]) -> str:
    """All rules of a category, each with the first of its examples of either kind."""
    parts = [
        f"# {category}: {CATEGORIES[category]}\n\n"
        f"{len(some)} rules. Of each, the first example that must go and the first that must stay: what stands between "
        "`[-` and `-]` goes, all else stays.\n"
    ]
    for rule in some:
        takes = "a line" if rule.scope == "line" else "words within a line"
        parts.append(f"## `{rule.id}`\n\n{rule.summary}. (Pack {rule.pack}, weight {rule.weight:g}, {takes})\n")
        for goes in (True, False):
            parts += [_fenced(each.text.strip()) for each in rule.examples if each.must_go == goes][:1]
    return "\n".join(parts)


def _fenced(text: str) -> str:
    return f"```text\n{text}\n```\n"


def _signals(packs: tuple[Pack, ...]) -> list[Signal]:
    return sorted((signal for pack in packs for signal in pack.signals), key=lambda signal: signal.id)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def pages() -> dict[str, str]:
    """Every generated page, by its name below docs/."""
    return {"commands.md": commands(), "reports.md": reports(), **rules()}


def main() -> None:
    shutil.rmtree(DOCS / "rules", ignore_errors=True)
    for name, text in pages().items():
        (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
