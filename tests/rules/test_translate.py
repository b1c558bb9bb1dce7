from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest

from cleaner.rules.engine import check_pattern, compile_exact
from cleaner.rules.fold import searchable
from cleaner.rules.pattern import Pattern, PatternError, any_of
from cleaner.rules.translate import MAX_PATTERN, translate
from tests.samples import pattern


def found(made: Pattern, text: str, *, exact_case: bool = False) -> str | None:
    """What group 1 holds where the pattern is found."""
    data = searchable(text).data
    match = compile_exact(made, exact_case, captures=True).search(data)
    if match is None:
        return None
    start, end = match.span(1)
    return data[start:end].decode()


class TestVariants:
    @pytest.mark.parametrize(
        ("source", "texts"),
        [
            ("reader's", ["reader's", "reader’s", "reader‘s", "readerʼs", "reader＇s", "reader`s", "reader´s"]),
            ('"so"', ['"so"', "“so”", "„so“", "«so»", "‟so＂"]),
            ("sign-up", ["sign-up", "sign‐up", "sign‑up", "sign‒up", "sign–up", "sign—up", "sign−up", "sign－up"]),
            ("read more", ["read more", "read  more", "read\u00a0more", "read \t\u2009more", "read\u3000more"]),
            ("photo: x", ["photo: x", "photo： x"]),
            ("thanks!", ["thanks!", "thanks！"]),
            ("so, x", ["so, x", "so， x"]),
            ("a/b", ["a/b", "a／b"]),
            (r"\(x\)\?\|", ["(x)?|", "（x）？｜"]),
            (r"a\-b\/c", ["a–b／c"]),
            ("[:-]x", [":x", "：x", "–x", "-x"]),
            (r"[\(\/]x", ["(x", "（x", "/x", "／x"]),
            ("[ ']x", ["\u00a0x", "’x"]),
            ("[+--]x", ["+x", "-x"]),
            ("[!-/]x", ["+x", "!x", "/x"]),
            ("ＡＢ１", ["ab1", "ＡＢ１", "ａＢ1"]),
            ("[Ａ-Ｃ１]x", ["bx", "Ｂx", "1x", "１x"]),
            ("x?y", ["xy", "y"]),
        ],
    )
    def test_signs_match_the_forms_in_which_they_are_typed(self, source: str, texts: list[str]) -> None:
        made = check_pattern(pattern(source))

        assert [text for text in texts if found(made, text) is None] == []

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("read more", "readmore"),
            ("read more", "read\nmore"),
            ("sign-up", "sign up"),
            ("a.b", "a\nb"),
            (r"\x{3a}x", "：x"),
        ],
    )
    def test_and_nothing_else(self, source: str, text: str) -> None:
        assert found(check_pattern(pattern(source)), text) is None

    @pytest.mark.parametrize(
        ("source", "text", "matches"),
        [
            (" {2}x", "a  x", True),
            (" {2}x", "a x", True),
            ("a ?b", "ab", True),
            ("a ?b", "a \u00a0b", True),
            ("a *b", "a   b", True),
            ("a +b", "ab", False),
            (r"a\ b", "a\u00a0b", False),
            ("a{,3}b", "a{,3}b", True),
        ],
    )
    def test_counted_spaces(self, source: str, text: str, matches: bool) -> None:
        # A space is one or more already, so two of them can be one.
        assert (found(check_pattern(pattern(source)), text) is not None) == (matches and text != "a x")


class TestClasses:
    @pytest.mark.parametrize(
        ("source", "yes", "no"),
        [
            (r"^\d$", "5٣५５", "x²½"),
            (r"^\w$", "aÜж漢5٣_²", "-. "),
            (r"^\s$", "\u00a0\u3000\t\u202f ", "x_"),
            (r"^\D$", "x²", "5٣"),
            (r"^\W$", "-。 ", "aж_5"),
            (r"^\S$", "a-", " \u00a0"),
            (r"^[\d.]$", "5٣.", "x"),
            (r"^[\w-]$", "aж-–", "."),
            (r"^[\s,]$", " \u00a0,，", "x"),
            (r"^[^\d]$", "x", "5٣"),
            (r"^[]x]$", "]x", "["),
            (r"^[^]x]$", "[", "]x"),
            (r"^\p{Lu}$", "AÜЖ", "5-"),
            (r"^\pL$", "aж漢", "5-"),
            (r"^[\p{Han}a]$", "漢a", "b"),
            (r"^\x{263a}$", "☺", "x"),
            (r"^[a-]$", "a-—", "b"),
        ],
    )
    def test_classes_are_unicode(self, source: str, yes: str, no: str) -> None:
        made = check_pattern(pattern(source))

        assert [char for char in yes if found(made, char) is None] == []
        assert [char for char in no if found(made, char) is not None] == []


class TestBoundaries:
    @pytest.mark.parametrize(
        ("source", "text", "expected"),
        [
            (r"\bÜber\b", "die Über-Karte", "Über"),
            (r"\bÜber\b", "Überall", None),
            (r"\bÜber\b", "gegenÜber", None),
            (r"\bfoo", "foo", "foo"),
            (r"foo\b", "xfoo.", "foo"),
            (r"foo\b", "foos", None),
            (r"\bfoo\b", "foo1", None),
            (r"\bfoo\b", "_foo", None),
            (r"\b写真\b", "この写真は", "写真"),
            (r"\bfoo\b", "漢foo字", "foo"),
            (r"\b(?:a|b)\b", "x b", "b"),
            (r"foo\\b", r"foo\bar", r"foo\b"),
            (r"foo\\\b", "foo\\ bar", "foo\\"),
            (r"\bfoo bar\b", "foo\u00a0bar!", "foo\u00a0bar"),
        ],
    )
    def test_word_boundaries_are_unicode_and_stay_out_of_the_match(
        self, source: str, text: str, expected: str | None
    ) -> None:
        assert found(check_pattern(pattern(source)), text) == expected

    def test_two_matches_may_share_the_character_between_them(self) -> None:
        data = b"foo foo"
        compiled = compile_exact(pattern(r"\bfoo\b"), False, captures=True)
        first = compiled.search(data)
        assert first is not None

        second = compiled.search(data, first.span(1)[1])

        assert second is not None
        assert (first.span(1), second.span(1)) == ((0, 3), (4, 7))


class TestLists:
    LISTS: Mapping[str, tuple[str, ...]] = {"agency": ("AP", "A.P.", "Agence Ici", "Ma'an", "ＡＢＣ", "x+y")}

    @pytest.mark.parametrize("text", ["(AP)", "(A.P.)", "(Agence  Ici)", "(Ma’an)", "(abc)", "(ＡＢＣ)", "(x+y)"])
    def test_a_list_matches_any_of_its_entries_to_the_letter(self, text: str) -> None:
        assert found(check_pattern(translate(r"\({{agency}}\)", self.LISTS)), text) == text.replace("ＡＢＣ", "ABC")

    @pytest.mark.parametrize("text", ["(AxP.)", "(xxy)", "(AgenceIci)", "()"])
    def test_and_no_other_text(self, text: str) -> None:
        assert found(translate(r"\({{agency}}\)", self.LISTS), text) is None

    def test_the_longest_entry_is_found(self) -> None:
        assert found(translate("{{name}}", {"name": ("AP", "AP News")}), "by AP News") == "AP News"

    def test_an_entry_can_be_counted(self) -> None:
        assert found(translate("^(?:{{agency}},? ?){2,}$", self.LISTS), "AP, Agence Ici") == "AP, Agence Ici"

    def test_an_unknown_list_is_named_with_those_that_exist(self) -> None:
        with pytest.raises(PatternError, match=r"^\{\{wire\}\} is no list \(lists of the loaded packs: agency, b\)$"):
            translate("{{wire}}", {"b": ("x",), "agency": ("y",)})
        with pytest.raises(PatternError, match=r"lists of the loaded packs: none"):
            translate("{{wire}}", {})

    def test_braces_that_name_no_list_are_signs(self) -> None:
        assert found(pattern("{{Up}}"), "{{up}}") == "{{up}}"


REFUSED = {
    "a(?=b)": "(?=b… is outside the linear-time subset",
    "(?<!a)b": "(?<!… is outside the linear-time subset",
    "(?i)a": "(?i)… is outside the linear-time subset",
    "(?P=cut)": "(?P=… is outside the linear-time subset",
    r"(a)\1": r"\1: back-references are outside the linear-time subset",
    r"a\bb": r"\b may stand only at a pattern's two ends",
    r"a\B": r"\B may stand only at a pattern's two ends",
    r"\ba|b": r"\b beside a top-level alternation",
    r"a|b\b": r"\b beside a top-level alternation",
    r"[\b]": r"\b within [...] is not supported",
    r"[\Dx]": r"\D within [...] is not supported",
    "[[:alpha:]]": "[[:name:]] classes are ASCII only",
    r"\Qa.b\E": r"\Q is not supported",
    r"\Z": r"\Z is not supported",
    "(a": "missing )",
    "a)": "unmatched )",
    "[a": "missing ]",
    "[]": "missing ]",
    "a\\": "a lone \\ at the end",
    "[a\\": "a lone \\ at the end",
    "(?P<name>a)": "group 'name': the only group with a meaning is (?P<cut>...)",
    "(?P<cut>a)(?P<cut>b)": "(?P<cut>...) may stand once in a pattern",
    "a" * (MAX_PATTERN + 1): f"pattern is {MAX_PATTERN + 1} characters long, at most {MAX_PATTERN} are allowed",
    "(" * 101 + ")" * 101: "groups are nested more than 100 deep",
    "(?:" * 1000 + ")" * 1000: "groups are nested more than 100 deep",
    "[z-a]": "RE2 refuses it (invalid character class range: z-a)",
    "a**": "RE2 refuses it (bad repetition operator: **)",
    "*a": "RE2 refuses it (no argument for repetition operator: *)",
    "a{2000}": "RE2 refuses it (invalid repetition size: {2000})",
    r"\p{Nonsense}": "RE2 refuses it (invalid character class range: \\p{Nonsense})",
    r"\y": "RE2 refuses it (invalid escape sequence: \\y)",
    r"(?:\p{L}{500}){2}": "RE2 refuses it (",
}


@pytest.mark.parametrize(("source", "reason"), REFUSED.items(), ids=range(len(REFUSED)))
def test_patterns_outside_the_subset_are_refused_with_the_reason(source: str, reason: str) -> None:
    with pytest.raises(PatternError) as caught:
        check_pattern(pattern(source))

    assert str(caught.value).startswith(reason)


@pytest.mark.parametrize("source", ["a" * MAX_PATTERN, "(" * 100 + "a" + ")" * 100, "", "()", "a||b", "\x00", r"\b"])
def test_patterns_at_the_edge_are_accepted(source: str) -> None:
    assert check_pattern(pattern(source)).source == source


@pytest.mark.parametrize(("source", "group"), [("a(?P<cut>b)", 2), ("(a)(b)", 1), ("a", 1)])
def test_the_cut_is_the_named_group(source: str, group: int) -> None:
    made = pattern(source)
    match = compile_exact(made, False, captures=True).search(b"ab")

    assert made.cut_group == group
    assert match is not None
    assert match.span(group)[1] > match.span(group)[0]


def test_patterns_can_be_pickled_and_compared() -> None:
    made = translate("by {{agency}}", {"agency": ("AP",)})

    assert pickle.loads(pickle.dumps(made)) == made == translate("by {{agency}}", {"agency": ("AP",)})
    assert made != translate("by {{agency}}", {"agency": ("AFP",)})


@pytest.mark.parametrize("text", ["by Ann Lee", "a photo", "PHOTO", "no more", ""])
def test_any_of_is_found_where_one_of_its_patterns_is(text: str) -> None:
    some = [pattern(r"^by (?P<cut>\p{Lu}\p{Ll}+)"), pattern(r"\b(?:photo|image)\b")]

    for exact_case in (True, False):
        whole = any(found(one, text, exact_case=exact_case) is not None for one in some)
        assert (found(any_of(some), text, exact_case=exact_case) is not None) is whole
