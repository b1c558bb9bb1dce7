"""Mining on a cluster: documents are cleaned and their lines read by `cleaner.mine.line`, and what `cleaner.mine.count`
counts in DuckDB is counted here by the same queries in Spark. So the proposals are the same.
"""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.storagelevel import StorageLevel

from cleaner.corpus.run import Cleaned, Totals
from cleaner.mine.count import OWN, Place, Standing
from cleaner.mine.judge import furniture
from cleaner.mine.line import doc_of, flat_of, line_of, same_of
from cleaner.mine.propose import Proposal, propose
from cleaner.mine.site import Sites
from cleaner.rules.model import RuleSet
from cleaner.spark.dataset import over_tasks, totals_of
from cleaner.spark.tasks import Work
from cleaner.text.segment import Layout

LINE, TEXT, DOC, SITE, TOTALS = range(5)
SCHEMA = pa.schema(
    [
        ("kind", pa.int8()),
        ("site", pa.string()),
        ("doc", pa.int64()),
        ("line", pa.int32()),
        ("prose", pa.bool_()),
        ("shadow", pa.int64()),
        ("text", pa.string()),
        ("totals", pa.binary()),
    ]
)
"""Rows of several tables in one, as documents are read once: `text` is that of a line, the name of a document or what
a site is called, and `shadow` of a document what it has in common with those of the same prose.
"""
_VIEWS = {
    "lines": f"SELECT site, doc, line, prose, shadow FROM mined WHERE kind = {LINE}",
    "texts": f"SELECT site, shadow, text AS raw FROM mined WHERE kind = {TEXT}",
    "docs": f"SELECT site, doc, shadow AS same, text AS name FROM mined WHERE kind = {DOC}",
    "copies": "SELECT site, doc FROM docs LEFT ANTI JOIN "
    "(SELECT site, same, min(name) AS name FROM docs GROUP BY site, same) USING (site, same, name)",
    "frequent": "SELECT site, shadow FROM lines LEFT ANTI JOIN copies USING (site, doc) "
    f"GROUP BY site, shadow HAVING count(*) >= {OWN}",
    "articles": "SELECT site, doc, min(shadow) AS article, min(line) AS first, max(line) AS last "
    "FROM lines LEFT ANTI JOIN copies USING (site, doc) LEFT ANTI JOIN frequent USING (site, shadow) "
    "WHERE prose GROUP BY site, doc",
    "placed": "SELECT site, shadow, doc, article, line, "
    "CASE WHEN line < first THEN 0 WHEN line <= last THEN 1 ELSE 2 END AS zone "
    "FROM lines LEFT SEMI JOIN frequent USING (site, shadow) JOIN articles USING (site, doc)",
}
"""The tables of `cleaner.mine.count`, each of those before."""
_STANDING = """
WITH totals AS (SELECT site, count(DISTINCT article) AS total FROM articles GROUP BY site),
spread AS (
    SELECT site, shadow, count(*) AS articles, sum(head) AS head, sum(body) AS body, sum(tail) AS tail
    FROM (
        SELECT site, shadow, article, count_if(zone = 0) AS head, count_if(zone = 1) AS body, count_if(zone = 2) AS tail
        FROM placed GROUP BY site, shadow, article
    ) GROUP BY site, shadow
),
wanted AS (SELECT * FROM spread JOIN totals USING (site) WHERE articles >= :floor AND articles >= :share * total),
named AS (SELECT site, shadow, min(raw) AS first, max(raw) AS last
          FROM texts LEFT SEMI JOIN wanted USING (site, shadow) GROUP BY site, shadow),
ranked AS (SELECT site, shadow, name, row_number() OVER (PARTITION BY site, shadow ORDER BY name) AS rank
           FROM placed LEFT SEMI JOIN wanted USING (site, shadow) JOIN docs USING (site, doc)),
sampled AS (SELECT site, shadow, sort_array(collect_list(name)) AS names
            FROM ranked WHERE rank <= 3 GROUP BY site, shadow)
SELECT site, shadow, articles, total, head, body, tail, first, last, names
FROM wanted JOIN named USING (site, shadow) JOIN sampled USING (site, shadow)
"""
_BESIDE = """
WITH here AS (SELECT * FROM placed LEFT SEMI JOIN wanted_lines USING (site, shadow)),
there AS (SELECT site, doc, line FROM placed LEFT SEMI JOIN other_lines USING (site, shadow)),
near AS (SELECT site, doc, line + 1 AS line FROM there UNION SELECT site, doc, line - 1 AS line FROM there)
SELECT here.site, here.shadow, count(near.doc), count(*)
FROM here LEFT JOIN near ON here.site = near.site AND here.doc = near.doc AND here.line = near.line
GROUP BY here.site, here.shadow
"""


@dataclass(frozen=True, slots=True)
class Mined:
    """What was found, in how many documents of how many sites."""

    proposals: Sequence[Proposal]
    totals: Totals
    sites: int


def mine_files(spark: SparkSession, work: Work, rules: RuleSet) -> Mined:
    """Rules for what stands in many documents of a site, to be used beside `rules`, with which the work is done.

    Meanwhile the lines lie on the executors' disks, so that no document is cleaned twice.
    """
    named = Sites(piece.source.name for task in work.tasks for piece in task)
    mined = over_tasks(spark, work, partial(batches, named=named), SCHEMA).persist(StorageLevel.DISK_ONLY)
    try:
        totals = totals_of(mined.where(f"kind = {TOTALS}").select("totals"))
        sites: dict[str, frozenset[str]] = {}
        for site, name in mined.where(f"kind = {SITE}").select("site", "text").distinct().collect():
            sites[site] = sites.get(site, frozenset()) | ({name} if name else set())
        found = furniture(_Counts(spark, mined), sites)
    finally:
        mined.unpersist()
    return Mined(propose(found, rules), totals, len(sites))


def batches(work: Work, number: int, named: Sites) -> Iterator[pa.RecordBatch]:
    """The rows of a task's documents, and what it has counted."""
    totals = Totals()
    for _, done in work.do(number):
        rows: list[dict[str, Any]] = []
        for item in done.items:
            totals.add(item)
            if isinstance(item, Cleaned):
                rows += _rows_of(item, named)
        if rows:
            yield pa.RecordBatch.from_pylist(rows, SCHEMA)
    yield pa.RecordBatch.from_pylist([{"kind": TOTALS, "totals": pickle.dumps(totals)}], SCHEMA)


def _rows_of(item: Cleaned, named: Sites) -> Iterator[dict[str, Any]]:
    about, name = item.result.document.metadata, item.source.name
    site, names = named.of(name, about.origin, about.site)
    doc, lines = doc_of(name), [line_of(text, names) for text in Layout(item.result.text).texts]
    site = _utf8(site)
    for called in names or ("",):
        yield {"kind": SITE, "site": site, "text": _utf8(called)}
    yield {"kind": DOC, "site": site, "doc": doc, "shadow": same_of(lines, doc), "text": _utf8(flat_of(name))}
    for at, line in enumerate(lines):
        yield {"kind": LINE, "site": site, "doc": doc, "line": at, "prose": line.prose, "shadow": line.shadow}
    for text, shadow in {(line.text, line.shadow) for line in lines if line.text}:
        yield {"kind": TEXT, "site": site, "shadow": shadow, "text": _utf8(text)}


def _utf8(text: str) -> str:
    """As `cleaner.mine.count` writes it."""
    return text.encode("utf-8", "replace").decode("utf-8")


class _Counts:
    """What `cleaner.mine.count.Counts` counts, of the rows of all documents."""

    def __init__(self, spark: SparkSession, mined: DataFrame) -> None:
        self._spark = spark
        mined.createOrReplaceTempView("mined")
        for name, query in _VIEWS.items():
            spark.sql(query).createOrReplaceTempView(name)
        spark.catalog.cacheTable("placed", StorageLevel.DISK_ONLY)

    def standing(self, floor: int, share: float) -> list[Standing]:
        rows = self._spark.sql(_STANDING, {"floor": floor, "share": share}).collect()
        return sorted((Standing(*row) for row in rows), key=lambda line: (line.site, line.shadow))

    def beside(self, lines: Collection[Place], others: Collection[Place]) -> dict[Place, float]:
        if not lines:
            return {}
        for name, places in (("wanted_lines", lines), ("other_lines", others)):
            frame = self._spark.createDataFrame(sorted(places), "site string, shadow long")
            frame.createOrReplaceTempView(name)
        return {Place(site, shadow): near / count for site, shadow, near, count in self._spark.sql(_BESIDE).collect()}
