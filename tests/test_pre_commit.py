"""The hooks of `.pre-commit-hooks.yaml`, run by the real pre-commit in a real repository.

pre-commit installs them as it does for everybody: from a repository (a copy of this checkout), into an environment of
their own, with what the package index has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT
from tests.support import ARTICLE, CLEAN, LETTER, PAGE, configured, environment, written

pytestmark = pytest.mark.slow

PARTS = ("cleaner", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
"""What an installation needs of a checkout."""


def git(folder: Path, *args: str) -> str:
    done = subprocess.run(["git", *args], cwd=folder, env=own_environment(), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def own_environment(**more: str) -> dict[str, str]:
    """Without the settings, and without the caches, of whoever runs the tests."""
    names = {
        f"GIT_{who}_{what}": "tester@valley.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    kept = {name: value for name, value in environment().items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {**kept, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **more}


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A repository with the hooks, and its commit."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "compiled"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "all")
    return folder, git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs, once for all tests."""
    return tmp_path_factory.mktemp("home")


class Repository:
    """A repository of articles that uses one hook."""

    def __init__(self, folder: Path, hook: str, more: str, hooks: tuple[Path, str], home: Path) -> None:
        self.folder, self._home = configured(folder), home
        source, commit = hooks
        config = f"repos:\n- repo: file://{source}\n  rev: {commit}\n  hooks:\n  - id: {hook}\n{more}"
        written(folder, {".pre-commit-config.yaml": config})
        git(folder, "init", "-q")

    def add(self, files: dict[str, str]) -> None:
        written(self.folder, files)
        git(self.folder, "add", "-A")

    def run(self) -> tuple[int, str]:
        """What `pre-commit run --all-files` says."""
        line = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"]
        env = own_environment(PRE_COMMIT_HOME=str(self._home))
        done = subprocess.run(line, cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def changed(self) -> list[str]:
        """What differs from what is staged, new files included."""
        return git(self.folder, "status", "--porcelain", "--untracked-files=all", "--no-renames").splitlines()


@pytest.fixture
def checking(tmp_path: Path, hooks: tuple[Path, str], home: Path) -> Repository:
    return Repository(tmp_path / "articles", "cleaner-check", "", hooks, home)


@pytest.fixture
def writing(tmp_path: Path, hooks: tuple[Path, str], home: Path) -> Repository:
    return Repository(tmp_path / "articles", "cleaner-clean", "    files: ^corpus/\n", hooks, home)


class TestChecking:
    def test_it_fails_for_what_is_no_article_and_changes_nothing(self, checking: Repository) -> None:
        checking.add({"corpus/a.txt": ARTICLE, "corpus/b.md": CLEAN, "corpus/c.html": PAGE})

        code, said = checking.run()

        assert code == 1
        assert "corpus/a.txt:3" in said
        assert "newsletter/valley-letter" in said
        assert "corpus/c.html" in said
        assert "corpus/b.md:" not in said
        assert [line for line in checking.changed() if not line.startswith("A  ")] == []

    def test_it_passes_where_there_is_none(self, checking: Repository) -> None:
        checking.add({"corpus/a.txt": CLEAN})

        code, said = checking.run()

        assert code == 0, said
        assert "Passed" in said

    def test_what_a_repository_has_of_its_own_is_no_article(self, checking: Repository) -> None:
        names = ("README.md", "LICENSE", "docs/CHANGELOG.txt", "requirements.txt", "dev-requirements.txt", "robots.txt")
        checking.add(dict.fromkeys(names, LETTER))

        code, said = checking.run()

        assert code == 0, said
        assert "no files to check" in said

    def test_what_the_configuration_excludes_is_passed_over(self, checking: Repository) -> None:
        configuration = checking.folder / "cleaner.toml"
        configuration.write_text(f'{configuration.read_text()}exclude = ["drafts/"]\n')
        checking.add({"drafts/a.txt": ARTICLE})

        code, said = checking.run()

        assert code == 0, said
        assert "Passed" in said

    def test_a_limit_for_the_whole_corpus_is_given_the_whole_corpus(
        self, tmp_path: Path, hooks: tuple[Path, str], home: Path
    ) -> None:
        more = "    args: [corpus/, --max-share, 2%]\n    pass_filenames: false\n"
        repository = Repository(tmp_path / "articles", "cleaner-check", more, hooks, home)
        repository.add({"corpus/a.txt": ARTICLE, **{f"corpus/{number}.txt": CLEAN for number in range(10)}})

        assert repository.run()[0] == 0
        repository.add({"corpus/b.txt": ARTICLE})
        code, said = repository.run()
        assert code == 1
        assert "share" in said


class TestWriting:
    def test_it_cleans_and_leaves_nothing_behind(self, writing: Repository) -> None:
        writing.add({"corpus/a.txt": ARTICLE, "corpus/b.txt": CLEAN, "notes.txt": ARTICLE})

        code, said = writing.run()

        assert code == 1
        assert "files were modified by this hook" in said
        assert [line for line in writing.changed() if not line.startswith("A  ")] == ["AM corpus/a.txt"]
        assert (writing.folder / "corpus/a.txt").read_text() == CLEAN
        assert git(writing.folder, "show", ":corpus/a.txt") == ARTICLE.strip()
        git(writing.folder, "add", "-A")
        assert writing.run()[0] == 0

    def test_more_names_than_one_command_takes_are_all_cleaned(self, writing: Repository) -> None:
        names = [f"corpus/{'long' * 20}-{number:04}.txt" for number in range(3000)]
        writing.add(dict.fromkeys(names, ARTICLE))

        code, said = writing.run()

        assert code == 1
        assert said.count("changed, 0 held, 0 failed") > 1, "they went in one command, which shows nothing"
        assert {(writing.folder / name).read_text() for name in names} == {CLEAN}
        assert len([line for line in writing.changed() if not line.startswith("A  ")]) == len(names)

    def test_one_that_would_lose_most_of_it_fails_and_stays(self, writing: Repository) -> None:
        writing.add({"corpus/a.txt": LETTER})

        code, said = writing.run()

        assert code == 1
        assert "corpus/a.txt: held" in said
        assert (writing.folder / "corpus/a.txt").read_text() == LETTER
