from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.errors import ConfigError, PackError
from cleaner.rules import Selection, Tweak, builtin_ids, cache, load, load_packs, load_ruleset, read, select
from cleaner.rules.load import merge, pack_digests, pack_paths, pattern_of, user_patterns
from cleaner.rules.model import Block, Pack, Rule, Signal
from tests.samples import patterns, rule, signal


def written(folder: Path, name: str, rules: str = "", *, pack: str = "", lists: str = "") -> str:
    text = f'schema = 1\n[pack]\nid = "{pack or name}"\n{lists}\n{rules}'
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return f"{name}.toml"


def rule_text(identifier: str, pattern: str = "sign up", weight: float = 1.0) -> str:
    return f"""
[[rule]]
id = "{identifier}"
summary = "of a test"
weight = {weight}
any = ['''{pattern}''']
[[rule.example]]
text = "[-sign up-]"
"""


class TestPackPaths:
    def test_default_stands_for_all_that_we_ship(self) -> None:
        paths = pack_paths(("default",), Path())

        assert [path.stem for path in paths] == list(builtin_ids())
        assert "signals" in builtin_ids()
        assert all(path.is_file() for path in paths)

    def test_names_and_paths_in_their_order_each_once(self, tmp_path: Path) -> None:
        paths = pack_paths(("own/a.toml", "signals", "own/a.toml", "default", "/x/b.toml"), tmp_path)

        assert paths[0] == tmp_path / "own" / "a.toml"
        assert paths[1].stem == "signals"
        assert paths[-1] == Path("/x/b.toml")
        assert len(paths) == len(builtin_ids()) + 2

    @pytest.mark.parametrize("name", ["", "klingon", "own/a.yaml", "signals/"])
    def test_a_name_that_is_neither_is_refused(self, name: str) -> None:
        with pytest.raises(ConfigError, match=re.escape(f"packs: {name!r} is neither a shipped pack (default, ")):
            pack_paths((name,), Path())


class TestLoadPacks:
    def test_lists_are_shared_and_extended(self, tmp_path: Path) -> None:
        first = written(tmp_path, "a", rule_text("credit/a", "by {{agency}}"), lists='[lists]\nagency = ["AP", "X"]')
        second = written(tmp_path, "b", lists='[lists]\nagency = ["Y", "AP"]')

        packs = load_packs((first, second), tmp_path)

        exact = packs[0].rules[0].any[0].exact
        assert all(name in exact for name in ("AP", "X", "Y"))
        assert exact.count("AP") == 1

    def test_only_what_we_ship_comes_without_examples(self, tmp_path: Path) -> None:
        name = written(tmp_path, "a", rule_text("ad/a"))

        *ours, theirs = load_packs(("default", name), tmp_path)
        assert not any(rule.examples for pack in ours for rule in pack.rules)
        assert theirs.rules[0].examples[0].text == "[-sign up-]"

    def test_a_second_reading_comes_from_the_cache_and_is_the_same(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        name = written(tmp_path, "a", rule_text("ad/a"))
        fresh = load_packs((name,), tmp_path)
        monkeypatch.setattr(read, "read_pack", lambda *_args: pytest.fail("read anew"))

        assert load_packs((name,), tmp_path) == fresh

    def test_a_changed_pack_is_read_anew(self, tmp_path: Path) -> None:
        name = written(tmp_path, "a", rule_text("ad/a"))
        load_packs((name,), tmp_path)
        written(tmp_path, "a", rule_text("ad/b"))

        assert load_packs((name,), tmp_path)[0].rules[0].id == "ad/b"

    def test_two_packs_may_not_share_their_id(self, tmp_path: Path) -> None:
        names = (written(tmp_path, "a"), written(tmp_path, "b", pack="a"))

        with pytest.raises(PackError) as caught:
            load_packs(names, tmp_path)

        assert str(caught.value) == f"{tmp_path / 'b.toml'}: pack.id: 'a' is also the id of {tmp_path / 'a.toml'}"

    def test_a_file_that_is_not_there_is_named_with_the_way_out(self, tmp_path: Path) -> None:
        with pytest.raises(
            PackError, match=r"gone\.toml: cannot be read \(No such file or directory\); check `packs`$"
        ):
            load_packs(("gone.toml",), tmp_path)

    def test_so_is_one_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(load, "MAX_PACK_BYTES", 3 << 20)
        (tmp_path / "big.toml").write_bytes(b"#" * (3 << 20) + b"\n")

        with pytest.raises(PackError, match=r"big\.toml: is larger than 3 MB$"):
            load_packs(("big.toml",), tmp_path)

    def test_nesting_beyond_the_parser_is_no_toml(self, tmp_path: Path) -> None:
        (tmp_path / "deep.toml").write_text("x = " + "[" * 50_000, encoding="utf-8")

        with pytest.raises(PackError, match=r"deep\.toml: is not TOML: "):
            load_packs(("deep.toml",), tmp_path)

    def test_shipped_packs_are_named_without_their_folder(self) -> None:
        assert load_packs(("signals",))[0].source == "signals.toml"


def pack(identifier: str, *parts: Rule | Signal) -> Pack:
    rules = tuple(part for part in parts if isinstance(part, Rule))
    signals = tuple(part for part in parts if isinstance(part, Signal))
    return Pack(identifier, f"{identifier}.toml", rules=rules, signals=signals)


OURS = (
    pack("a", rule("ad/one", "one"), rule("caption/two", "two", weight=0.5), signal("short", 0.1, "short")),
    pack("b", rule("ad/three", "three"), signal("head", 0.1, "head")),
)


class TestSelect:
    def test_rules_and_signals_are_sorted_so_that_the_order_of_packs_is_nothing(self) -> None:
        chosen = select(OURS, Selection())

        assert [rule.id for rule in chosen.rules] == ["ad/one", "ad/three", "caption/two"]
        assert [signal.id for signal in chosen.signals] == ["signal/head", "signal/short"]
        assert chosen == select(OURS[::-1], Selection())
        assert (chosen.keep, chosen.threshold, chosen.max_removed) == ((), 1.0, 0.6)

    def test_a_later_pack_wins(self) -> None:
        packs = (*OURS, pack("c", rule("ad/one", "uno"), signal("short", 0.4, "short")))

        rules, signals = merge(packs)

        assert rules.with_id("ad/one").any == patterns("uno")
        assert signals["signal/short"].weight == 0.4

    @pytest.mark.parametrize(
        ("disable", "left"),
        [
            (("ad/one",), ["ad/three", "caption/two", "signal/head", "signal/short"]),
            (("ad/*",), ["caption/two", "signal/head", "signal/short"]),
            (("signal/*", "caption/t?o"), ["ad/one", "ad/three"]),
            (("*",), []),
        ],
    )
    def test_globs_disable_rules_and_signals(self, disable: tuple[str, ...], left: list[str]) -> None:
        chosen = select(OURS, Selection(disable=disable))

        assert [*(rule.id for rule in chosen.rules), *(signal.id for signal in chosen.signals)] == left

    def test_rules_of_kept_categories_contribute_nothing(self) -> None:
        assert [r.id for r in select(OURS, Selection(keep_categories=("ad",))).rules] == ["caption/two"]

    def test_tweaks_change_weights_and_add_exceptions(self) -> None:
        tweaks = (
            Tweak("ad/one", 0.7, ("magazine",)),
            Tweak("signal/head", -0.5),
            Tweak("ad/three", add_none=("x", "y")),
        )

        chosen = select(OURS, Selection(tweaks=tweaks))

        one, three, two = chosen.rules
        assert (one.weight, one.none) == (0.7, patterns("magazine"))
        assert (three.weight, three.none) == (1.0, patterns("x", "y"))
        assert two == OURS[0].rules[1]
        assert chosen.signals[0].weight == -0.5
        assert select(OURS, Selection(tweaks=(Tweak("signal/head"),))).signals == select(OURS, Selection()).signals

    def test_tweaks_change_what_the_lines_get_that_a_rule_opens(self) -> None:
        opens = rule("related/list", "^More$", block=Block(weight=0.8, max_lines=3))
        pack = Pack("more", "more.toml", rules=(opens,))

        [tweaked] = select([pack], Selection(tweaks=(Tweak("related/list", block_weight=0.5),))).rules

        assert (tweaked.weight, tweaked.block) == (1.0, Block(weight=0.5, max_lines=3))

    def test_a_weight_of_nothing_is_a_weight(self) -> None:
        assert select(OURS, Selection(tweaks=(Tweak("ad/one", 0.0),))).rules[0].weight == 0.0

    @pytest.mark.parametrize(
        ("selection", "message"),
        [
            (Selection(disable=("ad/onne",)), "disable: no rule or signal is called 'ad/onne'; did you mean 'ad/one'?"),
            (Selection(disable=("zzz*",)), "disable: no rule or signal is called 'zzz*'; see `cleaner rules list`"),
            (
                Selection(tweaks=(Tweak("signal/shirt", 1.0),)),
                "tweak: no rule or signal is called 'signal/shirt'; did you mean 'signal/short'?",
            ),
            (
                Selection(tweaks=(Tweak("signal/head", add_none=("x",)),)),
                "tweak signal/head: add_none works on rules, this is a signal",
            ),
            (
                Selection(tweaks=(Tweak("signal/head", block_weight=0.0),)),
                "tweak signal/head: block_weight works on rules, this is a signal",
            ),
            (
                Selection(tweaks=(Tweak("ad/one", block_weight=0.5),)),
                "tweak ad/one: block_weight works on rules that open a block, this one does not",
            ),
            (
                Selection(tweaks=(Tweak("ad/one", -0.5),)),
                "tweak ad/one.weight: -0.5 is below 0: only signals speak against removal",
            ),
            (Selection(tweaks=(Tweak("ad/one", add_none=("(x",)),)), "tweak ad/one.add_none: missing ) in '(x'"),
            (Selection(keep=("x", "a|b)")), "keep: unmatched ) in 'a|b)'"),
        ],
    )
    def test_what_names_nothing_or_does_not_compile_is_an_error(self, selection: Selection, message: str) -> None:
        with pytest.raises(ConfigError) as caught:
            select(OURS, selection)

        assert str(caught.value) == message

    def test_keep_patterns_and_bounds_are_taken_over(self) -> None:
        chosen = select(OURS, Selection(keep=("^Editor.s note",), threshold=1.4, max_removed=0.2))

        assert (chosen.keep, chosen.threshold, chosen.max_removed) == (patterns("^Editor.s note"), 1.4, 0.2)


def test_long_patterns_of_the_user_are_clipped_in_messages() -> None:
    with pytest.raises(ConfigError) as caught:
        user_patterns(("(" + "x" * 500,), "keep")

    assert str(caught.value) == "keep: missing ) in '(" + "x" * 98 + "…'"


def test_the_rules_of_a_run_come_from_packs_and_selection(tmp_path: Path) -> None:
    name = written(tmp_path, "a", rule_text("ad/a") + rule_text("caption/b"))
    selection = Selection((name,), tmp_path, keep_categories=("caption",))

    assert [rule.id for rule in load_ruleset(selection).rules] == ["ad/a"]
    assert load_ruleset(selection) == load_ruleset(replace(selection, base=tmp_path / "."))


def test_the_cache_of_these_tests_is_not_the_users() -> None:
    assert not cache.folder().is_relative_to(Path("~").expanduser() / ".cache")


def test_a_pattern_is_read_as_the_packs_of_a_selection_have_it(tmp_path: Path) -> None:
    pack = 'schema = 1\n[pack]\nid = "ours"\n[lists]\nours_day = ["Monday", "Friday"]\n'
    (tmp_path / "ours.toml").write_text(pack, encoding="utf-8")
    selection = Selection(packs=("./ours.toml",), base=tmp_path)

    assert "Friday" in pattern_of(r"\bevery {{ours_day}}", selection).exact
    with pytest.raises(ConfigError, match=r"PATTERN: \{\{no_list\}\} is no list"):
        pattern_of("{{no_list}}", selection)
    with pytest.raises(ConfigError, match=r"PATTERN: .*linear-time"):
        pattern_of("(?=a)", selection)


def test_packs_are_told_by_file_name_and_digest(tmp_path: Path) -> None:
    for folder, text in (("a", "schema = 1\n"), ("b", "schema = 1\n"), ("c", "schema = 2\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ours.toml").write_text(text, encoding="utf-8")

    one, same, other = pack_digests(Selection(packs=("a/ours.toml", "b/ours.toml", "c/ours.toml"), base=tmp_path))

    assert one == same
    assert (one[0], other[0]) == ("ours.toml", "ours.toml")
    assert one[1] != other[1]
