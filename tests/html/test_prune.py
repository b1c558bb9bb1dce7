"""What nobody reads goes, and what it parted stays parted."""

from __future__ import annotations

import pytest
from lxml import etree

from cleaner.html import prune, tree
from cleaner.model import Dropped
from tests.html.support import FERRY, HARBOUR, body_of, page, paragraphs


def markup(html: str) -> str:
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in body_of(html))


@pytest.mark.parametrize(
    "unread",
    [
        "<script>let a = '<p>no</p>';</script>",
        "<style>p { color: red }</style>",
        "<noscript><p>Please turn on scripts.</p></noscript>",
        "<template><p>A draft</p></template>",
        "<svg><text>Logo</text></svg>",
        "<iframe>old browser</iframe>",
        "<video><p>old browser</p></video>",
        "<button>Share</button>",
        "<select><option>One<option>Two</select>",
        "<textarea>Say something</textarea>",
        "<nav><a href='/'>Home</a></nav>",
        "<footer>Imprint of the Oakhurst Herald</footer>",
        "<dialog>Take part in our survey</dialog>",
        "<div style='display:none'>unseen</div>",
        "<div style='color:red; DISPLAY: none !important'>unseen</div>",
        "<div style='visibility:hidden'>unseen</div>",
        "<div style='position:absolute; left:-9999px;'>bought links</div>",
        "<div aria-hidden='true'>icon</div>",
        "<div hidden>later</div>",
        "<div class='cookie-banner'>We use cookies.</div>",
        "<div id='onetrust-consent-sdk'>We use cookies.</div>",
        "<section class='gdpr'>We use cookies.</section>",
        "<div><span> </span><i></i></div>",
    ],
)
def test_goes(unread: str) -> None:
    assert markup(page(paragraphs() + unread)).strip() == paragraphs()


@pytest.mark.parametrize(
    "read",
    [
        "<dialog open>Shown at once</dialog>",
        "<div style='display:block'>shown</div>",
        "<div style='left:-2px'>shown</div>",
        "<div aria-hidden='false'>shown</div>",
        "<p class='cookie-recipe'>Stir the dough for the cookies.</p>",
        "<div class='cookies-and-cake'></div><p>Bake.</p>",
    ],
)
def test_stays(read: str) -> None:
    assert "".join(body_of(page(paragraphs() + read)).itertext()).endswith((".", "Shown at once", "shown"))


@pytest.mark.parametrize("unseen", ["class='sr-only'", "class='u-visually-hidden'", "style='clip: rect(0 0 0 0)'"])
def test_what_a_link_tells_screen_readers_alone_goes(unseen: str) -> None:
    link = f"<a href='/plan'>the plan<span {unseen}> (opens in a new tab)</span></a>"
    assert "the plan</a>, twice" in markup(page(paragraphs(*HARBOUR, f"They read {link}, twice.")))
    whole = f"<a href='/plan'><span {unseen}>the plan</span></a>"
    assert "the plan" in markup(page(paragraphs(*HARBOUR, f"They read {whole}, twice.")))


def test_folded_prose_is_read() -> None:
    answer = f"<div hidden><p>{FERRY}</p></div>"
    assert FERRY in markup(page(paragraphs() + answer))
    assert FERRY in markup(page(paragraphs() + answer.replace("hidden", "hidden aria-hidden='true'")))
    assert FERRY in markup(page(paragraphs() + f"<p aria-hidden='true'>{FERRY}</p>"))


@pytest.mark.parametrize(
    "panel",
    [
        "<div class='accordion-panel' style='display:none'>{}</div>",
        "<div style='height:0; display:none'><div class='faq__answer'>{}</div></div>",
        "<section class='Collapsible'><div style='display:none'>{}</div></section>",
    ],
)
def test_prose_that_an_accordion_folds_up_is_read(panel: str) -> None:
    answer = f"<p>{FERRY}</p>"
    assert answer in markup(page(paragraphs() + panel.format(answer)))
    assert "Sort" not in markup(page(paragraphs() + panel.format("<ul><li>Sort by price</li></ul>")))


@pytest.mark.parametrize(
    "head",
    [
        "<h3><button aria-expanded='false'>Does it run on Sundays?</button></h3>",
        "<h3><span><button><svg></svg><p>Does it run on Sundays?</p></button></span></h3>",
        "<button class='toggle'><div><h3>Does it run on Sundays?</h3></div></button>",
        "<button class='faq-list__button'><div>Does it run on Sundays?</div></button>",
    ],
)
def test_a_button_that_is_the_heading_of_what_it_unfolds_is_read(head: str) -> None:
    assert "Does it run on Sundays?" in markup(page(f"{paragraphs()}<div>{head}<div><p>{FERRY}</p></div></div>"))


def test_a_button_in_a_heading_is_none() -> None:
    assert "Follow" not in markup(page(paragraphs() + "<h3>The ferry <button>Follow</button></h3>"))
    assert "Follow" not in markup(page(paragraphs() + "<h3><button>Follow</button><button>Share</button></h3>"))


def test_a_hidden_part_that_holds_much_of_the_page_only_waits_for_its_script() -> None:
    assert HARBOUR[0] in markup(page(f"<div style='display:none'>{paragraphs()}</div>"))
    assert HARBOUR[0] in markup(page(f"<nav>{paragraphs()}</nav><p>Home</p>"))


def test_no_text_no_body() -> None:
    for html in (page("<div><img src=a.png></div>"), page("<script>1</script>"), "<frameset><frame src=a></frameset>"):
        root = tree.parse(html)
        assert root is not None
        assert prune.prune(root).body is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>the country<strong> </strong>and the sea</p>", "the country and the sea"),
        ("<p>the country<a href=x> <i> </i></a>and the sea</p>", "the country and the sea"),
        ("<p>har<span></span>bour</p>", "harbour"),
        ("<p>har<wbr>bour<img src=x>s</p>", "harbours"),
        ("<p>one<iframe></iframe>two<button>x</button>three<embed src=x>four</p>", "one two three four"),
        ("<p>A harbour<span style='display:none'>:</span>s mole</p>", "A harbours mole"),
    ],
)
def test_what_goes_neither_glues_nor_parts_words(html: str, text: str) -> None:
    assert " ".join("".join(body_of(html).itertext()).split()) == text


@pytest.mark.parametrize("part", ["<hr>", "<div></div>", "<p> </p>", "<figure><img src=x></figure>", "<nav>Home</nav>"])
def test_a_block_that_goes_parts_the_text_around_it(part: str) -> None:
    assert "<hr" in markup(page(f"<div>{HARBOUR[0]}{part}{HARBOUR[1]}</div>"))


def test_parts_within_parts() -> None:
    inner = "<nav>a<nav>b</nav>c</nav>" * 3
    assert "Home" not in markup(
        page(f"<div>text{inner}more <nav>Home<nav>Home</nav>Home</nav> text</div>{paragraphs()}")
    )


class TestDropped:
    SOURCE = (
        "<html><body>\n<nav><ul><li>Home<li>News</ul></nav>\n<p>The mole is rebuilt in May, the council says.</p>\n"
        "<div style='display:none'>Read <b>on</b><nav>More</nav></div>\n<div hidden></div>\n<footer>The Herald</footer>"
    )

    def test_each_text_once_with_its_reason_and_line(self) -> None:
        root = tree.parse(self.SOURCE)
        assert root is not None

        assert prune.prune(root).dropped == (
            Dropped("extract/menu", "Home News", 2),
            Dropped("extract/hidden", "Read on More", 4),
            Dropped("extract/menu", "The Herald", 6),
        )

    def test_menus_may_stay(self) -> None:
        root = tree.parse(self.SOURCE)
        assert root is not None

        pruned = prune.prune(root, menus=True)

        assert [item.text for item in pruned.dropped] == ["Read on More"]
        assert pruned.body is not None
        assert "The Herald" in pruned.body.text_content()
