"""What a change of rules does to a corpus."""

from __future__ import annotations

from dataclasses import dataclass, field

from cleaner.reports.compare import Comparison, Group, compare, ranked, render


@dataclass(frozen=True)
class Gone:
    text: str
    rule: str = "ad/x"
    score: float = 1.0
    line: int = 3
    start: int = 90
    end: int = 100


@dataclass(frozen=True)
class Document:
    doc: str
    passages: list[Gone] = field(default_factory=list)
    held: bool = False
    chars: int = 100


def test_what_goes_and_stays_anew_is_grouped_by_its_text() -> None:
    found = compare(
        [
            (Document("a", [Gone("Ad"), Gone("Old")]), Document("a", [Gone("Ad"), Gone("New", "ad/n", score=1.5)])),
            (Document("b", []), Document("b", [Gone("New", "ad/m", score=1.2, line=9)])),
            (Document("c", [Gone("Ad")]), Document("c", [Gone("Ad")])),
        ]
    )

    assert (found.documents, found.changed, found.differs) == (3, 2, True)
    assert list(found.newly_kept) == ["Old"]
    [group] = found.newly_removed.values()
    assert group.as_data() == {
        "text": "New", "count": 2, "documents": 2, "rules": {"ad/m": 1, "ad/n": 1}, "score": 1.2,
        "risk": 0.0, "reasons": [], "samples": ["a:3", "b:9"],
    }  # fmt: skip


def test_passages_alike_are_counted() -> None:
    found = compare([(Document("a", [Gone("Ad")]), Document("a", [Gone("Ad", line=1), Gone("Ad", line=8)]))])

    [group] = found.newly_removed.values()
    assert (group.count, group.samples) == (1, ["a:8"])
    assert not found.newly_kept


def test_the_riskiest_comes_first_with_its_reasons() -> None:
    long = "“We were cold,” said one of them, and nobody in the town of Oakhurst had heard of it until then."
    new = [Gone(long, score=1.1, start=40, end=60), *[Gone("Ad", score=3.0)] * 9]
    found = compare([(Document("a"), Document("a", new, held=True))])

    first, second = ranked(found.newly_removed)

    assert (first.text, second.text) == (long, "Ad")
    assert first.reasons == [
        "in a document that is held", "in the middle of an article", "score just over the threshold",
        "holds a quotation", "reads like running text", "removed only once",
    ]  # fmt: skip
    assert second.reasons == ["in a document that is held"]


def test_another_rule_is_no_difference() -> None:
    found = compare([(Document("a", [Gone("Ad")]), Document("a", [Gone("Ad", "ad/y")]))])

    assert (found.differs, found.changed, found.other_rule) == (False, 0, 1)


def test_held_and_missing_documents_are_differences() -> None:
    found = compare(
        [
            (Document("a", held=True), Document("a")),
            (Document("b"), Document("b", held=True)),
            (Document("c"), None),
            (None, Document("d")),
        ]
    )

    assert (found.no_longer_held, found.now_held, found.only_old, found.only_new) == (["a"], ["b"], ["c"], ["d"])
    assert found.differs
    assert list(render(found))[:3] == ["now held: 1 document", "  b", ""]


def test_texts_of_most_places_come_first_and_what_is_not_shown_is_said() -> None:
    found = Comparison(documents=1_000, changed=30)
    for text, count in {"B": 7, "A": 7, "C": 9, "\x1b[31mD": 2}.items():
        found.newly_removed[text] = Group(text, count, count, ["a:1"])

    assert [group.text for group in ranked(found.newly_removed)] == ["C", "A", "B", "\x1b[31mD"]
    lines = list(render(found, 2))
    assert lines[0] == "newly removed: 25 passages, 4 texts"
    assert [line for line in lines if "×" in line] == ["  9× C", "  7× A"]
    assert lines[5] == "  and 2 more; --full shows all"
    assert lines[-1] == "1,000 documents compared, 30 changed; 0 passages removed by another rule"
    assert "  2× \\x1b[31mD" in list(render(found))
