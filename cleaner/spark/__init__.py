"""Cleaning and mining on an Apache Spark cluster: see docs/spark.md. Needs pyspark, pyarrow and Java.

`clean` is for data frames; `python -m cleaner.spark` and `cleaner clean --engine spark` are for files.
"""

from cleaner.spark.frames import clean

__all__ = ["clean"]
