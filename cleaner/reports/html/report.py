"""The report that people read: documents come, are counted and sampled, and become pages at the end."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import BinaryIO

from cleaner.model import CATEGORIES
from cleaner.reports.html.charts import Positions, Shares
from cleaner.reports.html.documents import dropped, parts, rank, share
from cleaner.reports.html.groups import MOST_PLACES, Document, Groups
from cleaner.reports.html.listing import Known, Names, Shards, chosen, document_row, group_row
from cleaner.reports.html.mined import mined
from cleaner.reports.html.overview import overview
from cleaner.reports.html.page import FolderPages, Opener, Pages, SinglePage, number
from cleaner.reports.html.script import as_json
from cleaner.reports.html.spill import Sample
from cleaner.reports.place import Places
from cleaner.reports.risk import MEANINGS
from cleaner.reports.statistics import Statistics
from cleaner.reports.text import shown
from cleaner.reports.view import Examined, Outcome, Run, View

SIZE = 50
"""Megabytes that a report takes at most, unless another size is asked for."""
SINGLE = 10
"""Megabytes of a report in a single file at most: browsers read it as a whole."""
_MEGABYTE = 1_000_000
_SEED = "cleaner"
_DOCUMENTS_SHARE, _GROUPS_SHARE, _MINED_SHARE = 0.6, 0.25, 0.05
"""What documents, groups and mined rules take of a report's size; the rest is for the index and the pages."""
_MOST_GROUPS = 5_000
"""Groups that are listed: an index that is loaded as a whole."""
_FAILURES = 200
"""Documents that could not be read, named in the report."""


class HtmlReport(View):
    """Takes a run of any length: what is shown of it is ranked, sampled and bounded, what is counted is all of it."""

    def __init__(self, pages: Pages, run: Run, size: float) -> None:
        """`size` is what the report takes at most, in megabytes."""
        self._run, self._pages, self._size = run, pages, size * _MEGABYTE
        self._statistics = Statistics(run.rules)
        self._groups = Groups(run.threshold)
        self._sample = Sample(int(self._size * _DOCUMENTS_SHARE))
        self._shares, self._positions = Shares(), Positions()
        self._rules: Counter[str] = Counter()
        self._held = 0
        self._failures: list[tuple[str, str]] = []

    def add(self, item: Examined) -> None:
        count = self._statistics.total.documents
        place, language = self._statistics.add(item)
        self._held += item.result.held
        self._rules.update(removal.rule for removal in item.result.removals)
        self._shares.add(share(item.result))
        self._positions.add(item.result)
        order = rank(_SEED, item)
        places = Places(item.result.document)
        keys = self._groups.add(item, Document(count, order, place, language), places)
        if not self._sample.wants(order):
            return
        row = [
            item.name,
            [place.site, *place.folders],
            language,
            round(share(item.result), 5),
            len(item.result.removals),
            int(item.result.held),
            sorted({removal.category for removal in item.result.removals}),
        ]
        body = [parts(item, places, keys), dropped(item)]
        self._sample.offer(count, order, as_json(row) + b"\n" + as_json(body))

    def fail(self, name: str, reason: str) -> None:
        self._statistics.fail()
        if len(self._failures) < _FAILURES:
            self._failures.append((name, reason))

    def end(self, outcome: Outcome) -> None:
        known = Known(
            rules={rule: number for number, rule in enumerate(sorted(self._rules))},
            places=self._statistics.names(self._statistics.places),
            within=frozenset(rule.id for rule in self._run.rules if rule.scope == "text"),
            threshold=self._run.threshold,
        )
        summaries = {rule.id: rule.summary for rule in self._run.rules}
        self._pages.data("rules", as_json([[rule, summaries.get(rule, "")] for rule in known.rules]))
        documents, about_documents = self._write_documents(known)
        groups, listed, about_groups = self._write_groups(known)
        learned = mined(self._run.rules, self._rules, int(self._size * _MINED_SHARE))
        if learned is not None:
            self._pages.data("mined", as_json(learned))
        digest = hashlib.sha256(as_json([self._run.fingerprint, self._statistics.as_data(), listed]))
        about = {
            "digest": digest.hexdigest()[:16],
            "threshold": self._run.threshold,
            "mostPlaces": MOST_PLACES,
            "groups": groups,
            "documents": documents,
            "mined": len(learned["rows"]) if learned else 0,
            "categories": CATEGORIES,
            "reasons": list(MEANINGS.items()),
        }
        context = overview(self._statistics, self._held, self._shares, self._positions, self._failures)
        holds = [about_groups, about_documents, *self._made_of()]
        end = {
            "passed": outcome.passed,
            "outcome": shown(outcome.reason),
            "command": shown(outcome.command),
            "holds": holds,
        }
        self._pages.end(about, {**context, **end})

    def _write_groups(self, known: Known) -> tuple[int, list[str], str]:
        """How many groups are listed, their keys, and a sentence about that."""
        count, ranked = self._groups.ranked(_MOST_GROUPS)
        fitting = chosen(ranked, known, int(self._size * _GROUPS_SHARE))
        fitting.sort(key=lambda item: (-item[0].risk, -item[0].removals, item[0].key))
        shards, places, rows = Shards(), Names(), []
        for group, entry in fitting:
            rows.append(group_row(group, known, places, shards.add(entry)))
            self._write_shards("group", shards)
        self._write_shards("group", shards, at_end=True)
        note = f"All {number(count)} are listed."
        if len(rows) < count:
            note = (
                f"{number(len(rows))} of {number(count)} are listed: those to be looked at first, and those removed "
                "most often; all are counted."
            )
        self._pages.data("groups", as_json({"note": note, "places": places.all(), "rows": rows}))
        return len(rows), [group.key for group, _ in fitting], f"Removed texts: {note}"

    def _write_documents(self, known: Known) -> tuple[int, str]:
        """How many documents are shown, and a sentence about that."""
        shards, places, rows = Shards(), Names(), []
        for number_in_run, data in self._sample.rows():
            row, body = data.split(b"\n", 1)
            shard = shards.add(b"[%d,%b]" % (number_in_run, body))
            rows.append(document_row(number_in_run, row, known.places, places, shard))
            self._write_shards("document", shards)
        self._write_shards("document", shards, at_end=True)
        count = self._statistics.total.documents
        note = f"All {number(count)} are shown."
        if len(rows) < count:
            note = (
                f"{number(len(rows))} of {number(count)} are shown: a sample that is the same for equal runs, in "
                "which documents that are held are more likely, and those that lose nothing less. All are counted. "
                f"{self._pages.more}"
            )
        self._pages.data("documents", as_json({"note": note, "places": places.all(), "rows": rows}))
        return len(rows), f"Documents: {note}"

    def _write_shards(self, name: str, shards: Shards, *, at_end: bool = False) -> None:
        for shard, data in shards.full(at_end=at_end):
            self._pages.data(f"{name}-{shard}", data)

    def _made_of(self) -> list[str]:
        lines = ["Nothing here is loaded from anywhere or sent anywhere; decisions stay in this browser."]
        if self._run.version:
            lines.append(f"Made by cleaner {self._run.version}, with rules {self._run.fingerprint[:12]}.")
        return lines


def html_file(handle: BinaryIO, run: Run, size: float = SIZE) -> HtmlReport:
    """A report as one file: of small runs all, of others no more than a browser reads with ease."""
    return HtmlReport(SinglePage(handle), run, min(size, SINGLE))


def html_folder(opened: Opener, run: Run, size: float = SIZE) -> HtmlReport:
    """A report as a folder, of which `opened` opens the files."""
    return HtmlReport(FolderPages(opened), run, size)
