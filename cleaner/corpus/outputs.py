"""Clean texts that stand together in one file, found for each document of a record, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from cleaner.corpus.formats import Format, chunks_of, entries_of
from cleaner.corpus.read import Reading, read_stream
from cleaner.corpus.record import DocumentRow, RunRow
from cleaner.errors import DocumentError
from cleaner.model import JSONL

_FROM_COPY = "from your own copy"


class ChangedError(DocumentError):
    """A file is no longer as its run found or left it: `what` is wrong, and the way out for who wants to restore it."""

    def __init__(self, what: str, way: str) -> None:
        super().__init__(f"{what}; {way}")
        self.what = what


class CleanTexts(Protocol):
    """The clean texts of one file, which stand in the order of the record."""

    def clean_bytes(self, row: DocumentRow) -> bytes:
        """The clean bytes of the next document that has some there. Raises DocumentError where it is gone."""


class Outputs:
    """The files of a run, whose record's paths are relative to `base`."""

    def __init__(self, base: Path, run: RunRow) -> None:
        self._base, self._reading = base, reading_of(run)
        self._output = self._source = ""
        self._by_line = False
        self._texts: CleanTexts | None = None

    def of(self, row: DocumentRow) -> CleanTexts | None:
        """Where a document's clean text stands with others; None where it has a file of its own, or none."""
        if not row.output or not (row.number or row.form == JSONL):
            return None
        if row.output != self._output:
            path = self._base / row.output
            container = self._reading.format_of(path) if row.form != JSONL else None
            self._texts = JsonTexts(path) if container is None else EntryTexts(path, container)
            self._output = row.output
        return self._texts

    def is_line_by_line(self, row: DocumentRow) -> bool:
        """Whether the number of a document is the line at which it stands in its source."""
        if row.source != self._source:
            container = self._reading.format_of(self._base / row.source)
            self._source, self._by_line = row.source, container is not None and container.line_by_line
        return self._by_line


def reading_of(run: RunRow) -> Reading:
    """How a run read its inputs."""
    return Reading(
        run.encoding or None, run.title, run.extractor, input_format=run.input_format, text_field=run.text_field
    )


class JsonTexts:
    """Those of a file of JSON rows that a run made of all its documents."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = self._read()

    def clean_bytes(self, row: DocumentRow) -> bytes:
        for name, text in self._rows:
            if name == row.doc:
                try:
                    return text.encode(row.encoding, row.errors)
                except ValueError:
                    raise ChangedError(f"{self._path}: was changed since the run", f"restore {_FROM_COPY}") from None
        raise ChangedError(f"{self._path}: has no row for {row.doc} any more", f"restore it {_FROM_COPY}")

    def _read(self) -> Iterator[tuple[str, str]]:
        try:
            with self._path.open("rb") as handle:
                for line in handle:
                    found = json.loads(line)
                    yield found["doc"], str(found["text"])
        except OSError as error:
            raise DocumentError(f"{self._path}: cannot be read ({error.strerror})") from None
        except (ValueError, TypeError, KeyError):
            raise ChangedError(f"{self._path}: was changed since the run", f"restore {_FROM_COPY}") from None


class EntryTexts:
    """Those of a file of many documents that was cleaned into another one."""

    def __init__(self, path: Path, container: Format) -> None:
        self._path = path
        self._entries = self._read(container)

    def clean_bytes(self, row: DocumentRow) -> bytes:
        for number, content in self._entries:
            if number == row.number and content is not None:
                return content
        raise ChangedError(f"{self._path}: has no document {row.number} any more", f"restore it {_FROM_COPY}")

    def _read(self, container: Format) -> Iterator[tuple[int, bytes | None]]:
        with read_stream(self._path) as handle:
            for chunk in chunks_of(container, handle):
                for entry in entries_of(container, chunk):
                    yield entry.number, entry.content
