"""What a file that holds many documents has to offer: its documents in chunks, and a way to write them again.

A run reads chunks in one process, takes documents out of them and puts clean ones in wherever it likes, and writes
what comes of a chunk in the order of the chunks. So chunks, entries and what is rewritten can be pickled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

from cleaner.corpus.compression import packed
from cleaner.errors import CleanerError, DocumentError
from cleaner.model import Metadata, Removal

CHUNK = 1 << 20
"""Bytes of a chunk, about: enough to be worth a trip to another process, few enough to wait for one."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive documents, as raw as they were read; `first` is the number of the first one, from 1."""

    first: int
    data: Any
    size: int
    """Bytes of the input that it stands for, to say how far a run has come; those of halves add up."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a chunk: a text (in UTF-8 with lone surrogates as they are) or a page.

    `content` is None where there is nothing to clean, which counts like any other; `fault` says why, if that is wrong.
    `place` is for the format itself.
    """

    number: int
    content: bytes | None
    fault: str = ""
    place: Any = None
    encoding: str | None = "utf-8"
    """The content's, as far as the container knows; None where that has to be found out."""
    metadata: Metadata = field(default=Metadata())
    """What the container says about the document."""
    is_page: bool | None = None
    """Whether it is HTML; None where the container does not know."""
    line: int = 0
    """That of the file at which the document stands; 0 where the format is not `line_by_line`."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document's clean text, and what was taken out of it."""

    text: str
    removals: tuple[Removal, ...]

    @property
    def removed_chars(self) -> int:
        return sum(removal.end - removal.start for removal in self.removals)


class Sink(Protocol):
    """An output that takes what was rewritten, chunk by chunk in order."""

    def write(self, piece: Any, /) -> None: ...

    def close(self) -> None:
        """Write what ends the output; the handle under it stays open."""


class Format(Protocol):
    """One kind of file that holds many documents, for one choice of its field or column of text."""

    keeps_rows: bool
    """Whether what is written holds all that was read, but for what was removed: then the whole can be restored from
    it, and rows of JSON, which hold less, are refused.
    """
    packs: bool
    """Whether a rewritten chunk is bytes, or several (a tuple), which can be compressed each for themselves."""

    line_by_line: bool
    """Whether a document is a line, of the input and of the output: then a run can go on in the middle."""

    def chunks(self, handle: BinaryIO) -> Iterator[Chunk]:
        """The chunks of a stream, in order. Raises DocumentError where it is not of this format."""

    def entries(self, chunk: Chunk) -> Sequence[Entry]:
        """The documents of a chunk, in order."""

    def rewritten(self, chunk: Chunk, entries: Sequence[Entry], changes: Sequence[Change | None]) -> Any:
        """What a sink writes for a chunk: its documents with their changes, the others as they were. A change need not
        be one: its text may be the document's own. To restore an input, the changes put its own texts back into what
        was written.
        """

    def halves(self, chunk: Chunk) -> tuple[Chunk, ...]:
        """The chunk in two, or nothing where it holds one document."""

    def sink(self, handle: BinaryIO) -> Sink:
        """Where rewritten chunks go; the caller owns the handle."""

    def target_name(self, name: str) -> str:
        """What the output of a file of this name is called."""


def chunks_of(container: Format, handle: BinaryIO) -> Iterator[Chunk]:
    """The chunks of a stream, in order. Raises DocumentError where it is not of this format, and where reading it
    brings out a defect of ours or of a library: that must not cost the other files of a run.
    """
    try:
        yield from container.chunks(handle)
    except (CleanerError, OSError):
        raise
    except Exception as error:
        raise DocumentError(f"cannot be read ({told(error)})") from error


def entries_of(container: Format, chunk: Chunk) -> Sequence[Entry]:
    """The documents of a chunk, in order; one with which such a defect comes out has a fault, and no other."""
    try:
        return container.entries(chunk)
    except Exception as error:
        halves = container.halves(chunk)
        if not halves:
            return [Entry(chunk.first, None, told(error))]
        return [entry for half in halves for entry in entries_of(container, half)]


def told(error: Exception) -> str:
    """What there is to say of an error that nobody has foreseen."""
    return f"{type(error).__name__}: {error}; please report this"


def rewritten(
    container: Format, chunk: Chunk, entries: Sequence[Entry], changes: Sequence[Change | None], name: str
) -> Any:
    """A chunk as a file of this name takes it: compressed, where that is called so."""
    piece = container.rewritten(chunk, entries, changes)
    if not container.packs:
        return piece
    parts = piece if isinstance(piece, tuple) else (piece,)
    return b"".join(packed(part, name) for part in parts)
