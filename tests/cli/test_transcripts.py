"""Whole commands, held as data: each file of `transcripts/` is run in a folder of its own.

A transcript is Markdown; what counts are its fenced blocks:

* ```` ```file NAME ```` makes a file of that content (a name with blanks in it needs no quotes);
* ```` ```console ```` holds commands for a real shell, each after `$ ` and followed by what it must say:
  lines of standard output as they are, lines of standard error after `2> `, and, if it is not 0, the
  exit code as `? 3` on the line after the command. `[..]` stands for anything within a line, a line
  `...` for any lines.

The folder begins with `ours.toml`, a small pack, and the `cleaner.toml` that selects it and nothing
else, so that no sum or count in here depends on the shipped packs (both stand in `transcripts/base`).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import configured, environment

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.md"))
SLOW = {"rules-tune"}
"""Half a minute for what test_tune has in small."""
_BLOCK = re.compile(
    r"^(?P<fence>`{3,})(?P<kind>file|console)(?: (?P<name>[^\n]+))?\n(?P<body>.*?)^(?P=fence)\n", re.M | re.S
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines that are expected after it."""

    command: str
    expected: tuple[str, ...]


def parse(text: str) -> Iterator[tuple[str, str] | Step]:
    """Files, as (name, content), and steps, in their order."""
    for block in _BLOCK.finditer(text):
        if block["kind"] == "file":
            yield block["name"], block["body"]
        else:
            for part in re.split(r"^\$ ", block["body"], flags=re.M)[1:]:
                command, *expected = part.removesuffix("\n").split("\n")
                yield Step(command, tuple(expected))


def run(command: str, folder: Path) -> list[str]:
    """What a command says, in the form of a transcript."""
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, check=False)
    said = [f"? {done.returncode}"] if done.returncode else []
    for stream, mark in ((done.stdout, ""), (done.stderr, "2> ")):
        text = stream.decode("utf-8", "backslashreplace")
        said += [mark + line for line in text.removesuffix("\n").split("\n")] if text else []
    return said


def matches(said: list[str], expected: tuple[str, ...]) -> bool:
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else ".*".join(map(re.escape, line.split("[..]"))) + r"\n" for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in said)) is not None


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem in SLOW else ()) for path in TRANSCRIPTS],
)
def test_it_says_what_the_transcript_says(path: Path, tmp_path: Path) -> None:
    folder = configured(tmp_path / "here")
    steps = 0
    for item in parse(path.read_text(encoding="utf-8")):
        if isinstance(item, Step):
            steps += 1
            said = run(item.command, folder)
            if not matches(said, item.expected):
                assert "\n".join(said) == "\n".join(item.expected), f"$ {item.command}"
        else:
            name, content = item
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, encoding="utf-8", newline="")

    assert steps > 0, "a transcript without a command holds nothing"


@pytest.mark.parametrize(
    ("said", "expected", "same"),
    [
        (["a", "2> b"], ("a", "2> b"), True),
        (["a"], ("a", "b"), False),
        (["a", "b"], ("a",), False),
        (["version 1.2"], ("version [..]",), True),
        (["a", "b", "c"], ("a", "...", "c"), True),
        (["a", "c"], ("a", "...", "c"), True),
        (["a"], ("a", "...", "c"), False),
        (["? 2"], (), False),
        (["a.b"], ("a+b",), False),
    ],
)
def test_a_difference_is_seen(said: list[str], expected: tuple[str, ...], same: bool) -> None:
    assert matches(said, expected) == same
