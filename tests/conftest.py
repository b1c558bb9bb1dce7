"""Fixtures that tests of several modules share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import support


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled packs are kept for this session's tests, and never in the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
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
