from __future__ import annotations

from collections.abc import Sequence

import pytest

from cleaner.model import Document, Dom, Evidence, TextBlock
from cleaner.rules.model import RuleSet
from cleaner.text.clean import TextCleaner, Trace
from cleaner.text.confirm import Found
from tests.samples import MORE_PROSE, PROSE, cleaned, rule, ruleset, signal

AD = rule("ad/x", "^ad")
WORDS = rule("credit/x", r"\(AP\)", scope="text")


class TestClean:
    def test_a_removal_says_where_what_and_why(self) -> None:
        text = f"{PROSE}\n\n ad für alle \n\n{MORE_PROSE} (AP)\n"
        document = Document(text.replace("ü", "\udcfc"), "x.txt", errors="surrogateescape")

        line, words = TextCleaner(ruleset(AD, WORDS)).clean(document).removals

        start = len(PROSE) + 2
        assert (line.doc, line.rule, line.category, line.score) == ("x.txt", "ad/x", "ad", 1.0)
        assert (line.start, line.end, line.text) == (start, start + 15, " ad f\udcfcr alle \n\n")
        assert (line.line, line.end_line) == (3, 3)
        assert line.evidence == (Evidence("ad/x", 1.0),)
        assert (words.text, words.line, words.end_line, words.category) == (" (AP)", 5, 5, "credit")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
    def test_bytes_are_those_of_the_input(self, encoding: str) -> None:
        document = Document("Größe\nad für\nFluß (AP) führt\nad zwei\n", encoding=encoding)
        data = document.encode(document.text)

        result = TextCleaner(ruleset(AD, WORDS)).clean(document)

        assert [data[r.byte_start : r.byte_end].decode(encoding) for r in result.removals] == [
            r.text for r in result.removals
        ]
        assert result.data.decode(encoding) == result.text == "Größe\nFluß führt\n"

    def test_nothing_to_remove_is_the_text_itself(self) -> None:
        result = cleaned(ruleset(AD), f"{PROSE}\n")

        assert (result.text, result.removals, result.held) == (f"{PROSE}\n", (), False)

    @pytest.mark.parametrize("text", ["", "\n", " \r\n", "\ufeff", "\ufeff\n", "\x00", "\ud800\udfff"])
    def test_texts_without_words_come_through(self, text: str) -> None:
        rules = ruleset(AD, WORDS, rule("navigation/x", features=("unclosed",)), rule("ad/empty", "^$", r"^\s*$"))

        assert cleaned(ruleset(AD, WORDS), text).text == text
        assert cleaned(rules, text).document.text == text

    @pytest.mark.parametrize(("share", "held"), [(0.0, True), (0.2, True), (0.5, False), (1.0, False)])
    def test_a_text_that_would_lose_more_than_its_share_is_held(self, share: float, held: bool) -> None:
        result = cleaned(ruleset(AD, max_removed=share), "ad one\n\n\n\na line\n\n\n")

        assert result.held == held
        assert result.text == "a line\n\n\n"

    def test_white_space_does_not_count_for_the_hold(self) -> None:
        assert not cleaned(ruleset(AD, max_removed=0.5), f"ad{' ' * 90}\n{' ' * 90}\nb c\n").held


class TestPasses:
    RULES = ruleset(
        AD,
        rule("byline/last", "^by", features=("last",)),
        rule("byline/first", "^by", features=("first",)),
        rule("caption/beside", "^photo", features=("prev-prose",)),
    )

    @pytest.mark.parametrize(
        ("text", "expected", "passes"),
        [
            (f"{PROSE}\n\nby one\n\nby two\n\nad\n", f"{PROSE}\n", 4),
            (f"ad\n\nby one\nby two\n\n{PROSE}\n", f"{PROSE}\n", 4),
            (f"{PROSE}\n\nad\n\nphoto one\n\nphoto two\n", f"{PROSE}\n", 4),
            (f"{PROSE}\n", f"{PROSE}\n", 1),
        ],
    )
    def test_what_a_removal_uncovers_goes_in_the_next_pass(self, text: str, expected: str, passes: int) -> None:
        cleaner = TextCleaner(self.RULES)
        result = cleaner.clean(Document(text))

        steps = list(cleaner.passes(Document(text)))

        assert result.text == expected
        assert len(steps) == passes
        assert steps[-1].spans == []
        assert cleaner.clean(Document(expected)).removals == ()

    def test_the_plan_of_many_passes_tiles_the_text(self) -> None:
        text = f"{PROSE}\n\nby one\n\nby two\n\nad\n"

        result = cleaned(self.RULES, text)

        assert [(r.line, r.end_line, r.rule) for r in result.removals] == [
            (3, 3, "byline/last"),
            (5, 5, "byline/last"),
            (7, 7, "ad/x"),
        ]
        assert text == f"{PROSE}\n" + "".join(r.text for r in result.removals)

    def test_words_that_earlier_cuts_brought_together_go_in_pieces(self) -> None:
        rules = ruleset(WORDS, rule("byline/x", "^by one two$"))

        result = cleaned(rules, f"{PROSE}\n\nby one (AP) two\n")

        assert result.text == f"{PROSE}\n"
        assert "".join(r.text for r in result.removals) == "\nby one (AP) two\n"
        assert [r.rule for r in result.removals] == ["byline/x", "credit/x", "byline/x"]
        assert [(r.line, r.end_line) for r in result.removals] == [(3, 3)] * 3

    def test_a_blank_line_that_went_later_belongs_to_the_removal_before_it(self) -> None:
        rules = ruleset(AD, rule("byline/x", "^by", features=("next-prose",)))

        result = cleaned(rules, f"so\n\nby me\nad\n\n{PROSE}\n")

        assert result.text == f"so\n\n{PROSE}\n"
        assert [(r.rule, r.text) for r in result.removals] == [("byline/x", "by me\n"), ("ad/x", "ad\n\n")]

    def test_a_units_text_is_matched_once_however_many_passes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        cleaner = TextCleaner(self.RULES)
        asked: list[str] = []
        find = cleaner.matcher.find

        def noting(texts: Sequence[str]) -> dict[int, Found]:
            asked.extend(texts)
            return find(texts)

        monkeypatch.setattr(cleaner.matcher, "find", noting)

        cleaner.clean(Document(f"{PROSE}\n\nby one\n\nby two\n\nad\n"))

        assert asked == [PROSE, "by one", "by two", "ad"]

    def test_a_mark_that_comes_to_stand_first_is_seen_as_a_second_run_would_see_it(self) -> None:
        rules = ruleset(AD, rule("byline/x", "^by"))

        result = cleaned(rules, "ad\n\ufeffby me\nso\n")

        assert result.text == cleaned(rules, result.text).text == "\ufeffso\n"


class TestPages:
    def test_each_unit_has_what_the_page_knew_of_its_block(self) -> None:
        aside, figure = Dom(frozenset(("aside",))), Dom(frozenset(("figure",)))
        text = f"ad\n\n{PROSE}\n\nread on\n\nread on\n"
        place = text.index("read on")
        blocks = (TextBlock(4, Dom()), TextBlock(place, aside), TextBlock(place + 9, figure))
        rules = ruleset(AD, rule("related/x", "^read on", dom=("aside",)))

        result = TextCleaner(rules).clean(Document(text, blocks=blocks))

        assert [(r.rule, r.line) for r in result.removals] == [("ad/x", 1), ("related/x", 5)]

    def test_in_later_passes_too(self) -> None:
        text = f"ad\n\nby me\n\n{PROSE}\n"
        blocks = (TextBlock(0, Dom()), TextBlock(4, Dom(frozenset(("address",)))), TextBlock(11, Dom()))
        rules = ruleset(AD, rule("byline/x", features=("first",), dom=("address",)))

        assert TextCleaner(rules).clean(Document(text, blocks=blocks)).text == f"{PROSE}\n"
        assert TextCleaner(rules).clean(Document(text)).text == f"by me\n\n{PROSE}\n"


class TestTrace:
    def test_a_first_pass_is_the_document(self) -> None:
        trace = Trace([(0, 0)], 10)

        assert list(trace.parts(2, 5)) == [(2, 5)]
        assert list(trace.parts(3, 3)) == []
        assert trace.position(9) == 9

    def test_later_ones_are_traced_back_through_all_before(self) -> None:
        trace = Trace([(0, 0)], 10).without([(0, 2), (4, 10)])  # 01456789
        again = trace.without([(1, 3), (5, 8)])  # 14789

        assert (trace.length, again.length) == (8, 5)
        assert [again.position(i) for i in range(5)] == [1, 4, 7, 8, 9]
        assert list(trace.parts(1, 4)) == [(1, 2), (4, 6)]
        assert list(again.parts(0, 5)) == [(1, 2), (4, 5), (7, 10)]
        assert list(again.without([]).parts(0, 0)) == []


def test_a_rule_set_that_decides_by_signals_of_place_comes_to_an_end() -> None:
    rules: RuleSet = ruleset(rule("ad/last", features=("last", "unclosed")), signal("first", -5.0, "first"))

    assert cleaned(rules, "\n".join(["a"] * 50)).text == "a\n"
