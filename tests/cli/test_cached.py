"""Commands that use results of earlier runs, started for real: what changes what they would say, what does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner
from cleaner.corpus.store import FILE
from tests.support import ARTICLE, DAM, LETTER, PAGE, RIVER, command, environment, run, written

TEXT = f"{DAM}\n\n{LETTER}\n\nHelp us keep the valley press reporting\n\n{RIVER}\n"
PACK = """schema = 1
[pack]
id = "more"
[[rule]]
id = "related/the-mill"
summary = "Of a test"
weight = 1.0
any = ['''^The mill''']
"""


@pytest.fixture
def corpus(place: Path) -> Path:
    """A place with documents of each kind, and a pack beside the one that is selected."""
    cp1252 = TEXT.replace("dam", "dämm").encode("cp1252")
    return written(place, {"in/a.txt": TEXT, "in/b.txt": cp1252, "in/p.html": PAGE, "more.toml": PACK})


def diff(folder: Path, *args: str, cache: bool = True) -> tuple[int, bytes, bytes]:
    options = ("--cache-dir", "kept") if cache else ("--no-cache",)
    ran = run(["diff", "--format", "text", "in", *options, *args], folder)
    return ran.code, ran.out, ran.err


def results(folder: Path) -> int:
    """How many results are kept."""
    with sqlite3.connect(folder / "kept" / FILE) as opened:
        [count] = opened.execute("SELECT count(*) FROM result").fetchone()
    opened.close()
    return int(count)


def configure(line: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "cleaner.toml"
        path.write_text(f"{path.read_text()}{line}\n")

    return change


def in_pack(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "ours.toml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    return change


class TestFresh:
    def test_an_unchanged_corpus_gives_the_same(self, corpus: Path) -> None:
        first, second = diff(corpus), diff(corpus)

        assert first == second == diff(corpus, cache=False)
        assert first[0] == 1
        assert results(corpus) == 4  # and that the rules are in order

    @pytest.mark.parametrize(
        "change",
        [
            configure("threshold = 0.6"),
            configure("max_removed = 0.01"),
            configure("disable = ['newsletter/*']"),
            configure("keep = ['^Sign up']"),
            configure("keep_categories = ['newsletter']"),
            configure("[[tweak]]\nid = 'appeal/keep-the-valley'\nweight = 1.0"),
            configure("[[tweak]]\nid = 'newsletter/valley-letter'\nadd_none = ['valley']"),
            in_pack("Sign up for", "Sign up to"),
            in_pack("weight = 0.7", "weight = 1.2"),
        ],
        ids=["threshold", "max_removed", "disable", "keep", "keep_categories", "weight", "add_none", "pattern", "rule"],
    )
    def test_a_change_of_rules_is_seen(self, corpus: Path, change: Callable[[Path], None]) -> None:
        before = diff(corpus)
        change(corpus)
        after = diff(corpus)

        assert after != before
        assert after == diff(corpus, cache=False)

    @pytest.mark.parametrize(
        "options",
        [
            ["--threshold", "0.6"],
            ["--max-removed", "0.01"],
            ["--disable", "newsletter/*"],
            ["--keep", "newsletter"],
            ["--isolated"],
            ["--encoding", "utf-16"],
            ["--title"],
            ["--pack", "more.toml"],
        ],
        ids=lambda options: str(options[0]),
    )
    def test_an_option_is_seen(self, corpus: Path, options: list[str]) -> None:
        written(corpus, {"in/c.txt": f"{DAM}\n\nThe mill\n"})
        title = PAGE.replace("<h1>The dam</h1>", "").replace("<title>The dam", f"<title>{LETTER}")
        written(corpus, {"in/p.html": title})
        before = diff(corpus)
        after = diff(corpus, *options)

        assert after != before
        assert after == diff(corpus, *options, cache=False)

    def test_one_byte_is_seen(self, corpus: Path) -> None:
        before = diff(corpus)
        written(corpus, {"in/a.txt": TEXT.replace("Sign up", "Sign us")})

        assert diff(corpus) != before
        assert diff(corpus) == diff(corpus, cache=False)

    def test_wrong_rules_are_refused_whatever_is_kept(self, corpus: Path) -> None:
        diff(corpus)
        for _ in range(2):
            code, out, err = diff(corpus, "--disable", "newsletter/nothing")
            assert (code, out) == (2, b"")
            assert b"no rule or signal is called 'newsletter/nothing'" in err
        written(corpus, {"in/only/x.txt": b"\0"})
        assert run(["diff", "in/only", "--disable", "none/*"], corpus).code == 2


class TestProgram:
    """A copy of the package, and of what says its version, stands for the installed one."""

    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        root = Path(cleaner.__file__).parent
        shutil.copytree(root, tmp_path / "copy" / "cleaner", ignore=shutil.ignore_patterns("__pycache__"))
        about = tmp_path / "copy" / "article_cleaner-7.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: article-cleaner\nVersion: 7.0\n")
        return tmp_path / "copy"

    def diff(self, copy: Path, folder: Path) -> bytes:
        line = [sys.executable, "-m", "cleaner", "diff", "--format", "text", "in", "--cache-dir", "kept"]
        env = environment(PYTHONPATH=str(copy), PYTHONDONTWRITEBYTECODE="1")
        env = {name: value for name, value in env.items() if not name.startswith("COVERAGE_")}  # a copy is not our code
        return subprocess.run(line, cwd=folder, env=env, capture_output=True, check=False).stdout

    def test_another_version_starts_anew(self, corpus: Path, copy: Path) -> None:
        first = self.diff(copy, corpus)
        assert results(corpus) == 4
        about = copy / "article_cleaner-7.0.dist-info" / "METADATA"
        about.write_text(about.read_text().replace("7.0", "7.1"))

        assert self.diff(copy, corpus) == first
        assert results(corpus) == 8

    def test_another_line_of_code_starts_anew(self, corpus: Path, copy: Path) -> None:
        assert self.diff(copy, corpus) != b""
        module = copy / "cleaner" / "text" / "clean.py"
        text = module.read_text()
        assert "if not planned:" in text
        module.write_text(text.replace("if not planned:", "if True:"))

        assert self.diff(copy, corpus) == b""

    def test_another_shipped_pack_starts_anew(self, corpus: Path, copy: Path) -> None:
        (corpus / "cleaner.toml").write_text("packs = ['da']\n")
        assert self.diff(copy, corpus) == b""
        pack = (corpus / "ours.toml").read_text().replace('id = "ours"', 'id = "da"')
        (copy / "cleaner" / "rules" / "packs" / "da.toml").write_text(pack)

        assert b"newsletter/valley-letter" in self.diff(copy, corpus)


class TestKnown:
    def test_a_known_corpus_needs_neither_rules_nor_engine(self, corpus: Path) -> None:
        diff(corpus)
        script = (
            "import sys; from cleaner.cli import _run, cli; code = _run(cli); "
            "print(sorted({'re2', 'lxml', 'cleaner.text.clean', 'cleaner.html.page'} & set(sys.modules))); print(code)"
        )
        line = [sys.executable, "-c", script, "diff", "in", "--cache-dir", "kept"]
        done = subprocess.run(line, cwd=corpus, env=environment(), capture_output=True, check=True)

        assert done.stdout.splitlines()[-2:] == [b"[]", b"1"]

    def test_without_a_cache_nothing_is_kept(self, corpus: Path) -> None:
        run(["diff", "in", "--no-cache", "--cache-dir", "kept"], corpus)

        assert not (corpus / "kept").exists()

    def test_the_environment_names_the_folder_and_the_user_has_one(self, corpus: Path) -> None:
        run(["diff", "in"], corpus, env=environment(CLEANER_CACHE_DIR=str(corpus / "named")))
        run(["diff", "in"], corpus, env=environment(XDG_CACHE_HOME=str(corpus / "home")))

        assert (corpus / "named" / FILE).is_file()
        assert (corpus / "home" / "cleaner" / FILE).is_file()
        assert sorted(path.name for path in (corpus / "in").iterdir()) == ["a.txt", "b.txt", "p.html"]

    def test_two_runs_at_once_say_the_same(self, corpus: Path) -> None:
        written(corpus, {f"in/{number}.txt": f"{ARTICLE}{number}\n" for number in range(300)})
        line = [command(), "diff", "in", "--cache-dir", "kept"]
        runs = [
            subprocess.Popen(line, cwd=corpus, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(3)
        ]
        said = {process.communicate() for process in runs}

        alone = run(["diff", "in", "--no-cache"], corpus)
        assert said == {(alone.out, alone.err)}
        assert results(corpus) == 304

    def test_a_damaged_file_is_made_anew_and_this_is_said(self, corpus: Path) -> None:
        first = diff(corpus)
        (corpus / "kept" / FILE).write_bytes(b"junk")

        again = diff(corpus)

        assert (again[0], again[1]) == (first[0], first[1])
        assert again[2] == f"cleaner: kept/{FILE}: the cache was damaged and has been made anew\n".encode()
        assert diff(corpus) == first

    def test_a_folder_that_may_not_be_written_is_done_without(self, corpus: Path, ordinary: list[str]) -> None:
        first = diff(corpus)
        (corpus / "locked").mkdir(mode=0o500)
        line = ["diff", "--format", "text", "in", "--cache-dir", "locked/kept"]

        ran = run(line, corpus, before=ordinary)

        assert (ran.code, ran.out) == first[:2]
        assert ran.errors == (
            f"cleaner: locked/kept/{FILE}: the cache cannot be used (Permission denied); "
            "choose another --cache-dir, or --no-cache\n"
        )
        assert os.listdir(corpus / "locked") == []  # noqa: PTH208 - a list is what is compared
