"""Completion as shells ask for it: through click's own protocol, and in shells that are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cleaner.cli import cli
from cleaner.model import CATEGORIES
from tests.support import environment, run

SHELLS = ("bash", "zsh", "fish")


def complete(shell: str, *words: str, cwd: Path) -> list[tuple[str, str]]:
    """Kind and value of what is offered for the last of the words."""
    env = environment(_CLEANER_COMPLETE=f"{shell}_complete", COMP_WORDS=" ".join(("cleaner", *words)))
    env["COMP_CWORD"] = words[-1] if shell == "fish" else str(len(words))
    done = run([], cwd, env=env)
    assert (done.code, done.err) == (0, b"")
    lines = done.out.decode().splitlines()
    if shell == "zsh":  # kind, value and help on lines of their own
        return [(kind, value.replace("\\:", ":")) for kind, value in zip(lines[::3], lines[1::3], strict=True)]
    pairs = (line.partition("\t")[0].split(",", 1) for line in lines if line)
    return [(kind, value) for kind, value in pairs]


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_are_completed(shell: str, tmp_path: Path) -> None:
    assert complete(shell, "re", cwd=tmp_path) == [("plain", "report"), ("plain", "restore")]
    assert complete(shell, "rules", "l", cwd=tmp_path) == [("plain", "lint"), ("plain", "list")]


def test_all_commands_are_offered(tmp_path: Path) -> None:
    offered = [value for _, value in complete("bash", "", cwd=tmp_path)]

    assert offered == sorted(cli.list_commands(None))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("clean", "--keep", "cap"), "caption"),
        (("clean", "--keep", "ad,cap"), "ad,caption"),
        (("clean", "--extractor", "t"), "trafilatura"),
        (("rules", "show", "newsletter/sign"), "newsletter/sign-up"),
        (("check", "--ignore", "paywall/me"), "paywall/meter"),
        (("check", "--max-s"), "--max-share"),
    ],
)
def test_values_are_completed(words: tuple[str, ...], offered: str, tmp_path: Path) -> None:
    assert ("plain", offered) in complete("bash", *words, cwd=tmp_path)


@pytest.mark.parametrize("words", [("clean", "scr"), ("why", "scr"), ("check", "x", "scr"), ("rules", "test", "scr")])
def test_files_are_left_to_the_shell(words: tuple[str, ...], tmp_path: Path) -> None:
    assert complete("bash", *words, cwd=tmp_path) == [("file", "scr")]


def test_every_category_is_offered(tmp_path: Path) -> None:
    assert [value for _, value in complete("bash", "clean", "--keep", "", cwd=tmp_path)] == list(CATEGORIES)


def test_a_line_that_is_wrong_completes_to_nothing_and_says_nothing(tmp_path: Path) -> None:
    assert complete("bash", "frobnicate", "x", cwd=tmp_path) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_takes_the_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = run([], tmp_path, env=environment(_CLEANER_COMPLETE=f"{shell}_source"))
    assert (script.code, script.err) == (0, b"")

    (tmp_path / "script").write_bytes(script.out)
    # What a shell does when a line `cleaner rep` is to be completed; zsh only on a terminal.
    asks, wanted = {
        "bash": (
            'COMP_WORDS=(cleaner rep); COMP_CWORD=1; _cleaner_completion cleaner; echo "${COMPREPLY[@]}"',
            "report",
        ),
        "zsh": ("echo ${_comps[cleaner]}", "_cleaner_completion"),
        "fish": ('complete -C "cleaner rep"', "report\tRender the record"),
    }[shell]
    before = "autoload -U compinit; compinit -u -D; " if shell == "zsh" else ""
    line = f"{before}source ./script; {asks}"
    done = subprocess.run(
        [shell, "-c", line], cwd=tmp_path, env=environment(HOME=str(tmp_path)), capture_output=True, check=True
    )

    assert done.stdout.decode().startswith(wanted), done


@pytest.mark.parametrize("shell", SHELLS)
def test_the_documented_line_gives_a_script_for_the_shell(shell: str, tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "completion.md").read_text(encoding="utf-8")
    line = re.search(rf"_CLEANER_COMPLETE={shell}_source cleaner", page)
    assert line is not None

    done = subprocess.run(["sh", "-c", line[0]], cwd=tmp_path, env=environment(), capture_output=True, check=True)

    assert f"_CLEANER_COMPLETE={shell}_complete" in done.stdout.decode()
