"""Which findings count: globs over rule ids and categories. The plan of removals stays what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from cleaner.errors import ConfigError, did_you_mean
from cleaner.model import CATEGORIES


@dataclass(frozen=True, slots=True)
class Counting:
    """What `select` names counts, or everything where it names nothing; what `ignore` names never does."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def counts(self, rule: str) -> bool:
        """Whether findings of this rule count."""
        selected = not self.select or any(_names(glob, rule) for glob in self.select)
        return selected and not any(_names(glob, rule) for glob in self.ignore)

    def check(self, rules: Iterable[str], source: str = "") -> None:
        """Raises ConfigError for a glob that names no category and none of these rules: it is mistyped.

        `source` is the configuration that the globs come from; without it they are flags.
        """
        known = [*CATEGORIES, *rules]
        for option, globs in (("select", self.select), ("ignore", self.ignore)):
            for glob in globs:
                if not any(fnmatchcase(name, glob) for name in known):
                    hint = did_you_mean(glob, known, "see `cleaner rules list`")
                    reason = f"no category and no active rule is called {glob!r}; {hint}"
                    raise ConfigError(source or f"--{option}", reason, field=f"check.{option}" if source else "")


def _names(glob: str, rule: str) -> bool:
    return fnmatchcase(rule, glob) or fnmatchcase(rule.partition("/")[0], glob)
