"""Configuration: defaults < cleaner.toml or [tool.cleaner] in pyproject.toml < command-line flags."""

from cleaner.config.find import find_config
from cleaner.config.model import Check, Cluster, Config

__all__ = ["Check", "Cluster", "Config", "find_config"]
