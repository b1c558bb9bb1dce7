"""The process that fuzzes one target, which whatever it meets may kill:

    python -m tests.reliability.fuzzing TARGET ENGINE SECONDS COUNTED

`ENGINE` is atheris or hypothesis. `COUNTED` is a file that always says how much was done; beside it, `last` holds the
input that the process is at. Inputs that break something in a new way go to the folder `found`, and the process goes
on with the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import pkgutil
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.reliability.target import FOUND, ROOT, Target

CORPORA = ROOT / "build" / "fuzz"
"""What atheris has found to be worth keeping, by target; a later run goes on from there."""
_SLOWEST = 30
"""Seconds after which an input is a crash."""
_MOST_MEMORY = 4096
"""MB, likewise."""
_LONGEST = 20_000
"""Bytes of an input."""


class Counted:
    """Runs inputs, counts them, and keeps those that break something."""

    def __init__(self, target: Target, path: Path) -> None:
        self._target, self._path = target, path
        self._last = path.with_name("last")
        self._known = {target.crash(each.read_bytes()) for each in target.found()}
        self._executions, self._new = 0, 0
        self._start = self._told = time.monotonic()

    def __call__(self, data: bytes) -> None:
        self._last.write_bytes(data)
        how = self._target.crash(data)
        self._executions += 1
        if how and how not in self._known:
            self._known.add(how)
            self._new += 1
            keep(self._target, data)
            print(f"{self._target.name}: {how}", flush=True)
        if time.monotonic() - self._told > 1:
            self.tell()

    def tell(self) -> None:
        """Write down how much was done."""
        self._told = time.monotonic()
        done = {"executions": self._executions, "seconds": self._told - self._start, "new": self._new}
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(done), encoding="utf-8")
        part.replace(self._path)


def keep(target: Target, data: bytes) -> Path:
    """Put an input where the tests find it."""
    path = FOUND / target.name / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def main() -> None:
    name, engine, seconds, counted = sys.argv[1:]
    if engine == "hypothesis":
        from tests.reliability.drawn import draw_for
        from tests.reliability.targets import TARGETS

        take = Counted(TARGETS[name], Path(counted))
        draw_for(TARGETS[name], float(seconds), take)
        take.tell()
    else:
        _guided(name, int(float(seconds)), Path(counted))


def _guided(name: str, seconds: int, counted: Path) -> None:
    """Never returns: the fuzzer ends the process."""
    import atheris

    import cleaner

    with atheris.instrument_imports(include=["cleaner"], enable_loader_override=False):
        for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
            if not module.name.startswith("cleaner.cli") and module.name != "cleaner.__main__":
                import_module(module.name)
    from tests.reliability.targets import TARGETS

    target = TARGETS[name]
    corpus = CORPORA / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (corpus / hashlib.sha1(seed, usedforsecurity=False).hexdigest()).write_bytes(seed)
    options = (
        f"-max_total_time={seconds}", f"-timeout={_SLOWEST}", f"-rss_limit_mb={_MOST_MEMORY}", f"-max_len={_LONGEST}",
        f"-dict={target.dictionary}", f"-artifact_prefix={counted.parent}/", "-close_fd_mask=0", "-verbosity=0",
    )  # fmt: skip
    atheris.Setup([sys.argv[0], *options, os.fspath(corpus)], Counted(target, counted))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
