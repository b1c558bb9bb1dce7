"""What holds for every text, whatever the rules: held on documents built from the packs' own examples among prose.

Random text matches nothing and would prove nothing; the first test says how many of the documents lose something.
"""

from __future__ import annotations

import functools
import multiprocessing
import random
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.api import Cleaner
from cleaner.model import Document, Result
from cleaner.rules import RuleSet, Selection, select
from cleaner.rules.load import user_patterns
from cleaner.text.clean import TextCleaner
from cleaner.text.decode import decode
from cleaner.text.segment import Line, split_lines
from cleaner.text.verify import unmarked
from tests.samples import MORE_PROSE, PROSE, shipped_cleaner, shipped_packs

SOME = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

PARAGRAPHS = (
    PROSE,
    MORE_PROSE,
    '"We had no choice," said the mayor, who has lived beside the river for sixty years and does not swim.',
    "Die Brücke bleibt bis zum Herbst gesperrt, weil zwei Pfeiler tiefer gegründet werden müssen als geplant war.",
    "Le pont restera fermé jusqu'à l'automne, a précisé la mairie, car deux piles doivent être refaites en entier.",
    "Мост закрыт до осени, потому что две опоры придётся укрепить сильнее, чем было намечено в первом проекте.",
    "町は三十年の借金で新しい川床の費用を払い、橋は秋まで閉じたままになると市長が月曜日に説明した。",
    "Three things",
    "1. The dam",
    "– No.",
    "ＴＨＥ　ＤＡＭ",
    "The dam\u2028opens\x0cin May\x85",
)
BREAKS = (
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "\n\n\n",
    "\n \t\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\n\u3000\n",
    "\n\x0c\n",
    "\n\r",
)
RETYPED: tuple[Callable[[str], str], ...] = (
    *(str,) * 8,
    str.upper,
    lambda line: line.replace(" ", "\u00a0"),
    lambda line: line.replace(" ", "  "),
    lambda line: f"\t {line}  ",
    lambda line: line.replace("'", "’").replace("-", "—").replace(":", "："),
    lambda line: f"{line}\ud800",
    lambda line: f"\ufeff{line}",
    lambda line: f"{line} {PROSE}",
)


@functools.cache
def examples() -> list[str]:
    """The texts of all examples that we ship, without their marks."""
    return [unmarked(each.text) for pack in shipped_packs() for rule in pack.rules for each in rule.examples]


@st.composite
def fragments(draw: st.DrawFn) -> str:
    """A piece of boilerplate as an example has it: all of it, or one line typed in another way."""
    text = draw(st.sampled_from(examples()))
    if draw(st.integers(0, 2)) == 0:
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    return draw(st.sampled_from(RETYPED))(draw(st.sampled_from(lines)))


@st.composite
def wrapped(draw: st.DrawFn, end: str) -> str:
    """Paragraphs that were broken at a width, as in mail, with boilerplate inside them."""
    words = " ".join(draw(st.lists(st.sampled_from(PARAGRAPHS[:6]), min_size=6, max_size=9))).split(" ")
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 68:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(examples())).strip().replace("\n", end))
    return end.join([*lines, line])


@st.composite
def texts(draw: st.DrawFn, breaks: tuple[str, ...] = BREAKS) -> str:
    """An article as somebody scraped it."""
    parts = draw(st.lists(st.one_of(st.sampled_from(PARAGRAPHS), fragments(), fragments()), min_size=1, max_size=9))
    if draw(st.integers(0, 5)) == 0:
        parts.append(draw(wrapped(breaks[0])))
    if draw(st.booleans()):
        parts.append(draw(st.sampled_from(parts)))
    text = "".join(part + draw(st.sampled_from(breaks)) for part in parts)
    start = draw(st.sampled_from(("", "", "", "\ufeff", "\n", " \n\n")))
    return start + (text if draw(st.booleans()) else text.rstrip("\r\n"))


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, Document]:
    """A document in one of many encodings, bad bytes included, and its bytes."""
    text = draw(texts()).replace("\ud800", "")
    how = draw(
        st.sampled_from(("utf-8", "utf-8", "bad", "mark", "utf-16-le", "utf-16-be", "cp1252", "gb18030", "cp1251"))
    )
    if how in ("utf-16-le", "utf-16-be"):
        data = f"\ufeff{text.removeprefix(chr(0xFEFF))}".encode(how)
        return data, decode(data)
    if how in ("cp1252", "gb18030", "cp1251"):
        data = text.encode(how, "ignore")
        return data, decode(data, encoding=how)
    data = text.encode()
    if how == "mark":
        data = b"\xef\xbb\xbf" + data
    if how == "bad":
        place = draw(st.integers(0, len(data)))
        data = data[:place] + b"\xff\xe9" + data[place:]
        return data, decode(data, encoding="utf-8")
    return data, decode(data)


@functools.cache
def keeping() -> TextCleaner:
    """A cleaner with all rules whose user keeps whatever there is."""
    return TextCleaner(replace(shipped_cleaner().rules, keep=user_patterns([r"\S"], "keep")))


def clean(document: Document) -> Result:
    return shipped_cleaner().clean(document)


def same_removals(first: Result, second: Result) -> bool:
    """Whether the same lines go, for the same reasons."""
    one, two = ([(r.line, r.end_line, r.rule, r.score, r.evidence) for r in each.removals] for each in (first, second))
    return one == two


def test_a_good_share_of_the_documents_loses_something_and_a_good_share_keeps_something() -> None:
    lost: list[int] = []
    kept: list[bool] = []

    @settings(SOME, database=None, derandomize=True, max_examples=120)
    @given(texts())
    def count(text: str) -> None:
        result = clean(Document(text))
        lost.append(len(result.removals))
        kept.append(bool(result.text.strip()))

    count()

    assert sum(number > 0 for number in lost) > 0.5 * len(lost)
    assert sum(number > 1 for number in lost) > 0.25 * len(lost)
    assert sum(kept) > 0.6 * len(kept)


class TestThePlan:
    @SOME
    @given(documents())
    def test_kept_spans_and_removals_tile_the_text(self, made: tuple[bytes, Document]) -> None:
        result = clean(made[1])

        spans = sorted([*result.kept_spans(), *((r.start, r.end) for r in result.removals)])
        edges = [0, *(end for _, end in spans)]
        assert [start for start, _ in spans] == edges[:-1]
        assert edges[-1] == len(made[1].text)
        assert all(start < end for start, end in spans)

    @SOME
    @given(documents())
    def test_applying_it_gives_the_output_and_its_inverse_the_input_byte_for_byte(
        self, made: tuple[bytes, Document]
    ) -> None:
        data, document = made
        result = clean(document)

        output = bytearray(data)
        for removal in reversed(result.removals):
            assert bytes(output[removal.byte_start : removal.byte_end]) == document.encode(removal.text)
            del output[removal.byte_start : removal.byte_end]
        assert bytes(output) == result.data

        for removal in result.removals:
            output[removal.byte_start : removal.byte_start] = document.encode(removal.text)
        assert bytes(output) == data

    @SOME
    @given(texts())
    def test_every_removal_says_what_it_is(self, text: str) -> None:
        result = clean(Document(text, "x"))
        rules = {rule.id: rule for rule in shipped_cleaner().rules.rules}

        for removal in result.removals:
            assert removal.text == text[removal.start : removal.end]
            assert removal.text.strip()
            assert removal.category == rules[removal.rule].category
            assert removal.evidence
            assert removal.score == pytest.approx(sum(item.weight for item in removal.evidence))
            assert 1 <= removal.line <= removal.end_line
        assert result.removals == tuple(sorted(result.removals, key=lambda removal: removal.start))

    @SOME
    @given(texts(("\n", "\n\n", "\n\n\n", "\n \t\n")) | texts(("\r\n", "\r\n\r\n", "\r\n\u3000\r\n")))
    def test_kept_lines_that_a_blank_parted_stay_parted_and_the_last_one_keeps_its_end(self, text: str) -> None:
        result = clean(Document(text))
        lines = split_lines(text)
        whole = [
            n
            for n, line in enumerate(lines)
            if not any(r.start < line.end and line.start < r.end for r in result.removals)
        ]
        kept = [number for number in whole if not lines[number].blank]

        def after(offset: int) -> int:
            """Where a kept character of the text stands in the result."""
            return offset - sum(min(r.end, offset) - r.start for r in result.removals if r.start < offset)

        for first, second in pairwise(kept):
            between = range(first + 1, second)
            partly = any(not lines[number].blank and _partly_kept(lines[number], result) for number in between)
            if any(lines[number].blank for number in between) and not partly:
                left = result.text[after(lines[first].end) : after(lines[second].start)]
                assert any(line.blank for line in split_lines(left)[1:])
        if kept:
            last = lines[kept[-1]]
            assert result.text.startswith(text[last.end : last.next], after(last.end))


def _partly_kept(line: Line, result: Result) -> bool:
    return (
        sum(
            min(r.end, line.end) - max(r.start, line.start)
            for r in result.removals
            if r.start < line.end and line.start < r.end
        )
        < line.end - line.start
    )


class TestCleaning:
    @SOME
    @given(documents())
    def test_an_empty_rule_set_is_the_identity(self, made: tuple[bytes, Document]) -> None:
        result = TextCleaner(RuleSet()).clean(made[1])

        assert (result.data, result.removals, result.held) == (made[0], (), False)

    @SOME
    @given(texts())
    def test_twice_is_once(self, text: str) -> None:
        once = clean(Document(text)).text

        assert clean(Document(once)).removals == ()

    @SOME
    @given(documents())
    def test_twice_is_once_for_bytes_of_a_known_encoding(self, made: tuple[bytes, Document]) -> None:
        document = made[1]
        once = clean(document).data
        again = decode(once, encoding=document.encoding)

        assert clean(again).data == once

    @SOME
    @given(texts(("\n", "\n\n", "\n\n\n", "\n \n")), st.sampled_from(("\r\n", "\r")))
    def test_how_lines_end_changes_no_decision(self, text: str, end: str) -> None:
        text = text.replace("\r", "")
        result, other = clean(Document(text)), clean(Document(text.replace("\n", end)))

        assert same_removals(result, other)
        assert other.text == result.text.replace("\n", end)

    @SOME
    @given(documents())
    def test_neither_does_the_encoding(self, made: tuple[bytes, Document]) -> None:
        document = made[1]
        plain = Document(document.text.encode("utf-8", "replace").decode())

        assert same_removals(clean(document), clean(plain))

    @SOME
    @given(texts())
    def test_what_a_keep_pattern_matches_stays(self, text: str) -> None:
        assert keeping().clean(Document(text)).text == text


def test_the_order_of_packs_does_not_matter() -> None:
    packs = list(shipped_packs())
    first = select(packs, Selection())

    for turn in range(3):
        random.Random(turn).shuffle(packs)
        assert select(packs, Selection()) == first
        assert select(packs, Selection()).fingerprint == first.fingerprint


def _cleaned(cleaner: Cleaner, texts: list[str]) -> list[Result]:
    return [cleaner.clean(text) for text in texts]


def test_a_cleaner_that_was_pickled_to_another_process_does_the_same() -> None:
    cleaner = Cleaner(Selection(packs=("signals", "neutral", "en")))
    pick = random.Random(11)
    mixed = ["\n\n".join(pick.choice((*PARAGRAPHS, *examples())) for _ in range(12)) for _ in range(25)]
    here = _cleaned(cleaner, mixed)

    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = pool.submit(_cleaned, cleaner, mixed).result()

    assert there == here
    assert sum(bool(result.removals) for result in here) > 12
