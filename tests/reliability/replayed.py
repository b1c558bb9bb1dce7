"""A kept input again: `python -m tests.reliability.replayed TARGET FILE` says how the program breaks on it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.reliability.targets import TARGETS


def main(target: str, path: str) -> int:
    """Returns 1 where it does."""
    how = TARGETS[target].crash(Path(path).read_bytes())
    print(f"{path}: {how or 'breaks nothing'}", flush=True)
    return 1 if how else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
