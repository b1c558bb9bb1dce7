"""Fixtures that tests of several modules share."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import pytest

from cleaner.rules import load_packs
from tests import support


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[None]:
    """Compiled packs are kept for this session's tests, and never in the cache of whoever runs them.

    To compile ours takes most of a minute, so those are taken that came with the installed program or that an
    earlier session left; they are known by what they were made from.
    """
    folder = tmp_path_factory.mktemp("cache")
    packs = folder / "cleaner"
    packs.mkdir()
    earlier = pytestconfig.cache.mkdir("packs") if pytestconfig.cache is not None else folder
    installed = Path(str(distribution("article-cleaner").locate_file("cleaner/rules/compiled")))
    for path in (*installed.glob("pack-*.pickle"), *earlier.glob("pack-*.pickle")):
        with contextlib.suppress(FileNotFoundError):  # another worker has just put it away
            shutil.copy(path, packs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        for examples in (False, True):
            load_packs(("default",), examples=examples)
        for stale in {path.name for path in earlier.iterdir()} - {path.name for path in packs.iterdir()}:
            (earlier / stale).unlink(missing_ok=True)
        for path in packs.glob("pack-*.pickle"):
            shutil.copy(path, earlier)
        yield


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder with a configuration that selects the small pack and nothing else."""
    return support.configured(tmp_path / "place")


@pytest.fixture(scope="session")
def ordinary() -> list[str]:
    """What to put before a command so that file permissions hold for it, as they do not for root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may read and write everything, and setpriv is not there to give that up")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search"]
