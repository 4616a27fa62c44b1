"""Holds one member of a container so that it can be read more than once: in memory while small, else in a file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from onrecord.capture.inflate import Budget

MEMORY_BYTES = 8 << 20
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Held:
    """``open`` gives a fresh stream from the start; valid until the ``with`` block of ``spooled`` ends."""

    open: Callable[[], BinaryIO]
    size: int


@contextmanager
def spooled(read: Callable[[int], bytes], budget: Budget | None = None) -> Iterator[Held]:
    """Reads to the end of a stream by its ``read`` method and holds what came, counting it against the budget.

    >>> with spooled(io.BytesIO(b"abc").read) as held:
    ...     held.size
    3
    """
    start = io.BytesIO()
    while start.tell() < MEMORY_BYTES and (chunk := read(_CHUNK)):
        if budget is not None:
            budget.spend(len(chunk))
        start.write(chunk)
    if start.tell() < MEMORY_BYTES:
        data = start.getvalue()
        yield Held(lambda: io.BytesIO(data), len(data))
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        path = Path(folder, "member")
        with path.open("wb") as file:
            file.write(start.getvalue())
            start.close()
            while chunk := read(_CHUNK):
                if budget is not None:
                    budget.spend(len(chunk))
                file.write(chunk)
        yield Held(lambda: path.open("rb"), path.stat().st_size)
