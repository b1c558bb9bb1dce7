"""Labelled texts: JSON Lines in which each row is a text and each of its lines has a label."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from cleaner.errors import UsageError, did_you_mean
from cleaner.model import CATEGORIES, Document

ARTICLE = "article"
UNSCORED = ("neutral", "unsure")
LABELS = (ARTICLE, *CATEGORIES, *UNSCORED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, and what it is: the article, a category that must go, or nothing that is scored."""

    text: str
    label: str

    @property
    def stays(self) -> bool:
        return self.label == ARTICLE

    @property
    def goes(self) -> bool:
        return self.label in CATEGORIES


@dataclass(frozen=True)
class Labelled:
    """One text with a label on each line; `site` says which texts may look alike."""

    site: str
    lines: tuple[Line, ...]

    @cached_property
    def document(self) -> Document:
        """The text as it is cleaned: its lines with a blank one between them, so that none are joined."""
        return Document("\n\n".join(line.text for line in self.lines) + "\n", self.site)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins in the document's text."""
        return tuple(accumulate((len(line.text) + 2 for line in self.lines[:-1]), initial=0))


def read_labelled(data: bytes, name: str) -> tuple[Labelled, ...]:
    """The rows of a JSON Lines file. Raises UsageError naming file, line and field."""
    return tuple(_rows(data, name))


def _rows(data: bytes, name: str) -> Iterator[Labelled]:
    for number, row in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not row.strip():
            continue
        place = f"{name}:{number}"
        try:
            yield _labelled(json.loads(row.decode("utf-8")), place)
        except UnicodeDecodeError as error:
            raise UsageError(f"{place}: is not UTF-8 (byte {error.start} of the line)") from None
        except json.JSONDecodeError as error:
            raise UsageError(f"{place}: is not JSON ({error.msg}, column {error.colno})") from None
        except ValueError:
            raise UsageError(f"{place}: is not JSON (a number has too many digits)") from None
        except RecursionError:
            raise UsageError(f"{place}: is nested too deeply") from None


def _labelled(row: Any, place: str) -> Labelled:
    if not isinstance(row, dict):
        raise UsageError(f'{place}: expected an object {{"site": ..., "lines": [...]}}')
    site = _text(row, "site", place)
    items = row.get("lines")
    if not isinstance(items, list):
        raise UsageError(f"{place}: lines: {'is missing' if items is None else 'expected a list'}")
    return Labelled(site, tuple(_line(item, f"{place}: lines[{number}]") for number, item in enumerate(items, 1)))


def _line(item: Any, place: str) -> Line:
    if not isinstance(item, dict):
        raise UsageError(f'{place}: expected an object {{"text": ..., "label": ...}}')
    text, label = _text(item, "text", place), _text(item, "label", place)
    if "\n" in text or "\r" in text:
        raise UsageError(f"{place}: text: holds a line end; give each line a label of its own")
    if label not in LABELS:
        raise UsageError(f"{place}: label: {label!r} is none; {did_you_mean(label, LABELS)}")
    return Line(text, label)


def _text(item: dict[str, Any], key: str, place: str) -> str:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        reason = "is missing" if value is None else "is empty" if value == "" else "expected words"
        raise UsageError(f"{place}: {key}: {reason}")
    return value
