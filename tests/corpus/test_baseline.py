from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cleaner.corpus.baseline import Accepted, Baseline, key, read_accepted
from cleaner.errors import UsageError
from cleaner.model import Removal
from tests.support import written


def removal(text: str, rule: str = "ad/x", *, line: int = 1) -> Removal:
    return Removal("a.txt", 0, 0, 0, 0, line, line, rule, rule.partition("/")[0], 1.0, (), text)


ONE, TWO, BIO = removal("Buy one"), removal("Buy two"), removal("Writes", "bio/x")


def baseline(
    folder: Path, accepted: Accepted | None = None, counts: Callable[[str], bool] = lambda _rule: True
) -> Baseline:
    return Baseline(folder / "known.jsonl", accepted or {}, counts)


def accepting(*removals: Removal) -> Counter[tuple[str, str]]:
    return Counter(map(key, removals))


def update(folder: Path, found: dict[str, Sequence[Removal]], folders: Sequence[Path] = ()) -> str:
    known = baseline(folder)
    for name, removals in found.items():
        known.add(folder / name, removals)
    known.update(folders)
    return (folder / "known.jsonl").read_text(encoding="utf-8")


class TestKey:
    def test_white_space_does_not_matter_and_words_and_rule_do(self) -> None:
        assert key(removal("Buy  one\r\n today\n\n")) == key(removal("Buy one today", line=7))
        assert len({key(ONE), key(TWO), key(removal("Buy one", "ad/y")), key(removal("buy one"))}) == 4

    def test_texts_need_not_be_utf8(self) -> None:
        assert key(removal("Buy \udce9")) != key(removal("Buy \udcea"))


class TestKnown:
    def test_so_many_of_a_kind_are_known_as_are_accepted(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {"a.txt": accepting(ONE, ONE, BIO)})

        assert known.add(tmp_path / "a.txt", [TWO, ONE, BIO, ONE, ONE, BIO]) == {1, 2, 3}

    def test_the_documents_of_one_file_are_taken_together(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {"a.jsonl": accepting(ONE, ONE, BIO)})

        assert known.add(tmp_path / "a.jsonl", [ONE, TWO]) == {0}
        assert known.add(tmp_path / "a.jsonl", []) == frozenset()
        assert known.add(tmp_path / "a.jsonl", [ONE, ONE]) == {0}
        assert list(known.stale([])) == [("a.jsonl", "bio/x", 1)]

    def test_they_are_known_in_their_own_document_only(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {"a.txt": accepting(ONE)})

        assert known.add(tmp_path / "b.txt", [ONE]) == frozenset()

    def test_a_document_is_known_from_wherever_it_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written(tmp_path, {"in/a.txt": "", "ci/x": ""})
        monkeypatch.chdir(tmp_path / "in")
        known = Baseline(Path("../ci/known.jsonl"), {"../in/a.txt": accepting(ONE)}, lambda _rule: True)

        assert known.add(Path("a.txt"), [ONE]) == {0}


class TestStale:
    def test_what_a_document_has_no_more_is_stale_by_rule(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {"b.txt": accepting(ONE, ONE, TWO, BIO), "a.txt": accepting(ONE)})
        known.add(tmp_path / "b.txt", [ONE])
        known.add(tmp_path / "a.txt", [ONE])

        assert list(known.stale([])) == [("b.txt", "ad/x", 2), ("b.txt", "bio/x", 1)]

    def test_a_document_that_is_gone_from_a_folder_of_the_run_is_stale(self, tmp_path: Path) -> None:
        written(tmp_path, {"in/passed-over.txt": ""})
        rows = {name: accepting(ONE) for name in ("in/gone.txt", "in/passed-over.txt", "in/bad.txt", "other/gone.txt")}
        known = baseline(tmp_path, rows)
        known.fail(tmp_path / "in" / "bad.txt")

        assert list(known.stale([])) == []
        assert list(known.stale([tmp_path / "in"])) == [("in/gone.txt", "ad/x", 1)]

    def test_a_name_that_no_file_can_have_is_of_a_document_that_is_gone(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {f"in/{'x' * 5000}": accepting(ONE)})

        assert [rule for _, rule, _ in known.stale([tmp_path / "in"])] == ["ad/x"]

    def test_rules_that_do_not_count_are_left_alone(self, tmp_path: Path) -> None:
        known = baseline(tmp_path, {"a.txt": accepting(ONE, BIO)}, lambda rule: rule != "bio/x")
        known.add(tmp_path / "a.txt", [])

        assert list(known.stale([])) == [("a.txt", "ad/x", 1)]
        known.update([])
        assert read_accepted(known.path) == {"a.txt": accepting(BIO)}


class TestUpdate:
    def test_rows_are_sorted_and_hold_no_places(self, tmp_path: Path) -> None:
        first = update(tmp_path, {"b.txt": [removal("z", line=4), BIO], "a.txt": [ONE, TWO, ONE]})
        second = update(tmp_path, {"a.txt": [ONE, ONE, TWO], "b.txt": [BIO, removal("z", line=1)]})

        assert first == second
        head, *rows = first.splitlines()
        assert head == '{"baseline": 1}'
        assert rows == sorted(rows)
        assert [re.sub("[0-9a-f]{16}", "", row) for row in rows[2:]] == [
            '{"path": "b.txt", "rule": "ad/x", "hash": "", "count": 1}',
            '{"path": "b.txt", "rule": "bio/x", "hash": "", "count": 1}',
        ]
        assert first.count('"count": 2') == 1

    def test_it_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        odd = os.fsdecode(b'caf\xe9 "x"\n\xe2\x80\xa8.txt')
        update(tmp_path, {odd: [ONE, ONE, BIO], "日本.txt": [TWO], "none.txt": []})

        assert read_accepted(tmp_path / "known.jsonl") == {odd: accepting(ONE, ONE, BIO), "日本.txt": accepting(TWO)}

    def test_documents_that_the_run_did_not_come_by_or_read_keep_their_rows(self, tmp_path: Path) -> None:
        rows = {name: accepting(ONE) for name in ("seen.txt", "in/gone.txt", "in/bad.txt", "other.txt")}
        known = baseline(tmp_path, rows)
        known.add(tmp_path / "seen.txt", [TWO])
        known.fail(tmp_path / "in" / "bad.txt")
        known.update([tmp_path / "in"])

        assert read_accepted(known.path) == {
            "seen.txt": accepting(TWO), "in/bad.txt": accepting(ONE), "other.txt": accepting(ONE),
        }  # fmt: skip


class TestDamage:
    GOOD = '{"baseline": 1}\n'
    ROW = '{"path": "a", "rule": "ad/x", "hash": "0123456789abcdef", "count": 1}\n'

    def test_a_baseline_without_rows_accepts_nothing(self, tmp_path: Path) -> None:
        assert read_accepted(written(tmp_path, {"b": self.GOOD}) / "b") == {}

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", ": is no baseline of format 1; name another file, or write it anew"),
            ("packs = []\n", ": is no baseline of format 1"),
            ("[1]\n", ": is no baseline of format 1"),
            ('{"baseline": 2}\n', ": is no baseline of format 1"),
            (ROW, ": is no baseline of format 1"),
            (GOOD + "<<<<<<< ours\n", ":2: is no row of a baseline; mend it, or delete the file and write it anew"),
            (GOOD + ROW + "\n", ":3: is no row of a baseline"),
            (GOOD + ROW[:30], ":2: is no row of a baseline"),
            (GOOD + ROW.replace("1}", "0}"), ":2: is no row of a baseline"),
            (GOOD + ROW.replace("1}", "true}"), ":2: is no row of a baseline"),
            (GOOD + ROW.replace('"a"', "5"), ":2: is no row of a baseline"),
            (GOOD + ROW.replace("0123", "xyz"), ":2: is no row of a baseline"),
            (GOOD + ROW.replace('"rule"', '"roule"'), ":2: is no row of a baseline"),
            (GOOD + "[" * 100_000 + "\n", ":2: is no row of a baseline"),
            (GOOD + ROW + ROW, ":3: stands there twice; delete one of the two rows"),
        ],
    )
    def test_it_is_said_with_its_line(self, tmp_path: Path, text: str, said: str) -> None:
        path = written(tmp_path, {"b": text}) / "b"

        with pytest.raises(UsageError, match=f"^{re.escape(f'{path}{said}')}"):
            read_accepted(path)

    def test_a_file_that_is_not_there_can_be_written(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"none: does not exist; write it with --update-baseline$"):
            read_accepted(tmp_path / "none")

    def test_a_folder_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"cannot be read \(Is a directory\)$"):
            read_accepted(tmp_path)
