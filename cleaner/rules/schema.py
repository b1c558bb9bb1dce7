"""Reading one pack's TOML tables into the rule model; every error names pack, rule and field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from cleaner.errors import PackError
from cleaner.model import CATEGORIES
from cleaner.rules.model import FEATURES, Block, Example, Pack, Rule, Scope, Signal, Zone
from cleaner.rules.pattern import Pattern
from cleaner.rules.table import Dialect, Table

SCHEMA = 1
_ID = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9.-]*)+")
_PACK_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_MARK = re.compile(r"\[-|-\]")
_LIST_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ZONES: tuple[Zone, ...] = ("head", "body", "tail")
_MAX_WEIGHT = 5.0


def read_lists(tables: Mapping[str, Any], source: str) -> dict[str, tuple[str, ...]]:
    """The pack's `[lists]`: names to entries, for `{{name}}` in patterns."""
    table = Table(tables.get("lists", {}), source, field="lists")
    for name in table.table:
        if not _LIST_NAME.fullmatch(name):
            raise table.error(name, "a list's name is lower-case letters, digits, - and _")
    lists = {name: table.strings(name) for name in table.table}
    for name, entries in lists.items():
        if not entries:
            raise table.error(name, "is empty")
    return lists


def read_pack(tables: Mapping[str, Any], source: str, dialect: Dialect) -> Pack:
    """A validated pack from parsed TOML; `source` names it in errors. Raises PackError."""
    top = Table(tables, source)
    schema = top.get("schema", int)
    if schema != SCHEMA:
        raise top.error("schema", f"is {schema}, this version reads {SCHEMA}")
    head = Table(top.get("pack", dict), source, field="pack")
    pack_id = head.text("id")
    if not _PACK_ID.fullmatch(pack_id):
        raise head.error("id", f"{pack_id!r}: lower-case letters, digits and - only")
    summary = head.text("summary", "")
    languages = head.strings("languages") if head.has("languages") else None
    head.done()
    top.get("lists", dict, {})
    found = (_rule(item, pack_id, source, dialect, n) for n, item in enumerate(top.tables("rule"), 1))
    rules = tuple(replace(rule, languages=languages or ()) for rule in found)
    signals = tuple(_signal(item, pack_id, source, dialect, n) for n, item in enumerate(top.tables("signal"), 1))
    top.done()
    seen: set[str] = set()
    for identifier in [*(rule.id for rule in rules), *(signal.id for signal in signals)]:
        if identifier in seen:
            raise PackError(source, "this id stands twice in the pack", rule=identifier, field="id")
        seen.add(identifier)
    return Pack(pack_id, source, summary, languages, rules, signals)


def _identify(item: Any, source: str, number: int, kind: str) -> tuple[Table, str]:
    table = Table(item, source, rule=f"#{number}" if kind == "rule" else f"{kind} #{number}")
    identifier = table.text("id")
    table.rule = identifier
    if not _ID.fullmatch(identifier):
        raise table.error("id", "write category/name in lower-case letters, digits and -")
    return table, identifier


def _rule(item: Any, pack: str, source: str, dialect: Dialect, number: int) -> Rule:
    table, identifier = _identify(item, source, number, "rule")
    if identifier.partition("/")[0] not in CATEGORIES:
        raise table.error("id", f"the prefix is none of the categories {', '.join(CATEGORIES)}")
    block = table.get("block", dict, {})
    scopes: tuple[Scope, ...] = ("line", "text")
    max_words = table.count("max_words", 1, 10_000, 10_000)
    rule = Rule(
        id=identifier,
        summary=table.text("summary"),
        weight=table.number("weight", 0.0, _MAX_WEIGHT),
        pack=pack,
        scope=table.choice("scope", scopes, "line"),
        exact_case=table.choice("case", ("ignore", "exact"), "ignore") == "exact",
        any=table.patterns("any", dialect),
        all=table.patterns("all", dialect),
        none=table.patterns("none", dialect),
        max_words=None if max_words == 10_000 else max_words,
        max_share=table.number("max_share", 0.01, 1.0, 1.0),
        where=frozenset(table.members("where", _ZONES) or _ZONES),
        features=table.members("features", tuple(FEATURES)),
        dom=table.strings("dom"),
        block=_block(block, table, dialect) if "block" in table.table else None,
        examples=tuple(_example(example, table) for example in table.tables("example")),
    )
    table.done()
    if rule.scope == "text" and not rule.any:
        raise table.error("any", 'a rule of scope "text" needs patterns that say which words go')
    if rule.scope == "line" and rule.max_share < 1.0:
        raise table.error("max_share", 'works on rules of scope "text"')
    if rule.scope == "text" and rule.block:
        raise table.error("block", 'a rule of scope "text" opens no block')
    if not (rule.any or rule.all or rule.features or rule.dom):
        raise table.error("any", "is missing: a rule needs patterns, features or dom")
    return rule


def _block(item: dict[str, Any], parent: Table, dialect: Dialect) -> Block:
    table = Table(item, parent.source, rule=parent.rule, field="block")
    until = table.text("until", "prose")
    directions: tuple[Literal["after", "before"], ...] = ("after", "before")
    ends: tuple[Literal["prose", "end"], ...] = ("prose", "end")
    stop: Literal["prose", "end"] | Pattern | None = next((end for end in ends if end == until), None)
    block = Block(
        until=stop or table.pattern("until", until, dialect),
        max_lines=table.count("max_lines", 1, 1000, 12),
        weight=table.number("weight", 0.0, _MAX_WEIGHT, 0.8),
        direction=table.choice("direction", directions, "after"),
    )
    table.done()
    return block


def _example(item: Any, parent: Table) -> Example:
    table = Table(item, parent.source, rule=parent.rule, field="example")
    example = Example(table.text("text"), table.strings("with"))
    table.done()
    marks = _MARK.findall(example.text)
    if marks != ["[-", "-]"] * (len(marks) // 2):
        raise table.error("text", "the [- and -] marks do not pair up")
    return example


def _signal(item: Any, pack: str, source: str, dialect: Dialect, number: int) -> Signal:
    table, identifier = _identify(item, source, number, "signal")
    if not identifier.startswith("signal/"):
        raise table.error("id", "a signal's id begins with signal/")
    signal = Signal(
        id=identifier,
        summary=table.text("summary"),
        weight=table.number("weight", -_MAX_WEIGHT, _MAX_WEIGHT),
        pack=pack,
        features=table.members("features", tuple(FEATURES)),
        any=table.patterns("any", dialect),
        exact_case=table.choice("case", ("ignore", "exact"), "ignore") == "exact",
    )
    table.done()
    if not (signal.features or signal.any):
        raise table.error("features", "is missing: a signal needs features or patterns")
    return signal
