"""Every shell block of README and docs runs as written, but for those that are named here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import walkthrough
from tests.cli.test_transcripts import matches
from tests.support import written
from tests.walkthrough import PAGES, a_users_folder, bash, blocks, script

NOT_RUN = {
    "README.md": [
        "installs",
        "is the test run itself",
        "measures on pages that are not ours to publish",
        "installs, and measures on pages that are not ours to publish",
        "takes minutes",
    ],
    "completion.md": ["writes into the home folder"],
    "installation.md": ["installs"] * 4,
    "spark.md": ["needs a cluster", "needs a cluster", "needs a run on a cluster"],
    "supply-chain.md": ["needs a release", "installs", "installs", "needs the network", "needs the network"],
    "corpora.md": ["needs a run that was cut off"],
    "quality.md": ["measures on pages that are not ours to publish"],
    "throughput.md": ["takes hours"],
}
"""The reasons, block by block. What is new runs, or stands here."""
FOLLOWED = [page for page in PAGES if any(block.kind == "sh" or block.transcript for block in blocks(page))]


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_users_folder(tmp_path_factory.mktemp("inputs"))


def test_blocks_that_are_not_run_are_known() -> None:
    found = {page.name: [block.not_run for block in blocks(page) if block.not_run] for page in PAGES}
    assert {name: reasons for name, reasons in found.items() if reasons} == NOT_RUN


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_block_is_overlooked(page: Path) -> None:
    found = list(blocks(page))
    fences = [line for line in page.read_text(encoding="utf-8").split("\n") if line.lstrip().startswith("```")]
    assert len(fences) == 2 * len(found)
    assert {block.kind for block in found} <= walkthrough.LANGUAGES
    assert [block for block in found if block.not_run and block.kind != "sh"] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: page.name)
def test_a_page_runs_as_written(page: Path, inputs: Path, tmp_path: Path) -> None:
    bash(f"cp -a {inputs}/. .", tmp_path)
    for block in blocks(page):
        if block.file:
            written(tmp_path, {block.file: block.body})
        elif block.kind == "sh" and not block.not_run:
            done = bash(script(block.body), tmp_path)
            assert done.returncode == 0, f"{block.body}\n{done.stderr}"
        elif block.transcript:
            command, *expected = block.body.removeprefix("$ ").removesuffix("\n").split("\n")
            said = bash(command, tmp_path).stdout.removesuffix("\n").split("\n")
            if not matches(said, tuple(expected)):
                assert said == expected, f"$ {command}"


def test_an_exit_code_that_is_stated_is_asked_for(tmp_path: Path) -> None:
    body = "true\n(exit 3)   # exits 3: as it should\ntrue\n"
    assert bash(script(body), tmp_path).returncode == 0
    assert bash(script(body.replace("exits 3", "exits 0")), tmp_path).returncode == 99
    assert bash(script(body.replace("(exit 3)", "true")), tmp_path).returncode == 99
    assert bash(script("false\ntrue\n"), tmp_path).returncode == 1
