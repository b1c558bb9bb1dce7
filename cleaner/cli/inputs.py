"""Options that say which documents a command takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from cleaner.cli.common import standard_input
from cleaner.cli.options import READING_VALUES, RuleOptions, bundled
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.config.model import Config
    from cleaner.corpus.find import Excludes, Source

F = TypeVar("F", bound=Callable[..., Any])


class InputPath(click.Path):
    """A file or folder, here or, as a URL, elsewhere; with `dash`, standard input too."""

    def __init__(self, *, dash: bool = True) -> None:
        super().__init__(readable=False, allow_dash=dash)

    def coerce_path_result(self, value: Any) -> Any:
        from cleaner.corpus.remote import as_path

        return as_path(os.fsdecode(super().coerce_path_result(value)))


@dataclass(frozen=True, slots=True)
class FindOptions:
    """The flags that choose documents."""

    exclude: tuple[str, ...]
    force_exclude: bool
    allow_empty: bool

    def excludes(self, config: Config) -> Excludes:
        """What is passed over: by the configuration, below its folder, and by flags, below the current one."""
        from cleaner.corpus.find import Excludes
        from cleaner.globs import PathGlobs

        globs = []
        if config.exclude and config.source is not None:
            globs.append(PathGlobs(config.exclude, config.source.parent))
        if self.exclude:
            try:
                globs.append(PathGlobs(self.exclude, Path()))
            except ValueError as error:
                raise UsageError(f"--exclude: {error}; write it as in a .gitignore") from None
        return Excludes(tuple(globs), self.force_exclude)


def named_sources(paths: Sequence[Path], finding: FindOptions, settings: Config) -> list[Source]:
    """What is found under the paths, with names relative to the folder that holds all of them."""
    from cleaner.corpus.find import common_parent, find_sources, named_from

    found = find_sources(paths, finding.excludes(settings), allow_empty=finding.allow_empty)
    return named_from(common_parent(paths), found)


_FIND_OPTIONS = [
    click.option("--exclude", multiple=True, metavar="GLOB",
                 help="Pass over files and folders that match, written as in a .gitignore: 'drafts/'. Repeatable."),
    click.option("--force-exclude", is_flag=True, help="Pass over excluded files even where they are named."),
    click.option("--allow-empty", is_flag=True, help="It is no error to find no documents."),
]  # fmt: skip


def find_options(function: F) -> F:
    """Add the options that choose documents; the command gets them as one `finding: FindOptions`."""
    return bundled(function, "finding", FindOptions, _FIND_OPTIONS)


def given_again() -> list[str]:
    """The options of the command that runs by which documents are found, read and decided on, as they were given:
    what another command needs to do the same.
    """
    context = click.get_current_context()
    deciding = {*READING_VALUES, *(item.name for kind in (RuleOptions, FindOptions) for item in fields(kind))}
    said: list[str] = []
    for option in context.command.params:
        name = option.name or ""
        if name in deciding and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            value = context.params[name]
            if isinstance(value, bool):
                said.append(option.opts[-1])
                continue
            for each in value if isinstance(value, tuple) else (value,):
                said += (option.opts[-1], str(each))
    return said


def read_list(path: Path, *, null: bool) -> list[Path]:
    """The paths that a file ("-": standard input) holds, one a line or, with `null`, each ended by NUL."""
    try:
        data = standard_input().read() if path == Path("-") else path.read_bytes()
    except OSError as error:
        raise UsageError(f"--files-from {path}: cannot be read ({error.strerror})") from None
    if not null and b"\0" in data:
        raise UsageError(f"--files-from {path}: holds NUL bytes; say -0 for paths that end so")
    return [Path(os.fsdecode(name)) for name in data.split(b"\0" if null else b"\n") if name]
