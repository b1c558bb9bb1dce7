"""A minute of the work that is meant to last for half an hour; and what is wrong is said."""

from __future__ import annotations

import pytest

from tests.reliability.soak import Watched, problems, soak

FINE = {"slope_kb_per_minute": 1.0, "files_first": 3, "files_last": 3}


@pytest.mark.slow
def test_pipe_and_api_say_the_same_all_along() -> None:
    done = soak(20, 60)

    assert (done["differing"], done["same_in_the_end"], done["exit_code"]) == (0, True, 0)
    assert done["documents"] > 50
    assert done["api"]["files_last"] <= done["api"]["files_first"]
    assert done["pipe"]["files_last"] <= done["pipe"]["files_first"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"differing": 2}, ["2 answers of the pipe differ from the API's"]),
        ({"same_in_the_end": False}, ["the first documents come out otherwise in the end"]),
        ({"pipe": {**FINE, "slope_kb_per_minute": 100.0}}, ["pipe: memory grows by 100.0 KB a minute"]),
        ({"api": {**FINE, "files_last": 4}}, ["api: 4 files are open, 3 at first"]),
    ],
)
def test_what_must_not_be_is_said(change: dict[str, object], said: list[str]) -> None:
    assert (
        problems({"distinct": 9, "differing": 0, "same_in_the_end": True, "api": FINE, "pipe": FINE, **change}) == said
    )


def test_the_slope_is_that_of_what_comes_after_the_first_third() -> None:
    watched = Watched(0, [0, 20, 40, 60, 80, 100], [0, 4000, 5000, 5020, 5040, 5060], [3] * 6)

    assert watched.figures()["slope_kb_per_minute"] == 60
