"""What a team has accepted of a corpus's boilerplate: a file of JSON rows that changes only where the texts do.

The first row says what the file is; each further one has the `path` of a document from the file's folder
on, a `rule`, the `hash` of a text that it takes, and the `count` of such places. Rows are sorted and hold
neither dates nor positions, so that lines may move without a row changing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.corpus.write import write_atomically
from cleaner.errors import UsageError
from cleaner.globs import within
from cleaner.model import Removal

FORMAT = 1
Key = tuple[str, str]
"""A rule and the hash of a text that it takes."""
Accepted = Mapping[str, Counter[Key]]
"""By document: how often each key is accepted."""
_HASH_DIGITS = 16
_IS_HASH = re.compile(rf"[0-9a-f]{{{_HASH_DIGITS}}}")
_WANTED = {"path": str, "rule": str, "hash": str, "count": int}


def key(removal: Removal) -> Key:
    """How a finding is known again; the white space in its text does not matter."""
    text = " ".join(removal.text.split())
    return removal.rule, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


class Baseline:
    """Compares a run's findings with what is accepted, and becomes what the run has found.

    `counts` says of which rules findings count: the others' rows are left alone, and so are the rows
    of documents that the run does not come by.
    """

    def __init__(self, path: Path, accepted: Accepted, counts: Callable[[str], bool]) -> None:
        self.path = path
        self._accepted, self._counts = accepted, counts
        self._found: dict[str, Counter[Key]] = {}
        self._failed: set[str] = set()
        self._folder = path.absolute().parent

    def add(self, path: Path, removals: Sequence[Removal]) -> frozenset[int]:
        """Take a document's findings; the places of those that are accepted, the first ones of a kind.

        Of a file of many documents, once for each of them.
        """
        name = self._name(path)
        keys = [key(removal) for removal in removals]
        found = self._found.setdefault(name, Counter())
        left = self._accepted.get(name, Counter()) - found
        found.update(keys)
        known = set()
        for index, item in enumerate(keys):
            if left[item] > 0:
                left[item] -= 1
                known.add(index)
        return frozenset(known)

    def fail(self, path: Path) -> None:
        """Take a document that could not be read: nothing is known about it."""
        self._failed.add(self._name(path))

    def stale(self, folders: Sequence[Path]) -> Iterator[tuple[str, str, int]]:
        """Document, rule and number of what is accepted and no longer there, sorted.

        Of documents that the run did not come by, those count that are gone from one of `folders`.
        """
        for name, accepted in sorted(self._accepted.items()):
            if name in self._found or self._is_gone(name, folders):
                gone = Counter({item: count for item, count in accepted.items() if self._counts(item[0])})
                by_rule: Counter[str] = Counter()
                for (rule, _), count in (gone - self._found.get(name, Counter())).items():
                    by_rule[rule] += count
                yield from ((name, rule, count) for rule, count in sorted(by_rule.items()))

    def update(self, folders: Sequence[Path]) -> None:
        """Write the file anew: all that the run has found is accepted, what is stale is dropped."""
        rows: dict[str, Counter[Key]] = {}
        for name in self._accepted.keys() | self._found.keys():
            accepted = self._accepted.get(name, Counter())
            if name in self._found or self._is_gone(name, folders):
                others = Counter({item: count for item, count in accepted.items() if not self._counts(item[0])})
                rows[name] = others + self._found.get(name, Counter())
            else:
                rows[name] = accepted
        write_atomically(self.path, b"".join(_lines(rows)))

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path.absolute(), self._folder)).as_posix()

    def _is_gone(self, name: str, folders: Sequence[Path]) -> bool:
        path = self._folder / name
        if name in self._failed or os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a name is too long
            return False
        return any(within(folder.absolute(), path) is not None for folder in folders)


def read_accepted(path: Path) -> dict[str, Counter[Key]]:
    """The rows of a baseline. Raises UsageError where it cannot be read or is damaged."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: does not exist; write it with --update-baseline") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    accepted: dict[str, Counter[Key]] = {}
    lines = data.removesuffix(b"\n").split(b"\n")
    if _row(lines[0]).get("baseline") != FORMAT:
        raise UsageError(f"{path}: is no baseline of format {FORMAT}; name another file, or write it anew")
    for number, line in enumerate(lines[1:], 2):
        row = _row(line)
        good = row.keys() == _WANTED.keys() and all(type(row[name]) is kind for name, kind in _WANTED.items())
        if not good or row["count"] < 1 or not _IS_HASH.fullmatch(row["hash"]):
            raise UsageError(f"{path}:{number}: is no row of a baseline; mend it, or delete the file and write it anew")
        some, item = accepted.setdefault(row["path"], Counter()), (row["rule"], row["hash"])
        if item in some:
            raise UsageError(f"{path}:{number}: stands there twice; delete one of the two rows")
        some[item] = row["count"]
    return accepted


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _lines(accepted: Accepted) -> Iterator[bytes]:
    yield _line({"baseline": FORMAT})
    for name in sorted(accepted):
        for (rule, digest), count in sorted(accepted[name].items()):
            yield _line({"path": name, "rule": rule, "hash": digest, "count": count})


def _line(row: dict[str, Any]) -> bytes:
    # Lone surrogates can stand in names; their escapes are JSON's too.
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
