"""Streams JSON whose layout is not known, with bounds: a nesting or a string made to exhaust memory is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Protocol, TypeVar

import ijson

from onrecord.capture.encoding import open_utf8
from onrecord.capture.json_mend import MENDED, Mended, NeedsMending, Watched
from onrecord.capture.shape import Source
from onrecord.errors import UnsafeCapture
from onrecord.model import Fault

T = TypeVar("T")

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


def values(stream: Readable, path: str, name: str) -> Iterator[Any]:
    """The values at a path (``item`` for the elements of an outer array, "" for values one after another)."""
    return iter(ijson.items(Guarded(stream, name), path, use_float=True, multiple_values=True))


def events(stream: Readable, name: str) -> Iterator[tuple[str, str, Any]]:
    """Path, event and value of each step of the parser."""
    return iter(ijson.parse(Guarded(stream, name), use_float=True))


def mending(
    source: Source, parse: Callable[[Readable], Iterator[T]], *, only_unicode: bool = False
) -> Iterator[T | Fault]:
    """What a parser makes of a source; from where a value would make it fail, what it makes of the mended source.

    ``only_unicode`` is that of ``open_utf8``. What was mended is told by a ``Fault`` before the first thing it is in.
    """
    given = 0
    with open_utf8(source, only_unicode=only_unicode) as stream:
        try:
            for found in parse(Watched(stream)):
                given += 1
                yield found
        except NeedsMending:
            pass
        else:
            return
    with open_utf8(source, only_unicode=only_unicode) as stream:
        again, told = Mended(stream, source.name), False
        for found in islice(parse(again), given, None):
            if again.changed and not told:
                told = True
                yield Fault(f"after element {given}" if given else "before the first element", MENDED)
            given += 1
            yield found


def reason(error: Exception) -> str:
    """What a parser says in its first line; below, it draws an arrow that only a terminal of its own width shows."""
    return str(error).splitlines()[0].strip()
