"""What tests of several modules share: the small pack `ours.toml`, texts it cleans, and the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.corpus.record import RunRow
from cleaner.rules import Selection

BASE = Path(__file__).parent / "cli" / "transcripts" / "base"
OURS = BASE / "ours.toml"

DAM = "The dam opens in May, the ministry said, after nine years of work and three changes of plan."
RIVER = "Below it the river runs through a new bed, which the town paid for with a loan over thirty years."
LETTER = "Sign up for the valley letter"
ARTICLE = f"{DAM}\n\n{LETTER}\n\n{RIVER}\n"
CLEAN = f"{DAM}\n\n{RIVER}\n"
"""`ARTICLE` as the pack leaves it."""
PAGE = (
    "<!doctype html><html><head><title>The dam</title></head><body><article>"
    f"<h1>The dam</h1><p>{DAM}</p><p>{LETTER}</p><p>{RIVER}</p></article></body></html>"
)


RAN = RunRow("1.0", "00", 1.0, 0.6, False, "", False, "readability", "", "text", "text", False)
"""The first row of a record."""


def ours(selection: Selection = Selection()) -> Cleaner:  # noqa: B008 - frozen
    """A Cleaner with nothing but the small pack."""
    return Cleaner(replace(selection, packs=(str(OURS),)))


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command said; both streams as bytes."""

    code: int
    out: bytes
    err: bytes

    @property
    def errors(self) -> str:
        return self.err.decode("utf-8", "surrogateescape")


def command() -> str:
    """The installed `cleaner` beside this Python."""
    found = shutil.which("cleaner", path=str(Path(sys.executable).parent))
    assert found is not None, "install the package first: pip install -e ."
    return found


def environment(**more: str) -> dict[str, str]:
    """The environment of every started command: nothing of whoever runs the tests that changes what it says."""
    unwanted = (
        "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_ALL", "PYTHONIOENCODING", "PYTHONUTF8", "GITHUB_STEP_SUMMARY",
    )  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    path = os.pathsep.join((str(Path(command()).parent), kept.get("PATH", os.defpath)))
    return {**kept, "PATH": path, "LANG": "C.UTF-8", **more}


def unmeasured() -> dict[str, str]:
    """The same, for a process of which coverage is not measured: that imports much by itself."""
    return {name: value for name, value in environment().items() if not name.startswith("COVERAGE")}


def run(
    args: Sequence[str | bytes | Path],
    cwd: Path,
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Ran:
    """Run `cleaner ARGS` for real; `before` is put in front of it, as `setpriv ...` is."""
    line = [*before, command(), *args]
    done = subprocess.run(line, cwd=cwd, input=stdin, env=env or environment(), capture_output=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def configured(folder: Path) -> Path:
    """`folder`, made, with the configuration that selects the small pack and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in BASE.iterdir():
        shutil.copy(path, folder)
    return folder


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """`folder` with these files in it, texts as UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder that is not hidden, by its name."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: names[name].read_bytes() for name in sorted(names) if not any(p.startswith(".") for p in name.split("/"))
    }


def many_articles(count: int) -> dict[str, str]:
    """So many small articles by name, in folders of a hundred; every tenth has a line that is no article's."""
    found = {}
    for number in range(count):
        text = (
            f"The dam of village {number} opens in May, the ministry said, after nine years of work.\n\n"
            f"Below it the river runs through bed {number * 7}, which the town paid for with a loan of thirty years.\n"
        )
        if number % 10 == 0:
            text += f"\n{LETTER}\n"
        found[f"{number // 100:02}/{number:05}.txt"] = text
    return found
