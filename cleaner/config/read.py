"""Reading a configuration file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleaner.config.find import parse, tools_of
from cleaner.config.model import Check, Cluster, Config
from cleaner.errors import ConfigError
from cleaner.gate.budget import Budget, Limits, read_share
from cleaner.gate.count import Counting
from cleaner.globs import PathGlobs
from cleaner.model import CATEGORIES
from cleaner.rules.load import PerPath, Selection, Tweak
from cleaner.rules.table import Dialect, Table

_MOST = 10**12
"""Largest limit that a count can have."""


def read_config(path: Path) -> Config:
    """Read and validate one configuration file. Raises ConfigError naming file, key and reason."""
    tables = parse(path)
    prefix = ""
    if path.name == "pyproject.toml":
        tables, prefix = tools_of(tables).get("cleaner", {}), "tool.cleaner"
    table = Table(tables, str(path), field=prefix, fails=ConfigError)
    selection = Selection(
        packs=table.strings("packs") or ("default",),
        base=path.parent,
        disable=table.strings("disable"),
        keep=table.strings("keep"),
        keep_categories=table.members("keep_categories", tuple(CATEGORIES)),
        tweaks=tuple(_tweak(item, table) for item in table.tables("tweak")),
        threshold=table.number("threshold", 0.1, 10.0, 1.0),
        max_removed=table.number("max_removed", 0.0, 1.0, 0.6),
        per_path=tuple(_per_path(item, table, path.parent) for item in table.tables("per_path")),
    )
    exclude = table.strings("exclude")
    check = _check(table.get("check", dict, {}), table, path.parent)
    spark = _cluster(table.get("spark", dict, {}), table)
    table.done()
    _check_keep(table, selection.keep)
    for number, pattern in enumerate(exclude, 1):
        _globs(table, f"exclude[{number}]", pattern, path.parent)
    return Config(selection, path, exclude, check, spark)


def _tweak(item: Any, parent: Table) -> Tweak:
    table = Table(item, parent.source, field="tweak", fails=ConfigError)
    identifier = table.text("id")
    weight = table.number("weight", -5.0, 5.0) if table.has("weight") else None
    block_weight = table.number("block_weight", 0.0, 5.0) if table.has("block_weight") else None
    for number, source in enumerate(table.strings("add_none"), 1):
        table.pattern(f"add_none[{number}]", source, Dialect())
    tweak = Tweak(identifier, weight, table.strings("add_none"), block_weight)
    table.done()
    return tweak


def _per_path(item: Any, parent: Table, base: Path) -> PerPath:
    table = Table(item, parent.source, field=_below(parent, "per_path"), fails=ConfigError)
    path = table.text("path")
    if not _globs(table, "path", path, base).positive:
        raise table.error("path", f"{path!r} names no path")
    keep = table.strings("keep")
    _check_keep(table, keep)
    entry = PerPath(
        path=path,
        disable=table.strings("disable"),
        keep=keep,
        keep_categories=table.members("keep_categories", tuple(CATEGORIES)),
        threshold=table.number("threshold", 0.1, 10.0) if table.has("threshold") else None,
        max_removed=table.number("max_removed", 0.0, 1.0) if table.has("max_removed") else None,
    )
    table.done()
    return entry


def _check(item: Any, parent: Table, base: Path) -> Check:
    table = Table(item, parent.source, field=_below(parent, "check"), fails=ConfigError)
    budget = Budget(
        corpus=_limits(table, ""),
        per_file=_limits(table, "_per_file"),
        docs=_limit(table, "max_docs"),
        fail_on_change=table.get("fail_on_change", bool, False),
    )
    counting = Counting(table.strings("select"), table.strings("ignore"))
    baseline = base / table.text("baseline") if table.has("baseline") else None
    table.done()
    return Check(budget, counting, baseline)


def _cluster(item: Any, parent: Table) -> Cluster:
    table = Table(item, parent.source, field=_below(parent, "spark"), fails=ConfigError)
    conf = Table(table.get("conf", dict, {}), table.source, field=_below(table, "conf"), fails=ConfigError)
    cluster = Cluster(table.text("master", ""), tuple((name, conf.text(name)) for name in conf.table))
    table.done()
    return cluster


def _limits(table: Table, suffix: str) -> Limits:
    share = None
    if table.has(f"max_share{suffix}"):
        try:
            share = read_share(table.text(f"max_share{suffix}"))
        except ValueError as error:
            raise table.error(f"max_share{suffix}", str(error)) from None
    categories = Table(
        table.get(f"max{suffix}", dict, {}), table.source, field=_below(table, f"max{suffix}"), fails=ConfigError
    )
    most = [(name, _limit(categories, name)) for name in CATEGORIES]
    categories.done()
    return Limits(_limit(table, f"max_lines{suffix}"), share, tuple((name, n) for name, n in most if n is not None))


def _limit(table: Table, key: str) -> int | None:
    return table.count(key, 0, _MOST, _MOST) if table.has(key) else None


def _globs(table: Table, key: str, pattern: str, base: Path) -> PathGlobs:
    try:
        return PathGlobs((pattern,), base)
    except ValueError as error:
        raise table.error(key, str(error)) from None


def _check_keep(table: Table, keep: tuple[str, ...]) -> None:
    for number, source in enumerate(keep, 1):
        table.pattern(f"keep[{number}]", source, Dialect())


def _below(table: Table, key: str) -> str:
    return f"{table.field}.{key}" if table.field else key
