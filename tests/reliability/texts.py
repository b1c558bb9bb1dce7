"""Ways in for documents: decoding, the whole path of a text, and that of a page."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from cleaner.html import extract, page_document
from cleaner.html.markdown import markdown
from cleaner.model import EXTRACTORS
from cleaner.text.verify import unmarked
from tests.reliability import promises
from tests.reliability.target import Target
from tests.samples import FIXTURES, MORE_PROSE, PROSE, shipped_cleaner, shipped_packs

ENCODINGS = (
    None, "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be", "cp1252", "latin-1", "gb18030", "shift_jis",
    "euc-kr", "big5", "koi8-r", "utf-7", "idna", "punycode", "hex", "unicode_escape", "undefined", "mbcs", "no such",
)  # fmt: skip


def _decode(data: bytes) -> None:
    """The first byte says what encoding is forced, if one is."""
    encoding = ENCODINGS[data[0] % len(ENCODINGS)] if data else None
    promises.decodes(data[1:], encoding)


def _text(data: bytes) -> None:
    cleaner = shipped_cleaner()
    result = cleaner.clean(promises.decodes(data))
    promises.tiles(result)
    promises.gives_back(data, result)
    promises.is_clean(cleaner, result)


def _page(data: bytes) -> None:
    """The first byte says which extractor takes it, and whether its markup is noted."""
    which, data = data[:1], data[1:]
    number = which[0] if which else 0
    extractor = EXTRACTORS[-1] if number % 3 == 2 else EXTRACTORS[0]  # the other two are not ours
    page = extract(data, extractor=extractor, markup=bool(number & 4), encoding="idna" if number & 8 else None)
    result = shipped_cleaner().clean(page_document(page, "page", title=bool(number & 16)))
    promises.tiles(result)
    promises.gives_back(result.document.encode(result.document.text), result)
    markdown(result)


@cache
def boilerplate() -> tuple[str, ...]:
    """Every text of every example that we ship."""
    return tuple(unmarked(each.text) for pack in shipped_packs() for rule in pack.rules for each in rule.examples)


@cache
def _texts() -> tuple[bytes, ...]:
    """A choice of examples between prose, and what is kept of hostile texts."""
    some = boilerplate()[::23]
    made = [f"{PROSE}\n\n{one}\n\n{MORE_PROSE}\n\n{two}\n".encode() for one, two in pairwise(some)]
    files = [path.read_bytes() for path in sorted((FIXTURES / "hostile").glob("*.txt"))]
    return (*made, *(data for data in files if len(data) < 5_000))


def _with_first(data: bytes) -> list[bytes]:
    return [bytes([number]) + data for number in (0, 2, 4)]


def _pages() -> list[bytes]:
    paths = [*(FIXTURES / "articles").glob("*/input.html"), *(FIXTURES / "hostile").glob("*.html")]
    files = [path.read_bytes() for path in sorted(paths)]
    made = [
        f'<html lang="de"><head><meta charset="{name}"><title>A</title></head><body><article><p>{PROSE} é</p>'
        f"<p>{MORE_PROSE}</p></article></body></html>".encode("latin-1")
        for name in ("iso-8859-1", "iso-2022-jp", "utf-16", "shift_jis", "idna")
    ]
    return [seed for data in (*made, *files) if len(data) < 30_000 for seed in _with_first(data)]


def _encoded() -> list[bytes]:
    found = []
    for number, name in enumerate(ENCODINGS):
        for text in (PROSE, "Die Brücke\r\n – bleibt.", "Мост закрыт\n", "橋は秋まで"):
            try:
                found.append(bytes([number]) + text.encode(name or "utf-8"))
            except (LookupError, UnicodeError):
                continue
    return found


TARGETS = (
    Target("decode", "bytes of a text, with 20 encodings forced or none", _decode, _encoded),
    Target("text", "a text, cleaned with all rules that we ship", _text, lambda: list(_texts())),
    Target("page", "a page, through extraction, cleaning and Markdown", _page, _pages),
)
