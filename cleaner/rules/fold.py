"""How texts are read: the forms that one letter, quote, dash or space can have, as that one.

Patterns see texts as `searchable` gives them, one code point for each. Literals, which only nominate, are
compared with what `fold` writes: whatever RE2 takes for the same is the same there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cleaner.rules.alphabet import LATIN, with_others, written_in

SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""What a space in a pattern stands for, beside the plain one."""

FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters to ASCII, one for one, so that offsets hold; done to patterns and to texts."""

_LETTERS = dict(
    zip(
        "\u017f\u00b5ςϐϑϵϕϖϰϱẛ\u1fbe\u0345\u1fd3\u1fe3\ufb05\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88",
        "s\u03bcσβθεφπκρṡιι\u0390\u03b0\ufb06вдосттъѣꙋ",
        strict=True,
    )
)
"""Lower-case letters to those with which they share their capitals."""
_ZEROS = (
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0,
    0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60,
    0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0,
)  # fmt: skip
"""The zeros of all scripts; nine more digits follow each. Searching Unicode for them would slow each start."""

WORD_EDGE = "\0"
"""Stands in a literal where a word has to begin or end; no text of a pattern holds it."""

_TYPED = {
    **dict.fromkeys("’‘ʼ＇´`", "'"),
    **dict.fromkeys("“”„‟«»＂", '"'),
    **dict.fromkeys("‐‑‒–—−－", "-"),
    **dict(zip("：！，／（）？｜", ":!,/()?|", strict=True)),
}
"""Quotes, dashes and full-width marks to the one that a pattern is written with."""
USUAL = {mark: _TYPED.get(mark, " ") for mark in "’‘“”„«»–—：！，／（）？｜\u00a0"}
"""What is usual in running text: replaced in all of a text at once, which costs less than a second look."""

ODD: dict[int, str] = {
    **{ord(mark): plain for mark, plain in _TYPED.items()},
    **{code: chr(plain).lower() for code, plain in FULL_WIDTH.items()},
    **{zero + digit: "0" for zero in _ZEROS for digit in range(10)},
    **{ord(space): " " for space in SPACES},
    **{ord(letter): plain for letter, plain in _LETTERS.items()},
}
"""Lower-case characters, beside ASCII digits, that `fold` writes in another way."""
_LEAD = re.compile(r"(?:_++|[^\w\n]++)++")  # possessive: what could be given back takes 120 bytes a character
_DIGITS = str.maketrans("123456789", "000000000")
_DIGIT_BYTES = bytes.maketrans(b"123456789", b"000000000")

_RUN_OF_SPACES = re.compile("  +")


def fold(text: str) -> str:
    """The text as literals are written: lower case, plain spaces one by one, 0 for all digits, no odd characters."""
    # Lower case comes first: it makes a sigma at the end of a word an odd one.
    return _RUN_OF_SPACES.sub(" ", text.lower().translate(ODD).translate(_DIGITS))


def plain(text: str) -> str:
    """The text with the plain character for each usual mark; offsets stay the same."""
    if not text.isascii():
        for mark, written in USUAL.items():
            if mark in text:
                text = text.replace(mark, written)
    return text


def fold_usual(text: str) -> bytes:
    """Folded, in UTF-8, but for what is odd and not usual in running text: that is left as it is."""
    return plain(text).lower().encode("utf-8", "replace").translate(_DIGIT_BYTES)


class Searchable(NamedTuple):
    """A text as patterns see it: full-width letters folded, lone surrogates replaced, one code point each.

    `data` is UTF-8. `narrow` has one byte for each character, in the alphabet of that number; where that is not all
    of the text (not `whole`), what is found there need not be in the text. See `cleaner.rules.alphabet`.
    """

    data: bytes
    narrow: bytes | None
    alphabet: int = LATIN
    whole: bool = True


def searchable(text: str) -> Searchable:
    """The text as patterns see it."""
    data = text.encode("utf-8", "replace")
    if text.isascii():
        return Searchable(data, data)
    if data.find(b"\xef\xbc") >= 0 or data.find(b"\xef\xbd") >= 0:  # `in` takes longer, see `clues.bytewise`
        text = text.translate(FULL_WIDTH)
        data = text.encode("utf-8", "replace")
    if written := written_in(text):
        return Searchable(data, *written)
    return Searchable(data, with_others(text), whole=False)


def bare(line: str) -> str:
    """A line without its leading punctuation."""
    return line[match.end() :] if (match := _LEAD.match(line)) else line
