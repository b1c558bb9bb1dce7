"""Results of earlier runs, so that a corpus of which little has changed is looked through in little time.

A result is found by a digest of all that made it: the document's bytes, the rules, how it was read, this program
and what it is built on. So it cannot be out of date. Failures are not kept.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from importlib.metadata import requires, version
from pathlib import Path
from typing import Any

from cleaner import model
from cleaner.corpus.find import Source
from cleaner.corpus.read import Reading
from cleaner.corpus.store import Store
from cleaner.model import Result


class Cache:
    """Results in `folder` for one reading and for rules of which `rules_at` gives a digest, as they are at a path.

    Whatever is wrong with its file, `warn` gets one line about it, and documents are cleaned anew.
    """

    def __init__(
        self, folder: Path, rules_at: Callable[[Path], str], reading: Reading, warn: Callable[[str], None]
    ) -> None:
        self._store = Store(folder, warn)
        self._rules_at = rules_at
        self._start = hashlib.sha256(f"{program(reading.extractor)} {reading!r} ".encode())

    def approved(self, rules: str) -> bool:
        """Whether the rules of this digest have been found to be in order."""
        return self._store.get(self._key(rules, "rules", b"")) is not None

    def approve(self, rules: str) -> None:
        """Remember that they are."""
        self._store.put(self._key(rules, "rules", b""), b"")

    def get(self, data: bytes, source: Source, *, is_html: bool, encoding: str | None) -> Result | None:
        """The result of cleaning a document of these bytes (in `encoding`, if that is known), as of the one at hand,
        or None.
        """
        stored = self._store.get(self._document_key(data, source, is_html, encoding))
        if stored is None:
            return None
        try:
            result = _Reader(io.BytesIO(zlib.decompress(stored))).load()  # zlib's checksum tells damage
            return _unpacked(result, data, source.name, is_html=is_html)
        except Exception:  # whatever is wrong with what is kept, the document can be cleaned anew
            self._store.say("was damaged in part; what could not be read has been made anew")
            return None

    def put(self, data: bytes, source: Source, result: Result, *, is_html: bool, encoding: str | None) -> None:
        """Keep the result of cleaning a document of these bytes."""
        packed = io.BytesIO()
        _Writer(packed, protocol=5).dump(_packed(result, is_html=is_html))
        self._store.put(self._document_key(data, source, is_html, encoding), zlib.compress(packed.getvalue(), 1))

    def close(self) -> None:
        """Write what is not written yet."""
        self._store.close()

    def _document_key(self, data: bytes, source: Source, is_html: bool, encoding: str | None) -> bytes:
        kind = "page" if is_html else "text"
        return self._key(self._rules_at(source.path), f"{kind} {encoding}", data)

    def _key(self, rules: str, kind: str, data: bytes) -> bytes:
        digest = self._start.copy()
        digest.update(f"{rules} {kind} ".encode())
        digest.update(data)
        return digest.digest()


def program(extractor: str) -> str:
    """A digest of this program, of the versions of what it is built on, and of the Python it runs in."""
    digest = hashlib.sha256(f"{sys.version}\0{version('article-cleaner')}".encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(path.read_bytes())
    for requirement in requires("article-cleaner") or ():
        name, condition = re.split(r"[^\w.-]", requirement, maxsplit=1)[0], requirement.partition(";")[2]
        if not condition or re.search(rf"extra == ['\"]{extractor}['\"]", condition):
            digest.update(f"\0{name} {version(name)}".encode())
    return digest.hexdigest()


class _Writer(pickle.Pickler):
    """Writes our records as calls with their values, trailing defaults left out: much sooner read than states."""

    def reducer_override(self, record: Any) -> Any:
        if not is_dataclass(record) or isinstance(record, type):
            return NotImplemented
        values = [(item.default, getattr(record, item.name)) for item in fields(record)]
        while values and values[-1][0] == values[-1][1]:
            values.pop()
        return type(record), tuple(value for _, value in values)


class _Reader(pickle.Unpickler):
    """Makes our own records and nothing else: somebody else may have written the file."""

    def find_class(self, module: str, name: str) -> object:
        found = vars(model).get(name) if module == model.__name__ else None
        if not (isinstance(found, type) and is_dataclass(found)):
            raise pickle.UnpicklingError(f"{module}.{name} is not ours")
        return found


def _packed(result: Result, *, is_html: bool) -> Result:
    """The result without what the document gives back: its name, the text of a text, the removed passages."""
    document = replace(result.document, name="", text=result.document.text if is_html else "")
    return replace(result, document=document, removals=tuple(replace(r, doc="", text="") for r in result.removals))


def _unpacked(result: Result, data: bytes, name: str, *, is_html: bool) -> Result:
    stored = result.document
    text = stored.text if is_html else data.decode(stored.encoding, stored.errors)
    removals = tuple(replace(r, doc=name, text=text[r.start : r.end]) for r in result.removals)
    return replace(result, document=replace(stored, name=name, text=text), removals=removals)
