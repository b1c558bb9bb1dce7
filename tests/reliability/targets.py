"""Everything that is fuzzed, by name."""

from __future__ import annotations

from tests.reliability import containers, records, rules, texts
from tests.reliability.target import Target

TARGETS: dict[str, Target] = {
    target.name: target for target in (*texts.TARGETS, *rules.TARGETS, *containers.TARGETS, *records.TARGETS)
}
