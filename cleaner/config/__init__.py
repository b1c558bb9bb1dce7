"""Configuration: defaults < cleaner.toml or [tool.cleaner] in pyproject.toml < command-line flags."""

from cleaner.config.read import Check, Cluster, Config, find_config, read_config

__all__ = ["Check", "Cluster", "Config", "find_config", "read_config"]
