"""The public API: a Cleaner is made once and cleans any number of texts."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from cleaner.garbage import collector_paused
from cleaner.model import OWN_EXTRACTOR, Document, Result
from cleaner.rules.by_path import ByPath
from cleaner.rules.load import Selection, load_ruleset
from cleaner.rules.model import RuleSet
from cleaner.text.clean import TextCleaner
from cleaner.text.decode import decode


class Cleaner:
    """Cleans texts with one selection of rules.

    Can be pickled and handed to other processes (each builds its own automaton on first use). Within
    one process it may be shared between threads, which gain nothing by it.
    """

    def __init__(self, selection: Selection | None = None) -> None:
        """Load the packs of `selection`, by default all that are shipped.

        Raises PackError or ConfigError where a pack or the selection does not validate, ValueError
        for a path in `per_path` that is no pattern.
        """
        self._selection = selection = selection or Selection()
        with collector_paused():
            self.rules: RuleSet = load_ruleset(selection)
        self._engine: TextCleaner | None = None
        self._by_path = ByPath(selection)
        self._narrowed: dict[Selection, Cleaner] = {}

    @classmethod
    def from_config(cls, path: str | Path) -> Cleaner:
        """A Cleaner as a `cleaner.toml` or `pyproject.toml` describes it. Raises ConfigError."""
        from cleaner.config.read import read_config

        return cls(read_config(Path(path)).selection)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_engine": None, "_narrowed": {}}

    @cached_property
    def fingerprint(self) -> str:
        """A digest of everything that decides, for whatever path."""
        per_path = self._selection.per_path
        text = self.rules.fingerprint + (repr(per_path) if per_path else "")
        return hashlib.sha256(text.encode()).hexdigest() if per_path else text

    def at(self, path: Path) -> Cleaner:
        """The Cleaner for documents at this path: this one, unless `per_path` says something about it."""
        selection = self._by_path.at(path)
        if selection is self._selection:
            return self
        if selection not in self._narrowed:
            self._narrowed[selection] = Cleaner(selection)
        return self._narrowed[selection]

    @property
    def engine(self) -> TextCleaner:
        """The text stages with these rules, compiled on first use."""
        if self._engine is None:
            with collector_paused():
                self._engine = TextCleaner(self.rules)
        return self._engine

    def clean(self, source: str | bytes | Document, *, name: str = "-") -> Result:
        """Clean one plain text.

        Bytes are decoded first (DocumentError if they are no text). Where the removals would take
        more than `max_removed` of the text, `result.held` says so; what to do then is the caller's
        decision. `name` is for the record only: settings by path are those of `at(path)`.
        """
        if isinstance(source, bytes):
            source = decode(source, name)
        elif isinstance(source, str):
            source = Document(source, name)
        elif not isinstance(source, Document):
            raise TypeError(f"clean() takes str, bytes or Document, not {type(source).__name__}")
        return self.engine.clean(source)

    def clean_html(
        self,
        source: str | bytes,
        *,
        name: str = "-",
        title: bool = False,
        extractor: str = OWN_EXTRACTOR,
        markup: bool = False,
    ) -> Result:
        """Find the article in an HTML page and clean its text; with `title`, the title comes first.

        `extractor` is one of `cleaner.model.EXTRACTORS` ("none": the whole page); `markup` notes headings,
        lists, links and emphasis in `result.document.marks`, for `cleaner.html.markdown`. `result.document.text` is
        the extracted text. Raises DocumentError if the page has no article, UsageError if the extractor is not
        installed.
        """
        from cleaner.html import extract, page_document

        if not isinstance(source, str | bytes):
            raise TypeError(f"clean_html() takes str or bytes, not {type(source).__name__}")
        page = extract(source, extractor=extractor, markup=markup)
        return self.engine.clean(page_document(page, name, title=title))


def clean(source: str | bytes) -> str:
    """The clean text of one plain text, with all shipped rules. For more than one text, keep a Cleaner."""
    return Cleaner().clean(source).text
