"""A comparison of two runs as a page."""

from __future__ import annotations

from collections import Counter

from lxml.html import document_fromstring

from cleaner.reports.compare import Comparison, Group
from cleaner.reports.html import comparison
from cleaner.reports.html.comparison import comparison_page

HOSTILE = "<script>window.owned = 1</script><img src=x onerror=owned()> \x1b[31m \u202egnp"


def page(found: Comparison) -> tuple[str, list[str]]:
    """Its text and the elements below its main part."""
    root = document_fromstring(comparison_page(found).decode())
    [main] = root.findall(".//main")
    return " ".join(main.text_content().split()), [element.tag for element in main.iter()]


def test_groups_and_documents_are_shown_by_their_kind() -> None:
    found = Comparison(documents=1200, changed=2, other_rule=5, now_held=["a.txt"])
    found.newly_removed["Sign up"] = Group("Sign up", 1048, 700, ["a.txt:3", "b.txt:9"], score=1.25)
    found.newly_removed["Sign up"].rules["newsletter/x"] = 1048

    text, _ = page(found)

    assert "1,200 documents compared, 2 changed; 5 passages removed by another rule." in text
    assert "Newly removed: 1,048 passages, 1 text Sign up 1,048 times in 700 documents; lowest score 1.25" in text
    assert "newsletter/x a.txt:3, b.txt:9" in text
    assert "Newly kept: 0 passages, 0 texts None." in text
    assert "Now held: 1 document a.txt" in text


def test_nothing_in_it_runs() -> None:
    found = Comparison(only_new=[HOSTILE])
    found.newly_kept[HOSTILE] = Group(HOSTILE, 1, 1, [f"{HOSTILE}:1"])
    found.newly_kept[HOSTILE].rules[HOSTILE] = 1

    text, tags = page(found)

    assert not {"script", "img"} & set(tags)
    assert "\\x1b[31m \\u202egnp" in text
    [policy] = document_fromstring(comparison_page(found).decode()).xpath("//meta[@http-equiv]/@content")
    assert "default-src 'none'; script-src 'none'; style-src 'sha256-" in policy


def test_what_is_left_out_is_said() -> None:
    found = Comparison()
    for number in range(comparison.MOST + 3):
        found.newly_kept[str(number)] = Group(str(number), 2, 1)

    found.only_old = [f"{number}.txt" for number in range(comparison.MOST + 4)]

    text, _ = page(found)

    assert "3 more are left out; --format json has them all." in text
    assert "4 more are left out; --format json has them all." in text


def test_a_text_has_the_colour_of_its_category_if_it_is_one() -> None:
    found = Comparison()
    found.newly_kept["a"] = Group("a", 1, 1, rules=Counter({"social/share": 2, "ad/label": 1}))
    found.newly_kept["b"] = Group("b", 1, 1, rules=Counter({'x" onclick="owned()/y': 1}))

    root = document_fromstring(comparison_page(found).decode())

    assert root.xpath("//li[@class='card cat-social']//span[@class='chip cat']/text()") == ["social"]
    assert root.xpath("//li/@class") == ["card cat-social", "card cat-"]


def test_its_bar_leads_to_what_there_is() -> None:
    def links(found: Comparison) -> list[str]:
        root = document_fromstring(comparison_page(found).decode())
        targets = [link.removeprefix("#") for link in root.xpath("//nav/a/@href")]
        assert all(root.xpath(f"//*[@id='{target}']") for target in targets)
        return targets

    assert links(Comparison()) == ["newly-removed", "newly-kept"]
    assert links(Comparison(now_held=["a.txt"])) == ["newly-removed", "newly-kept", "documents"]
