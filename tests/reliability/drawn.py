"""Inputs for targets as hypothesis draws them: seeds that were edited, put together or cut off."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.reliability.target import Target

_ODD = (
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xa8", b"\r", b"\n", b"\r\n", b"\x1b", b'"', b"\\", b"{", b"[", b"<",
    b">", b"%", b"9" * 30, b"-1", b"[" * 300, b"(" * 300, b"a" * 3000, b"\xf0\x9f\x98\x80", b"\xcc\x81" * 50,
    b" " * 2000,
)  # fmt: skip


@st.composite
def inputs(draw: st.DrawFn, target: Target) -> bytes:
    """A seed of a target with some edits; a position counts from either end."""
    seeds = target.seeds()
    data = draw(st.sampled_from(seeds))
    pieces = st.sampled_from((*target.words(), *_ODD))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 0, 1, 2, 8, 64, 1000))))
        kind = draw(st.integers(0, 5))
        if kind == 0:
            new = draw(st.binary(max_size=8))
        elif kind == 1:
            new = data[start:end] * 2
        elif kind == 2:
            other = draw(st.sampled_from(seeds))
            new = other[draw(st.integers(0, len(other))) :]
        elif kind == 3:
            new = draw(st.text(max_size=12)).encode("utf-8", "surrogatepass")
        else:
            new = draw(pieces)
        data = data[:start] + new + data[end:]
    return data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data


def draw_inputs(target: Target, count: int, take: Callable[[bytes], object], number: int = 0) -> None:
    """Hand so many inputs to `take`; with the same number, the same ones."""

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(target))
    def run(data: bytes) -> None:
        take(data)

    run()


def draw_for(target: Target, seconds: float, take: Callable[[bytes], object]) -> None:
    """Hand inputs to `take` for so long, others each time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        draw_inputs(target, 200, lambda data: take(data) if time.monotonic() < end else None, random.getrandbits(64))
