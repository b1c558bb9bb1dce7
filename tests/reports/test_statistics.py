from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from cleaner.model import Document, Evidence, Metadata, Removal, Result
from cleaner.reports.statistics import NOT_STATED, Statistics, render, tables
from cleaner.reports.view import Examined
from tests.samples import rule
from tests.support import ARTICLE, LETTER, ours

SILENT = Metadata()
RULES = (
    rule("newsletter/valley-letter", languages=("en",)),
    rule("credit/draht", languages=("de",)),
    rule("ad/nord", languages=("no", "nb", "nn")),
    rule("related/any"),
)


def removal(identifier: str, line: int = 1, *, size: int = 10, end_line: int = 0, weight: float = 1.0) -> Removal:
    """A finding of `size` characters that nothing else in these tests has to fit."""
    evidence = (Evidence(identifier, weight), Evidence("signal/x", 0.4))
    category = identifier.partition("/")[0]
    return Removal("", 0, 0, 0, 0, line, end_line or line, identifier, category, 1.4, evidence, f" {'x' * size}\n")


def examined(
    name: str, *removals: Removal, size: int = 100, known: Iterable[int] = (), about: Metadata = SILENT
) -> Examined:
    document = Document("y" * size, name, metadata=about)
    return Examined(name, Result(document, removals), b"", frozenset(known))


def of(*items: Examined) -> Statistics:
    statistics = Statistics(RULES)
    for item in items:
        statistics.add(item)
    return statistics


def groups(*names: str) -> dict[str, int]:
    """How many documents each group has."""
    return {name: residue.documents for name, residue in of(*map(examined, names)).groups.items()}


def language(*removals: Removal, about: Metadata = SILENT) -> str:
    [found] = of(examined("a.txt", *removals, about=about)).languages
    return found


class TestCounting:
    def test_documents_findings_lines_and_characters_are_counted(self) -> None:
        statistics = of(
            examined("a.txt", removal("ad/x", 1), removal("ad/y", 3, end_line=5, size=20), known=[1]),
            examined("b.txt"),
            examined("c.txt", removal("bio/z"), size=50),
        )

        assert statistics.total.as_data() == {
            "documents": 3,
            "documents_with_findings": 2,
            "findings": 3,
            "known": 1,
            "lines": 5,
            "found_characters": 40,
            "characters": 250,
            "share": 0.16,
        }

    def test_a_line_that_loses_words_twice_counts_once(self) -> None:
        assert of(examined("a.txt", removal("ad/x", 2), removal("bio/y", 2))).total.lines == 1

    def test_real_findings_are_counted_as_they_are_listed(self) -> None:
        statistics = of(Examined("a.txt", ours().clean(ARTICLE), ARTICLE.encode()))

        assert statistics.total.found_characters == len(LETTER)
        assert statistics.total.characters == len(ARTICLE)

    def test_of_nothing_there_is_no_share(self) -> None:
        assert of().as_data()["share"] == of(examined("a.txt", size=0)).as_data()["share"] == 0

    def test_each_category_stands_among_all_documents(self) -> None:
        statistics = of(
            examined("a.txt", removal("bio/x"), removal("ad/y", 2), removal("ad/z", 3), known=[2]), examined("b.txt")
        )

        assert list(statistics.categories) == ["ad", "bio"]
        ad = statistics.categories["ad"]
        assert (ad.documents, ad.affected, ad.findings, ad.known, ad.lines) == (2, 1, 2, 1, 2)
        assert (ad.found_characters, ad.share) == (20, 0.1)


class TestGroups:
    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            (["a.txt", "b.txt"], {".": 2}),
            (["north/a.txt", "north/2024/b.txt", "south/c.txt"], {"north": 2, "south": 1}),
            (["crawl/north/1/a.txt", "crawl/south/1/b.txt"], {"crawl/north": 1, "crawl/south": 1}),
            (["crawl/north/1/a.txt", "crawl/north/1/b.txt"], {"crawl/north/1": 2}),
            (["a.txt", "north/b.txt"], {".": 1, "north": 1}),
            (["crawl/a.txt", "crawl/north/b.txt"], {"crawl": 1, "crawl/north": 1}),
            (["crawl/a.txt", "crawls/b.txt"], {"crawl": 1, "crawls": 1}),
            ([], {}),
        ],
    )
    def test_a_group_is_the_first_folder_that_not_all_share(self, names: list[str], expected: dict[str, int]) -> None:
        assert groups(*names) == expected

    @pytest.mark.parametrize(
        ("about", "expected"),
        [
            (Metadata(url="https://www.valley.example/a", site="The Valley"), "valley.example"),
            (Metadata(url="https://News.Valley.example:8080/a"), "news.valley.example"),
            (Metadata(site="The Valley"), "The Valley"),
            (Metadata(url="/a", site="The Valley"), "The Valley"),
            (Metadata(url="https://[a/", site="The Valley"), "The Valley"),
            (Metadata(), "north"),
        ],
    )
    def test_a_page_belongs_to_its_site(self, about: Metadata, expected: str) -> None:
        assert list(of(examined("north/a.html", about=about)).groups) == [expected]

    def test_a_site_and_a_folder_of_one_name_are_one(self) -> None:
        page = examined("x/a.html", about=Metadata(url="https://north.example/"))

        assert of(page, examined("north.example/b.txt"), examined("south/c.txt")).groups["north.example"].documents == 2


class TestLanguages:
    def test_a_page_says_its_own(self) -> None:
        assert language(removal("credit/draht"), about=Metadata(language="en_GB")) == "en"
        assert language(about=Metadata(language="PT-br")) == "pt"

    def test_a_text_has_that_of_the_packs_that_spoke_against_it(self) -> None:
        assert language(removal("newsletter/valley-letter"), removal("related/any")) == "en"

    def test_the_weightier_wins(self) -> None:
        strong, weak = removal("credit/draht", weight=1.0), removal("newsletter/valley-letter", weight=0.4)

        assert language(weak, strong) == language(strong, weak) == "de"
        assert language(weak, weak, weak, strong) == "en"

    def test_what_spoke_for_the_line_does_not_count(self) -> None:
        assert language(removal("credit/draht", weight=-1.0)) == NOT_STATED

    def test_the_lines_that_a_rule_opens_speak_its_language(self) -> None:
        opened = replace(removal("related/x"), evidence=(Evidence("credit/draht#block", 0.8),))

        assert language(opened) == "de"

    def test_of_languages_that_share_a_pack_the_first_is_taken(self) -> None:
        assert language(removal("ad/nord")) == "no"

    def test_of_a_clean_text_none_is_stated(self) -> None:
        assert language() == language(removal("related/any")) == NOT_STATED

    def test_a_rule_has_those_of_its_pack(self) -> None:
        statistics = Statistics(ours().rules.rules)
        statistics.add(Examined("a.txt", ours().clean(ARTICLE), ARTICLE.encode()))

        assert list(statistics.languages) == ["en"]


ITEMS = (
    examined("south/a.txt", removal("ad/x", size=30), removal("credit/draht", 2)),
    examined("north/b.txt", removal("newsletter/valley-letter", 4, size=5)),
    examined("north/c.txt", known=[]),
    examined("x.html", removal("bio/y"), about=Metadata(url="https://east.example/", language="fr")),
)


class TestData:
    def test_the_order_of_documents_changes_nothing(self) -> None:
        expected = json.dumps(of(*ITEMS).as_data())
        for seed in range(10):
            assert json.dumps(of(*random.Random(seed).sample(ITEMS, len(ITEMS))).as_data()) == expected

    def test_every_table_adds_up_to_the_whole(self) -> None:
        statistics = of(*ITEMS)
        statistics.fail()
        data = statistics.as_data()

        assert list(data["categories"]) == ["newsletter", "ad", "credit", "bio"]
        assert list(data["groups"]) == ["east.example", "north", "south"]
        assert list(data["languages"]) == ["de", "en", "fr", NOT_STATED]
        assert data["failures"] == 1
        for key in ("documents", "documents_with_findings", "findings", "lines", "found_characters", "characters"):
            assert sum(row[key] for row in data["groups"].values()) == data[key]
            assert sum(row[key] for row in data["languages"].values()) == data[key]
        assert sum(row["found_characters"] for row in data["categories"].values()) == data["found_characters"]


class TestTables:
    def test_in_a_pipe_they_are_aligned_text(self) -> None:
        assert "\n".join(render(of(*ITEMS))) == (
            "findings in 3 of 4 documents: 13.75 % of the characters\n"
            "\n"
            "category    with findings  findings  lines  characters   share\n"
            "ad                 1 of 4         1      1          30  7.50 %  ####################\n"
            "bio                1 of 4         1      1          10  2.50 %  #######\n"
            "credit             1 of 4         1      1          10  2.50 %  #######\n"
            "newsletter         1 of 4         1      1           5  1.25 %  ###\n"
            "\n"
            "site or folder  with findings  findings  lines  characters    share\n"
            "south                  1 of 1         2      2          40  40.00 %  ####################\n"
            "east.example           1 of 1         1      1          10  10.00 %  #####\n"
            "north                  1 of 2         1      1           5   2.50 %  #\n"
            "\n"
            "language    with findings  findings  lines  characters    share\n"
            "de                 1 of 1         2      2          40  40.00 %  ####################\n"
            "fr                 1 of 1         1      1          10  10.00 %  #####\n"
            "en                 1 of 1         1      1           5   5.00 %  ##\n"
            "not stated         0 of 1         0      0           0   0.00 %"
        )

    def test_many_groups_end_in_one_row(self) -> None:
        items = [examined(f"site{number:02}/a.txt", removal("ad/x", size=number + 1)) for number in range(25)]

        [_, (name, rows), _] = tables(of(*items))

        assert name == "site or folder"
        assert [row[0] for row in rows] == [*(f"site{number:02}" for number in range(24, 4, -1)), "5 more"]
        assert rows[-1][1:5] == ("5 of 5", "5", "5", "15")

    def test_a_folder_name_cannot_speak_to_the_terminal(self) -> None:
        [_, (_, rows), _] = tables(of(examined("a\x1b[31m/b.txt")))

        assert rows[0][0] == "a\\x1b[31m"

    def test_a_little_is_still_seen(self) -> None:
        [_, (_, rows), _] = tables(
            of(examined("a/a.txt", removal("ad/x", size=90)), examined("b/b.txt", removal("ad/x", size=1)))
        )

        assert [row[-1] for row in rows] == ["#" * 20, "#"]
