"""Writing the run record; `record` says what its rows are, and reads them."""

from __future__ import annotations

import base64
import json
import os
import stat
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from cleaner.corpus.record import FORMAT, OF_OTHER_ROWS, DocumentRow, FailureRow, RunRow
from cleaner.corpus.remote import RemotePath
from cleaner.model import Document, Removal, Result

_KNOWN_PATHS = 64
"""Paths and folders of which it is known what they are relative to: documents of one of them follow each other."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class RecordWriter:
    """Appends rows to a handle that the caller owns; `root` is what paths are relative to."""

    def __init__(self, handle: BinaryIO, root: Path, run: RunRow | None = None) -> None:
        """Begins with the row of a run, unless its rows go on from others."""
        self._handle, self.root = handle, root.resolve()
        self.relative = lru_cache(_KNOWN_PATHS)(self._relative)
        self._folder = lru_cache(_KNOWN_PATHS)(self._relative_folder)
        if run is not None:
            self._write({"row": "run", "format": FORMAT, **asdict(run)})

    def _relative(self, path: Path) -> str:
        """A path as rows hold it, so that inputs, outputs and record can be moved together."""
        if isinstance(path, RemotePath):
            return str(path)
        path = Path(os.path.realpath(path)) if path.is_symlink() else path
        return self._folder(path.parent) + path.name

    def _relative_folder(self, folder: Path) -> str:
        relative = Path(os.path.relpath(folder.resolve(), self.root)).as_posix()
        return "" if relative == "." else f"{relative}/"

    def append(self, rows: bytes) -> None:
        """Add rows that were written elsewhere."""
        self._handle.write(rows)

    def document(self, row: DocumentRow, result: Result) -> None:
        fields = {name: getattr(row, name) for name in DocumentRow.__slots__ if name not in OF_OTHER_ROWS}
        self._write({"row": "document", **fields})
        for removal in result.removals:
            self._write(removal_row(removal, result.document))
        if row.kind == "html":
            blocks = [[block.start, block.line] for block in result.document.blocks]
            self._write({"row": "page", "doc": row.doc, **asdict(result.document.metadata), "blocks": blocks})
        for item in result.document.dropped:
            self._write({"row": "dropped", "doc": row.doc, "rule": item.rule, "text": item.text, "line": item.line})

    def failure(self, row: FailureRow) -> None:
        self._write({"row": "failure", "doc": row.doc, "source": row.source, "reason": row.reason})

    def end(self, documents: int) -> None:
        self._write({"row": "end", "documents": documents})

    def sync(self) -> None:
        """Make everything so far last through a power cut."""
        self._handle.flush()
        handle = self._handle.fileno()
        if stat.S_ISREG(os.fstat(handle).st_mode):  # a run without a record writes to a device
            os.fsync(handle)

    def _write(self, row: dict[str, Any]) -> None:
        # Lone surrogates can stand in names only (texts are handled by their rows).
        self._handle.write(_encoded(row).encode("utf-8", "backslashreplace") + b"\n")


def removal_row(removal: Removal, document: Document) -> dict[str, Any]:
    """The JSON row of a removal; `base64` instead of `text` where the text has no UTF-8 form."""
    row: dict[str, Any] = {"row": "removal"}
    for name in Removal.__slots__:
        row[name] = getattr(removal, name)
    row["evidence"] = [[item.id, item.weight] for item in removal.evidence]
    try:
        removal.text.encode("utf-8")
    except UnicodeEncodeError:
        del row["text"]
        row["base64"] = base64.b64encode(document.encode(removal.text)).decode("ascii")
    return row
