"""Articles, names, rules and pages that want to run something, be taken for markup, or turn the text around: in a real
browser, nothing of them runs, loads or hides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.corpus.write import report_folder
from cleaner.model import Document, Dropped, Evidence, Metadata, Removal, Result
from cleaner.reports import Examined, Outcome, Run, View
from cleaner.reports.compare import Comparison, Group
from cleaner.reports.html import DATA, GENERATOR, PAGE, html_file, html_folder
from cleaner.reports.html.comparison import comparison_page
from tests.reports.html.browser import Browser
from tests.reports.html.support import compared
from tests.samples import rule
from tests.support import DAM, RIVER, configured, run, written

pytestmark = pytest.mark.slow

HOSTILE = {
    "script": "<script>window.owned = 1</script>",
    "end": "</script><script>window.owned = 2</script>",
    "comment": "<!--<script>window.owned = 3</script>-->",
    "image": "<img src=x onerror='window.owned = 4'>",
    "svg": "<svg onload=window.owned=5><style>body { display: none }</style></svg>",
    "link": "<a href='javascript:window.owned = 6' autofocus onfocus='window.owned = 7'>read on</a>",
    "bare link": "javascript:window.owned=8",
    "frame": "<iframe srcdoc='<script>parent.owned = 9</script>'></iframe><base href='https://x.example/'>",
    "attribute": "\"'><b onmouseover=window.owned=10>",
    "template": "{{ 7 * 7 }} {% raw %} ${window.owned = 11} `+window.owned+`",
    "data": '");window.owned=12;//',
    "proto": "__proto__ constructor toString",
    "bidi": "\u202ereversed\u2066isolated\u2069\u200fmark\ufeff",
    "ansi": "\x1b[31mred\x1b]0;owned\x07\x9b2J",
    "controls": "nul \0 bell \x07 delete \x7f separator \u2028 tag \U000e0041",
    "bytes": "caf\udce9 \ud800",
    "noncharacters": "\ufffe\uffff\U0001ffff",
    "long": "x" * 10_000_000,
}
RULE = rule("ad/label", "x")
RUN = Run(
    '1.0"><script>window.owned=13</script>',
    "f" * 64,
    (replace(RULE, summary="<img src=x onerror=window.owned=14>", languages=("<b>en</b>",)),),
)
OUTCOME = Outcome(False, "<script>window.owned=15</script>", "cleaner diff '<img src=x onerror=window.owned=16>'")


def examined(kind: str, words: str, *, page: bool) -> Examined:
    """A document of which the words go, and that is made of them in every other way too."""
    short = words[:200]
    about = Metadata(site=short, language=short) if page else Metadata()
    text = f"{DAM} {short}\n{words}\n{RIVER}\n{short}"
    dropped = (Dropped("extract/outside", short, 7),) if page else ()
    document = Document(text, short, errors="surrogatepass", metadata=about, dropped=dropped)
    start = len(DAM) + len(short) + 2
    end = start + len(words) + 1
    evidence = (Evidence("ad/label", 1.0),)
    removal = Removal(short, start, end, 0, 0, 2, 2, "ad/label", "ad", 1.0, evidence, text[start:end])
    return Examined(f"{kind}/{short}.txt", Result(document, (removal,), held=page), None if page else b"")


@pytest.fixture(scope="module", params=["folder", "file"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, of either kind, of nothing but such documents."""
    place = tmp_path_factory.mktemp("hostile")
    items = [examined(kind, words, page=page) for kind, words in HOSTILE.items() for page in (False, True)]

    def fill(view: View) -> None:
        for item in items:
            view.add(item)
        for kind in HOSTILE:
            view.fail(HOSTILE[kind][:100], HOSTILE[kind][:100])
        view.end(OUTCOME)

    if request.param == "folder":
        fill(html_folder(report_folder(place, PAGE, GENERATOR.encode(), DATA), RUN))
        return place / PAGE
    with (place / "report.html").open("wb") as handle:
        fill(html_file(handle, RUN))
    return place / "report.html"


def forget(browser: Browser) -> None:
    """What earlier tests have left in its logs."""
    browser.requests()
    browser.complaints()


def harmless(browser: Browser, page: Path) -> None:
    """Nothing has run, been loaded, been forbidden, or become markup."""
    assert browser.value("window.owned === undefined")
    assert browser.complaints() == []
    assert all(url.startswith(f"file://{page.parent}/") for url in browser.requests())
    assert browser.texts("img, iframe, object, embed, base, main script, main style, [onerror], [onload]") == []
    assert browser.value("[...document.links].every((link) => link.protocol === 'file:')")
    active = r"/[\p{Cc}\u2028\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/u"
    assert browser.value(f"!{active}.test(document.body.innerText.replace(/[\\n\\t]/g, ''))")


def test_the_overview_and_the_lists(browser: Browser, hostile: Path) -> None:
    forget(browser)
    browser.open(hostile)
    harmless(browser, hostile)
    for address in ("#groups", "#documents", "#review"):
        browser.go(address)
        harmless(browser, hostile)


def test_every_text_and_every_document(browser: Browser, hostile: Path) -> None:
    for name in ("groups", "documents"):
        browser.open(hostile, f"#{name}")
        addresses = browser.value(f"[...document.querySelectorAll('#view-{name} h1 ~ div a')].map((link) => link.hash)")
        assert len(addresses) in (len(HOSTILE), 2 * len(HOSTILE), len(HOSTILE) + 1)
        for address in addresses:
            browser.open(hostile, address)
            for button in browser.all("main section:not([hidden]) :is(.why-button, summary)"):
                browser.run("arguments[0].click()", button)
            harmless(browser, hostile)


def test_addresses_are_no_way_in(browser: Browser, hostile: Path) -> None:
    for address in (
        "#group/<img src=x onerror=window.owned=1>", "#groups?text=<script>window.owned=1</script>", "#__proto__/x",
        "#document/../../x", "#groups?category=\"><img src=x onerror=window.owned=1>&sort=__proto__", "#constructor",
    ):  # fmt: skip
        browser.open(hostile, address)
        harmless(browser, hostile)


def test_what_is_not_to_be_seen_is_written_out(browser: Browser, hostile: Path) -> None:
    browser.open(hostile, "#documents?name=bidi")
    browser.click("#view-documents tbody a")
    browser.until(lambda: browser.one("#view-document .paper"))
    assert r"\u202ereversed\u2066isolated\u2069\u200fmark\ufeff" in browser.texts("#view-document .paper")[0]

    browser.open(hostile, "#documents?name=ansi")
    browser.click("#view-documents tbody a")
    browser.until(lambda: browser.one("#view-document .paper"))
    assert r"\x1b[31mred\x1b]0;owned\x07\x9b2J" in browser.texts("#view-document .paper")[0]

    browser.open(hostile, "#documents?name=bytes")
    browser.click("#view-documents tbody a")
    browser.until(lambda: browser.one("#view-document .paper"))
    assert r"caf\xe9 \ud800" in browser.texts("#view-document .paper")[0]


def test_ten_megabytes_in_a_line_are_left_out_but_for_their_ends(browser: Browser, hostile: Path) -> None:
    browser.open(hostile, "#documents?name=long")
    browser.click("#view-documents tbody a")
    browser.until(lambda: browser.one("#view-document .left-out"))

    assert browser.texts("#view-document .left-out") == ["9,997,001 characters left out here"]
    assert len(browser.texts("#view-document .paper")[0]) < 10_000


def test_files_that_are_called_so(browser: Browser, tmp_path: Path) -> None:
    place = configured(tmp_path)
    names = ("<img src=x onerror=window.owned=1>.txt", "a&b \"c\" 'd'.txt", "%3Cb%3E.txt", "\u202etxt.a", "a\nb.txt")
    written(place, {f"in/{name}": f"{DAM}\n\nSign up for the valley letter {name.strip()}\n" for name in names})
    ran = run(["clean", "in", "-o", "out", "-q", "--report", "html=re port#?/"], place)
    assert (ran.code, ran.errors) == (0, "")

    page = place / "re port#?" / "index.html"
    forget(browser)
    browser.open(page, "#documents")
    assert len(browser.texts("#view-documents tbody th")) == 4
    assert browser.value("window.owned === undefined")
    assert browser.complaints() == []


def test_a_comparison_in_which_everything_is_hostile(browser: Browser, tmp_path: Path) -> None:
    names = [words[:200] for words in HOSTILE.values()]
    found = Comparison(now_held=names, no_longer_held=names, only_old=names, only_new=names)
    for groups in (found.newly_removed, found.newly_kept):
        for words, name in zip(HOSTILE.values(), names, strict=True):
            groups[words] = Group(words, 1, 1, [f"{name}:1"], Counter([name]))
    page = tmp_path / "changes.html"
    page.write_bytes(comparison_page(found))

    forget(browser)
    browser.open(page)
    harmless(browser, page)
    said = browser.texts("main")[0]
    assert len(browser.all(".card")) == 2 * len(HOSTILE)
    assert said.count(r"\u202ereversed\u2066isolated\u2069\u200fmark\ufeff") == 2 + 2 + 2 + 4
    assert r"\x1b[31mred\x1b]0;owned\x07\x9b2J" in said


def test_a_comparison_of_runs_over_a_hostile_corpus(browser: Browser, tmp_path: Path) -> None:
    place = configured(tmp_path)
    texts = {
        f"in/{number:02}<img src=x onerror=owned=1>.txt": f"{DAM}\n\nSign up for the valley letter {words}\n"
        for number, words in enumerate(HOSTILE.values())
    }
    written(place, {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()})
    page = place / "changes.html"
    page.write_bytes(compared(place, [], ["--keep", "newsletter"]))

    forget(browser)
    browser.open(page)
    harmless(browser, page)
    assert len(browser.all(".card")) == len(HOSTILE) - 1, "all but the line of ten megabytes, which stays"
    assert "\\u202ereversed" in browser.texts("main")[0]
