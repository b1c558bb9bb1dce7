"""What broke something once breaks nothing any more, and neither do the inputs of a short look for others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks.tables import section
from tests.reliability import fuzz, invariants, soak
from tests.reliability.drawn import draw_inputs
from tests.reliability.results import PAGE, RESULTS
from tests.reliability.target import FOUND, ROOT, Target
from tests.reliability.targets import TARGETS

KEPT = [(name, path) for name, target in TARGETS.items() for path in target.found()]
TEXTS = {fuzz.SECTION: fuzz.text, invariants.SECTION: invariants.text, soak.SECTION: soak.text}


@pytest.mark.parametrize(("name", "path"), KEPT, ids=[f"{name}-{path.name}" for name, path in KEPT])
def test_what_broke_something_once_breaks_nothing(name: str, path: Path) -> None:
    assert TARGETS[name].crash(path.read_bytes()) == ""


def test_everything_kept_belongs_to_a_target() -> None:
    assert {path.name for path in FOUND.iterdir()} <= TARGETS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_a_few_hundred_edited_ones_break_nothing(name: str) -> None:
    target = TARGETS[name]
    broken = {}
    count = 0

    def take(data: bytes) -> None:
        nonlocal count
        count += 1
        if how := target.crash(data):
            broken[how] = data

    for data in target.seeds():
        take(data)
    draw_inputs(target, 250, take)

    assert broken == {}
    assert count > 250


def test_a_crash_is_told_by_its_error_and_the_function_that_it_came_from() -> None:
    def run(data: bytes) -> None:
        Path(__file__).with_name(data.decode()).read_bytes()

    target = Target("test", "a test", run, lambda: [b"test_fuzz.py"])

    here = Path(__file__).relative_to(ROOT).as_posix()
    assert target.crash(b"test_fuzz.py") == ""
    assert target.crash(b"nothing") == f"FileNotFoundError: {here}, run"


@pytest.mark.parametrize("name", TEXTS)
def test_the_page_says_what_was_measured(name: str) -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert section(PAGE.read_text(encoding="utf-8"), name) == TEXTS[name](results[name])
