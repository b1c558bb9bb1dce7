from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.api import Cleaner, clean
from cleaner.errors import ConfigError, DocumentError, PackError
from cleaner.model import Document
from cleaner.rules import PerPath, Selection
from tests.support import ARTICLE, CLEAN, DAM, LETTER, PAGE, RIVER, configured, ours, written


class TestClean:
    def test_a_text_comes_back_with_the_plan_of_what_went(self) -> None:
        result = ours().clean(ARTICLE, name="dam.txt")

        assert (result.text, result.data, result.held) == (CLEAN, CLEAN.encode(), False)
        [removal] = result.removals
        assert (removal.doc, removal.rule, removal.category) == ("dam.txt", "newsletter/valley-letter", "newsletter")
        assert (removal.line, removal.end_line) == (3, 3)
        assert ARTICLE[removal.start : removal.end] == removal.text == f"{LETTER}\n\n"

    def test_bytes_are_decoded_and_come_back_as_they_were(self) -> None:
        data = ARTICLE.replace("ministry", "minist\xe8re").encode("cp1252")

        result = ours().clean(data)

        assert result.data == data.replace(f"{LETTER}\n\n".encode(), b"")

    def test_a_document_is_taken_as_it_is(self) -> None:
        document = Document(ARTICLE, "dam", encoding="utf-16-le")

        result = ours().clean(document)

        assert result.document is document
        assert result.data == CLEAN.encode("utf-16-le")

    def test_bytes_that_are_no_text_are_refused_by_name(self) -> None:
        with pytest.raises(DocumentError, match=r"^photo\.txt: is binary"):
            ours().clean(bytes(range(256)), name="photo.txt")

    @pytest.mark.parametrize("text", ["", "\n", " ", "\ufeff", "\x00", "\ud800", "\r"])
    def test_texts_without_words_stay_as_they_are(self, text: str) -> None:
        result = ours().clean(text)

        assert (result.text, result.removals) == (text, ())

    @pytest.mark.parametrize("source", [None, 5, ["a line"], bytearray(b"text")])
    def test_what_is_no_text_is_refused_by_its_type(self, source: Any) -> None:
        with pytest.raises(TypeError, match=f"takes str, bytes or Document, not {type(source).__name__}"):
            ours().clean(source)
        with pytest.raises(TypeError, match=f"takes str or bytes, not {type(source).__name__}"):
            ours().clean_html(source)

    def test_a_text_that_would_lose_too_much_is_held_and_the_plan_still_there(self) -> None:
        result = ours(Selection(max_removed=0.1)).clean(ARTICLE)

        assert result.held
        assert result.text == CLEAN

    def test_keep_patterns_and_kept_categories_stay(self) -> None:
        assert ours(Selection(keep=("^Sign up for the valley",))).clean(ARTICLE).text == ARTICLE
        assert ours(Selection(keep_categories=("newsletter",))).clean(ARTICLE).text == ARTICLE

    def test_one_cleaner_serves_many_texts_in_any_order(self) -> None:
        shared = ours()
        texts = [ARTICLE, DAM, f"{LETTER}\n{DAM}", "", ARTICLE]

        assert [shared.clean(text) for text in texts] == [ours().clean(text) for text in texts]

    def test_the_function_cleans_with_all_shipped_rules(self) -> None:
        assert clean(f"{DAM}\n\n{RIVER}\n") == f"{DAM}\n\n{RIVER}\n"


class TestCleanHtml:
    def test_the_article_of_a_page_is_found_and_cleaned(self) -> None:
        result = ours().clean_html(PAGE, name="dam.html")

        assert result.text.endswith(f"{DAM}\n\n{RIVER}\n")
        assert [removal.rule for removal in result.removals] == ["newsletter/valley-letter"]
        assert LETTER in result.document.text
        assert (result.document.name, result.document.metadata.title) == ("dam.html", "The dam")

    def test_the_title_goes_first_when_asked_for_and_stands_once(self) -> None:
        text = ours().clean_html(PAGE.encode(), title=True).text

        assert text.startswith(f"The dam\n\n{DAM}")
        assert text.count("The dam\n") == 1

    def test_a_page_without_an_article_is_refused(self) -> None:
        with pytest.raises(DocumentError, match="no article"):
            ours().clean_html("<html><body></body></html>")


class TestCleaner:
    def test_pickled_it_cleans_alike(self) -> None:
        used = ours(Selection(disable=("related/*",)))
        used.clean(ARTICLE)

        copy = pickle.loads(pickle.dumps(used))

        assert copy.clean(ARTICLE) == used.clean(ARTICLE)
        assert copy.rules == used.rules

    def test_it_is_made_from_a_configuration_file(self, tmp_path: Path) -> None:
        folder = configured(tmp_path)

        assert Cleaner.from_config(folder / "cleaner.toml").clean(ARTICLE).text == CLEAN
        assert Cleaner.from_config(str(folder / "cleaner.toml")).rules == ours().rules

    @pytest.mark.parametrize(
        ("selection", "kind", "said"),
        [
            (Selection(packs=("nowhere.toml",)), PackError, r"nowhere\.toml: cannot be read"),
            (Selection(packs=("defualt",)), ConfigError, r"packs: 'defualt' is neither a shipped pack"),
            (Selection(packs=("signals",), disable=("a/b",)), ConfigError, r"disable: no rule or signal is called"),
            (Selection(packs=("signals",), keep=("(?!x)",)), ConfigError, r"keep: .* outside the linear-time subset"),
        ],
    )
    def test_a_selection_that_does_not_hold_is_refused(
        self, selection: Selection, kind: type[Exception], said: str
    ) -> None:
        with pytest.raises(kind, match=said):
            Cleaner(selection)

    def test_a_pack_that_does_not_validate_is_refused_by_file_rule_and_field(self, tmp_path: Path) -> None:
        text = 'schema = 1\n[pack]\nid = "p"\n[[rule]]\nid = "ad/x"\nsummary = "x"\nweight = 9.0\nany = ["x"]\n'
        written(tmp_path, {"p.toml": text})

        with pytest.raises(PackError, match=r"p\.toml: rule ad/x: weight: 9 is outside 0 to 5"):
            Cleaner(Selection(packs=("p.toml",), base=tmp_path))


def test_the_package_gives_the_names_it_promises_and_no_others() -> None:
    assert {name: getattr(cleaner, name).__name__ for name in cleaner.__all__} == {n: n for n in cleaner.__all__}
    with pytest.raises(AttributeError, match=r"module 'cleaner' has no attribute 'Claener'"):
        cleaner.Claener  # noqa: B018 - the look-up is what is tested


class TestPaths:
    SETTINGS = Selection(
        base=Path("/corpus"),
        max_removed=0.9,
        per_path=(
            PerPath("wire/", keep_categories=("newsletter",), threshold=2.0),
            PerPath("*.md", disable=("credit/*",), keep=("^The dam",), threshold=0.5, max_removed=0.1),
        ),
    )

    def test_what_is_named_nowhere_is_cleaned_as_ever(self) -> None:
        cleaner = ours(self.SETTINGS)

        assert cleaner.at(Path("/corpus/a.txt")) is cleaner
        assert cleaner.at(Path("/elsewhere/wire/a.txt")) is cleaner
        assert ours().at(Path("/corpus/wire/a.txt")).clean(ARTICLE).text == CLEAN

    def test_what_is_named_is_cleaned_with_its_settings_on_top(self) -> None:
        rules = ours(self.SETTINGS).at(Path("/corpus/wire/a.txt")).rules

        assert {rule.category for rule in rules.rules} == {"appeal", "credit", "related"}
        assert (rules.threshold, rules.max_removed) == (2.0, 0.9)

    def test_where_several_name_a_path_all_hold_and_of_numbers_the_last(self) -> None:
        rules = ours(self.SETTINGS).at(Path("/corpus/wire/a.md")).rules

        assert {rule.category for rule in rules.rules} == {"appeal", "related"}
        assert (rules.threshold, rules.max_removed) == (0.5, 0.1)
        assert [pattern.source for pattern in rules.keep] == ["^The dam"]

    def test_each_set_of_settings_is_made_once(self) -> None:
        cleaner = ours(self.SETTINGS)

        assert cleaner.at(Path("/corpus/wire/a.txt")) is cleaner.at(Path("/corpus/wire/b.txt"))

    def test_they_go_along_to_other_processes(self) -> None:
        cleaner = ours(self.SETTINGS)
        cleaner.at(Path("/corpus/wire/a.txt")).clean(ARTICLE)

        copy = pickle.loads(pickle.dumps(cleaner))

        assert copy.at(Path("/corpus/wire/a.txt")).clean(ARTICLE).text == ARTICLE
        assert copy.fingerprint == cleaner.fingerprint

    def test_they_are_part_of_the_fingerprint(self) -> None:
        prints = {
            ours(replace(self.SETTINGS, per_path=self.SETTINGS.per_path[:count])).fingerprint for count in (0, 1, 2)
        }

        assert len(prints) == 3
        assert ours().fingerprint == ours().rules.fingerprint

    def test_a_glob_that_names_no_rule_is_refused_before_anything_is_cleaned(self) -> None:
        with pytest.raises(ConfigError, match=r"^per_path\.disable: no rule or signal is called 'bio/x'"):
            ours(Selection(per_path=(PerPath("wire/", disable=("bio/x",)),)))

    def test_a_path_that_is_no_pattern_is_refused(self) -> None:
        with pytest.raises(ValueError, match="Invalid git pattern"):
            ours(Selection(per_path=(PerPath("!"),)))
