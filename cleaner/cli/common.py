"""What several commands share: options that choose rules, inputs, progress, and the closing summary."""

from __future__ import annotations

import difflib
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from cleaner.errors import ConfigError, ExitCode, UsageError
from cleaner.model import CATEGORIES, EXTRACTORS, INPUT_FORMATS, MAX_RATIO, OWN_EXTRACTOR, TEXT_FIELD

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.config import Config
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Totals
    from cleaner.rules import Pack, Rule, Selection

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """The flags that choose rules; unset ones leave the configuration as it is."""

    config: Path | None
    isolated: bool
    packs: tuple[str, ...]
    disable: tuple[str, ...]
    keep: tuple[str, ...]
    threshold: float | None
    max_removed: float | None

    def cleaner(self, paths: Sequence[Path]) -> Cleaner:
        """A Cleaner for inputs at `paths`, by defaults, then the configuration found, then flags."""
        return self.cleaner_of(self.settings(paths))

    def cleaner_of(self, settings: Config) -> Cleaner:
        """A Cleaner as these settings describe it; loading the packs takes its time."""
        from cleaner.api import Cleaner

        with self._blaming(settings.source):
            return Cleaner(settings.selection)

    def digest_of(self, settings: Config) -> str:
        """Equal only where such Cleaners are; much sooner known than one is made."""
        from cleaner.rules import digest

        with self._blaming(settings.source):
            return digest(settings.selection)

    def rules_of(self, settings: Config) -> tuple[Rule, ...]:
        """The rules of such a Cleaner, without the engine that they need to clean."""
        from cleaner.rules import load_ruleset

        with self._blaming(settings.source):
            return load_ruleset(settings.selection).rules

    def packs_and_selection(self, paths: Sequence[Path]) -> tuple[tuple[Pack, ...], Selection]:
        """The packs, with their examples, and the selection that such a Cleaner is made of."""
        from cleaner.rules import load_packs, select

        settings = self.settings(paths)
        selection = settings.selection
        with self._blaming(settings.source):
            packs = load_packs(selection.packs, selection.base, examples=True)
            select(packs, selection)
        return packs, selection

    def settings(self, paths: Sequence[Path]) -> Config:
        """The configuration for inputs at `paths`, with the flags that choose rules on top."""
        from cleaner.config import Config, find_config, read_config
        from cleaner.corpus.find import common_parent

        found = self.config
        if found is None and not self.isolated:
            found = find_config(common_parent(paths) if paths else Path.cwd())
        config = read_config(found) if found else Config()
        selection = config.selection
        if self.packs:
            extra = tuple(str(Path(name).resolve()) if name.endswith(".toml") else name for name in self.packs)
            selection = replace(selection, packs=(*selection.packs, *extra))
        chosen = replace(
            selection,
            disable=(*selection.disable, *self.disable),
            keep_categories=(*selection.keep_categories, *self.keep),
            threshold=selection.threshold if self.threshold is None else self.threshold,
            max_removed=selection.max_removed if self.max_removed is None else self.max_removed,
            per_path=tuple(
                replace(
                    entry,
                    threshold=entry.threshold if self.threshold is None else None,
                    max_removed=entry.max_removed if self.max_removed is None else None,
                )
                for entry in selection.per_path
            ),
        )
        return replace(config, selection=chosen)

    @contextmanager
    def _blaming(self, found: Path | None) -> Iterator[None]:
        """Where an option is at fault that no flag gave, the error names the configuration file."""
        try:
            yield
        except ConfigError as error:
            flags = {"disable": self.disable, "packs": self.packs}
            if found is None or flags.get(error.source):
                raise
            raise ConfigError(str(found), error.reason, field=error.source) from None


def category(name: str) -> str:
    """The name, if it is one of a category. Raises BadParameter."""
    if name not in CATEGORIES:
        close = difflib.get_close_matches(name, CATEGORIES, 1)
        hint = f"did you mean {close[0]!r}?" if close else f"choose from {', '.join(CATEGORIES)}"
        raise click.BadParameter(f"{name!r} is no category; {hint}")
    return name


def _categories(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(category(name.strip()) for value in values for name in value.split(",") if name.strip())


class _Range(click.FloatRange):
    """A number between two bounds; "nan" is no number, though every comparison lets it through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        return self.fail(f"{value!r} is no number", param, ctx) if math.isnan(number) else number


_RULE_OPTIONS = [
    click.option("--config", type=click.Path(dir_okay=False, exists=True, path_type=Path), metavar="FILE",
                 help="Use this configuration; by default cleaner.toml or [tool.cleaner] in pyproject.toml, found "
                      "upwards from the inputs."),
    click.option("--isolated", is_flag=True, help="Ignore configuration files."),
    click.option("--pack", "packs", multiple=True, metavar="FILE.toml", help="Add a rule pack. Repeatable."),
    click.option("--disable", multiple=True, metavar="GLOB", help="Leave out rules by id: 'byline/*'. Repeatable."),
    click.option("--keep", multiple=True, metavar="CATEGORY", callback=_categories,
                 help="Keep lines of these categories: caption,byline. Repeatable."),
    click.option("--threshold", type=_Range(0.1, 10), metavar="SCORE",
                 help="Evidence from which a line goes (1.0); higher is more careful."),
    click.option("--max-removed", type=_Range(0, 1), metavar="SHARE",
                 help="Hold a document that would lose more than this share of its characters (0.6)."),
]  # fmt: skip


_READING_OPTIONS = [
    click.option("--encoding", metavar="NAME", help="Encoding of the inputs; found by itself without it."),
    click.option("--input-format", type=click.Choice(INPUT_FORMATS),
                 help="What the inputs are; by their names, else by how they begin, without it."),
    click.option("--text-field", default=TEXT_FIELD, show_default=True, metavar="NAME",
                 help="The field or column that holds the text, in files of many documents."),
    click.option("--max-ratio", type=click.IntRange(1), default=MAX_RATIO, show_default=True, metavar="N",
                 help="Refuse a compressed file of many documents that unpacks to more than N times its size; it is "
                      "asked beyond 16 MB."),
    click.option("--title", is_flag=True, help="Put the page's title before its text (HTML)."),
    click.option("--extractor", type=click.Choice(EXTRACTORS),
                 default=OWN_EXTRACTOR, show_default=True,
                 help="What finds the article in a page; none leaves the whole page to the rules. trafilatura and "
                      "resiliparse are extras: pip install 'article-cleaner[trafilatura]'."),
]  # fmt: skip


_READING_VALUES = ("encoding", "input_format", "text_field", "title", "extractor", "max_ratio")


def rule_options(function: F) -> F:
    """Add the options that choose rules; the command gets them as one `rules: RuleOptions`."""
    return bundled(function, "rules", RuleOptions, _RULE_OPTIONS)


def bundled(function: F, argument: str, kind: type[Any], options: Sequence[Callable[[Any], Any]]) -> F:
    """Add options to a command, which gets them as one dataclass with a field for each of them."""
    names = [item.name for item in fields(kind)]

    def wrapped(**values: Any) -> Any:
        return function(**{argument: kind(**{name: values.pop(name) for name in names})}, **values)

    return _decorated(function, wrapped, options)


def _decorated(function: F, wrapped: Callable[..., Any], options: Sequence[Callable[[Any], Any]]) -> F:
    """`wrapped` in place of `function`, with the options that function has, after `options`."""
    wrapped.__name__, wrapped.__doc__ = function.__name__, function.__doc__
    wrapped.__click_params__ = list(getattr(function, "__click_params__", ()))  # type: ignore[attr-defined]
    decorated: Any = wrapped
    for option in reversed(options):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]


def reading_options(function: F) -> F:
    """Add the options that say how inputs are read; the command gets them as one `how: Reading`."""

    def wrapped(**values: Any) -> Any:
        how = _reading(**{name: values.pop(name) for name in _READING_VALUES})
        return function(how=how, **values)

    return _decorated(function, wrapped, _READING_OPTIONS)


def _reading(
    encoding: str | None, input_format: str | None, text_field: str, title: bool, extractor: str, max_ratio: float
) -> Reading:
    import codecs

    from cleaner.corpus.read import Reading, require_extractor

    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError:
            raise UsageError(
                f"--encoding: {encoding!r} is no encoding that Python knows; try utf-8 or cp1252"
            ) from None
    require_extractor(extractor)
    return Reading(
        encoding, title, extractor, input_format=input_format or "", text_field=text_field, max_ratio=max_ratio
    )


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
    """One paragraph: documents, removals and share, then a row for each category."""
    gone = sum(totals.chars.values())
    share = 100 * gone / totals.text_chars if totals.text_chars else 0.0
    lines = [
        f"{counted(totals.documents, 'document')}, {totals.changed} changed, {len(totals.held)} held, "
        f"{len(totals.failures)} failed; {counted(sum(totals.removals.values()), 'passage')} removed "
        f"({share:.1f} % of the characters)"
    ]
    if totals.dropped_chars:
        counts = ", ".join(f"{rule} {count}" for rule, count in totals.dropped_chars.most_common())
        lines.append(f"  {counted(totals.pages, 'page')}: characters left out before the rules: {counts}")
    width = max((len(category) for category in totals.removals), default=0)
    for category, count in sorted(totals.removals.items(), key=lambda item: (-item[1], item[0])):
        lines.append(f"  {category:<{width}}  {count:>7}  {totals.chars[category]:>9} characters")
    return "\n".join(lines)
