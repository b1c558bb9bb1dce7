"""What holds for whatever is cleaned; each function raises AssertionError where it does not."""

from __future__ import annotations

from cleaner.model import Document, Result
from cleaner.text.clean import TextCleaner
from cleaner.text.decode import decode


def tiles(result: Result) -> None:
    """Kept spans and removals lie side by side, and make up the whole text."""
    removed = [(removal.start, removal.end) for removal in result.removals]
    end = 0
    for start, stop in sorted([*result.kept_spans(), *removed]):
        assert start == end, f"a gap or an overlap at {end}"
        assert start < stop, f"an empty span at {start}"
        end = stop
    assert end == len(result.document.text), f"the spans end at {end}"
    for removal in result.removals:
        assert removal.text == result.document.text[removal.start : removal.end], f"another text at {removal.start}"


def gives_back(data: bytes, result: Result) -> None:
    """The clean bytes and the removals are the input, byte for byte."""
    document = result.document
    output = bytearray(result.data)
    for removal in result.removals:
        output[removal.byte_start : removal.byte_start] = document.encode(removal.text)
    assert bytes(output) == data, "the removals do not lead back to the input"


def is_clean(cleaner: TextCleaner, result: Result) -> None:
    """Nothing more goes from what was cleaned."""
    document = result.document
    if document.blocks:
        return  # its text is cleaned with what the page knew, and that is not in the text
    again = cleaner.clean(Document(result.text, document.name, document.encoding, document.errors))
    assert not again.removals, f"of the clean text goes {again.removals[0].text[:60]!r}"


def decodes(data: bytes, encoding: str | None = None) -> Document:
    """The document of these bytes, which gives them back. Raises DocumentError."""
    document = decode(data, encoding=encoding)
    assert document.encode(document.text) == data, "the text does not encode to the input"
    return document


def ends_alike(cleaner: TextCleaner, text: str) -> None:
    """The same lines go, for the same reasons, however lines end."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    result = cleaner.clean(Document(plain))
    for end in ("\r\n", "\r"):
        other = cleaner.clean(Document(plain.replace("\n", end)))
        assert other.text == result.text.replace("\n", end), f"other text is left with {end!r}"
        one, two = (
            [(r.line, r.end_line, r.rule, r.score, r.evidence) for r in each.removals] for each in (result, other)
        )
        assert one == two, f"other reasons with {end!r}"
