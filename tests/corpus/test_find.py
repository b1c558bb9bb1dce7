from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cleaner.corpus.find import (
    Excludes,
    Source,
    common_parent,
    find_sources,
    named_from,
    page_name,
    real_paths,
    without_collisions,
)
from cleaner.errors import UsageError
from cleaner.globs import PathGlobs
from tests.support import written


def names(*paths: Path) -> list[str]:
    return [source.name for source in find_sources(paths)]


class TestFolders:
    def test_documents_are_found_by_their_suffix_sorted_and_named_from_the_folder(self, tmp_path: Path) -> None:
        folder = written(
            tmp_path / "in",
            {
                "b.txt": "", "B.TXT": "", "a/z.md": "", "a/y.markdown": "", "a.text": "", "page.HTM": "", "p.xhtml": "",
                "p.html": "", "README": "", "x.pdf": "", "x.tar.gz": "", "x.txt~": "",
            },
        )  # fmt: skip

        assert names(folder) == [
            "B.TXT", "README", "a.text", "a/y.markdown", "a/z.md", "b.txt", "p.html", "p.xhtml", "page.HTM",
        ]  # fmt: skip
        assert find_sources([folder])[0] == Source(folder / "B.TXT", "B.TXT")

    def test_hidden_files_and_folders_are_passed_over(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": "", ".b.txt": "", ".cleaner/run.txt": "", "c/.git/d": ""})

        assert names(tmp_path) == ["a.txt"]

    def test_a_hidden_folder_that_is_named_is_searched(self, tmp_path: Path) -> None:
        written(tmp_path, {".hidden/a.txt": ""})

        assert names(tmp_path / ".hidden") == ["a.txt"]

    def test_links_to_files_are_followed_and_links_to_folders_are_not(self, tmp_path: Path) -> None:
        written(tmp_path, {"in/a.txt": "", "elsewhere/b.txt": ""})
        (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "elsewhere" / "b.txt")
        (tmp_path / "in" / "folder").symlink_to(tmp_path / "elsewhere")
        (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")

        assert names(tmp_path / "in") == ["a.txt", "file.txt"]

    def test_a_link_that_leads_nowhere_is_found_so_that_it_can_be_reported(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": ""})
        (tmp_path / "gone.txt").symlink_to("nowhere.txt")
        (tmp_path / "round.txt").symlink_to("round.txt")

        assert names(tmp_path) == ["a.txt", "gone.txt", "round.txt"]

    def test_named_pipes_are_passed_over(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": ""})
        os.mkfifo(tmp_path / "pipe.txt")

        assert names(tmp_path) == ["a.txt"]

    def test_names_need_not_be_utf8_nor_fit_for_a_terminal(self, tmp_path: Path) -> None:
        odd = ["a b.txt", "new\nline.txt", "\x1b[31m.txt", os.fsdecode(b"caf\xe9.txt"), "“quoted”.txt", "-o"]
        written(tmp_path, dict.fromkeys(odd, ""))

        assert names(tmp_path) == sorted(odd)


class TestWhatIsNamed:
    def test_a_file_is_taken_whatever_it_is_called(self, tmp_path: Path) -> None:
        written(tmp_path, {"x.pdf": "", ".hidden": ""})

        assert find_sources([tmp_path / "x.pdf", tmp_path / ".hidden"]) == [
            Source(tmp_path / "x.pdf", "x.pdf"),
            Source(tmp_path / ".hidden", ".hidden"),
        ]

    def test_nothing_is_found_twice(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        written(tmp_path, {"in/a.txt": "", "in/b/c.txt": ""})
        (tmp_path / "link").symlink_to("in")
        monkeypatch.chdir(tmp_path)

        folder = Path("in")
        again = [folder, tmp_path / "in", Path("in/../in"), Path("link"), folder / "b", folder / "a.txt", folder]

        assert names(*again) == ["a.txt", "b/c.txt"]

    def test_a_file_and_a_link_to_it_are_two_documents(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": ""})
        (tmp_path / "b.txt").symlink_to("a.txt")

        assert names(tmp_path) == ["a.txt", "b.txt"]

    def test_a_path_that_is_missing_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"nowhere: does not exist; check the path$"):
            find_sources([tmp_path / "nowhere"])

    def test_a_path_that_cannot_be_asked_about_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "round").symlink_to("round")
        written(tmp_path, {"file": ""})

        with pytest.raises(UsageError, match=r"round: cannot be read \(.*symbolic links"):
            find_sources([tmp_path / "round"])
        with pytest.raises(UsageError, match=r"cannot be read \(File name too long\)"):
            find_sources([tmp_path / ("a" * 300)])
        with pytest.raises(UsageError, match=r"file/x: cannot be read \(Not a directory\)"):
            find_sources([tmp_path / "file" / "x"])

    def test_a_device_or_a_pipe_is_to_be_piped(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")

        with pytest.raises(UsageError, match=r"pipe: is neither a file nor a folder; pipe it: cleaner < "):
            find_sources([tmp_path / "pipe"])

    def test_folders_without_documents_are_said(self, tmp_path: Path) -> None:
        written(tmp_path, {"a/x.pdf": "", "b/.hidden": ""})

        with pytest.raises(UsageError, match=re.escape(f"{tmp_path / 'a'}, {tmp_path / 'b'}: no .txt, .md, ")):
            find_sources([tmp_path / "a", tmp_path / "b"])


class TestExcludes:
    FILES = ("a.txt", "b.md", "old/c.txt", "old/keep.txt", "x/old/d.txt")

    def found(self, folder: Path, *patterns: str) -> list[str]:
        written(folder, dict.fromkeys(self.FILES, ""))
        excludes = Excludes((PathGlobs(patterns, folder),))
        return [source.name for source in find_sources([folder], excludes)]

    @pytest.mark.parametrize(
        ("patterns", "left"),
        [
            (("*.md",), ["a.txt", "old/c.txt", "old/keep.txt", "x/old/d.txt"]),
            (("old/",), ["a.txt", "b.md"]),
            (("/old",), ["a.txt", "b.md", "x/old/d.txt"]),
            (("/old/*", "!keep.txt"), ["a.txt", "b.md", "old/keep.txt", "x/old/d.txt"]),
            (("/old/", "!keep.txt"), ["a.txt", "b.md", "x/old/d.txt"]),  # a folder that is passed over is not entered
        ],
    )
    def test_what_matches_is_passed_over(self, tmp_path: Path, patterns: tuple[str, ...], left: list[str]) -> None:
        assert self.found(tmp_path, *patterns) == left

    def test_one_of_several_lists_is_enough(self, tmp_path: Path) -> None:
        written(tmp_path, dict.fromkeys(self.FILES, ""))
        excludes = Excludes((PathGlobs(["*.md"], tmp_path), PathGlobs(["c.txt", "!b.md"], tmp_path / "old")))

        assert [source.name for source in find_sources([tmp_path], excludes)] == [
            "a.txt",
            "old/keep.txt",
            "x/old/d.txt",
        ]

    def test_a_file_that_is_named_is_taken_unless_that_is_forced_too(self, tmp_path: Path) -> None:
        written(tmp_path, {"a.txt": "", "b.txt": ""})
        named, globs = [tmp_path / "a.txt", tmp_path / "b.txt"], (PathGlobs(["a.txt"], tmp_path),)

        assert [source.name for source in find_sources(named, Excludes(globs))] == ["a.txt", "b.txt"]
        assert [source.name for source in find_sources(named, Excludes(globs, named_too=True))] == ["b.txt"]

    def test_where_nothing_is_left_this_is_said_or_allowed(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"in there that are not excluded$"):
            self.found(tmp_path, "*")
        assert find_sources([tmp_path], Excludes((PathGlobs(["*"], tmp_path),)), allow_empty=True) == []


class TestOutputNames:
    def names(self, *sources: tuple[str, bool]) -> list[str]:
        found = [Source(Path("in", name), name) for name, _ in sources]
        names = [page_name(name, ".txt") if html else name for name, html in sources]
        return without_collisions(found, names)

    def test_texts_keep_their_names_and_pages_become_texts(self) -> None:
        assert self.names(("a.md", False), ("b/c.html", True), ("d", True), ("v1.2.htm", True), ("e", False)) == [
            "a.md", "b/c.txt", "d.txt", "v1.2.txt", "e",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("one", "other", "both"),
        [
            (("a.html", True), ("a.txt", False), "a.txt"),
            (("a.html", True), ("a.htm", True), "a.txt"),
            (("x/a", True), ("x/a.txt", False), "x/a.txt"),
            (("a.txt", False), ("a.txt", False), "a.txt"),
        ],
    )
    def test_two_documents_for_one_name_are_refused_naming_both(
        self, one: tuple[str, bool], other: tuple[str, bool], both: str
    ) -> None:
        said = f"in/{one[0]} and in/{other[0]} would both be written to {both}; clean them into two folders"

        with pytest.raises(UsageError, match=re.escape(said)):
            self.names(one, ("between.txt", False), other)


class TestPlaces:
    def test_the_common_parent_is_a_folder_that_holds_all_inputs(self, tmp_path: Path) -> None:
        written(tmp_path, {"a/b/x.txt": "", "a/c/y.txt": ""})

        assert common_parent([tmp_path / "a" / "b"]) == tmp_path / "a" / "b"
        assert common_parent([tmp_path / "a" / "b" / "x.txt"]) == tmp_path / "a" / "b"
        assert common_parent([tmp_path / "a" / "b" / "x.txt", tmp_path / "a" / "c"]) == tmp_path / "a"
        assert common_parent([tmp_path / "a" / "b" / ".." / "c"]) == tmp_path / "a" / "c"
        assert common_parent([]) == Path.cwd()

    def test_a_link_to_a_file_counts_where_it_stands(self, tmp_path: Path) -> None:
        written(tmp_path, {"a/x.txt": "", "b/y.txt": ""})
        (tmp_path / "b" / "x.txt").symlink_to("../a/x.txt")

        assert common_parent([tmp_path / "b" / "x.txt"]) == tmp_path / "b"

    def test_named_from_it_no_two_sources_have_the_same_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written(tmp_path, {"a/x.txt": "", "b/x.txt": "", "b/c/x.txt": ""})
        monkeypatch.chdir(tmp_path / "a")
        paths = [Path("x.txt"), Path("../b"), tmp_path / "b" / "c"]

        sources = named_from(common_parent(paths), find_sources(paths))

        assert [source.name for source in sources] == ["a/x.txt", "b/c/x.txt", "b/x.txt"]
        assert sources[0].path == Path("x.txt")

    def test_real_paths_follow_links_of_folders_and_of_files(self, tmp_path: Path) -> None:
        written(tmp_path, {"a/x.txt": "", "a/y.txt": ""})
        (tmp_path / "link").symlink_to("a")
        (tmp_path / "a" / "z.txt").symlink_to("y.txt")
        (tmp_path / "a" / "w.txt").symlink_to("nowhere")
        given = [tmp_path / "link" / "x.txt", tmp_path / "link" / "z.txt", tmp_path / "a" / "w.txt", tmp_path / "new"]

        assert real_paths(given) == [path.resolve() for path in given]
        assert real_paths(given)[:2] == [tmp_path / "a" / "x.txt", tmp_path / "a" / "y.txt"]


def test_a_link_in_a_circle_stands_where_it_is(tmp_path: Path) -> None:
    written(tmp_path, {"a.txt": ""})
    (tmp_path / "round.txt").symlink_to("round.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")

    assert real_paths([tmp_path / "round.txt", tmp_path / "b.txt"]) == [tmp_path / "round.txt", tmp_path / "a.txt"]
