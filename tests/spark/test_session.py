"""What is said where there is no cluster to be had; nothing of this starts Java."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pyspark.errors import PySparkException

from cleaner.errors import UsageError
from cleaner.spark.session import require_spark, session, spark_errors


def test_pyspark_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)

    with pytest.raises(UsageError, match=r"spark: needs pyspark .*; pip install 'article-cleaner\[spark\]'"):
        require_spark()


def test_java_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(UsageError, match="spark: needs Java 17 or later; install it"):
        require_spark()

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match="or set JAVA_HOME"):
        require_spark()


def test_a_cluster_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.spark.session.require_spark", lambda: None)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)

    with pytest.raises(UsageError, match="on which cluster"), session("", {}):
        pass


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            'Job aborted.\nTraceback ...\ncleaner.errors.UsageError: b.parquet: has other columns\n\tat org.apache',
            "b.parquet: has other columns",
        ),
        ("\n Job aborted: no executor is left\n\tat org.apache", "spark: Job aborted: no executor is left"),
        ("An error occurred while calling o5.text.\n: java.io.IOException: full\n", "spark: java.io.IOException: full"),
    ],
)  # fmt: skip
def test_errors_of_spark_are_a_line_of_ours(said: str, shown: str) -> None:
    with pytest.raises(UsageError) as caught, spark_errors():
        raise PySparkException(said)

    assert str(caught.value) == shown
