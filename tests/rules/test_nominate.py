"""Nomination may name too much, never too little: held against RE2, which decides, in every way we could think of."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence

import pytest
import re2
from hypothesis import event, given, settings
from hypothesis import strategies as st

from cleaner.rules.engine import compile_exact, found_in
from cleaner.rules.fold import FULL_WIDTH, searchable
from cleaner.rules.nominate import Nominator, Wanted
from cleaner.rules.pattern import Pattern, PatternError
from cleaner.rules.table import Dialect
from cleaner.text.confirm import confirm
from cleaner.text.shape import count_words
from cleaner.text.verify import unmarked
from tests.samples import pattern, rule, shared, shipped_packs

LISTS = {"agency": ("AP", "Agence Dépêche", "ＫＹＯＤＯ", "NTB  Nord", "A/B", "Ma'an", "пресс-бюро")}
DIALECT = Dialect(LISTS)
TO_FULL_WIDTH = {plain: full for full, plain in FULL_WIDTH.items()}


def confirmed(wanted: Wanted, line: str) -> bool:
    """Whether a rule of this one pattern matches the line, in the way `Matcher` finds out."""
    asking, seen = rule("ad/x", max_words=wanted.max_words, exact_case=wanted.exact_case), searchable(line)
    found = found_in(wanted.pattern, seen, exact_case=wanted.exact_case)
    return found and confirm(asking, [wanted.pattern], seen, count_words(line)) is not None


def searched(wanted: Wanted, line: str) -> bool:
    """The same, by RE2's plain search."""
    short = wanted.max_words is None or count_words(line) <= wanted.max_words
    return short and compile_exact(wanted.pattern, wanted.exact_case).search(searchable(line).data) is not None


def nominator_of(wanted: Sequence[Wanted], **options: int) -> Nominator:
    return Nominator(dict(enumerate(wanted)), **options)


def missed(wanted: Sequence[Wanted], lines: Sequence[str]) -> list[tuple[str, str]]:
    """Patterns and lines that belong together and were not nominated; with tables of all, or of what may be there."""
    nominated = nominator_of(wanted, before_tables=0).nominate(lines)
    assert nominator_of(wanted, before_tables=1 << 40).nominate(lines) == nominated
    return [
        (one.pattern.source, line)
        for index, line in enumerate(lines)
        for number, one in enumerate(wanted)
        if number not in nominated.get(index, ()) and confirmed(one, line)
    ]


def read(source: str) -> Pattern:
    return DIALECT.read(source)


class TestNominator:
    def test_no_lines_and_no_patterns_nominate_nothing(self) -> None:
        assert nominator_of([]).nominate([]) == {}
        assert nominator_of([]).nominate(["a line", "٢  odd"]) == {}
        assert nominator_of([Wanted(pattern("^$")), Wanted(pattern("harbour"))]).nominate([]) == {}

    def test_lines_and_patterns_are_named_by_number(self) -> None:
        nominator = nominator_of(
            [Wanted(pattern("harbour")), Wanted(pattern(r"^\d\d$")), Wanted(pattern("lighthouse$"))]
        )

        nominated = nominator.nominate(["Nothing here", "The harbour", "12", "Old Harbour Lighthouse", "20  12"])

        assert {index: numbers for index, numbers in nominated.items() if numbers} == {1: {0}, 2: {1}, 3: {0, 2}}

    def test_prose_that_holds_no_literal_is_nominated_for_nothing(self) -> None:
        nominator = nominator_of([Wanted(pattern("subscribe to our newsletter")), Wanted(pattern(r"\bfollow us on\b"))])

        assert (
            nominator.nominate(["The dam opens in May, the ministry said.", "Below it  the river runs\u00a0on."]) == {}
        )

    @pytest.mark.parametrize("source", [r"^(?:[A-Z] )+$", "^harbour master$", r"\d\d:\d\d"])
    def test_lines_with_more_words_than_the_rule_allows_are_left_out(self, source: str) -> None:
        short, long = Wanted(read(source), max_words=2), Wanted(read(source))

        assert missed([short, long], ["A B", "A B C", "harbour master", "12:30", "at 12:30 they met"]) == []
        assert (
            nominator_of([short])
            .nominate(["A very long line about 12:30 and the harbour master and A B C"])
            .get(0, set())
            == set()
        )

    @pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\t", "  ", "\u2009 "])
    def test_odd_spaces_do_not_count_as_words_where_the_rule_does_not_count_them(self, space: str) -> None:
        line = space.join(["old", "harbour", "master", "house"])

        assert missed([Wanted(read("harbour master"), max_words=count_words(line))], [line]) == []

    @pytest.mark.parametrize("limit", [1, 12, 13, 25, 26, 60, 61, 10_000, None])
    def test_loose_patterns_are_tried_up_to_their_own_limit(self, limit: int | None) -> None:
        loose = Wanted(read(r"[a-c][a-c]"), max_words=limit)
        lines = [" ".join(["ab", *["w"] * (words - 1)]) for words in (1, 11, 12, 13, 25, 26, 60, 61, 200)]

        nominated = nominator_of([loose]).nominate(lines)

        assert not loose.pattern.clues
        assert {i for i, line in enumerate(lines) if confirmed(loose, line)} <= set(nominated)

    def test_a_literal_does_not_reach_over_a_line_end(self) -> None:
        nominated = nominator_of([Wanted(read("(?:harbour )?master$"))]).nominate(
            ["the harbour", "master", "master mind"]
        )

        assert nominated.get(1) == {0}
        assert not any(nominated.get(index) for index in (0, 2))


# One piece of a pattern and a text that it matches. Lines made of these hit their patterns; random ones never would.

WORDS = [
    "harbour",
    "sk",
    "Straße",
    "ISTANBUL",
    "İzmir",
    "ırmak",
    "Masse",
    "kilo",
    "ΟΔΟΣ",
    "один",
    "ＡＢ",
    "写真",
    "Ǆep",
    "ẞ",
]
VARIANTS = {
    " ": ["  ", "\u00a0", "\t", "\u2009\u2009", "\u3000", "\u202f ", " \u1680", "   "],
    "'": ["’", "‘", "`", "´", "＇", "ʼ"],
    '"': ["“", "„", "«", "＂", "»"],
    "-": ["–", "—", "‑", "−", "－"],
    ":": ["："],
    "!": ["！"],
    ",": ["，"],
    "/": ["／"],
    "(": ["（"],
    ")": ["）"],
    "?": ["？"],
}
SAME_LETTER = {"s": "Sſ", "k": "K\u212a", "å": "Å\u212b", "ß": "ẞ", "σ": "Σς", "о": "Оᲂ", "д": "ᲁ", "ǆ": "ǅǄ"}
SCRIPTS = "0٠۰०০๐０𝟎\U0001e950"

Piece = tuple[str, str]


@st.composite
def as_typed(draw: st.DrawFn, text: str) -> str:
    """The text in another case, with the forms that its letters, spaces and signs can have."""
    name = draw(st.sampled_from(("upper", "lower", "title", "swapcase", "")))
    changed = getattr(text, name)() if name and "ß" not in text else text
    if draw(st.integers(0, 3)):
        return changed
    return "".join(
        draw(st.sampled_from((char, *SAME_LETTER.get(char.lower(), ""), chr(TO_FULL_WIDTH.get(ord(char), ord(char))))))
        for char in changed
    )


@st.composite
def word(draw: st.DrawFn) -> Piece:
    source = draw(st.sampled_from(WORDS) | st.text("askßåxσо", min_size=1, max_size=5))
    return source, draw(as_typed(source))


@st.composite
def sign(draw: st.DrawFn) -> Piece:
    char = draw(st.sampled_from("  '\"-:!,/ ()?"))
    source = f"\\{char}" if char in "()?" else char
    return source, draw(st.sampled_from((char, char, *VARIANTS[char])))


@st.composite
def digits(draw: st.DrawFn) -> Piece:
    zero = ord(draw(st.sampled_from(SCRIPTS)))
    count = draw(st.integers(1, 3))
    source = r"\d" * count if draw(st.booleans()) else rf"\d{{1,{count}}}"
    return source, "".join(chr(zero + draw(st.integers(0, 9))) for _ in range(count))


@st.composite
def any_of_class(draw: st.DrawFn) -> Piece:
    members = draw(
        st.sampled_from(
            ("ab", " ,.", ": ", "ＡＢ", "skß", "-–a", "(\\[", "٢2", "' ", "[:;|/\\\\_=<>*·•«»(){}~+]"[1:-1])
        )
    )
    chosen = draw(st.sampled_from([char for char in members if char != "\\"]))
    return f"[{members}]", draw(as_typed(draw(st.sampled_from((chosen, *VARIANTS.get(chosen, []))))[:1]))


@st.composite
def anything(draw: st.DrawFn) -> Piece:
    source, texts = draw(
        st.sampled_from(
            (
                (".", "x é"),
                (".{0,9}", ("", "so x", "x")),
                (r"\w+", ("abc", "٢", "ſ")),
                (r"\s", " \u00a0"),
                (r"\W", "-. "),
                ("[^a]", "b "),
                (r"\p{L}", "xéß"),
                (r"[\w.-]+", ("a.b", "x")),
                ("[a-k]", "bkK"),
                ("{{agency}}", LISTS["agency"]),
            )
        )
    )
    return source, draw(st.sampled_from(texts))


@st.composite
def grouped(draw: st.DrawFn, inner: st.SearchStrategy[Piece]) -> Piece:
    """Alternatives, a repeated or an optional part."""
    pieces = draw(st.lists(inner, min_size=1, max_size=3))
    source = "|".join(source for source, _ in pieces)
    mark = draw(st.sampled_from(("(?:", "(?:", "(")))
    count = draw(st.sampled_from(("", "", "?", "*", "+", "{2}", "{0,3}", "{1}", "{0,1}", "??")))
    least = {"": 1, "+": 1, "{2}": 2, "{1}": 1}.get(count, 0)
    most = {"": 1, "?": 1, "??": 1, "{1}": 1, "{0,1}": 1}.get(count, max(least, 2))
    times = draw(st.integers(least, most))
    return f"{mark}{source}){count}", "".join(draw(st.sampled_from(pieces))[1] for _ in range(times))


@st.composite
def counted(draw: st.DrawFn, inner: st.SearchStrategy[Piece]) -> Piece:
    """One character that may be missing, or stand twice."""
    source, text = draw(inner)
    if len(source.removeprefix("\\")) != 1:
        return source, text
    quantifier, times = draw(st.sampled_from((("?", 0), ("?", 1), ("*", 2), ("+", 2), ("{2}", 2), ("{0,1}", 0))))
    return source + quantifier, text * times


SIMPLE = st.one_of(word(), sign(), digits(), any_of_class(), anything(), counted(word() | sign()))
PIECES = st.recursive(SIMPLE, lambda inner: st.one_of(grouped(inner), counted(inner)), max_leaves=5)


@st.composite
def pattern_and_lines(draw: st.DrawFn) -> tuple[Wanted, list[str]]:
    pieces = draw(st.lists(PIECES, min_size=1, max_size=6))
    source, text = "".join(source for source, _ in pieces), "".join(text for _, text in pieces)
    opening, before = draw(
        st.sampled_from(
            (("", "x "), ("", ""), ("^", ""), ("^", "\u00a0"), (r"\b", "("), (r"\b", "w "), (r"\b", ""), ("^^", ""))
        )
    )
    closing, after = draw(
        st.sampled_from((("", " x"), ("", ""), ("$", ""), (r"\b", "。"), (r"\b", " w"), ("$$", ""), (r"\b", "")))
    )
    if r"\b" in (opening, closing):
        source = f"(?:{source})"
    try:
        made = read(f"{opening}{source}{closing}")
    except PatternError:
        made = read("harbour")
    line = f"{before}{text}{after}"
    lines = [line, draw(as_typed(line)), f"{line}\ud800", text]
    exact_case, max_words = draw(st.booleans()), draw(st.sampled_from((None, None, 1, 2, 3, 12)))
    return Wanted(made, exact_case, max_words), [stripped for each in lines if (stripped := each.strip())]


class TestAgainstRe2:
    @settings(max_examples=120, deadline=None)
    @given(st.lists(pattern_and_lines(), min_size=1, max_size=3))
    def test_made_patterns_and_lines_built_from_them(self, made: list[tuple[Wanted, list[str]]]) -> None:
        wanted = [one for one, _ in made]
        lines = [line for _, some in made for line in some]

        hits = [confirmed(one, line) for one in wanted for line in lines]

        event(f"hits: {min(sum(hits), 3)}")
        assert hits == [searched(one, line) for one in wanted for line in lines]
        assert missed(wanted, lines) == []

    def test_most_of_the_made_lines_hit_their_patterns(self) -> None:
        counts: list[bool] = []

        @settings(max_examples=60, deadline=None, database=None, derandomize=True)
        @given(pattern_and_lines())
        def count(made: tuple[Wanted, list[str]]) -> None:
            counts.append(any(confirmed(made[0]._replace(exact_case=False, max_words=None), line) for line in made[1]))

        count()

        assert sum(counts) > 0.7 * len(counts)

    @pytest.mark.parametrize(
        ("source", "line"),
        [
            (r"page \d\d", "page ٢٣"),
            (r"\b ?\d", "HARBOUR๐๐"),
            (r"\d ?\b", "๐๐HARBOUR"),
            (r"^\d+ of \d+$", "१२ of २०"),
            ("kiosk", "\u212aio\u017f\u212a"),
            ("foo[ ,] bar", "foo   bar"),
            ("foo  bar", "foo   bar"),
            ("foo\u00a0: bar baz", "foo\u00a0: bar  baz"),
            ("^^harbour$$", "harbour"),
            ("οδός", "ΟΔΌΣ"),
            ("{{agency}}", "KYODO"),
            ("{{agency}}", "ntb   nord"),
            ("{{agency}}", "ＮＴＢ　 ＮＯＲＤ"),
            ("^[ＡＢ]x[０-９]$", "ax7"),
            ("^[A-C]\\d$", "Ｂ７"),
            ("straße", "STRAẞE"),
            ("^Quellen ?:$", "Quellen："),
            ("^Quellen ?:$", "Quellen\u00a0:"),
            ("^[\"']?sources$", "«Sources"),
            ("^(?:- ?)?sources$", "— Sources"),
            ("один", "\u1c82\u1c81ин"),
            ("what\\?", "what\ud800"),
            ("µ-law", "\u039c-LAW"),
        ],
    )
    def test_lines_that_were_or_could_be_missed(self, source: str, line: str) -> None:
        wanted = Wanted(read(source))

        assert confirmed(wanted, line)
        assert nominator_of([wanted]).nominate([line]) == {0: {0}}
        assert nominator_of([Wanted(read("other")), wanted]).nominate(["a  b", "", line, "٢"])[2] == {1}


# The same over all that we ship.


def _with(old: str, new: str) -> Callable[[str], str]:
    return lambda line: line.replace(old, new)


RETYPED: list[Callable[[str], str]] = [
    str.upper,
    _with(" ", "\u00a0"),
    _with(" ", "  "),
    _with(" ", "\u2009\t"),
    lambda line: line.replace("s", "\u017f").replace("k", "\u212a"),
    lambda line: line.translate(TO_FULL_WIDTH),
    lambda line: line.translate({48 + digit: 0x660 + digit for digit in range(10)}),
    lambda line: line.replace("'", "’").replace('"', "“").replace("-", "—").replace(":", "：").replace("!", "！"),
    lambda line: line.replace("i", "İ").replace("о", "\u1c82"),
]


def missed_of_sets(wanted: Sequence[Wanted], lines: Sequence[str]) -> tuple[int, list[tuple[str, str]]]:
    """How many pairs RE2 confirms, and those among them that were not nominated.

    RE2 is asked by sets of the exact patterns; small ones, whose automata stay small.
    """
    nominated = nominator_of(wanted).nominate(lines)
    texts = [(searchable(line).data, count_words(line)) for line in lines]
    pairs, misses = 0, []
    order = sorted(range(len(wanted)), key=lambda number: wanted[number].max_words or 1 << 30)
    for first in range(0, len(order), 60):
        numbers = order[first : first + 60]
        tried = _set(wanted[number] for number in numbers)
        most = max(wanted[number].max_words or 1 << 30 for number in numbers)
        for index, (data, words) in enumerate(texts):
            for found in (tried.Match(data) or ()) if words <= most else ():
                number = numbers[found]
                if words <= (wanted[number].max_words or 1 << 30):
                    pairs += 1
                    if number not in nominated.get(index, ()):
                        misses.append((wanted[number].pattern.source, lines[index]))
    return pairs, misses


def _set(wanted: Iterable[Wanted]) -> re2.Set:
    settings = re2.Options()
    settings.max_mem = 1 << 29
    settings.never_capture = True
    settings.log_errors = False
    result = re2.Set.SearchSet(settings)
    for one in wanted:
        result.Add(one.pattern.exact if one.exact_case else f"(?i:{one.pattern.exact})")
    result.Compile()
    return result


class TestShippedPatterns:
    @pytest.mark.slow
    def test_the_lines_of_their_own_examples_however_typed(self) -> None:
        pick = random.Random(7)
        wanted: list[Wanted] = []
        own: list[list[str]] = []
        for pack in shipped_packs():
            for one in pack.rules:
                texts = [unmarked(example.text) for example in one.examples]
                lines = [line.strip() for text in texts for line in text.split("\n") if line.strip()]
                lines += [pick.choice(RETYPED)(line) for line in lines]
                for made in one.any or one.all[:1]:
                    wanted.append(Wanted(made, one.exact_case, one.max_words))
                    own.append(lines)
        everything = [line for lines in own for line in lines]
        distinct = sorted(set(everything))
        place = {line: index for index, line in enumerate(distinct)}
        nominated = nominator_of(wanted).nominate(distinct)

        hits = [
            (n, line)
            for n, (one, lines) in enumerate(zip(wanted, own, strict=True))
            for line in lines
            if searched(one, line)
        ]
        misses = [(wanted[n].pattern.source, line) for n, line in hits if n not in nominated.get(place[line], ())]

        assert len(hits) > 0.8 * len(wanted)
        assert misses == []

    @pytest.mark.slow
    def test_the_lines_of_real_pages(self) -> None:
        rules = [rule for pack in shipped_packs() for rule in pack.rules]
        shipped = [Wanted(one, each.exact_case, each.max_words) for each in rules for one in (each.any or each.all[:1])]
        rows = shared("bench/dev/lines.jsonl").read_text(encoding="utf-8").splitlines()
        texts = {line["text"].strip() for row in rows for line in json.loads(row)["lines"]} - {""}
        lines = sorted(texts)[::10]

        pairs, misses = missed_of_sets(shipped, lines)

        assert pairs > 200
        assert misses == []
