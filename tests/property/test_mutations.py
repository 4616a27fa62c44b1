"""Captures of every shape, damaged by chance: each raises only our own errors, on the whole way into the record.

The seed is fixed, so that a failure comes again. ``ONRECORD_MUTATIONS=100000`` makes a long run of it.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

import pytest

from capture_seeds import SEEDS
from onrecord.capture.container import parts
from onrecord.capture.recognise import recognise
from onrecord.capture.shape import Hints, of_bytes
from onrecord.errors import OnrecordError
from onrecord.keep.intake import read_capture
from onrecord.keep.stated import Known
from onrecord.model import Fault

RUNS = int(os.environ.get("ONRECORD_MUTATIONS", "2000"))
STUCK_SECONDS = 60
"""A capture of a few kilobytes that is not read by then never will be; nothing else is asked of time."""
TOKENS = (
    *(b'"', b"{", b"}", b"[", b"]", b",", b"\\", b"\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b";", b"\t"),
    *(b"null", b"true", b"1e999", b"-1", b"9" * 30, b'"\\ud83d"', b"<", b">", b"</div>", b"<svg>", b"<!--", b"&#"),
    *(b'title="31.02.2031 25:61:61"', b'class="tgme_widget_message"', b'data-post="a/', b"<br>", b"?single"),
)


def damaged(rng: random.Random, data: bytes) -> bytes:
    """The bytes after up to eight accidents."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(out) + 1)
        match rng.randrange(5):
            case 0:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[at : at + rng.randint(1, 300)]
            case 2:
                out[at:at] = out[: rng.randint(1, 300)]
            case 3:
                out[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 2, 30))
            case _:
                other = SEEDS[rng.choice(list(SEEDS))]
                start = rng.randrange(len(other))
                out[at:at] = other[start : start + rng.randint(1, 400)]
    return bytes(out)


class Stuck(Exception):
    """A capture that is read without end."""


@contextmanager
def ends() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stuck

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(STUCK_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def is_ours(where: str, fault: Fault) -> bool:
    """Whether a fault tells of the capture; the way into the record turns a reader's own failure into a fault."""
    assert fault.what, where
    return "its reader failed" not in fault.what


@pytest.mark.parametrize("shape", SEEDS)
def test_damage_raises_only_our_errors(shape: str) -> None:
    for number in range(-(-RUNS // len(SEEDS))):
        rng = random.Random(f"{shape} {number}")
        data = damaged(rng, SEEDS[shape])
        zone = rng.choice((None, "+03:00"))
        with ends():
            try:
                for part in parts(of_bytes(data, name=shape)):
                    if not isinstance(part, Fault):
                        for item in recognise(part).read(part, Hints(zone=zone)):
                            assert item is not None
            except OnrecordError as error:
                assert str(error), f"{shape} {number}"


KNOWN = Known(None, None, (), datetime(2031, 2, 3, tzinfo=UTC), "added")


@pytest.mark.parametrize("shape", SEEDS)
def test_damage_on_the_way_into_the_record(shape: str) -> None:
    for number in range(-(-RUNS // len(SEEDS) // 4)):
        rng = random.Random(f"intake {shape} {number}")
        data = damaged(rng, SEEDS[shape])
        where = f"intake {shape} {number}"
        with ends():
            try:
                for _, event in read_capture(of_bytes(data, name=shape), "0" * 64, KNOWN):
                    assert not isinstance(event, Fault) or is_ours(where, event), where
            except OnrecordError as error:
                assert "its reader failed" not in str(error), where
