"""JSON that a parser would give up whole for one value: half characters and endless numbers are mended."""

from __future__ import annotations

import re
from typing import BinaryIO

from onrecord.errors import UnsafeCapture

TOKEN_BYTES = 4 << 20
MENDED = "A half character or a number too large to hold stands here: read as U+FFFD, or as unknown."
_TOKEN = re.compile(rb'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|[-+.0-9eE]++', re.DOTALL)
_LONG = re.compile(rb"-?[0-9]{19,}|-?[0-9.]+[eE]\+?[0-9]{3,}")
_HALF = re.compile(
    rb"(\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}", re.DOTALL
)
_DIGITS = bytes.maketrans(b"123456789E", b"000000000e")
_ENDLESS = b"0" * 19
_HUGE = re.compile(rb"0e\+?000")
_ESCAPE = re.compile(rb"\\u[dD](?:[89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|([89a-fA-F]))")
_UNSURE = (rb"\\ud", rb"\\uD")
"""A backslash, then letters that look like an escape, or an escape behind a backslash."""
_BORDERS = (b'"', b",", b" ", b"\n")
"""None of them stands inside anything that needs mending."""


def mended(data: bytes) -> bytes:
    r"""JSON with null for each number that 63 bits or a float may not hold, and U+FFFD for each escaped half character.

    >>> mended(rb'{"name": "1234567890123456789 \ud800", "id": 1234567890123456789}')
    b'{"name": "1234567890123456789 \\ufffd", "id": null}'
    """
    return _TOKEN.sub(_mended_token, data)


def _mended_token(found: re.Match[bytes]) -> bytes:
    token = found[0]
    if found[1] is None:
        return b"null" if _LONG.fullmatch(token) else token
    return _HALF.sub(lambda half: half[1] or rb"\ufffd", token) if b"\\u" in token else token


class NeedsMending(Exception):
    """What was read so far needs no mending; what comes next may."""


class Watched:
    """A stream that stops before the first bytes that may need mending: a look that costs next to nothing."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, about so many. Raises ``NeedsMending``."""
        while chunk := self._stream.read(size):
            data = self._rest + chunk
            whole = max(map(data.rfind, _BORDERS)) + 1
            self._rest = data[whole:]
            if whole:
                return _unsuspected(data[:whole])
            if len(data) > TOKEN_BYTES:
                raise NeedsMending
        last, self._rest = self._rest, b""
        return _unsuspected(last)


def _unsuspected(data: bytes) -> bytes:
    digits = data.translate(_DIGITS)
    if _ENDLESS in digits or (b"0e" in digits and _HUGE.search(digits)):
        raise NeedsMending
    if any(unsure in data for unsure in _UNSURE) or any(found.lastindex for found in _ESCAPE.finditer(data)):
        raise NeedsMending
    return data


class Mended:
    """A stream whose JSON is mended; a string or a number is never divided. ``changed`` says whether anything was."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._rest = b""
        self.changed = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes, about so many.

        Raises ``UnsafeCapture`` where a value has no end in sight.
        """
        while chunk := self._stream.read(size):
            data = self._rest + chunk
            whole = _whole(data)
            self._rest = data[whole:]
            if len(self._rest) > TOKEN_BYTES:
                raise UnsafeCapture(f"{self._name}: one value is longer than 4 MB; it was not read.")
            if whole:
                return self._mended(data[:whole])
        last, self._rest = self._rest, b""
        return self._mended(last)

    def _mended(self, data: bytes) -> bytes:
        whole = mended(data)
        self.changed = self.changed or whole != data
        return whole


def _whole(data: bytes) -> int:
    """Where the last value begins that may go on after these bytes."""
    end = 0
    for found in _TOKEN.finditer(data):
        end = found.start()
        if found.end() < len(data):
            end = len(data)
    return end if end or _TOKEN.match(data) else len(data)
