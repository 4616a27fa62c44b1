"""Unpacks gzip as a stream that knows how much it may unpack, and whether its end was missing."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

from onrecord.errors import UnsafeCapture

FREE_BYTES = 64 << 20
RATIO = 200
"""Text packs ten times smaller, pages of one channel up to fifty times; beyond 200 it is made to be unpacked."""
LINE_BYTES = 256 << 20
_CHUNK = 1 << 16


class Budget:
    """How many bytes everything that one file holds may become, packed files in packed files included.

    >>> Budget("a.zip", 1000).allowed
    67308864
    """

    def __init__(self, name: str, packed: int) -> None:
        self.name = name
        self.allowed = FREE_BYTES + RATIO * packed
        self.spent = 0

    def spend(self, count: int) -> None:
        """Counts bytes that were unpacked; raises ``UnsafeCapture`` when they are too many."""
        self.spent += count
        if self.spent > self.allowed:
            raise UnsafeCapture(
                f"{self.name}: unpacks to more than {self.allowed} bytes, over {RATIO} times its size; nothing that "
                "people write does. If it is genuine, unpack it yourself and add the files."
            )


class Inflated(io.RawIOBase):
    """The content of a gzip stream of one or more members. ``cut`` is set when its end is missing or damaged."""

    def __init__(self, packed: BinaryIO, budget: Budget) -> None:
        self._packed = packed
        self._budget = budget
        self._member = zlib.decompressobj(31)
        self._ready = b""
        self._waiting = b""
        self._since_line_end = 0
        self.cut = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._ready and self._inflate():
            pass
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _inflate(self) -> bool:
        """Unpacks a little more; false at the end."""
        if self._member.eof:
            rest = (self._member.unused_data or self._packed.read(_CHUNK)).lstrip(b"\x00")
            if not rest:
                return False
            self._member = zlib.decompressobj(31)
            self._waiting = rest
        data = self._waiting or self._packed.read(_CHUNK)
        if not data:
            self.cut = True
            return False
        try:
            self._ready = self._member.decompress(data, _CHUNK)
        except zlib.error:
            self.cut = True
            return False
        self._waiting = self._member.unconsumed_tail
        self._count(self._ready)
        return True

    def _count(self, data: bytes) -> None:
        self._budget.spend(len(data))
        at = data.rfind(b"\n")
        self._since_line_end = len(data) - at - 1 if at >= 0 else self._since_line_end + len(data)
        if self._since_line_end > LINE_BYTES:
            raise UnsafeCapture(f"{self._budget.name}: holds a line of more than {LINE_BYTES} bytes.")

    def close(self) -> None:
        self._packed.close()
        super().close()
