"""Texts in one byte a character: what patterns are made of for them compiles in a sixth of the time.

Most of what RE2 makes of a pattern for UTF-8 is for characters that few lines have: `\\p{L}` alone is 600 ranges.
Nearly every line of a language with an alphabet fits into 256 characters.
"""

from __future__ import annotations

import codecs
from unicodedata import category

OTHER_LETTER, OTHER_MARK = "\ufdd0", "\ufdd1"
"""Stand for what an alphabet lacks: letters and numbers, and all else. They are no characters in any text."""
_NOTHING = "\ufffe"
"""What no byte stands for, in the words of `codecs.charmap_build`."""
_ASCII = bytes(range(0x80)).decode()
_MARKS = f"{OTHER_MARK}\u00a0\u00ad¡£§©«®°·»¿\u2011–—‘’“”„•…\u202f€™→"
_UPPER_HALVES = (
    f"{_MARKS}{OTHER_LETTER}ąćčďęěıłńňřśšťůźżžĄĆČĎĘĚİŁŃŇŘŚŠŤŮŹŻŽ"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏĞÑÒÓÔÕÖŒØÙÚÛÜÝŞßàáâãäåæçèéêëìíîïğñòóôõöœøùúûüýş×",
    f"{_MARKS}{OTHER_LETTER}№ёіїєґЁІЇЄҐ".ljust(0x40, _NOTHING)
    + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя",
    f"{_MARKS}{OTHER_LETTER}،؛؟\u0640\u0651אבגדהוזחטיךכלםמןנסעףפץצקרשתءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي".ljust(
        0x80, _NOTHING
    ),
)
"""Latin, Cyrillic, Hebrew with Arabic, each from byte 0x80.

RE2 reads one byte as Latin-1, where 0xc0 to 0xde have their small letters at 0xe0 to 0xfe: there only capitals and
their small letters may stand face to face.
"""
ALPHABETS = tuple(_ASCII + half for half in _UPPER_HALVES)
"""The characters of each alphabet, by their bytes. Texts in ASCII are in the first of them."""
LATIN = 0

_WHOLE = [
    codecs.charmap_build(characters.replace(OTHER_MARK, _NOTHING).replace(OTHER_LETTER, _NOTHING))
    for characters in ALPHABETS
]
_WITH_OTHERS = codecs.charmap_build(ALPHABETS[LATIN])
ASTRAY = frozenset("\u017f\u1e9e\u212a\u212b\u0345\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86")
"""What no alphabet has, though one has the same letter in another case, or what is a mark in one case only."""


def written_in(text: str) -> tuple[bytes, int] | None:
    """The text with a byte for each character, and the number of its alphabet; None if no alphabet has them all."""
    for number, table in enumerate(_WHOLE):
        try:
            return codecs.charmap_encode(text, "strict", table)[0], number
        except UnicodeEncodeError:
            continue
    return None


def with_others(text: str) -> bytes | None:
    """The text in Latin, with bytes that stand for others; None where nothing stands for one of them."""
    try:
        return codecs.charmap_encode(text.translate(_STAND_INS), "strict", _WITH_OTHERS)[0]
    except UnicodeEncodeError:
        return None


def other(character: str) -> str:
    """What stands for a character that an alphabet lacks; "?" for a lone surrogate, as patterns see it."""
    kind = category(character)
    if kind == "Cs":
        return "?"
    # What Python's Unicode does not know yet may be anything in RE2's.
    if kind == "Cn" or character in ASTRAY:
        return _NOTHING
    return OTHER_LETTER if kind[0] in "LN" else OTHER_MARK


class _StandIns(dict[int, str]):
    """For `str.translate`: what is written for a code point in Latin with others, found out when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        made = self[code] = character if character in _KNOWN else other(character)
        return made


_KNOWN = frozenset(ALPHABETS[LATIN]) - {OTHER_LETTER, OTHER_MARK}
_STAND_INS = _StandIns()
