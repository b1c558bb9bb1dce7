from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cleaner.errors import ConfigError, PackError
from cleaner.rules.pattern import PatternError
from cleaner.rules.table import Dialect, Table, clipped


def table(**values: Any) -> Table:
    return Table(values, "ours.toml", rule="ad/x", field="block")


class TestReading:
    def test_values_of_every_kind(self) -> None:
        given = table(
            text="a", number=1, count=3, choice="b", strings=["a", "b"], tables=[{}], members=["tail", "head"]
        )

        assert given.text("text") == "a"
        assert (given.number("number", 0, 2), type(given.number("number", 0, 2))) == (1.0, float)
        assert given.count("count", 1, 3, 2) == 3
        assert given.choice("choice", ("a", "b"), "a") == "b"
        assert given.strings("strings") == ("a", "b")
        assert given.tables("tables") == [{}]
        assert given.members("members", ("head", "body", "tail")) == ("tail", "head")
        given.done()

    def test_defaults_of_every_kind(self) -> None:
        given = table()

        assert given.text("text", "") == ""
        assert given.number("number", 0, 2, 0.5) == 0.5
        assert given.count("count", 1, 3, 2) == 2
        assert given.choice("choice", ("a", "b"), "a") == "a"
        assert given.strings("strings") == ()
        assert given.members("members", ("a",)) == ()
        assert given.patterns("any", Dialect()) == ()
        assert given.tables("tables") == []
        assert given.get("flag", bool, False) is False

    @pytest.mark.parametrize(
        ("values", "ask", "reason"),
        [
            ({}, lambda t: t.text("x"), "is missing"),
            ({"x": 1}, lambda t: t.text("x"), "expected a string, found a whole number"),
            ({"x": " \n"}, lambda t: t.text("x"), "is empty"),
            ({"x": "a\x07"}, lambda t: t.text("x"), "holds control characters"),
            ({"x": "a\x07"}, lambda t: t.text("x", ""), "holds control characters"),
            ({}, lambda t: t.number("x", 0, 1), "is missing"),
            ({"x": "1"}, lambda t: t.number("x", 0, 1), "expected a number, found a string"),
            ({"x": True}, lambda t: t.number("x", 0, 1), "expected a number, found a truth value"),
            ({"x": 1.5}, lambda t: t.number("x", 0, 1), "1.5 is outside 0 to 1"),
            ({"x": float("nan")}, lambda t: t.number("x", 0, 1), "nan is outside 0 to 1"),
            ({"x": float("-inf")}, lambda t: t.number("x", 0, 1), "-inf is outside 0 to 1"),
            ({"x": 1.0}, lambda t: t.count("x", 0, 1, 0), "expected a whole number, found a number"),
            ({"x": True}, lambda t: t.count("x", 0, 1, 0), "expected a whole number, found a truth value"),
            ({"x": 2}, lambda t: t.count("x", 0, 1, 0), "2 is outside 0 to 1"),
            ({"x": "c"}, lambda t: t.choice("x", ("a", "b"), "a"), "'c' is none of a, b"),
            ({"x": ["a"]}, lambda t: t.choice("x", ("a", "b"), "a"), "expected a string, found a list"),
            ({"x": "a"}, lambda t: t.strings("x"), "expected a list of strings, found a string"),
            ({"x": {}}, lambda t: t.tables("x"), "expected an array of tables ([[x]]), found a table"),
            ({"x": ["c"]}, lambda t: t.members("x", ("a", "b")), "'c' is none of a, b"),
            ({"x": 1}, lambda t: t.get("x", bool, False), "expected true or false, found a whole number"),
            ({"x": []}, lambda t: t.get("x", dict, {}), "expected a table, found a list"),
            ({"x": object()}, lambda t: t.text("x"), "expected a string, found object"),
        ],
    )
    def test_errors_name_place_and_reason(
        self, values: dict[str, Any], ask: Callable[[Table], object], reason: str
    ) -> None:
        with pytest.raises(PackError) as caught:
            ask(table(**values))

        assert str(caught.value) == f"ours.toml: rule ad/x: block.x: {reason}"

    @pytest.mark.parametrize(
        ("item", "found"), [("", "an empty one"), (1, "a whole number"), (True, "a truth value"), ({"a": 1}, "a table")]
    )
    def test_members_of_a_list_are_named_by_number(self, item: object, found: str) -> None:
        with pytest.raises(PackError) as caught:
            table(x=["a", item]).strings("x")

        assert str(caught.value) == f"ours.toml: rule ad/x: block.x[2]: expected a non-empty string, found {found}"

    def test_what_is_no_table_is_an_error(self) -> None:
        with pytest.raises(PackError, match=r"^ours\.toml: expected a table, found a list$"):
            Table([], "ours.toml")

    def test_keys_that_nobody_asked_for_are_errors(self) -> None:
        given = table(x="a", zeta=1, why=2)
        given.text("x")
        given.text("text", "")

        with pytest.raises(PackError, match=r"block: unknown key 'why'; choose from text, x$"):
            given.done()

    def test_a_configuration_has_its_own_kind_of_error(self) -> None:
        with pytest.raises(ConfigError, match=r"^cleaner\.toml: threshold: is missing$"):
            Table({}, "cleaner.toml", fails=ConfigError).number("threshold", 0, 1)


class TestPatterns:
    def test_patterns_are_read_in_a_dialect(self) -> None:
        given = table(any=["by {{agency}}", "x"])

        made = given.patterns("any", Dialect({"agency": ("AP",)}))

        assert [one.source for one in made] == ["by {{agency}}", "x"]

    def test_re2_is_asked_only_by_a_dialect_that_compiles(self) -> None:
        assert Dialect(compiles=False).read("[z-a]").source == "[z-a]"
        with pytest.raises(PatternError):
            Dialect().read("[z-a]")

    def test_errors_name_the_number_and_the_pattern(self) -> None:
        with pytest.raises(PackError) as caught:
            table(any=["x", "(a"]).patterns("any", Dialect())

        assert str(caught.value) == "ours.toml: rule ad/x: block.any[2]: missing ) in '(a'"

    @pytest.mark.parametrize(("length", "shown"), [(1, 1), (100, 100), (101, 100), (3000, 100)])
    def test_long_patterns_are_clipped(self, length: int, shown: int) -> None:
        assert len(clipped("(" * length)) == shown
        assert clipped("(" * length).endswith("…") == (length > shown)

    def test_so_the_message_stays_one_readable_line(self) -> None:
        with pytest.raises(PackError) as caught:
            table(any=["^(?:" + "read more|" * 300]).patterns("any", Dialect())

        assert len(str(caught.value)) < 200
        assert str(caught.value).endswith("…'")
