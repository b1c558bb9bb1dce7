"""Finding, reading and selecting packs: from names and paths to the RuleSet of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from cleaner.errors import ConfigError, PackError, did_you_mean
from cleaner.rules import cache
from cleaner.rules.lazy import LazyRules
from cleaner.rules.model import Pack, Rule, RuleSet, Signal, category_of
from cleaner.rules.pattern import Pattern

BUILTIN = Path(__file__).parent / "packs"
MAX_PACK_BYTES = 8 << 20


@dataclass(frozen=True, slots=True)
class Tweak:
    """A user's change to one shipped rule or signal; `block_weight` is what the lines get that a rule opens."""

    id: str
    weight: float | None = None
    add_none: tuple[str, ...] = ()
    block_weight: float | None = None


@dataclass(frozen=True, slots=True)
class PerPath:
    """What else holds for documents whose path, from `Selection.base` on, the .gitignore pattern `path` matches."""

    path: str
    disable: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    keep_categories: tuple[str, ...] = ()
    threshold: float | None = None
    max_removed: float | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules a run uses; paths in `packs` and `per_path` are relative to `base`."""

    packs: tuple[str, ...] = ("default",)
    base: Path = Path()
    disable: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    keep_categories: tuple[str, ...] = ()
    tweaks: tuple[Tweak, ...] = ()
    threshold: float = 1.0
    max_removed: float = 0.6
    per_path: tuple[PerPath, ...] = ()


def builtin_ids() -> tuple[str, ...]:
    """The ids of the packs we ship, in order."""
    return tuple(sorted(path.stem for path in BUILTIN.glob("*.toml")))


def pack_paths(names: Iterable[str], base: Path) -> list[Path]:
    """Files of the named packs, in order, each once; "default" stands for all that we ship."""
    paths: list[Path] = []
    for name in names:
        if name == "default":
            paths += [BUILTIN / f"{pack}.toml" for pack in builtin_ids()]
        elif name in builtin_ids():
            paths.append(BUILTIN / f"{name}.toml")
        elif name.endswith(".toml"):
            paths.append(base / name)
        else:
            raise ConfigError(
                "packs",
                f"{name!r} is neither a shipped pack (default, {', '.join(builtin_ids())}) nor a path ending in .toml",
            )
    return list(dict.fromkeys(paths))


def load_packs(names: Sequence[str], base: Path = Path(), *, examples: bool = False) -> tuple[Pack, ...]:
    """Read and validate packs; lists are shared by all of them. Raises PackError or ConfigError.

    Compiled copies may be taken from a cache. Without `examples`, our own packs come without theirs, and are not
    checked like any other.
    """
    paths = pack_paths(names, base)
    sources = [(_shown(path), _read(path)) for path in paths]
    wholes = [examples or path.parent != BUILTIN for path in paths]
    digests = [hashlib.sha256(data).digest() for _, data in sources]
    # What a pack is made into depends on its own text and on everybody's lists.
    listing = (digest for digest, (_, data) in zip(digests, sources, strict=True) if b"lists" in data)
    with_lists = hashlib.sha256(b"".join(listing)).digest()
    keys = []
    for (name, _), whole, digest in zip(sources, wholes, digests, strict=True):
        key = hashlib.sha256(with_lists + digest + b"with examples" * whole)
        key.update(name.encode("utf-8", "surrogateescape"))
        keys.append(key.hexdigest())
    found = [cache.load(key) for key in keys]
    if None in found:
        from cleaner.rules.read import lists_of, pack_of  # to read packs anew is rare, and takes much to import

        lists = lists_of(sources)
        for index, (name, data) in enumerate(sources):
            if found[index] is None:
                found[index] = pack = pack_of(name, data, lists, whole=wholes[index])
                cache.store(keys[index], pack)
    packs = tuple(pack for pack in found if pack is not None)
    _unique_packs(packs)
    return packs


def _shown(path: Path) -> str:
    return path.name if path.parent == BUILTIN else str(path)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            data = handle.read(MAX_PACK_BYTES + 1)
    except OSError as error:
        raise PackError(_shown(path), f"cannot be read ({error.strerror}); check `packs`") from None
    if len(data) > MAX_PACK_BYTES:
        raise PackError(_shown(path), f"is larger than {MAX_PACK_BYTES >> 20} MB")
    return data


def _unique_packs(packs: Iterable[Pack]) -> None:
    seen: dict[str, str] = {}
    for pack in packs:
        if pack.id in seen:
            raise PackError(pack.source, f"{pack.id!r} is also the id of {seen[pack.id]}", field="pack.id")
        seen[pack.id] = pack.source


def merge(packs: Iterable[Pack]) -> tuple[LazyRules, dict[str, Signal]]:
    """All rules, and signals by id; where an id stands in several packs, the last pack wins."""
    several = tuple(packs)
    signals = {signal.id: signal for pack in several for signal in pack.signals}
    return LazyRules.merged(pack.rules for pack in several), signals


def select(packs: Iterable[Pack], selection: Selection) -> RuleSet:
    """Apply a selection. Raises ConfigError for ids and globs that name nothing."""
    rules, signals = merge(packs)
    tweaked: dict[str, Rule] = {}
    known = [*rules.ids, *signals]
    disabling = [("disable", selection.disable), *(("per_path.disable", entry.disable) for entry in selection.per_path)]
    for option, glob in ((option, glob) for option, globs in disabling for glob in globs):
        if not any(fnmatchcase(identifier, glob) for identifier in known):
            raise ConfigError(option, f"no rule or signal is called {glob!r}; {_nearest(glob, known)}")
    for tweak in selection.tweaks:
        if tweak.id in rules.ids:
            tweaked[tweak.id] = _tweaked(tweaked.get(tweak.id) or rules.with_id(tweak.id), tweak)
        elif tweak.id in signals:
            for key, given in (("add_none", tweak.add_none), ("block_weight", tweak.block_weight is not None)):
                if given:
                    raise ConfigError(f"tweak {tweak.id}", f"{key} works on rules, this is a signal")
            if tweak.weight is not None:
                signals[tweak.id] = replace(signals[tweak.id], weight=tweak.weight)
        else:
            raise ConfigError("tweak", f"no rule or signal is called {tweak.id!r}; {_nearest(tweak.id, known)}")

    def disabled(identifier: str) -> bool:
        return any(fnmatchcase(identifier, glob) for glob in selection.disable)

    # Sorted by id, so that the order of packs cannot change a result.
    return RuleSet(
        rules=rules.chosen(
            (
                key
                for key in sorted(rules.ids)
                if not disabled(key) and category_of(key) not in selection.keep_categories
            ),
            tweaked,
        ),
        signals=tuple(signals[key] for key in sorted(signals) if not disabled(key)),
        keep=user_patterns(selection.keep, "keep"),
        threshold=selection.threshold,
        max_removed=selection.max_removed,
    )


def _nearest(identifier: str, known: Iterable[str]) -> str:
    return did_you_mean(identifier, known, "see `cleaner rules list`")


def _tweaked(rule: Rule, tweak: Tweak) -> Rule:
    none = rule.none + user_patterns(tweak.add_none, f"tweak {tweak.id}.add_none")
    weight, block = rule.weight if tweak.weight is None else tweak.weight, rule.block
    if weight < 0:
        raise ConfigError(f"tweak {tweak.id}.weight", f"{weight:g} is below 0: only signals speak against removal")
    if tweak.block_weight is not None:
        if block is None:
            raise ConfigError(f"tweak {tweak.id}", "block_weight works on rules that open a block, this one does not")
        block = replace(block, weight=tweak.block_weight)
    return replace(rule, none=none, weight=weight, block=block)


def pattern_of(source: str, selection: Selection) -> Pattern:
    """A pattern as a pack of this selection could have it, lists included. Raises PackError or ConfigError."""
    from cleaner.rules.read import lists_of, pattern_with

    paths = pack_paths(selection.packs, selection.base) if "{{" in source else []
    return pattern_with(source, lists_of((_shown(path), _read(path)) for path in paths), "PATTERN")


def user_patterns(sources: Sequence[str], where: str) -> tuple[Pattern, ...]:
    """Patterns out of the configuration. Raises ConfigError naming the option and the pattern."""
    if not sources:
        return ()
    from cleaner.rules.read import pattern_with

    return tuple(pattern_with(source, {}, where) for source in sources)


def digest(selection: Selection) -> str:
    """Equal only for selections that give equal rules, whatever the path; packs are read, but not understood,
    which is quick.

    Raises PackError or ConfigError where a pack is not there.
    """
    found = hashlib.sha256(repr(replace(selection, packs=(), base=Path())).encode("utf-8", "surrogateescape"))
    for path in pack_paths(selection.packs, selection.base):
        found.update(hashlib.sha256(_read(path)).digest())
    return found.hexdigest()


def pack_digests(selection: Selection) -> list[tuple[str, str]]:
    """Each pack's file name, without its folders, and a digest of what it holds."""
    paths = pack_paths(selection.packs, selection.base)
    return [(path.name, hashlib.sha256(_read(path)).hexdigest()) for path in paths]


def load_ruleset(selection: Selection) -> RuleSet:
    """The rules of a run, from packs and selection."""
    return select(load_packs(selection.packs, selection.base), selection)
