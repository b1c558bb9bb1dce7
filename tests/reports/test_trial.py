from __future__ import annotations

import json
from dataclasses import replace

from cleaner.model import Dom, TextBlock
from cleaner.reports.text import Painter
from cleaner.reports.trial import TRIED, TrialReport
from cleaner.rules.model import Rule, RuleSet
from cleaner.text.trial import Trial
from tests.samples import MORE_PROSE, PROSE, cleaned, rule, ruleset

TIMES = rule(TRIED, "letter")
SENTENCE = "Nobody in the village had ever read a letter of the king, whose hand the mayor could not read either."


def report(*texts: str, rules: RuleSet = ruleset(), tried: Rule = TIMES) -> TrialReport:  # noqa: B008 - frozen
    found, trial = TrialReport(1.0, Painter(False)), Trial(rules, tried)
    for number, text in enumerate(texts, 1):
        found.add(f"{number}.txt", trial.of(cleaned(rules, text)))
    return found


def around(line: str) -> str:
    return f"{PROSE}\n\n{line}\n\n{MORE_PROSE}\n"


def test_what_reads_like_running_text_comes_first_whatever_else_there_is() -> None:
    found = report(
        *(around("Our letter") for _ in range(3)), f"{PROSE}\n\n{SENTENCE}\n", around('"Sign our letter for us!"')
    )

    assert f"[-{SENTENCE}-]" in found.ranked()[0].passage
    assert [group.prose for group in found.ranked()] == [1, 0, 0]
    assert [group.removals for group in found.ranked()] == [1, 1, 3]


def test_passages_that_differ_in_numbers_only_stand_once_with_their_number() -> None:
    found = report(*(around(f"Letter {number}") for number in range(5)))

    lines = list(found.render(None))
    assert lines[0] == "5 passages would go, in 5 of 5 documents"
    start = lines.index("risk 4, 5 times")
    assert lines[start + 1 : start + 3] == [
        "  in the middle of an article, score just over the threshold",
        "  1.txt:3, 2.txt:3, 3.txt:3 and 2 more",
    ]
    assert [line for line in lines if "[-" in line] == ["    [-Letter 0-]"]


def test_words_cut_from_a_line_count_as_prose_where_their_line_does() -> None:
    cut = rule(TRIED, r"\(North Wire\)", scope="text")

    found = report(around("(North Wire) Sport"), around(f"(North Wire) {SENTENCE}"), tried=cut)

    [group] = found.ranked()
    assert (group.removals, group.prose) == (2, 1)
    assert group.passage[0].startswith("[-(North Wire)-] Nobody in the village"), "the one that may be article"
    assert group.places == ["2.txt:3", "1.txt:3"]


def test_a_page_is_named_by_the_lines_of_its_source() -> None:
    found, trial = TrialReport(1.0, Painter(False)), Trial(ruleset(), TIMES)
    text = around("Our letter")
    blocks = tuple(
        TextBlock(text.index(part), Dom(), line) for part, line in ((PROSE, 9), ("Our", 20), (MORE_PROSE, 31))
    )
    result = cleaned(ruleset(), text)

    found.add("a.html", trial.of(replace(result, document=replace(result.document, blocks=blocks))))

    assert [group.places for group in found.ranked()] == [["a.html:20"]]


def test_a_line_that_goes_along_names_its_rule() -> None:
    beside = rule("bio/beside", "^The mill", features=("prev-removed",))

    found = report(f"{PROSE}\n\nOur letter\n\nThe mill\n\n{MORE_PROSE}\n", rules=ruleset(beside))

    assert "  goes along, by bio/beside" in list(found.render(None))


def test_at_most_so_many_are_shown_and_the_rest_is_counted() -> None:
    found = report(*(around(f"Letter of {name}") for name in ("Ann", "Bob", "Cid")))

    lines = list(found.render(1))
    assert sum(line.startswith("risk") for line in lines) == 1
    assert lines[-1] == "and 2 more, of less risk; --full shows all"
    assert sum(line.startswith("risk") for line in found.render(None)) == 3


def test_where_nothing_would_go_that_is_said() -> None:
    found = report(PROSE, around("Our letter"), rules=ruleset(rule("ad/our", "^our ")))

    assert not found.found
    assert list(found.render(None)) == [
        "nothing would go, in 0 of 2 documents",
        "        0  in lines that read like running text",
        "        1  matching lines go already",
        "        0  matching lines stay: too little evidence, or they are kept",
    ]


def test_the_data_hold_what_the_text_says() -> None:
    data = json.loads(json.dumps(report(around("Our letter"), around(SENTENCE)).as_data()))

    assert (data["documents"], data["documents_with_removals"]) == (2, 2)
    assert (data["removals"], data["removals_in_prose"], data["gone_already"], data["matches_that_stay"]) == (
        2,
        1,
        0,
        0,
    )
    assert [group["places"] for group in data["groups"]] == [["2.txt:3"], ["1.txt:3"]]
    assert data["groups"][1]["passage"] == [PROSE, "[-Our letter-]", MORE_PROSE]
    assert set(data["groups"][1]["reasons"]) == {"middle", "close", "once"}


def test_nothing_reaches_the_terminal_raw() -> None:
    found = report(around("Our letter \x1b[2J\u202e"))

    assert "\x1b" not in "".join(found.render(None))
