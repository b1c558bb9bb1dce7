from __future__ import annotations

import pytest

from cleaner.html import bounds
from cleaner.html.bounds import flatten, shorten


def test_runs_of_line_breaks_are_two() -> None:
    assert shorten("a<br><BR/>\n<br />b<br><br>c") == "a<br><br>b<br><br>c"


def test_below_the_limit_all_else_stays() -> None:
    page = '<p title="' + "x" * 2_000_000 + '">y</p>'

    assert shorten(page) == page


class TestBeyondTheLimit:
    @pytest.fixture(autouse=True)
    def limit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bounds, "_LIMIT", 100)

    @pytest.mark.parametrize(
        ("page", "left"),
        [
            ("<script>{}</script><p>y</p>", "<p>y</p>"),
            ("<STYLE media=x>{}</style ><p>y</p>", "<p>y</p>"),
            ("<p>y</p><!--{}-->z", "<p>y</p>z"),
            ("<script>short()</script><p>{}</p>", "<script>short()</script><p>{}</p>"),
            ("<p>y</p><script>{}", "<p>y</p><script>{}"),
        ],
    )
    def test_long_scripts_styles_and_comments_go_whole(self, page: str, left: str) -> None:
        long = "x" * 101

        assert shorten(page.format(long)) == left.format(long)

    def test_a_long_value_of_an_attribute_is_emptied(self) -> None:
        assert shorten(f'<img src="{"x" * 1_000_000}" alt="y">') == '<img src="" alt="y">'

    def test_a_long_text_is_parted_between_words(self) -> None:
        assert shorten(f"<p>{'x' * 1_000_005} y</p>") == f"<p>{'x' * 1_000_005}<wbr> y</p>"


def test_what_nests_becomes_paragraphs_and_no_text_is_lost() -> None:
    page = '<html><body><div class="a"><span><b>One</b></span><ul><li>two</li></ul></div><br>three</body></html>'

    assert flatten(page) == "<html><body><p>One<p><p>two<p><p><p><br>three</body></html>"
