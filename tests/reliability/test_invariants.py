"""The checks at scale, on few documents; and they find what they are there for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.model import Document
from tests.reliability import promises
from tests.reliability.invariants import Tally, check, generated
from tests.reliability.prefilter import differing
from tests.reliability.ways import WAYS, on_spark
from tests.samples import rule, ruleset, shipped_cleaner
from tests.spark.support import needs_java
from tests.support import ARTICLE


@pytest.mark.slow
def test_they_hold() -> None:
    tally = Tally()
    ways = {name: way for name, way in WAYS.items() if way is not on_spark}

    check(generated(60, 11), tally, 0.02, ways)

    assert {name: broken for name, broken in tally.broken.items() if broken} == {}
    assert ways.keys() < tally.checked.keys()
    assert min(tally.checked.values()) > 5  # every pattern is tried on some lines only


@pytest.mark.cluster
@pytest.mark.slow
@needs_java
def test_they_hold_on_a_cluster(tmp_path: Path) -> None:
    found = list(on_spark(generated(60, 11), tmp_path))

    assert len(found) > 30
    assert {name: how for name, how in found if how} == {}


def test_a_gap_an_overlap_and_other_bytes_are_found() -> None:
    result = shipped_cleaner().clean(Document(f"{ARTICLE}\n\nSign up for our newsletter\n"))
    removal = result.removals[0]
    promises.tiles(result)
    promises.gives_back(result.document.text.encode(), result)

    with pytest.raises(AssertionError, match="another text"):
        promises.tiles(replace(result, removals=(replace(removal, text="x"),)))
    with pytest.raises(AssertionError, match="a gap or an overlap"):
        promises.tiles(replace(result, removals=(removal, removal)))
    with pytest.raises(AssertionError, match="do not lead back"):
        promises.gives_back(result.document.text.encode(), replace(result, removals=(replace(removal, byte_start=0),)))


def test_a_line_that_nominating_misses_is_found() -> None:
    from cleaner.text.match import Matcher

    matcher = Matcher(ruleset(rule("ad/x", r"sign up")))
    assert differing(matcher, ["Sign up here", "Nothing"]) == []

    matcher._ready.others._nominator = Matcher(ruleset())._ready.others._nominator

    assert differing(matcher, ["Sign up here", "Nothing"]) == ["Sign up here"]
