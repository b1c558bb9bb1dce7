"""What commands that only look share: options for the cache of results, and runs that make use of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.cli.common import RuleOptions, complain
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.corpus.cache import Cache
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Cleaned, Failed
    from cleaner.model import Document, Result

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CacheOptions:
    """Whether results of earlier runs are used, and where they are kept (None: the user's cache folder)."""

    no_cache: bool
    cache_dir: Path | None


def cache_options(function: F) -> F:
    """Add the options of the cache; the command gets them as one `caching: CacheOptions`."""

    def wrapped(no_cache: bool, cache_dir: Path | None, **values: Any) -> Any:
        return function(caching=CacheOptions(no_cache, cache_dir), **values)

    wrapped.__name__, wrapped.__doc__ = function.__name__, function.__doc__
    wrapped.__click_params__ = list(getattr(function, "__click_params__", ()))  # type: ignore[attr-defined]
    none = click.option("--no-cache", is_flag=True, help="Clean every document anew; read and keep no results.")
    place = click.option(
        "--cache-dir",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        envvar="CLEANER_CACHE_DIR",
        show_envvar=True,
        help="Where results are kept for the next run; by default the user's cache folder.",
    )
    return none(place(wrapped))  # type: ignore[return-value]


class Run:
    """One run's cleaning. With a cache, the rules are loaded when a document needs them that it does not know."""

    def __init__(self, load: Callable[[], Cleaner], reading: Reading, cache: Cache | None) -> None:
        self._load, self._reading, self._cache = load, reading, cache
        self._cleaner: Cleaner | None = None
        if cache is None or not cache.approved:  # what is wrong with the rules is said before any document is read
            self._cleaner = load()
            if cache is not None:
                cache.approve()

    @property
    def cleaner(self) -> Cleaner:
        """The Cleaner with this run's rules."""
        if self._cleaner is None:
            self._cleaner = self._load()
        return self._cleaner

    def clean(self, document: Document, /) -> Result:
        """Clean one document."""
        return self.cleaner.clean(document)

    def all(self, sources: Iterable[Source]) -> Iterator[Cleaned | Failed]:
        """Clean documents in order, those that the cache knows without any work."""
        from cleaner.corpus.run import clean_all

        return clean_all(sources, self, self._reading, self._cache)


@contextmanager
def cached_run(rules: RuleOptions, paths: tuple[Path, ...], reading: Reading, caching: CacheOptions) -> Iterator[Run]:
    """A run over inputs at `paths`; what it finds is kept for the next one. Raises ConfigError or PackError."""
    if caching.no_cache:
        yield Run(lambda: rules.cleaner(paths), reading, None)
        return
    from cleaner.corpus.cache import Cache
    from cleaner.rules.cache import folder

    digest = rules.digest(paths)

    def load() -> Cleaner:
        cleaner = rules.cleaner(paths)
        if rules.digest(paths) != digest:
            raise UsageError("packs or configuration changed while they were read; run it again")
        return cleaner

    cache = Cache(caching.cache_dir or folder(), digest, reading, complain)
    try:
        yield Run(load, reading, cache)
    finally:
        cache.close()
