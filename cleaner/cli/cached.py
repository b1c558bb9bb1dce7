"""What commands that only look share: options for the cache of results, and runs that make use of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.cli.common import complain
from cleaner.cli.options import RuleOptions, bundled
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from cleaner.api import Cleaner
    from cleaner.config.model import Config
    from cleaner.corpus.cache import Cache
    from cleaner.corpus.find import Source
    from cleaner.corpus.read import Reading
    from cleaner.corpus.run import Cleaned, Failed

F = TypeVar("F", bound=Callable[..., Any])
CACHE_VARIABLE = "CLEANER_CACHE_DIR"


@dataclass(frozen=True, slots=True)
class CacheOptions:
    """Whether results of earlier runs are used, and where they are kept (None: the user's cache folder); in how many
    processes the rest is cleaned.
    """

    no_cache: bool
    cache_dir: Path | None
    jobs: int


_CACHE_OPTIONS = [
    click.option("--no-cache", is_flag=True, help="Clean every document anew; read and keep no results."),
    click.option("--cache-dir", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                 envvar=CACHE_VARIABLE, show_envvar=True,
                 help="Where results are kept for the next run; by default the user's cache folder."),
    click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, metavar="N",
                 help="Clean in N processes what no earlier run knows."),
]  # fmt: skip


def cache_options(function: F) -> F:
    """Add the options of the cache; the command gets them as one `caching: CacheOptions`."""
    return bundled(function, "caching", CacheOptions, _CACHE_OPTIONS)


class Cleaning:
    """One run's cleaning. With a cache, the rules are loaded when a document needs them that it does not know."""

    def __init__(self, load: Callable[[], Cleaner], reading: Reading, cache: Cache | None, jobs: int) -> None:
        self._load, self._reading, self._cache, self._jobs = load, reading, cache, jobs

    @cached_property
    def cleaner(self) -> Cleaner:
        """The Cleaner with this run's rules."""
        return self._load()

    def at(self, path: Path, /) -> Cleaner:
        """The Cleaner for documents at this path."""
        return self.cleaner.at(path)

    def all(
        self, sources: Iterable[Source], *, read: Callable[[Path], bytes] | None = None
    ) -> Iterator[Cleaned | Failed]:
        """Clean documents in order, those that the cache knows without any work; `read` gives their bytes."""
        from cleaner.corpus.read import read_bytes
        from cleaner.corpus.run import clean_all

        if self._jobs > 1 and read is None:
            from cleaner.corpus.look import look_at

            return look_at(sources, lambda: self.cleaner, self._reading, self._cache, self._jobs)
        return clean_all(sources, self, self._reading, self._cache, read=read or read_bytes)


@contextmanager
def cached_run(rules: RuleOptions, settings: Config, reading: Reading, caching: CacheOptions) -> Iterator[Cleaning]:
    """A run with these settings; what it finds is kept for the next one. Raises ConfigError or PackError."""
    if caching.no_cache:
        cleaner = rules.cleaner_of(settings)
        yield Cleaning(lambda: cleaner, reading, None, caching.jobs)
        return
    from cleaner.corpus.cache import Cache
    from cleaner.rules import ByPath, digest
    from cleaner.rules.cache import folder

    wanted = rules.digest_of(settings)
    by_path = ByPath(settings.selection)
    digests = cache(lambda selection: digest(replace(selection, per_path=())))

    def rules_at(path: Path) -> str:
        return digests(by_path.at(path)) if settings.selection.per_path else wanted

    def load() -> Cleaner:
        cleaner = rules.cleaner_of(settings)
        if rules.digest_of(settings) != wanted:
            raise UsageError("packs changed while they were read; run it again")
        return cleaner

    kept = Cache(caching.cache_dir or folder(), rules_at, reading, complain)
    run = Cleaning(load, reading, kept, caching.jobs)
    try:
        if not kept.approved(wanted):
            run.at(Path())  # what is wrong with the rules is said before any document is read
            kept.approve(wanted)
        yield run
    finally:
        kept.close()
