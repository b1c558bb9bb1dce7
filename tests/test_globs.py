from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from cleaner.globs import PathGlobs, within
from tests.support import written

BASE = Path("/corpus")


class TestPatterns:
    @pytest.mark.parametrize(
        ("patterns", "matched", "others"),
        [
            (["*.md"], ["a.md", "x/y/a.md"], ["a.txt", "a.md.txt"]),
            (["old/"], ["old/a", "x/old/y/a"], ["older/a", "old"]),
            (["/old/"], ["old/a"], ["x/old/a"]),
            (["wire/**"], ["wire/a", "wire/x/a"], ["wire", "x/wire/a"]),
            (["**/wire/*.txt"], ["wire/a.txt", "x/wire/a.txt"], ["wire/a.md", "wire/x/a.txt"]),
            (["*.txt", "!keep.txt"], ["a.txt"], ["keep.txt", "x/keep.txt"]),
            (["!keep.txt", "*.txt"], ["keep.txt"], []),
            (["caf\xe9 \u65e5/"], ["caf\xe9 \u65e5/a"], []),
            (["# a remark", ""], [], ["# a remark", "a"]),
        ],
    )
    def test_they_are_those_of_gitignore(self, patterns: list[str], matched: list[str], others: list[str]) -> None:
        globs = PathGlobs(patterns, BASE)

        assert [name for name in (*matched, *others) if globs.match(BASE / name)] == matched

    def test_a_folder_is_told_from_a_file(self) -> None:
        globs = PathGlobs(["old/"], BASE)

        assert globs.match(BASE / "old", is_folder=True)
        assert not globs.match(BASE / "old")

    def test_what_lies_elsewhere_is_not_matched(self) -> None:
        globs = PathGlobs(["*"], BASE)

        assert not globs.match(Path("/elsewhere/a"))
        assert not globs.match(BASE / ".." / "a")
        assert not globs.match(BASE)

    @pytest.mark.parametrize("pattern", ["!", "a\\"])
    def test_one_that_is_none_is_refused(self, pattern: str) -> None:
        with pytest.raises(ValueError, match="Invalid git pattern"):
            PathGlobs([pattern], BASE)

    @pytest.mark.parametrize(("pattern", "positive"), [("a", True), ("!a", False), ("#a", False), (" ", False)])
    def test_it_is_known_which_match_nothing_by_themselves(self, pattern: str, positive: bool) -> None:
        assert PathGlobs([pattern], BASE).positive == positive

    def test_they_can_be_handed_to_another_process(self) -> None:
        assert pickle.loads(pickle.dumps(PathGlobs(["*.md"], BASE))).match(BASE / "a.md")


class TestWithin:
    def test_a_path_is_seen_from_the_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written(tmp_path, {"a/b/c.txt": ""})
        monkeypatch.chdir(tmp_path / "a")

        assert within(tmp_path, Path("b/c.txt")) == "a/b/c.txt"
        assert within(Path.cwd(), Path("../a/./b/c.txt")) == "b/c.txt"
        assert within(Path.cwd(), Path("../x.txt")) is None

    def test_links_lead_where_they_lead_unless_the_way_is_written_so(self, tmp_path: Path) -> None:
        written(tmp_path, {"disk/corpus/a.txt": "", "here/x": ""})
        (tmp_path / "here" / "data").symlink_to(tmp_path / "disk" / "corpus")

        assert within(tmp_path / "here", tmp_path / "here" / "data" / "a.txt") == "data/a.txt"
        assert within(tmp_path / "disk", tmp_path / "here" / "data" / "a.txt") == "corpus/a.txt"
        assert within(tmp_path / "here" / "data", tmp_path / "disk" / "corpus" / "a.txt") == "a.txt"
