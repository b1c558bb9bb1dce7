"""Lines in the form in which they are counted: what varies from document to document is one thing in all of them.

Dates and times, numbers and the site's own name vary; case, kinds of quotes and dashes, and blanks do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

import re2

from cleaner.rules.fold import fold_usual, plain
from cleaner.rules.scaffold import escaped


class Kind(StrEnum):
    """What a piece of a line is; the value stands for it in a shadow, which holds no such characters otherwise."""

    PLAIN = ""
    DATE = "\x01"
    NUMBER = "\x02"
    SITE = "\x03"


_MONTHS = """
January February March April May June July August September October November December
Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
Januar Jänner Februar März Mai Juni Juli Oktober Dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
januari februari maart mei augustus augusti marts maj
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
"""
_DAYS = """
Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun
Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag
lundi mardi mercredi jeudi vendredi samedi dimanche
"""
_TIME = r"(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\d{1,2}\.\d{2} ?[ap]\.?m\.?)"


def _either(names: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re2.escape, sorted(names, key=lambda name: (-len(name), name)))) + ")"


def _date(month: str, day: str) -> str:
    """A date with or without time, or a time, for names of months and of days of the week."""
    return (
        rf"(?:(?:{day},? )?(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
        rf"|\d{{1,2}}\.? (?:de )?{month}\.?(?:,? (?:de )?\d{{4}})?|{month}\.? \d{{1,2}}(?:,? \d{{4}})?)"
        rf"(?:(?:,| at| um)? {_TIME})?|{_TIME})"
    )


PATTERNS = {Kind.DATE: _date(r"\p{L}{3,12}", r"\p{L}{2,12}"), Kind.NUMBER: r"\d+(?:[.,]\d+)*"}
"""What a rule's pattern has in the place of a piece that varies. There, any word stands for a month: all their names
would hide the rest from whoever reads it.
"""
_IN_RE2 = _date(_either(_MONTHS.split()), _either(_DAYS.split()))
_DIGIT = re.compile(r"\d")
_NUMBER, _DOTTED_DATE = re.compile(PATTERNS[Kind.NUMBER]), re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}")


@lru_cache(maxsize=1024)
def _varying(names: frozenset[str]) -> re2._Regexp[bytes]:
    """What finds the pieces that vary, in UTF-8. Not Python's `re`, which takes twenty times as long for the months."""
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    guarded = [rf"\b{_IN_RE2}\b", *([_either(names)] if names else []), PATTERNS[Kind.NUMBER]]
    return re2.compile("|".join(guarded).replace(r"\d", r"\p{Nd}"), options)


def _may_vary(line: str, names: frozenset[str]) -> bool:
    if _DIGIT.search(line):
        return True
    lower = line.lower()
    return any(name in lower for name in names)


def pieces(line: str, names: frozenset[str] = frozenset()) -> Iterator[tuple[Kind, str]]:
    """A stripped line in pieces, in order; `names` are what its site is called, in lower case."""
    if not _may_vary(line, names):
        yield Kind.PLAIN, line
        return
    data, end = line.encode("utf-8", "replace"), 0
    for match in _varying(names).finditer(data):
        start, stop = match.span()
        if end < start:
            yield Kind.PLAIN, data[end:start].decode()
        text = data[start:stop].decode()
        yield _kind(text, names), text
        end = stop
    if end < len(data):
        yield Kind.PLAIN, data[end:].decode()


def _kind(text: str, names: frozenset[str]) -> Kind:
    if text.lower() in names:
        return Kind.SITE
    return Kind.NUMBER if _NUMBER.fullmatch(text) and not _DOTTED_DATE.fullmatch(text) else Kind.DATE


def shadow(line: str, names: frozenset[str] = frozenset()) -> bytes:
    """The form in which a line is counted, which is stripped and has single blanks."""
    if not _may_vary(line, names):
        return fold_usual(line)
    return b"".join(kind.encode() or fold_usual(text) for kind, text in pieces(line, names))


def pattern(line: str, names: frozenset[str], *, varies: bool) -> str:
    """A rule's pattern for the whole line; where it `varies`, for all lines with its shadow."""
    if not varies:
        return f"^{_written(line)}$"
    parts = []
    for kind, text in pieces(line, names):
        if kind is Kind.SITE:
            parts.append("(?:" + "|".join(map(_written, sorted(names))) + ")")
        else:
            parts.append(PATTERNS.get(kind) or _written(text))
    return f"^{''.join(parts)}$"


def _written(text: str) -> str:
    """A pattern for a text: the plain quotes and dashes in it stand for all kinds of them."""
    return escaped(plain(text))
