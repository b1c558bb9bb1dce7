"""Options that several commands share: those that choose rules, and those that say how inputs are read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.cli import completion
from cleaner.errors import ConfigError, UsageError, did_you_mean
from cleaner.model import CATEGORIES, EXTRACTORS, INPUT_FORMATS, MAX_RATIO, OWN_EXTRACTOR, TEXT_FIELD

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.config.model import Config
    from cleaner.corpus.read import Reading
    from cleaner.rules import Pack, Rule, Selection

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """The flags that choose rules; unset ones leave the configuration as it is."""

    config: Path | None = None
    isolated: bool = False
    packs: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    threshold: float | None = None
    max_removed: float | None = None

    def cleaner(self, paths: Sequence[Path]) -> Cleaner:
        """A Cleaner for inputs at `paths`, by defaults, then the configuration found, then flags."""
        from cleaner.rules.load import Selection

        found = self._found(paths)
        if found is None:  # nothing of a configuration is needed, then
            return self._cleaner(self._on_top_of(Selection()), None)
        return self.cleaner_of(self._settings(found))

    def cleaner_of(self, settings: Config) -> Cleaner:
        """A Cleaner as these settings describe it; loading the packs takes its time."""
        return self._cleaner(settings.selection, settings.source)

    def _cleaner(self, selection: Selection, source: Path | None) -> Cleaner:
        from cleaner.api import Cleaner

        with self._blaming(source):
            return Cleaner(selection)

    def digest_of(self, settings: Config) -> str:
        """Equal only where such Cleaners are; much sooner known than one is made."""
        from cleaner.rules import digest

        with self._blaming(settings.source):
            return digest(settings.selection)

    def rules_of(self, settings: Config) -> Sequence[Rule]:
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
        return self._settings(self._found(paths))

    def _settings(self, found: Path | None) -> Config:
        from cleaner.config.model import Config

        if found is None:
            config = Config()
        else:
            from cleaner.config.read import read_config  # here, as most runs have none

            config = read_config(found)
        return replace(config, selection=self._on_top_of(config.selection))

    def _found(self, paths: Sequence[Path]) -> Path | None:
        """The configuration file for inputs at `paths`."""
        from cleaner.config.find import find_config
        from cleaner.corpus.find import common_parent

        if self.config is not None or self.isolated:
            return self.config
        return find_config(common_parent(paths) if paths else Path.cwd())

    def _on_top_of(self, selection: Selection) -> Selection:
        """The selection with what flags say."""
        return replace(
            selection,
            packs=(*selection.packs, *self._added_packs()),
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

    def given(self) -> dict[str, tuple[str, Any]]:
        """The flags that say anything: option and value, by the key of a configuration that they speak of."""
        flags = {
            "packs": ("--pack", list(self._added_packs())),
            "disable": ("--disable", list(self.disable)),
            "keep_categories": ("--keep", list(self.keep)),
            "threshold": ("--threshold", self.threshold),
            "max_removed": ("--max-removed", self.max_removed),
        }
        return {key: flag for key, flag in flags.items() if flag[1] not in (None, [])}

    def _added_packs(self) -> tuple[str, ...]:
        """Paths of flags are meant from here, those of a configuration from its folder."""
        return tuple(str(Path(name).resolve()) if name.endswith(".toml") else name for name in self.packs)

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
        raise click.BadParameter(f"{name!r} is no category; {did_you_mean(name, CATEGORIES)}")
    return name


def _categories(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(category(name.strip()) for value in values for name in value.split(",") if name.strip())


class Range(click.FloatRange):
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
    click.option("--disable", multiple=True, metavar="GLOB", shell_complete=completion.rules,
                 help="Leave out rules by id: 'byline/*'. Repeatable."),
    click.option("--keep", multiple=True, metavar="CATEGORY", callback=_categories,
                 shell_complete=completion.categories,
                 help="Keep lines of these categories: caption,byline. Repeatable."),
    click.option("--threshold", type=Range(0.1, 10), metavar="SCORE",
                 help="Evidence from which a line goes (1.0); higher is more careful."),
    click.option("--max-removed", type=Range(0, 1), metavar="SHARE",
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


READING_VALUES = ("encoding", "input_format", "text_field", "title", "extractor", "max_ratio")


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
        how = _reading(**{name: values.pop(name) for name in READING_VALUES})
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
