from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner.model import Dom, Evidence
from cleaner.rules.model import Block, Rule
from cleaner.text.decide import Cut
from tests.samples import MORE_PROSE, PROSE, board, decided, gone, pattern, rule, ruleset, signal

AD = rule("ad/x", "^ad")
WEAK = rule("ad/weak", "^weak", weight=0.5)


class TestWeighing:
    def test_rules_and_signals_add_up_to_the_threshold(self) -> None:
        rules = ruleset(
            WEAK, rule("byline/too", "too", weight=0.3), signal("short", 0.2, "short"), signal("caps", 0.4, "all-caps")
        )

        decision = decided(rules, ["weak", "weak too"])

        assert gone(decision) == [1]
        assert decision.verdicts[0].score == 0.7
        assert decision.verdicts[1].evidence == (
            Evidence("ad/weak", 0.5),
            Evidence("byline/too", 0.3),
            Evidence("signal/short", 0.2),
        )
        assert (decision.verdicts[1].score, decision.verdicts[1].rule.id) == (1.0, "ad/weak")

    @pytest.mark.parametrize(
        ("weight", "against", "threshold", "goes"),
        [
            (1.0, 0.0, 1.0, True),
            (0.99, 0.0, 1.0, False),
            (1.0, -0.1, 1.0, False),
            (0.7, 0.0, 0.7, True),
            (0.1 + 0.2, 0.7, 1.0, True),
        ],
    )
    def test_the_threshold_decides(self, weight: float, against: float, threshold: float, goes: bool) -> None:
        rules = ruleset(rule("ad/x", "ad", weight=weight), signal("short", against, "short"), threshold=threshold)

        assert (gone(decided(rules, ["ad"])) == [0]) == goes

    def test_signals_alone_say_nothing(self) -> None:
        assert decided(ruleset(signal("short", 5.0, "short")), ["a", "b"]).verdicts == {}

    def test_a_signals_patterns_are_asked_too(self) -> None:
        rules = ruleset(WEAK, signal("said", 0.5, sources=("said",)), signal("both", 0.5, "closed", sources=("so",)))

        assert gone(decided(rules, ["weak", "weak said", "weak so", "weak so."])) == [1, 3]

    def test_the_strongest_rule_names_the_category_and_ties_go_by_id(self) -> None:
        rules = ruleset(
            rule("social/b", "x", weight=0.6), rule("byline/c", "x", weight=0.6), rule("ad/z", "x", weight=0.4)
        )

        assert decided(rules, ["x"]).verdicts[0].rule.category == "byline"

    def test_a_protected_unit_is_weighed_and_stays(self) -> None:
        decision = decided(ruleset(AD, rule("ad/words", "one", scope="text"), keep=("one$",)), ["ad one", "ad two"])

        assert gone(decision) == [1]
        assert decision.verdicts[0].score == 1.0
        assert decision.cuts == []

    def test_nothing_is_decided_about_nothing(self) -> None:
        assert decided(ruleset(AD), []).verdicts == {}
        assert decided(ruleset(), ["ad"]).verdicts == {}


class TestPlaces:
    @pytest.mark.parametrize(
        ("weight", "scope", "first", "last"),
        [(0.5, "line", 1, 1), (0.4, "line", 0, 2), (1.0, "text", 0, 2)],
    )
    def test_rules_for_lines_make_prose_no_landmark(self, weight: float, scope: str, first: int, last: int) -> None:
        appeal = f"Dear reader, {PROSE}"
        rules = ruleset(rule("appeal/x", "dear reader", weight=weight, scope=scope))

        given = board(rules, [appeal, PROSE, appeal]).places

        assert (given.first_prose, given.last_prose) == (first, last)

    def test_features_of_a_rule_must_all_hold(self) -> None:
        given = rule("ad/x", "^more", features=("tail", "unclosed"))

        assert gone(decided(ruleset(given), ["More", PROSE, "More.", "More"])) == [3]

    @pytest.mark.parametrize(
        ("zones", "goes"), [({"head"}, [0]), ({"body"}, [2]), ({"tail"}, [4]), ({"head", "tail"}, [0, 4])]
    )
    def test_a_rule_stands_in_its_zones_only(self, zones: set[str], goes: list[int]) -> None:
        given = rule("ad/x", "^more", where=frozenset(zones))

        assert gone(decided(ruleset(given), ["more", PROSE, "more", MORE_PROSE, "more"])) == goes


class TestNeighbours:
    def test_a_removed_neighbour_is_evidence_and_that_spreads(self) -> None:
        rules = ruleset(AD, WEAK, signal("after", 0.5, "prev-removed"), signal("before", 0.5, "next-removed"))
        texts = ["weak", "weak", "ad", "weak", "weak", "line", "weak"]

        assert gone(decided(rules, texts)) == [0, 1, 2, 3, 4]

    def test_rules_that_need_a_removed_neighbour(self) -> None:
        rules = ruleset(
            AD,
            rule("caption/x", "^photo", features=("prev-removed",)),
            rule("byline/y", "^by", features=("next-removed",)),
        )
        texts = ["photo", "by", "ad", "photo", "photo", "x", "by"]

        assert gone(decided(rules, texts)) == [1, 2, 3, 4]

    def test_such_a_rule_without_patterns_spares_prose_and_long_lines(self) -> None:
        beside = rule("related/x", features=("prev-removed",), max_words=3, none=("stay",))

        assert gone(
            decided(ruleset(AD, beside), ["ad", "one two", "one two three four", "ad", PROSE, "ad", "stay"])
        ) == [0, 1, 3, 5]

    def test_the_order_in_which_rules_stand_does_not_matter(self) -> None:
        rules = ruleset(
            AD,
            WEAK,
            rule("ad/before", "^so", weight=0.6),
            signal("after", 0.5, "prev-removed"),
            signal("b", 0.4, "next-removed"),
        )
        texts = ["so", "weak", "so", "ad", "weak", "so", "x", "weak", "so"]
        turned = replace(rules, rules=rules.rules[::-1], signals=rules.signals[::-1])

        assert gone(decided(rules, texts)) == gone(decided(turned, texts)) == [2, 3, 4, 5]


class TestStructural:
    def test_a_rule_without_patterns_is_tried_on_lines_that_are_no_prose(self) -> None:
        given = rule("navigation/x", features=("unclosed",), max_words=2, none=("keep",))

        assert gone(decided(ruleset(given), ["Home", PROSE.rstrip("."), "one two three", "keep", "Sport"])) == [0, 4]

    def test_a_rule_on_elements_needs_a_page(self) -> None:
        given = rule("caption/x", dom=("figcaption", "class:photo"))
        doms = [
            Dom(frozenset(("figcaption",))),
            Dom(words=frozenset(("photo",))),
            Dom(frozenset(("photo", "p"))),
            Dom(),
        ]

        assert gone(decided(ruleset(given), ["a", "b", "c", "d"], doms)) == [0, 1]
        assert decided(ruleset(given), ["a", "b", "c", "d"]).verdicts == {}

    def test_it_is_tried_on_prose_too_that_stands_apart_from_the_articles(self) -> None:
        given = rule("caption/x", dom=("figcaption",), max_words=40)
        caption = frozenset(("figcaption",))
        doms = [Dom(), Dom(caption, flow=0.1), Dom(caption, flow=0.09)]

        assert gone(decided(ruleset(given), [PROSE, PROSE, PROSE], doms)) == [2]

    def test_so_does_one_with_words_and_elements(self) -> None:
        given = rule("caption/x", "photo", dom=("figcaption",))

        assert gone(decided(ruleset(given), ["photo", "photo"], [Dom(frozenset(("figcaption",))), Dom()])) == [0]
        assert gone(decided(ruleset(given), ["photo"])) == []


def opener(until: str = "prose", max_lines: int = 12, weight: float = 1.0, direction: str = "after") -> Rule:
    ends = until if until in ("prose", "end") else pattern(until)
    return rule("related/more", "^more", block=Block(ends, max_lines, weight, direction))  # type: ignore[arg-type]


class TestBlocks:
    LINES = ("one", "more", "two", "three", PROSE, "four")

    @pytest.mark.parametrize(
        ("block", "goes"),
        [
            (opener(), [1, 2, 3]),
            (opener("end"), [1, 2, 3, 4, 5]),
            (opener("^three"), [1, 2]),
            (opener("^two"), [1]),
            (opener(max_lines=1), [1, 2]),
            (opener(direction="before"), [0, 1]),
            (opener("end", direction="before"), [0, 1]),
            (opener(weight=0.9), [1]),
        ],
    )
    def test_the_lines_that_a_removed_line_opens(self, block: Rule, goes: list[int]) -> None:
        assert gone(decided(ruleset(block), self.LINES)) == goes

    @pytest.mark.parametrize(
        ("heading", "goes"),
        [
            (Dom(frozenset(("h2",))), [1, 2]),
            (Dom(frozenset(("h2",)), flow=0.09), [1, 2, 3]),  # of a box of teasers
            (Dom(frozenset(("h2",)), link_density=0.8), [1, 2, 3]),
            (Dom(frozenset(("p",))), [1, 2, 3]),
        ],
    )
    @pytest.mark.parametrize("until", ["prose", "^never"])
    def test_a_heading_of_the_article_ends_a_block(self, until: str, heading: Dom, goes: list[int]) -> None:
        doms = [Dom(), Dom(), Dom(), heading, Dom()]

        assert gone(decided(ruleset(opener(until, max_lines=2)), [PROSE, "more", "two", "three", PROSE], doms)) == goes

    def test_a_heading_ends_no_block_that_goes_to_the_end_or_stands_after_the_text(self) -> None:
        doms = [Dom(), Dom(), Dom(frozenset(("h2",))), Dom()]

        assert gone(decided(ruleset(opener("end")), [PROSE, "more", "two", PROSE], doms)) == [1, 2, 3]
        assert gone(decided(ruleset(opener()), [PROSE, "more", "two", "three"], doms)) == [1, 2, 3]

    def test_opened_lines_say_so_in_their_evidence(self) -> None:
        decision = decided(ruleset(opener(weight=0.8), signal("short", 0.2, "short")), self.LINES)

        assert decision.verdicts[2].evidence == (Evidence("related/more#block", 0.8), Evidence("signal/short", 0.2))
        assert decision.verdicts[2].rule.id == "related/more"

    def test_a_kept_opener_opens_nothing(self) -> None:
        assert gone(decided(ruleset(opener(), keep=("^more",)), self.LINES)) == []
        assert gone(decided(ruleset(replace(opener(), weight=0.9)), self.LINES)) == []

    def test_an_opener_in_the_wrong_place_opens_nothing_though_another_rule_removes_it(self) -> None:
        elsewhere = replace(opener(), where=frozenset(("tail",)))

        assert gone(decided(ruleset(elsewhere, rule("ad/x", "^more$")), self.LINES)) == [1]

    def test_protected_lines_within_a_block_stay(self) -> None:
        assert gone(decided(ruleset(opener(), keep=("^two",)), self.LINES)) == [1, 3]

    def test_the_heavier_of_two_blocks_counts_and_ties_go_by_id(self) -> None:
        light = rule("ad/a", "^more", block=Block(weight=0.4))
        heavy = rule("ad/c", "^more", block=Block(weight=0.7))
        equal = rule("ad/b", "^more", block=Block(weight=0.7))

        verdicts = decided(ruleset(light, heavy, equal), self.LINES).verdicts

        assert verdicts[2].evidence == (Evidence("ad/b#block", 0.7),)

    def test_an_opener_within_a_block_opens_further(self) -> None:
        rules = ruleset(opener("end", max_lines=2), rule("related/also", "^also", block=Block("end", 1, 1.0)))

        assert gone(decided(rules, ["more", "x", "also", "y", "z"])) == [0, 1, 2, 3]

    def test_a_block_of_a_rule_without_patterns(self) -> None:
        given = rule("navigation/x", features=("colon",), block=Block("end", 1, 1.0))

        assert gone(decided(ruleset(given), ["Menu:", "Home", "Sport"])) == [0, 1]


class TestCuts:
    def test_words_go_from_a_line_that_stays(self) -> None:
        credit = rule("credit/x", r" \(AP\)", scope="text")

        decision = decided(ruleset(credit), ["It opens (AP) in May (AP)", "ad"])

        assert decision.cuts == [Cut(0, 8, 13, credit), Cut(0, 20, 25, credit)]
        assert decision.verdicts == {}

    def test_not_from_one_that_goes(self) -> None:
        assert decided(ruleset(AD, rule("credit/x", r"\(AP\)", scope="text")), ["ad (AP)"]).cuts == []

    @pytest.mark.parametrize(("weight", "threshold", "number"), [(1.0, 1.0, 1), (0.9, 1.0, 0), (0.9, 0.9, 1)])
    def test_a_rule_on_words_reaches_the_threshold_by_itself_or_not_at_all(
        self, weight: float, threshold: float, number: int
    ) -> None:
        rules = ruleset(
            rule("credit/x", "AP", weight=weight, scope="text"), signal("short", 1.0, "short"), threshold=threshold
        )

        assert len(decided(rules, ["It opens AP"]).cuts) == number

    @pytest.mark.parametrize(("share", "number"), [(1.0, 1), (0.5, 1), (0.49, 0)])
    def test_words_that_are_most_of_a_short_line_may_be_what_it_says(self, share: float, number: int) -> None:
        credit = rule("credit/x", r"\(AP\)", scope="text", max_share=share)

        assert len(decided(ruleset(credit), ["Dam (AP)"]).cuts) == number

    def test_zones_and_features_count_for_words_too(self) -> None:
        credit = rule("credit/x", "AP", scope="text", where=frozenset(("tail",)), features=("short",))

        assert [cut.unit for cut in decided(ruleset(credit), ["AP", f"{PROSE} AP.", "x AP"]).cuts] == [2]


class TestLacking:
    def test_all_that_keeps_a_rule_from_applying_is_named(self) -> None:
        given = rule(
            "ad/x", "more", where=frozenset(("tail", "head")), features=("short", "closed"), dom=("aside", "class:ad")
        )

        reasons = board(ruleset(given), [PROSE, "more", PROSE]).lacking(given, 1)

        assert reasons == [
            "where: the line stands in the body, not in head, tail",
            "features: not 'closed'",
            "dom: none of aside, class:ad",
        ]

    def test_nothing_is_lacking_where_it_applies(self) -> None:
        assert board(ruleset(AD), ["ad"]).lacking(AD, 0) == []
