"""Counting lines over documents and sites, in DuckDB: what does not fit into memory lies in a temporary folder.

What comes out depends on the documents only, not on the order in which they are added.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from cleaner.errors import UsageError
from cleaner.mine.line import Line, doc_of, flat_of, line_of, same_of

OWN = 4
"""Lines that stand fewer times on a site are a document's own: the prose among them is the article."""
MEMORY = "1GB"
"""What DuckDB may take; it spills what is more."""
_BATCH = 250_000
"""Lines that are handed to DuckDB at once."""
_PORTION = 4_000_000
"""Lines that are grouped or joined at once, so that it needs little memory."""
_COLUMNS = {
    "lines": {"site": "INTEGER", "doc": "BIGINT", "line": "INTEGER", "prose": "BOOLEAN", "shadow": "BIGINT"},
    "texts": {"site": "INTEGER", "shadow": "BIGINT", "raw": "VARCHAR"},
    "docs": {"site": "INTEGER", "doc": "BIGINT", "same": "BIGINT", "name": "VARCHAR"},
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A line of one site that stands in many of its articles.

    `articles` is how many, of `of`: documents that share prose of their own count as one. `head`, `body` and `tail`
    count where it stands, before, between and after its documents' own prose. `first` and `last` are its texts that
    sort first and last, `samples` documents that hold it.
    """

    site: str
    shadow: int
    articles: int
    of: int
    head: int
    body: int
    tail: int
    first: str
    last: str
    samples: Sequence[str]

    @property
    def lines(self) -> int:
        return self.head + self.body + self.tail

    @property
    def share(self) -> float:
        """The part (0..1) of the site's articles that it stands in."""
        return self.articles / self.of


class Place(NamedTuple):
    """A line by its site and its shadow."""

    site: str
    shadow: int


def require_library(wanted_by: str) -> None:
    """Raises UsageError, in the name of who wants it, where the extra is not installed."""
    try:
        import duckdb  # noqa: F401 - asked for, not used here
    except ImportError as error:
        raise UsageError(
            f"{wanted_by}: needs DuckDB ({error}); install it with: pip install 'article-cleaner[mine]'"
        ) from None


class Counts:
    """Takes documents, then says what stands in many of them. Used in a `with`: it ends with its files."""

    def __init__(self) -> None:
        import duckdb

        self._stack = ExitStack()
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="cleaner-mine-")))
        self._db = duckdb.connect(str(self._folder / "counts.db"))
        self._stack.callback(self._db.close)
        self._db.execute(f"SET memory_limit = '{MEMORY}'")
        self._db.execute(f"SET temp_directory = {self._quoted('spilled')}")
        self._db.execute("SET threads = 2")  # each needs memory of its own, and lines come from one process
        self._db.execute("SET preserve_insertion_order = false")
        self._db.execute("SET enable_progress_bar = false")
        for table, columns in _COLUMNS.items():
            self._db.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
        self._sites: dict[str, int] = {}
        self._files: dict[str, IO[str]] = {}
        self._seen: dict[tuple[int, str, frozenset[str]], Line] = {}
        """The lines of this batch, by site and its names, as they are counted."""
        self._waiting = self._lines = 0

    def __enter__(self) -> Counts:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        import duckdb

        self._close_files()
        self._stack.__exit__(kind, error, at)
        if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
            raise UsageError(f"counting stopped ({error}); TMPDIR names a temporary folder with room") from None

    def add(self, site: str, name: str, lines: Sequence[str], names: frozenset[str] = frozenset()) -> None:
        """Take a document by its name, which no other one has: its stripped lines that are not removed, in order.

        `names` are what the site is called, in lower case.
        """
        number, doc = self._sites.setdefault(site, len(self._sites)), doc_of(name)
        rows, texts, counted = [], [], []
        for at, line in enumerate(lines):
            known = self._seen.get((number, line, names))
            if known is None:
                known = self._seen[number, line, names] = line_of(line, names)
                if known.text:
                    texts.append(f"{number}\t{known.shadow}\t{known.text}\n")
            counted.append(known)
            rows.append(f"{number}\t{doc}\t{at}\t{int(known.prose)}\t{known.shadow}\n")
        self._file("lines").writelines(rows)
        self._file("texts").writelines(texts)
        self._file("docs").write(f"{number}\t{doc}\t{same_of(counted, doc)}\t{flat_of(name)}\n")
        self._waiting += len(rows)
        if self._waiting >= _BATCH:
            self._hand_over()

    def _quoted(self, name: str) -> str:
        """The path of a file of ours, for SQL."""
        return "'" + str(self._folder / name).replace("'", "''") + "'"

    def _file(self, table: str) -> IO[str]:
        if table not in self._files:
            path = self._folder / f"{table}.tsv"
            self._files[table] = path.open("w", encoding="utf-8", errors="replace", newline="\n")
        return self._files[table]

    def _close_files(self) -> None:
        for file in self._files.values():
            file.close()

    def _hand_over(self) -> None:
        """Files are much faster than parameters. What was seen is forgotten, so that it stays small."""
        self._close_files()
        for table in self._files:
            columns = ", ".join(f"'{name}': '{kind}'" for name, kind in _COLUMNS[table].items())
            path = self._quoted(f"{table}.tsv")
            self._db.execute(
                f"INSERT INTO {table} SELECT * FROM read_csv({path}, delim = '\\t', quote = '', "
                f"escape = '', header = false, auto_detect = false, columns = {{{columns}}})"
            )
        self._files.clear()
        self._seen.clear()
        self._lines += self._waiting
        self._waiting = 0

    def standing(self, floor: int, share: float) -> list[Standing]:
        """The lines that stand in `floor` articles of their site or more, and in that `share` of them."""
        self._hand_over()
        self._place()
        sites = {number: name for name, number in self._sites.items()}
        found: list[Standing] = []
        for part in range(self._parts):
            rows = self._rows(
                f"""
                WITH totals AS (SELECT site, count(DISTINCT article) AS total FROM articles GROUP BY site),
                spread AS (
                    SELECT site, shadow, count(*) AS articles, sum(head) AS head, sum(body) AS body, sum(tail) AS tail
                    FROM (
                        SELECT site, shadow, article, count(*) FILTER (zone = 0) AS head,
                               count(*) FILTER (zone = 1) AS body, count(*) FILTER (zone = 2) AS tail
                        FROM placed WHERE shadow % {self._parts} = {part} GROUP BY site, shadow, article
                    ) GROUP BY site, shadow
                ),
                wanted AS (
                    SELECT * FROM spread JOIN totals USING (site) WHERE articles >= $1 AND articles >= $2 * total
                ),
                named AS (SELECT site, shadow, min(raw) AS first, max(raw) AS last FROM texts
                          SEMI JOIN wanted USING (site, shadow) GROUP BY site, shadow),
                sampled AS (SELECT site, shadow, list_sort(min(name, 3)) AS names
                            FROM placed SEMI JOIN wanted USING (site, shadow) JOIN docs USING (site, doc)
                            GROUP BY site, shadow)
                SELECT site, shadow, articles, total, head, body, tail, first, last, names
                FROM wanted JOIN named USING (site, shadow) JOIN sampled USING (site, shadow)
                """,
                [floor, share],
            )
            found += [Standing(sites[site], *others) for site, *others in rows]
        return sorted(found, key=lambda line: (line.site, line.shadow))

    def beside(self, lines: Collection[Place], others: Collection[Place]) -> dict[Place, float]:
        """For each of the lines, the part (0..1) of its places at which one of the others stands next to it."""
        if not lines:
            return {}
        for table, places in (("wanted_lines", lines), ("other_lines", others)):
            self._db.execute(f"CREATE OR REPLACE TABLE {table} (site INTEGER, shadow BIGINT)")
            numbered = [(self._sites[site], form) for site, form in sorted(places)]
            if numbered:
                self._db.executemany(f"INSERT INTO {table} VALUES (?, ?)", numbered)
        held, all_of = Counter[tuple[int, int]](), Counter[tuple[int, int]]()
        for part in range(self._parts):
            rows = self._rows(
                f"""
                WITH portion AS (SELECT * FROM placed WHERE doc % {self._parts} = {part}),
                here AS (SELECT * FROM portion SEMI JOIN wanted_lines USING (site, shadow)),
                there AS (SELECT site, doc, line FROM portion SEMI JOIN other_lines USING (site, shadow)
                          SEMI JOIN here USING (site, doc)),
                near AS (SELECT site, doc, line + 1 AS line FROM there
                         UNION SELECT site, doc, line - 1 AS line FROM there)
                SELECT here.site, here.shadow, count(near.doc), count(*)
                FROM here LEFT JOIN near USING (site, doc, line) GROUP BY here.site, here.shadow
                """
            )
            for site, form, near, count in rows:
                held[site, form] += near
                all_of[site, form] += count
        names = {number: name for name, number in self._sites.items()}
        return {Place(names[site], form): held[site, form] / count for (site, form), count in all_of.items()}

    @property
    def _parts(self) -> int:
        """In how many portions it is grouped and joined."""
        return self._lines // _PORTION + 1

    def _place(self) -> None:
        """Where the lines that are no document's own stand in their documents, in the table `placed`.

        Of documents with the same prose one counts, and none that has no prose of its own.
        """
        self._db.execute("BEGIN")
        self._db.execute(
            "CREATE TABLE copies AS SELECT site, doc FROM docs ANTI JOIN "
            "(SELECT site, same, min(name) AS name FROM docs GROUP BY site, same) USING (site, same, name)"
        )
        self._db.execute("CREATE TABLE frequent (site INTEGER, shadow BIGINT)")
        for part in range(self._parts):
            self._db.execute(
                f"INSERT INTO frequent SELECT site, shadow FROM lines ANTI JOIN copies USING (site, doc) "
                f"WHERE shadow % {self._parts} = {part} GROUP BY site, shadow HAVING count(*) >= {OWN}"
            )
        self._db.execute(
            "CREATE TABLE articles AS SELECT site, doc, min(shadow) AS article, min(line) AS first, max(line) AS last "
            "FROM lines ANTI JOIN copies USING (site, doc) ANTI JOIN frequent USING (site, shadow) "
            "WHERE prose GROUP BY site, doc"
        )
        self._db.execute(
            "CREATE TABLE placed AS SELECT site, shadow, doc, article, line, "
            "CASE WHEN line < first THEN 0 WHEN line <= last THEN 1 ELSE 2 END AS zone "
            "FROM lines SEMI JOIN frequent USING (site, shadow) JOIN articles USING (site, doc)"
        )
        self._db.execute("COMMIT")

    def _rows(self, query: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        yield from self._db.execute(query, list(parameters)).fetchall()
