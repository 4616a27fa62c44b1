"""Splits pretty-printed JSON arrays of any length into batches of whole elements, without parsing them.

A JSON string holds no raw line break, so a line that consists of an element's own indentation and ``}`` can only be the
element's end. That makes the border findable with one search of bytes, whatever the indentation is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK_BYTES = 1 << 16
"""What is decoded at a time: it must stay in the cache of the processor, a megabyte takes a third longer."""

ELEMENT_BYTES = 16 << 20
"""An element longer than this is skipped: Telegram's longest post with all its fields stays far below."""


@dataclass(slots=True)
class Window:
    """A stretch of a stream, and the offset of its first byte."""

    stream: BinaryIO
    data: bytes = b""
    offset: int = 0
    ended: bool = False

    def grow(self) -> bool:
        """Reads on; false at the end of the stream. Windows line ends become plain ones."""
        chunk = self.stream.read(CHUNK_BYTES)
        if chunk.endswith(b"\r"):
            chunk += self.stream.read(1)
        if not chunk:
            self.ended = True
            return False
        self.data += chunk.replace(b"\r\n", b"\n") if b"\r" in chunk else chunk
        return True

    def drop(self, count: int) -> None:
        """Forgets the first ``count`` bytes."""
        self.data = self.data[count:]
        self.offset += count


@dataclass(frozen=True, slots=True)
class Batch:
    """Whole elements, each but the last followed by ``separator``; ``offset`` is where the first stands."""

    data: memoryview
    offset: int
    separator: bytes

    def count(self) -> int:
        """How many elements there are; nothing of them is read."""
        return bytes(self.data).count(self.separator) + 1

    def array(self) -> bytes:
        """All elements as one JSON array."""
        return b"".join((b"[", self.data, b"]"))

    def elements(self) -> Iterator[tuple[int, bytes]]:
        """Each element with its offset."""
        at = 0
        close = self.separator[:-2]
        for piece in bytes(self.data).split(self.separator):
            last = at + len(piece) >= len(self.data)
            yield self.offset + at, piece if last else piece + close
            at += len(piece) + len(self.separator)


@dataclass(frozen=True, slots=True)
class Oversize:
    """An element that was skipped for its length."""

    offset: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The stream ended inside the array; ``rest`` bytes after the last whole element were left."""

    offset: int
    rest: int


_FIRST = re.compile(rb"\s*?\n([ \t]*)(?=[{\]])")


_END = re.compile(rb"\n[ \t]*\}\s*\]")


def batches(window: Window) -> Iterator[Batch | Oversize | Cut]:
    """The elements of the array whose ``[`` the window has just passed; leaves the window after its ``]``."""
    first = _opening(window)
    if first is None or not window.data[first.end() :].startswith(b"{"):
        yield from _empty(window, first)
        return
    indent = first.group(1)
    window.drop(first.end())
    close = b"\n" + indent + b"}"
    separator = close + b",\n"
    while True:
        last = _END.match(window.data, at) if (at := window.data.find(close + b"\n")) >= 0 else None
        stop = at if last else window.data.rfind(separator)
        if stop >= 0:
            yield Batch(memoryview(window.data)[: stop + len(close)], window.offset, separator)
            window.drop(last.end() if last else stop + len(separator))
        if last:
            return
        if len(window.data) > ELEMENT_BYTES:
            yield Oversize(window.offset)
            _skip(window, separator)
        elif not window.grow():
            yield Cut(window.offset, len(window.data.strip()))
            window.drop(len(window.data))
            return


def _opening(window: Window) -> re.Match[bytes] | None:
    while (first := _FIRST.match(window.data)) is None and len(window.data.strip()) == 0 and window.grow():
        pass
    return first


def _empty(window: Window, first: re.Match[bytes] | None) -> Iterator[Cut]:
    """An array without elements, or a file that ends right after its opening."""
    at = window.data.find(b"]") if first is None else first.end()
    if at < 0 or window.data[at : at + 1] != b"]":
        yield Cut(window.offset, 0)
        window.drop(len(window.data))
    else:
        window.drop(at + 1)


def _skip(window: Window, separator: bytes) -> None:
    """Moves on to the next border, holding one chunk at a time."""
    while True:
        at = window.data.find(separator)
        if at >= 0:
            window.drop(at + len(separator))
            return
        window.drop(max(0, len(window.data) - len(separator)))
        if not window.grow():
            window.drop(len(window.data))
            return
