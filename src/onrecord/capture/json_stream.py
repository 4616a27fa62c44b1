"""Streams JSON whose layout is not known, with bounds: a nesting or a string made to exhaust memory is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol

import ijson

from onrecord.errors import UnsafeCapture

OPEN_BRACKETS = 5_000
"""The parser keeps a path for each open bracket, so memory grows with the square of the depth."""
STRING_BYTES = 4 << 20


class Readable(Protocol):
    """What a parser needs of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""


class Guarded:
    """A stream that refuses absurd content before the parser sees it."""

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream = stream
        self._name = name
        self._open = 0
        self._quiet = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises ``UnsafeCapture`` where brackets stay open by the thousand, or a string has no end in sight.
        """
        data = self._stream.read(size)
        opened = data.count(b"[") + data.count(b"{") - data.count(b"]") - data.count(b"}")
        self._open = max(0, self._open + opened)
        if self._open > OPEN_BRACKETS:
            raise UnsafeCapture(f"{self._name}: nested too deeply to be a list of posts; it was not read.")
        last = data.rfind(b'"')
        self._quiet = self._quiet + len(data) if last < 0 else len(data) - last
        if self._quiet > STRING_BYTES:
            raise UnsafeCapture(f"{self._name}: one value is longer than 4 MB; it was not read.")
        return data


def values(stream: BinaryIO, path: str, name: str) -> Iterator[Any]:
    """The values at a path (``item`` for the elements of an outer array, "" for values one after another)."""
    return iter(ijson.items(Guarded(stream, name), path, use_float=True, multiple_values=True))


def events(stream: Readable, name: str) -> Iterator[tuple[str, str, Any]]:
    """Path, event and value of each step of the parser."""
    return iter(ijson.parse(Guarded(stream, name), use_float=True))
