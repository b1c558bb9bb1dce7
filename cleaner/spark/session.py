"""Spark as it is asked for: whether it is there, how it is started, and its errors in a line of ours."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OURS = re.compile(r"cleaner\.errors\.\w+: (.*)")
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""In the environment of what `spark-submit` has started, whose options say which cluster it is."""


def require_spark() -> None:
    """Raises UsageError where pyspark, pyarrow or Java is not installed."""
    try:
        import pyarrow  # noqa: F401 - asked for, not used here
        import pyspark  # noqa: F401 - likewise
    except ImportError as error:
        raise UsageError(f"spark: needs pyspark ({error}); pip install 'article-cleaner[spark]'") from None
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").is_file() if home else shutil.which("java")):
        raise UsageError(
            "spark: needs Java 17 or later; install it (Debian: apt install openjdk-17-jre-headless), or set JAVA_HOME"
        )


@contextmanager
def session(master: str, conf: Mapping[str, str]) -> Iterator[SparkSession]:
    """A session on a cluster, as long as it is used; `conf` are properties of Spark.

    Where the program was started by `spark-submit`, that has said which cluster, and `master` may be "".
    Raises UsageError where there is no cluster to be had.
    """
    require_spark()
    from pyspark.sql import SparkSession

    # Nothing of pandas is used here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    # Executors start Python by the name that it has here, unless somebody says another one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("cleaner")
    if not os.environ.get(_SUBMITTED):
        if not master:
            raise UsageError('spark: on which cluster? Say it in cleaner.toml: [spark] master = "spark://HOST:7077"')
        builder = builder.master(master)
    for name, value in conf.items():
        builder = builder.config(name, value)
    with spark_errors():
        made = builder.getOrCreate()
    try:
        made.sparkContext.setLogLevel("ERROR")
        with spark_errors():
            yield made
    finally:
        made.stop()


@contextmanager
def spark_errors() -> Iterator[None]:
    """What goes wrong in Spark is a UsageError: in our words, where an executor met an error of ours."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise UsageError(_reason(str(error))) from error


def _reason(said: str) -> str:
    """The line that matters: that of our own error, or of the one in Java (which follows a colon), or the first."""
    if ours := _OURS.search(said):
        return ours[1]
    lines = [line for line in said.splitlines() if line.strip()] or ["no reason is given"]
    return "spark: " + next((line[2:] for line in lines if line.startswith(": ")), lines[0].strip())
