"""What shells are offered for values that only this program knows, while a line is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cleaner.model import CATEGORIES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def categories(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Categories; after a comma one more."""
    from click.shell_completion import CompletionItem

    before, comma, begun = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{name}", help=meaning)
        for name, meaning in CATEGORIES.items()
        if name.startswith(begun)
    ]


def rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the rules that we ship."""
    from click.shell_completion import CompletionItem

    from cleaner.rules import load_packs

    shipped = sorted((rule for pack in load_packs(("default",)) for rule in pack.rules), key=lambda rule: rule.id)
    return [CompletionItem(rule.id, help=rule.summary) for rule in shipped if rule.id.startswith(incomplete)]


def rules_and_files(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Ids of the rules that we ship; files, for a pack of one's own."""
    return [*rules(context, parameter, incomplete), *files(context, parameter, incomplete)]


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files, for what begins with the name of one."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]
