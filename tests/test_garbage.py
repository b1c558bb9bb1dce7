from __future__ import annotations

import gc

import pytest

from cleaner.garbage import collector_paused


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_paused_and_then_as_it_was(on: bool) -> None:
    (gc.enable if on else gc.disable)()
    try:
        with collector_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is on
        assert gc.get_freeze_count() < 1000
    finally:
        gc.enable()


def test_what_is_made_meanwhile_is_old_afterwards() -> None:
    with collector_paused():
        made = [[number] for number in range(1000)]

    young = {id(each) for each in (*gc.get_objects(0), *gc.get_objects(1))}
    assert young.isdisjoint(map(id, made))


def test_what_somebody_froze_stays_so() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with collector_paused():
            pass
        assert gc.get_freeze_count() == frozen > 1000
    finally:
        gc.unfreeze()
