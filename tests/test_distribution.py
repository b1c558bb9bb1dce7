"""The wheel and the sdist, built as for a release: what is in them, the same bytes twice, and that they run."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

import pytest

from cleaner.rules import builtin_ids
from tests.samples import ROOT
from tests.support import environment

pytestmark = pytest.mark.slow

EPOCH = 1_700_000_000
"""A time that a builder may ask for, and what it is in a zip: 22:13:20 on 14 November 2023."""
EPOCH_IN_ZIP = (2023, 11, 14, 22, 13, 20)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
USER = """\
from cleaner import Cleaner

reveal_type(Cleaner().clean("The dam opens in May.").removals[0].score)
"""


def build(source: Path, target: Path, *kinds: str, seed: str = "0") -> None:
    """Build with what is installed, without the network."""
    line = [sys.executable, "-m", "hatchling", "build", "-d", str(target), *(f"-t{kind}" for kind in kinds)]
    own = environment(SOURCE_DATE_EPOCH=str(EPOCH), PYTHONHASHSEED=seed)
    done = subprocess.run(line, cwd=source, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both."""
    folder = tmp_path_factory.mktemp("built")
    build(ROOT, folder, "sdist", "wheel")
    return folder


@pytest.fixture(scope="module")
def unpacked(built: Path) -> Path:
    """The folder that the sdist unpacks to."""
    with tarfile.open(sdist(built)) as archive:
        archive.extractall(built / "unpacked", filter="data")
    [folder] = (built / "unpacked").iterdir()
    return folder


@pytest.fixture(scope="module")
def installed(built: Path) -> Path:
    """A fresh environment with the wheel and nothing else; what it depends on is ours to lend."""
    home = built / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    [packages] = home.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel(built)) as archive:
        archive.extractall(packages)
    return home


def wheel(built: Path) -> Path:
    [path] = built.glob("*.whl")
    return path


def sdist(built: Path) -> Path:
    [path] = built.glob("*.tar.gz")
    return path


def tracked() -> set[str]:
    """The files of this checkout that git knows or would be glad to."""
    if not (ROOT / ".git").exists():
        pytest.skip("needs a git checkout: git says what belongs into a release")
    line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, check=True)
    return {name for name in os.fsdecode(done.stdout).split("\0") if name and (ROOT / name).exists()}


def metadata(built: Path) -> Message:
    with zipfile.ZipFile(wheel(built)) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return BytesParser().parsebytes(archive.read(name))


def run_installed(home: Path, line: Sequence[str], cache: Path, stdin: str = "") -> str:
    """What a program of the fresh environment says, which borrows the packages of ours, behind its own."""
    borrowed = [path for path in sys.path if path.endswith("site-packages")]
    [own] = home.glob("lib/python*/site-packages")
    more = {"PYTHONPATH": os.pathsep.join([str(own), *borrowed]), "XDG_CACHE_HOME": str(cache)}
    program = [str(home / "bin" / "python"), *line]
    done = subprocess.run(
        program, cwd=home, env=environment(**more), input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_its_packs_compiled_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(wheel(built)) as archive:
        names = set(archive.namelist())
    compiled = {name for name in names if name.startswith("cleaner/rules/compiled/")}
    about = {name.partition("/")[2] for name in names if ".dist-info/" in name}

    assert len(compiled) == len(builtin_ids())
    assert {name for name in names if ".dist-info/" not in name} - compiled == {
        name for name in tracked() if name.startswith("cleaner/")
    }
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_the_sdist_holds_what_git_knows_and_nothing_else(built: Path) -> None:
    with tarfile.open(sdist(built)) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}

    assert names == tracked() | {"PKG-INFO"}


def test_what_it_says_of_itself_is_what_pyproject_says(built: Path) -> None:
    about = metadata(built)

    assert about["Name"] == PROJECT["name"]
    assert about["Version"] == PROJECT["version"]
    assert about["Requires-Python"] == PROJECT["requires-python"]
    assert set(about.get_all("Provides-Extra") or ()) == PROJECT["optional-dependencies"].keys()


def test_the_wheel_of_an_unpacked_sdist_is_the_same_to_the_byte(built: Path, unpacked: Path, tmp_path: Path) -> None:
    build(unpacked, tmp_path, "wheel", seed="random")

    assert wheel(tmp_path).name == wheel(built).name
    assert wheel(tmp_path).read_bytes() == wheel(built).read_bytes()


def test_the_sdist_is_the_same_twice(built: Path, tmp_path: Path) -> None:
    build(ROOT, tmp_path, "sdist", seed="random")

    assert sdist(tmp_path).read_bytes() == sdist(built).read_bytes()


def test_every_file_has_the_time_that_was_asked_for(built: Path) -> None:
    with zipfile.ZipFile(wheel(built)) as archive:
        assert {info.date_time for info in archive.infolist()} == {EPOCH_IN_ZIP}
    with tarfile.open(sdist(built)) as archive:
        assert {member.mtime for member in archive.getmembers()} == {EPOCH}


def test_it_cleans_as_a_module_with_the_packs_that_came_along(installed: Path, tmp_path: Path) -> None:
    place = run_installed(installed, ["-c", "import cleaner; print(cleaner.__file__)"], tmp_path)
    version = run_installed(installed, ["-m", "cleaner", "--version"], tmp_path)
    article = "The dam opens in May, the ministry said.\n\nShare this article\n"
    clean = run_installed(installed, ["-m", "cleaner", "clean", "-", "--isolated"], tmp_path, article)

    assert Path(place.strip()).is_relative_to(installed)
    assert PROJECT["version"] in version
    assert clean == "The dam opens in May, the ministry said.\n"
    assert not list(tmp_path.rglob("*.pickle")), "the first start has compiled packs that came compiled"


def test_a_type_checker_sees_its_types(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    line = [sys.executable, "-m", "mypy", "--python-executable", str(installed / "bin" / "python"), "user.py"]
    done = subprocess.run(line, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

    assert 'Revealed type is "float"' in done.stdout.replace("builtins.", ""), done.stdout
    assert done.returncode == 0, done.stdout
