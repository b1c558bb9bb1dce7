"""When Python looks for garbage: rules are many objects that stay, and few of those that a text takes form circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OF_PYTHON = 1_000
"""Frozen objects that say nothing: from 3.12 on, some hundred of Python's own are from the start."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Nearly all that is made meanwhile stays; to look for garbage in it takes a fourth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_freeze_count() < _OF_PYTHON:  # whoever froze more shall keep it so
                # What was made is old from now on: else all of it would be looked through at once.
                gc.freeze()
                gc.unfreeze()
            gc.enable()
