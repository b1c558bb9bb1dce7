"""Compiled packs, because to parse and translate all of them takes seconds and a pipe should start at once.

Those we ship come compiled, beside this module (`hatch_build.py` makes them); all others are kept in the user's
cache folder.

A missing, damaged or foreign file is no error: the packs are read anew. Entries hold our own dataclasses only, and
the reader constructs nothing else. Each rule is kept by itself, for it is read when a text calls it up (see `lazy`);
one that is not ours is an error, as it is found too late for anything else.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import os
import pickle
import zlib
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate, pairwise
from pathlib import Path

from cleaner.errors import PackError
from cleaner.rules.calls import calls_of
from cleaner.rules.lazy import LazyRules
from cleaner.rules.model import Pack, Rule

_ALLOWED = {
    ("cleaner.rules.model", name) for name in ("Pack", "Rule", "Signal", "Block", "Example")
} | {("cleaner.rules.pattern", "Pattern"), ("cleaner.rules.clues", "Clues"), ("builtins", "frozenset")}  # fmt: skip

_MAKERS = (
    "alphabet", "calls", "choose", "clues", "common", "fold", "grammar", "literal", "model", "pattern", "rarity",
    "schema", "table", "translate",
)  # fmt: skip
"""The modules that make what a compiled pack is of: `schema`, `calls` and all that they import from this package."""

_SUM = 4
"""Bytes of the checksum that a file begins with, against accidents. Then come the pack with the sizes of its rules and
what calls them up, and the rules.
"""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        return _known_class(module, name)


@cache
def _known_class(module: str, name: str) -> object:
    """Looked up once: each rule, kept by itself, asks for them again."""
    if (module, name) not in _ALLOWED:
        raise pickle.UnpicklingError(f"{module}.{name} is not ours")
    return getattr(importlib.import_module(module), name)


def folder() -> Path:
    """`$XDG_CACHE_HOME/cleaner`, by default under the home folder."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "cleaner"


@cache
def _code_version() -> str:
    """A digest of the modules whose change changes what a compiled pack is, or how it is kept."""
    digest = hashlib.sha256()
    for name in (*_MAKERS, "cache"):
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
        if zlib.crc32(memoryview(data)[_SUM:]).to_bytes(_SUM) != data[:_SUM]:
            return None
        file = io.BytesIO(data)
        file.seek(_SUM)
        pack, sizes, calls = _Reader(file).load()
        ends = [*accumulate(sizes.values(), initial=file.tell())]
        if not isinstance(pack, Pack) or not isinstance(calls, dict) or ends[-1] != len(data):
            return None
        rules = {name: partial(_rule, path, data, *place) for name, place in zip(sizes, pairwise(ends), strict=True)}
        return replace(pack, rules=LazyRules(rules, [calls]))
    except Exception:  # whatever is wrong with a cache file, the pack can be read anew
        return None


def _rule(path: Path, data: bytes, start: int, end: int) -> Rule:
    """Raises PackError where somebody else has written it: too late to read the pack anew."""
    try:
        rule = _Reader(io.BytesIO(data[start:end])).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError):  # as Python's manual says
        rule = None
    if not isinstance(rule, Rule):
        raise PackError(str(path), "holds what is not ours; delete it")
    return rule


def _written(item: object) -> bytes:
    import pickletools

    # Without places in its memory that nothing refers to, which are most, it is read in a tenth less time.
    return pickletools.optimize(pickle.dumps(item, protocol=5))


def store(key: str, pack: Pack) -> None:
    """Keep a pack for the next run; a folder that cannot be written is passed over in silence."""
    import tempfile

    rules = {rule.id: _written(rule) for rule in pack.rules}
    sizes = {name: len(written) for name, written in rules.items()}
    body = b"".join([_written((replace(pack, rules=()), sizes, calls_of(pack.rules))), *rules.values()])
    target = folder() / _name(key)
    with contextlib.suppress(OSError, RuntimeError):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.crc32(body).to_bytes(_SUM) + body)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink()
            raise
