"""What the tests on a cluster share: its settings, where its files are, and a Cleaner that costs an executor its life.

Executors find this module by PYTHONPATH.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from cleaner.api import Cleaner
from cleaner.model import Document, Result
from cleaner.rules import Selection

ROOT = Path(__file__).parents[2]
MASTER = "local-cluster[2,1,1024]"
"""Two workers in processes of their own, and executors in others, as on any cluster."""
CONF = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executorEnv.PYTHONPATH": str(ROOT),
    "spark.sql.shuffle.partitions": "2",
}
QUICK = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""For runs that are over before it pays to compile well."""
needs_java = pytest.mark.skipif(
    shutil.which("java") is None and not os.environ.get("JAVA_HOME"), reason="needs Java, which Spark runs on"
)


def environment_of(folder: Path) -> dict[str, str]:
    """What keeps the cluster's files in a folder, its traffic on this machine, and its Python this one."""
    return {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_WORKER_DIR": str(folder / "work"),
    }


def parts(folder: Path) -> list[Path]:
    """The files of a dataset, in order. Fails unless it is whole."""
    assert (folder / "_SUCCESS").is_file()
    return sorted(folder.glob("part-*"))


def joined(folder: Path) -> bytes:
    """The lines of a dataset."""
    return b"".join(path.read_bytes() for path in parts(folder))


class Deadly(Cleaner):
    """Kills the executor beside which it is asked to clean a text that holds `sign`, once."""

    def __init__(self, selection: Selection, sign: str, marker: Path) -> None:
        super().__init__(selection)
        self._sign, self._marker = sign, marker

    def clean(self, source: str | bytes | Document, *, name: str = "-") -> Result:
        if isinstance(source, Document) and self._sign in source.text:
            self._kill()
        return super().clean(source, name=name)

    def _kill(self) -> None:
        try:
            self._marker.touch(exist_ok=False)
        except FileExistsError:
            return
        executor = _parent(os.getppid())  # between the two is the daemon that forks Python's processes
        assert b"CoarseGrainedExecutorBackend" in Path(f"/proc/{executor}/cmdline").read_bytes()
        self._marker.write_text(str(executor))
        os.kill(executor, signal.SIGKILL)


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
