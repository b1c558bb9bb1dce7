r"""Patterns: what an author writes, what RE2 gets.

Authors write RE2's linear-time syntax. Three things are added on the way to RE2, because articles
come typed in many ways and because RE2's own classes are ASCII:

* variants: a quote, dash, space or one of ``: ! , /`` (and ``\( \) \? \|``) also matches its
  typographic and full-width forms, a space matches one or more spaces of any kind;
* ``\d \w \s`` are Unicode, and so is ``\b``, which may stand at a pattern's two ends only;
* ``{{name}}`` stands for any entry of a list that a pack defines.

Every pattern has two renderings. `exact` decides. `relaxed` is for the set that nominates: the
longest piece between two gaps (``.{0,40}``), with gaps widened; whatever `exact` finds, `relaxed`
finds too, but its automaton has no counters in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

MAX_PATTERN = 4000
"""Longest pattern in characters, before lists are put in: a limit against accidents."""

_SPACES = r"\t \x{a0}\x{1680}\x{2000}-\x{200a}\x{202f}\x{205f}\x{3000}"
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
    "s": r"\s" + _SPACES.replace(r"\t ", ""),
}
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts written without spaces: each of their letters is a boundary."""
_BOUNDARY = rf"[^\p{{L}}\p{{N}}_]|[{_UNSPACED}]"
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??")
_LIST = re.compile(r"\{\{([a-z][a-z0-9_-]*)\}\}")
_ESCAPE = re.compile(r"\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|[pP]\{\^?\w+\}|[pP]\w|.)")
_GROUP = re.compile(r"\((?:\?:|\?P<(\w+)>)?")
_SMALL_GAP = 3
_ENOUGH = 3
"""A piece that asks for fewer characters nominates too many lines."""
_EDGE = rf"[\s{_SPACES}\x{{1c}}-\x{{1f}}\x{{85}}\x{{2028}}\x{{2029}}]*"
"""What `str.strip` takes off before `exact` sees a line; the set sees the line as it is."""


class PatternError(ValueError):
    """A pattern outside the subset; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of a rule: as written, as RE2 source to decide, as RE2 source to nominate.

    Group 1 of `exact` is the match itself. Where the author named a part `(?P<cut>...)`, that part is
    group 2, and what a rule of scope "text" removes.
    """

    source: str
    exact: str
    relaxed: str

    @property
    def cut_group(self) -> int:
        return 2 if "(?P<cut>" in self.source else 1


class _Piece(NamedTuple):
    exact: str
    relaxed: str
    least: int
    gap: bool


def translate(source: str, lists: Mapping[str, tuple[str, ...]]) -> Pattern:
    """Translate one pattern; raises PatternError with the reason if it is outside the subset."""
    if len(source) > MAX_PATTERN:
        raise PatternError(f"pattern is {len(source)} characters long, at most {MAX_PATTERN} are allowed")
    body, lead, trail = source, False, False
    if body.startswith(r"\b"):
        body, lead = body[2:], True
    if body.endswith(r"\b") and (len(body) - len(body.rstrip("b\\"))) and _odd_backslashes(body[:-1]):
        body, trail = body[:-2], True
    parser = _Parser(body, lists)
    branches = parser.alternation()
    if parser.position < len(body):
        raise PatternError("unmatched )")
    if (lead or trail) and len(branches) > 1:
        raise PatternError(r"\b beside a top-level alternation: put the alternatives in (?:...)")
    exact = "|".join("".join(piece.exact for piece in branch) for branch in branches)
    exact = (rf"(?:^|{_BOUNDARY})" if lead else "") + f"({exact})" + (rf"(?:$|{_BOUNDARY})" if trail else "")
    relaxed = "|".join(_nominating_piece(branch) for branch in branches)
    return Pattern(source, exact, relaxed)


def _odd_backslashes(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _nominating_piece(branch: list[_Piece]) -> str:
    """The part between two gaps that asks for most characters; every match contains it.

    A branch without such a part (``^\\d+$``) nominates as a whole.
    """
    best, best_least = "", -1
    run: list[_Piece] = []
    for piece in [*branch, _Piece("", "", 0, True)]:
        if not piece.gap:
            run.append(piece)
            continue
        least = sum(part.least for part in run)
        if least > best_least:
            best, best_least = "".join(part.relaxed for part in run), least
        run = []
    return best if best_least >= _ENOUGH else "".join(piece.relaxed for piece in branch)


class _Parser:
    """Recursive descent over one pattern, just deep enough to rewrite it."""

    def __init__(self, source: str, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.source, self.lists, self.position = source, lists, 0

    def alternation(self) -> list[list[_Piece]]:
        branches: list[list[_Piece]] = [[]]
        while self.position < len(self.source):
            char = self.source[self.position]
            if char == ")":
                break
            if char == "|":
                self.position += 1
                branches.append([])
                continue
            branches[-1].append(self._quantified())
        return branches

    def _quantified(self) -> _Piece:
        wide = self.source[self.position] in ".[\\"
        is_space = self.source[self.position] == " "
        piece = self._atom()
        match = _QUANTIFIER.match(self.source, self.position)
        if match is None:
            if is_space:
                return piece._replace(exact=piece.exact + "+", relaxed=piece.relaxed + "+")
            return piece
        self.position = match.end()
        quantifier = match.group()
        if is_space:
            piece = piece._replace(exact=f"(?:{piece.exact}+)", relaxed=f"(?:{piece.relaxed}+)")
        low = int(match.group(1)) if match.group(1) else (1 if quantifier[0] == "+" else 0)
        high = quantifier[0] in "*+" or (match.group(2) == "") or int(match.group(2) or low) > _SMALL_GAP
        relaxed = piece.relaxed + quantifier
        if quantifier[0] == "{" and high:
            relaxed = piece.relaxed + ("+" if low else "*")
        return _Piece(piece.exact + quantifier, relaxed, piece.least * low, wide and high)

    def _atom(self) -> _Piece:
        source, start = self.source, self.position
        named = _LIST.match(source, start)
        if named:
            self.position = named.end()
            return _list_piece(named.group(1), self.lists)
        char = source[start]
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        self.position += 1
        if char == "^":
            return _Piece("^", "^" + _EDGE, 1, False)
        if char == "$":
            return _Piece("$", _EDGE + "$", 1, False)
        if char in _VARIANTS:
            variants = f"[{_VARIANTS[char]}]"
            return _Piece(variants, variants, 1, False)
        return _Piece(char, char, 1, False)

    def _group(self) -> _Piece:
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
        branches = self.alternation()
        if self.position >= len(self.source):
            raise PatternError("missing )")
        self.position += 1
        exact = "|".join("".join(piece.exact for piece in branch) for branch in branches)
        relaxed = "|".join("".join(piece.relaxed for piece in branch) for branch in branches)
        least = min(sum(piece.least for piece in branch) for branch in branches)
        return _Piece(f"({exact})" if name else f"(?:{exact})", f"(?:{relaxed})", least, False)

    def _escape(self) -> _Piece:
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
            return _Piece(f"[{_CLASSES[char]}]", f"[{_CLASSES[char]}]", 1, False)
        if char.lower() in _CLASSES and len(text) == 2:
            return _Piece(f"[^{_CLASSES[char.lower()]}]", f"[^{_CLASSES[char.lower()]}]", 1, False)
        if char in _ESCAPED_VARIANTS:
            text = f"[{_ESCAPED_VARIANTS[char]}]"
        return _Piece(text, text, 1, False)

    def _class(self) -> _Piece:
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
            out.append(_VARIANTS[char] if char in _VARIANTS and not (is_range or opens_range) else char)
        if position >= len(source):
            raise PatternError("missing ]")
        self.position = position + 1
        out.append("]")
        text = "".join(out)
        return _Piece(text, text, 1, False)


def _class_escape(text: str) -> str:
    if text[1] in _CLASSES:
        return _CLASSES[text[1]]
    if text[1] in "DWSbB":
        raise PatternError(f"{text} within [...] is not supported")
    if text[1] in _ESCAPED_VARIANTS:
        return _ESCAPED_VARIANTS[text[1]]
    return text


@functools.lru_cache(maxsize=4096)
def _literal(text: str) -> tuple[str, int]:
    out = []
    for char in text:
        if char in _VARIANTS:
            out.append(f"[{_VARIANTS[char]}]" + ("+" if char == " " else ""))
        elif char.isalnum() or not char.isascii():
            out.append(char)
        else:
            out.append("\\" + char)
    return "".join(out), len(text)


def _list_piece(name: str, lists: Mapping[str, tuple[str, ...]]) -> _Piece:
    if name not in lists:
        known = ", ".join(sorted(lists)) or "none"
        raise PatternError(f"{{{{{name}}}}} is no list (lists of the loaded packs: {known})")
    literals = [_literal(entry) for entry in sorted(lists[name], key=lambda entry: (-len(entry), entry))]
    text = "(?:" + "|".join(literal for literal, _ in literals) + ")"
    return _Piece(text, text, min(length for _, length in literals), False)
