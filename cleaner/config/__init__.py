"""Configuration: defaults < cleaner.toml or [tool.cleaner] in pyproject.toml < command-line flags."""
