"""The records that every stage hands on: documents, removals, results.

Frozen data only: no I/O, and nothing of ours is imported here, but for how a result looks in a notebook. Offsets are
half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

REPEAT = "repeat"
"""The category of rules that know a line by its repetition only."""
CATEGORIES: dict[str, str] = {
    "appeal": "asks for money or support",
    "paywall": "subscription offers, log-in and registration walls",
    "newsletter": "sign-up and channel promotion: newsletters, alerts, apps, podcasts",
    "ad": "advertising labels, ad-free notices, sponsored content, shopping widgets, self-promotion",
    "credit": "wire and source credits, copyright of the text",
    "caption": "captions of pictures and videos, photo credits",
    "byline": "author lines, roles, time and place stamps, reading time",
    "bio": "who the author is and how to reach them",
    "social": "share, follow and like lines, residue of embedded posts",
    "related": "links and teasers to other articles",
    "comments": "the comment interface, comment counts, polls to readers",
    "consent": "cookie, privacy and external-content notices",
    "navigation": "menus, breadcrumbs, tags, section labels, pagination",
    "notice": "publisher's notes: corrections, disclaimers, standards, calls for tips",
    "player": "residue of media players and widgets",
    REPEAT: "stands in many documents of a site: what `cleaner mine` proposes, whose kind nobody has named yet",
}
"""What can be removed, and what each category means. All are removed by default."""


OWN_EXTRACTOR, NO_EXTRACTOR = "readability", "none"
EXTRACTORS = (OWN_EXTRACTOR, "trafilatura", "resiliparse", NO_EXTRACTOR)
"""What can find the article in a page; the first is our own, built on readability-lxml, with the last nothing does."""

INPUT_FORMATS = ("text", "html", "jsonl", "csv", "parquet", "warc", "wet")
"""What an input can be: one document, of the first two, or many."""
TEXT_FIELD = "text"
"""The field or column that holds the text of many documents, unless another one is named."""
MAX_RATIO = 200
"""So many bytes may come of a packed one; of texts it is 3 to 10, of rows that are nearly the same 50."""

FORMS = TEXT, MARKDOWN, JSONL = "text", "markdown", "jsonl"
"""How clean text is written: as it is, as Markdown, or in rows of JSON."""
ENGINES = LOCAL, SPARK = "local", "spark"
"""What cleans: processes of this machine, or a cluster."""


HEADING_TAGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""The elements of a page that are headings."""


@dataclass(frozen=True, slots=True)
class Dom:
    """What the page's DOM knew about one text block.

    `tags` are the element names from the block's own element up to the article root; `words` the
    lower-case words of their class, id, role, itemprop, data-testid (and its like) and of the names
    of other data attributes. Elements that hold much of the article count for neither.
    `link_density` is the share (0..1) of the block's characters inside links; `in_jsonld` whether
    the page's own JSON-LD `articleBody` contains the block (None: the page has none); `flow` the
    share (0..1) of the article's other prose that stands in places like the block's, by the names and
    classes around it: near 0 for captions, teasers and sign-ups, 1 for text without DOM.
    """

    tags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    link_density: float = 0.0
    in_jsonld: bool | None = None
    flow: float = 1.0


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about its article; "" and () for what it does not say."""

    title: str = ""
    """Without the site's name."""
    authors: tuple[str, ...] = ()
    date: str = ""
    """Of publication, in ISO 8601; with the time and its offset where the page gives them."""
    site: str = ""
    """The publication's name, else its host."""
    language: str = ""
    """A BCP 47 tag, as the page gives it: not detected."""
    url: str = ""
    """The canonical address."""

    @property
    def origin(self) -> str:
        """Whose document it is: the host of its address without www., else the site's name, else ""."""
        try:
            host = urlsplit(self.url).hostname or ""
        except ValueError:  # what a page gives for its address need not be one
            host = ""
        return host.removeprefix("www.") or self.site


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Where a block of a page begins in its document's text, what the DOM knew about it, and the 1-based line of
    the page's source at which it begins, 0 where that is unknown.
    """

    start: int
    dom: Dom
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a page's text that its markup sets apart.

    `kind` is heading (`value`: its rank, 1 to 6), item (its bullet or number, indented by its depth, for the
    characters "- " that it stands for), quote, verbatim, table, link (its target), strong, emphasis or code.
    """

    start: int
    end: int
    kind: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text of a page that was left out of the document, by what (`extract/...`), and its line in the source."""

    rule: str
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One decoded text.

    `text` holds one code point per character of the input and, for bytes that do not decode, one
    surrogate per byte, so that `text.encode(encoding, errors)` gives the input back.
    The rest is a page's, and empty for plain text: what it says about itself, its `blocks` in ascending order, the
    `marks` if asked for, in the order of the blocks, and what was left out of it, in the order of the source.
    """

    text: str
    name: str = "-"
    encoding: str = "utf-8"
    errors: str = "surrogatepass"
    metadata: Metadata = Metadata()
    blocks: tuple[TextBlock, ...] = ()
    marks: tuple[Mark, ...] = ()
    dropped: tuple[Dropped, ...] = ()

    def encode(self, part: str) -> bytes:
        """The bytes that `part`, a slice of `text`, has in the input."""
        return part.encode(self.encoding, self.errors)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One addend of a line's score: a rule, a rule's block, or a signal."""

    id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Removal:
    """One removed span and why.

    `start`/`end` are code points of the document's text, `byte_start`/`byte_end` the same span in
    the input's bytes; `line`/`end_line` are 1-based and inclusive and count the removed words, not
    the blank lines that went with them (of a page, in its extracted text: what reports name is the line of its
    source); `text` is the exact span.
    """

    doc: str
    start: int
    end: int
    byte_start: int
    byte_end: int
    line: int
    end_line: int
    rule: str
    category: str
    score: float
    evidence: tuple[Evidence, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """A document and the one plan of its removals, in ascending order and without overlap.

    `held` says that the removals would take more than `max_removed` of the text: a writer then
    writes the document unchanged, and reports it.
    """

    document: Document
    removals: tuple[Removal, ...]
    held: bool = False

    def kept_spans(self) -> Iterator[tuple[int, int]]:
        """The non-empty spans that stay; together with the removals they tile the text."""
        edges = [0]
        for removal in self.removals:
            edges += (removal.start, removal.end)
        edges.append(len(self.document.text))
        for index, (start, end) in enumerate(pairwise(edges)):
            if index % 2 == 0 and start < end:
                yield start, end

    @property
    def text(self) -> str:
        """The clean text."""
        return "".join(self.document.text[a:b] for a, b in self.kept_spans())

    @property
    def removed_chars(self) -> int:
        """Code points that the removals take, those of held documents too."""
        return sum(removal.end - removal.start for removal in self.removals)

    def _repr_html_(self) -> str:
        """The document with its removals in place, as notebooks show it."""
        from cleaner.notebook import Passage, marked

        passages = [
            Passage(
                removal.start,
                removal.end,
                f"{removal.rule} {removal.score:g}",
                " ".join(f"{item.weight:+g} {item.id}" for item in removal.evidence),
            )
            for removal in self.removals
        ]
        share = self.removed_chars / max(1, len(self.document.text))
        name = "" if self.document.name == "-" else f"{self.document.name}: "
        number = f"{len(passages)} passage{'' if len(passages) == 1 else 's'}"
        held = "; held, as that is more than max_removed" if self.held else ""
        caption = f"{name}{number} to remove, {100 * share:.1f} % of the characters{held}"
        return marked(self.document.text, passages, caption)

    @property
    def data(self) -> bytes:
        """The clean text as slices of the input's bytes."""
        return self.document.encode(self.text)
