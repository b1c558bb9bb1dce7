"""Commands that hold other commands."""

from __future__ import annotations

import click

from cleaner.errors import did_you_mean


class Group(click.Group):
    """Says which command was meant where one is mistyped."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        # While a shell completes a line, what stands in it need not be right.
        if not ctx.resilient_parsing and self.get_command(ctx, name) is None:
            ctx.fail(f"{name!r} is no command; {self.way_out(ctx, name)}")
        return super().resolve_command(ctx, args)

    def way_out(self, ctx: click.Context, name: str) -> str:
        """What to do instead, for a name that is no command."""
        return did_you_mean(name, self.list_commands(ctx))
