"""Rules are data: packs in TOML, validated on load, selected into the RuleSet of a run."""

from cleaner.rules.by_path import ByPath
from cleaner.rules.load import PerPath, Selection, Tweak, builtin_ids, digest, load_packs, load_ruleset, select
from cleaner.rules.model import FEATURES, Block, Example, Pack, Rule, RuleSet, Signal
from cleaner.rules.pattern import Pattern, PatternError

__all__ = [
    "FEATURES", "Block", "ByPath", "Example", "Pack", "Pattern", "PatternError", "PerPath", "Rule", "RuleSet",
    "Selection", "Signal", "Tweak", "builtin_ids", "digest", "load_packs", "load_ruleset", "select",
]  # fmt: skip
