"""What an installation brings along, measured: `python -m tests.dependencies` writes it into docs/installation.md and
docs/supply-chain.md.

Needs uv, and the network: the wheel is built, and installed once with each extra into a folder of its own. A test
holds the tables to pyproject.toml, so that neither an extra nor a dependency is missing from them.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from tests.benchmarks.tables import ROOT, deliver, refused

NAME = "article-cleaner"
INSTALLATION, SUPPLY_CHAIN = ROOT / "docs" / "installation.md", ROOT / "docs" / "supply-chain.md"
USES = {
    "": "everything but what stands below",
    "mine": "`cleaner mine`",
    "parquet": "Parquet; `cleaner.arrow`",
    "remote": "inputs and outputs elsewhere: `https://`; `s3://` and `gs://` want s3fs and gcsfs too",
    "resiliparse": "`--extractor resiliparse`",
    "spark": "`--engine spark`; `cleaner.spark`; Java is not among it",
    "trafilatura": "`--extractor trafilatura`",
    "tune": "`cleaner rules tune`",
    "warc": "web archives: WARC and WET",
    "zstd": "files that end with `.zst`",
}
"""The extras for users, and what each is for; "" is the package itself."""
DEVELOPERS = {"bench", "docs", "fuzz", "test"}
"""Those for who works on the program; their sizes are nobody's concern."""


def main() -> int:
    """Returns the exit code: 2 where uv is not there or cannot install."""
    uv = shutil.which("uv")
    if uv is None:
        return refused("dependencies", OSError("uv is not there: pip install uv"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            [wheel] = _built(uv, Path(folder))
            sizes, found = extras_table(uv, wheel, Path(folder)), licences_table(uv, wheel, Path(folder))
        except subprocess.CalledProcessError as error:
            return refused("dependencies", OSError(f"{' '.join(map(str, error.cmd))} ended with {error.returncode}"))
    deliver(sizes, "extras", INSTALLATION)
    deliver(found, "licences", SUPPLY_CHAIN)
    return 0


def project() -> dict[str, Any]:
    """The table of pyproject.toml that says what is depended on."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def direct(extra: str) -> list[str]:
    """The distributions that an extra ("": the package) names, sorted; those of extras in it among them."""
    table = project()
    wanted = table["optional-dependencies"][extra] if extra else table["dependencies"]
    names: set[str] = set()
    for requirement in wanted:
        inner = re.match(rf"{NAME}\[(.*?)\]", requirement)
        names.update(*map(direct, inner[1].split(","))) if inner else names.add(named(requirement))
    return sorted(names)


def named(requirement: str) -> str:
    """The name in a requirement, as indexes write it."""
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def extras_table(uv: str, wheel: Path, folder: Path) -> str:
    """A row for each extra: what it is for, what it names, how much more there is with it."""
    rows, base = [], (0, 0)
    for extra, use in USES.items():
        target = folder / f"with-{extra}"
        _run(uv, "pip", "install", "-q", "--target", str(target), f"{wheel}[{extra}]" if extra else str(wheel))
        packages = sum(1 for _ in distributions(path=[str(target)]))
        size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
        shutil.rmtree(target)
        if not extra:
            base = packages, size
        more = (packages, size) if not extra else (packages - base[0], size - base[1])
        name, sign = (f"`{extra}`", "+") if extra else (f"`{NAME}`", "")
        brings = ", ".join(direct(extra))
        rows.append(f"| {name} | {use} | {brings} | {sign}{more[0]} | {sign}{more[1] / 1e6:.1f} MB |")
    head = "| extra | for | names | packages | installed |\n|---|---|---|---:|---:|"
    return "\n".join([head, *rows, "", _measured()])


def licences_table(uv: str, wheel: Path, folder: Path) -> str:
    """A row for each package of an installation with all extras for users, with the licence that it states."""
    home = folder / "all"
    _run(uv, "venv", "-q", "--python", sys.executable, str(home))
    _run(uv, "pip", "install", "-q", "--python", str(home), f"{wheel}[{','.join(filter(None, USES))}]")
    options = ("--python", str(home / "bin" / "python"), "--format=json", "--from=mixed")
    listed = json.loads(_run(uv, "tool", "run", "-q", "pip-licenses", *options))
    found = sorted((named(each["Name"]), each["Version"], " ".join(each["License"].split())) for each in listed)
    needed = {name for extra in USES for name in direct(extra)}
    rows = [
        f"| {f'**{name}**' if name in needed else name} | {version} | {licence} |"
        for name, version, licence in found
        if name != NAME
    ]
    return "\n".join(["| package | version | licence |\n|---|---|---|", *rows, "", _measured()])


def _measured() -> str:
    day = datetime.now(UTC).date()
    return f"On {platform.system()} {platform.machine()} with Python {platform.python_version()}, {day}."


def _built(uv: str, folder: Path) -> list[Path]:
    _run(uv, "build", "-q", "--wheel", "--out-dir", str(folder), str(ROOT))
    return list(folder.glob("*.whl"))


def _run(*line: str) -> str:
    return subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
