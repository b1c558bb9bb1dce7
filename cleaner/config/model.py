"""What a run is configured with. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cleaner.gate.budget import Budget
from cleaner.gate.count import Counting
from cleaner.rules.load import Selection


@dataclass(frozen=True, slots=True)
class Check:
    """What `cleaner check` counts and lets pass."""

    budget: Budget = field(default_factory=Budget)
    counting: Counting = field(default_factory=Counting)
    baseline: Path | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Apache Spark cluster of `--engine spark`: its master ("" is nobody's), and properties of Spark."""

    master: str = ""
    conf: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """One run's configuration; `source` is the file it came from, None for the defaults.

    `exclude` are .gitignore patterns for paths below the folder of `source`.
    """

    selection: Selection = field(default_factory=Selection)
    source: Path | None = None
    exclude: tuple[str, ...] = ()
    check: Check = field(default_factory=Check)
    spark: Cluster = field(default_factory=Cluster)
