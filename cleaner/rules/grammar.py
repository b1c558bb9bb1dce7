r"""The grammar of patterns: read just deep enough to rewrite each part for RE2, and to know what its matches need.

What is rewritten, and why, is said in `translate`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from cleaner.rules import literal
from cleaner.rules.fold import FULL_WIDTH
from cleaner.rules.literal import ANYTHING, Needs
from cleaner.rules.pattern import PatternError

MAX_WITH_LISTS = 1 << 20
"""Longest pattern with its lists, as RE2 gets it: a pack may come from a stranger."""

_SPACES = r"\t\p{Zs}"
_VARIANTS = {
    "'": "'’‘ʼ＇´`",
    '"': '"“”„‟«»＂',
    "-": r"\-‐‑‒–—−－",
    " ": _SPACES,
    ":": ":：",
    "!": "!！",
    ",": ",，",
    "/": "/／",
}
_ESCAPED_VARIANTS = {"(": r"(（", ")": r")）", "?": "?？", "|": "|｜", "-": _VARIANTS["-"], "/": "/／"}
_CLASSES = {
    "d": r"\p{Nd}",
    "w": r"\p{L}\p{N}_",
    "s": r"\s\p{Zs}",
}
_PLAIN = re.compile(r"\w+(?![*+?{])|\w+(?=\w[*+?{])")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_LIST = re.compile(r"\{\{([a-z][a-z0-9_-]*)\}\}")
_ESCAPE = re.compile(r"\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{\^?\w+\}|[pP]\w|.)")
_GROUP = re.compile(r"\((?:\?:|\?P<(\w+)>)?")
_DIGIT = literal.one_of("0")
"""Digits of all scripts are folded to 0 (see `fold`)."""
_DIGITS_ONLY = re.compile(r"(?:[0-9](?:-[0-9])?)+")
_ESCAPED, _NAMED_CLASS = re.compile(r"\\."), re.compile(r"\\\w")
_FEW = 12
_DEEPEST = 100


class Piece(NamedTuple):
    """A part of a pattern: as RE2 gets it, and what its matches need."""

    exact: str
    needs: Needs


def branches_of(source: str, lists: Mapping[str, tuple[str, ...]]) -> list[list[Piece]]:
    """The alternatives of a pattern, each a sequence of parts; raises PatternError."""
    parser = _Parser(source, lists)
    branches = parser.alternation()
    if parser.position < len(source):
        raise PatternError("unmatched )")
    return branches


def _counted(quantifier: str, low: str | None, high: str | None) -> tuple[int, int | None]:
    if low is None:
        return int(quantifier[0] == "+"), 1 if quantifier[0] == "?" else None
    return int(low), int(low) if high is None else int(high) if high else None


class _Parser:
    """Recursive descent over one pattern, just deep enough to rewrite it."""

    def __init__(self, source: str, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.source, self.lists, self.position, self.depth, self.listed = source, lists, 0, 0, 0

    def alternation(self) -> list[list[Piece]]:
        branches: list[list[Piece]] = [[]]
        while self.position < len(self.source):
            char = self.source[self.position]
            if char == ")":
                break
            if char == "|":
                self.position += 1
                branches.append([])
                continue
            branches[-1].append(self._plain() or self._quantified())
        return branches

    def _plain(self) -> Piece | None:
        """Letters and digits up to one that is counted, at once: most of what patterns are made of."""
        match = _PLAIN.match(self.source, self.position)
        if match is None:
            return None
        self.position = match.end()
        text = match.group().translate(FULL_WIDTH)
        return Piece(text, literal.fixed(text))

    def _quantified(self) -> Piece:
        is_space = self.source[self.position] == " "
        exact, needs = self._atom()
        match = _QUANTIFIER.match(self.source, self.position)
        if is_space:
            exact = f"(?:{exact}+)" if match else f"{exact}+"
        if match is None:
            return Piece(exact, needs)
        self.position = match.end()
        quantifier = match.group()
        low, high = _counted(quantifier, match.group(1), match.group(2))
        # One or more spaces are one space in a folded text.
        return Piece(
            exact + quantifier,
            literal.repeated(needs, min(low, 1), 1) if is_space else literal.repeated(needs, low, high),
        )

    def _atom(self) -> Piece:
        source, start = self.source, self.position
        named = _LIST.match(source, start)
        if named:
            self.position = named.end()
            piece = _list_piece(named.group(1), self.lists)
            self.listed += len(piece.exact)
            if self.listed > MAX_WITH_LISTS:
                raise PatternError(f"is more than {MAX_WITH_LISTS:,} characters long with its lists")
            return piece
        char = source[start]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        self.position += 1
        if char == "^":
            return Piece("^", literal.EDGE)
        if char == "$":
            return Piece("$", literal.END)
        if char in _VARIANTS:
            return Piece(f"[{_VARIANTS[char]}]", literal.one_of(char))
        if char == ".":
            return Piece(char, ANYTHING)
        char = char.translate(FULL_WIDTH)
        return Piece(char, literal.one_of(char))

    def _group(self) -> Piece:
        opening = _GROUP.match(self.source, self.position)
        assert opening is not None
        if self.source.startswith("(?", self.position) and opening.group() == "(":
            raise PatternError(
                f"{self.source[self.position : self.position + 4]}… is outside the linear-time subset "
                "(no look-around, flags or conditionals; use `none`, `case`, or (?P<cut>...))"
            )
        name = opening.group(1)
        if name not in (None, "cut"):
            raise PatternError(f"group {name!r}: the only group with a meaning is (?P<cut>...)")
        if name and self.source.count("(?P<cut>") > 1:
            raise PatternError("(?P<cut>...) may stand once in a pattern")
        self.position = opening.end()
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternError(f"groups are nested more than {_DEEPEST} deep")
        branches = self.alternation()
        self.depth -= 1
        if self.position >= len(self.source):
            raise PatternError("missing )")
        self.position += 1
        exact = "|".join("".join(piece.exact for piece in branch) for branch in branches)
        needs = literal.alternatives([literal.sequence(piece.needs for piece in branch) for branch in branches])
        return Piece(f"({exact})" if name else f"(?:{exact})", needs)

    def _escape(self) -> Piece:
        match = _ESCAPE.match(self.source, self.position)
        if match is None:
            raise PatternError("a lone \\ at the end")
        self.position = match.end()
        text = match.group()
        char = text[1]
        if char in "bB":
            raise PatternError(
                rf"{text} may stand only at a pattern's two ends (write \b at the ends, or [ ,.] inside)"
            )
        if char.isdigit():
            raise PatternError(f"{text}: back-references are outside the linear-time subset")
        if char in "CQEGXRZ":
            raise PatternError(f"{text} is not supported")
        if char in _CLASSES:
            return Piece(f"[{_CLASSES[char]}]", _DIGIT if char == "d" else ANYTHING)
        if char.lower() in _CLASSES and len(text) == 2:
            return Piece(f"[^{_CLASSES[char.lower()]}]", ANYTHING)
        if char in _ESCAPED_VARIANTS:
            return Piece(f"[{_ESCAPED_VARIANTS[char]}]", literal.one_of(char))
        return Piece(text, ANYTHING if char.isalnum() else literal.one_of(char))

    def _class(self) -> Piece:
        source, start = self.source, self.position
        position = start + 1
        out = ["["]
        if source.startswith("^", position):
            out.append("^")
            position += 1
        first = position
        while position < len(source) and (source[position] != "]" or position == first):
            char = source[position]
            if char == "\\":
                match = _ESCAPE.match(source, position)
                if match is None:
                    raise PatternError("a lone \\ at the end")
                out.append(_class_escape(match.group()))
                position = match.end()
                continue
            if source.startswith("[:", position):
                raise PatternError(r"[[:name:]] classes are ASCII only: write \p{L}, \d, \s")
            position += 1
            is_range = char == "-" and position - 1 > first and source[position : position + 1] not in ("]", "")
            opens_range = source.startswith("-", position) and not source.startswith("-]", position)
            in_range = is_range or opens_range
            out.append(_VARIANTS[char] if char in _VARIANTS and not in_range else char.translate(FULL_WIDTH))
        if position >= len(source):
            raise PatternError("missing ]")
        self.position = position + 1
        out.append("]")
        return Piece("".join(out), _needs_of_class(source[start + 1 : position]))


def _needs_of_class(members: str) -> Needs:
    """A few characters are all known; ranges and escapes are not gone into."""
    if _DIGITS_ONLY.fullmatch(members):
        return _DIGIT
    plain = _ESCAPED.sub("", members)
    if "-" in plain[1:-1] or members.startswith("^") or _NAMED_CLASS.search(members):
        return ANYTHING
    members = members.replace("\\", "")
    if len(members) > _FEW:
        return ANYTHING if any(map(str.isalnum, members)) else literal.PUNCTUATION
    return literal.one_of(members)


def _class_escape(text: str) -> str:
    if text[1] in _CLASSES:
        return _CLASSES[text[1]]
    if text[1] in "DWSbB":
        raise PatternError(f"{text} within [...] is not supported")
    if text[1] in _ESCAPED_VARIANTS:
        return _ESCAPED_VARIANTS[text[1]]
    return text


@functools.lru_cache(maxsize=4096)
def _literal(text: str) -> Piece:
    out = []
    for char in text.translate(FULL_WIDTH):
        if char in _VARIANTS:
            out.append(f"[{_VARIANTS[char]}]" + ("+" if char == " " else ""))
        elif char.isalnum() or not char.isascii():
            out.append(char)
        else:
            out.append("\\" + char)
    needs = (literal.one_of(char) for char in text)
    return Piece("".join(out), literal.sequence(needs))


def _list_piece(name: str, lists: Mapping[str, tuple[str, ...]]) -> Piece:
    if name not in lists:
        known = ", ".join(sorted(lists)) or "none"
        raise PatternError(f"{{{{{name}}}}} is no list (lists of the loaded packs: {known})")
    return _any_of(lists[name])


@functools.lru_cache(maxsize=256)
def _any_of(entries: tuple[str, ...]) -> Piece:
    pieces = [_literal(entry) for entry in sorted(entries, key=lambda entry: (-len(entry), entry))]
    exact = "|".join(piece.exact for piece in pieces)
    return Piece(f"(?:{exact})", literal.alternatives([piece.needs for piece in pieces]))
