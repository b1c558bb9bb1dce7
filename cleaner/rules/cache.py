"""Compiled packs, because to parse and translate all of them takes seconds and a pipe should start at once.

Those we ship come compiled, beside this module (`hatch_build.py` makes them); all others are kept in the user's
cache folder.

A missing, damaged or foreign file is never an error: the packs are read anew. Entries hold our own
dataclasses only, and the reader constructs nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import tempfile
from functools import cache
from pathlib import Path

from cleaner.rules.model import Pack

_ALLOWED = {
    ("cleaner.rules.model", name) for name in ("Pack", "Rule", "Signal", "Block", "Example")
} | {("cleaner.rules.pattern", "Pattern"), ("cleaner.rules.clues", "Clues"), ("builtins", "frozenset")}  # fmt: skip

_MAKERS = ("alphabet", "clues", "common", "fold", "grammar", "literal", "model", "pattern", "rarity", "schema", "table")
"""The modules that make what a compiled pack is of: `schema` and all that it imports from this package."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} is not ours")
        return super().find_class(module, name)


def folder() -> Path:
    """`$XDG_CACHE_HOME/cleaner`, by default under the home folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "cleaner"


@cache
def _code_version() -> str:
    """A digest of the modules whose change changes what a compiled pack is."""
    digest = hashlib.sha256()
    for name in _MAKERS:
        digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    return digest.hexdigest()[:16]


SHIPPED = Path(__file__).parent / "compiled"


def _name(key: str) -> str:
    return f"pack-{_code_version()}-{key[:40]}.pickle"


def load(key: str) -> Pack | None:
    """The pack stored under `key`, or None."""
    name = _name(key)
    return _read(SHIPPED / name) or _read(folder() / name)


def _read(path: Path) -> Pack | None:
    try:
        data = path.read_bytes()
        digest, body = data[:32], data[32:]
        if hashlib.sha256(body).digest() != digest:
            return None
        pack = _Reader(io.BytesIO(body)).load()
    except Exception:  # whatever is wrong with a cache file, the pack can be read anew
        return None
    return pack if isinstance(pack, Pack) else None


def store(key: str, pack: Pack) -> None:
    """Keep a pack for the next run; a folder that cannot be written is passed over in silence."""
    import pickletools

    # Without places in its memory that nothing refers to, which are most, it is read in a tenth less time.
    body = pickletools.optimize(pickle.dumps(pack, protocol=5))
    target = folder() / _name(key)
    with contextlib.suppress(OSError, RuntimeError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(body).digest() + body)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink()
            raise
