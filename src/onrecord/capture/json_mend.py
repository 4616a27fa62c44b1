"""JSON that a parser would give up whole for one value: half characters and endless numbers are mended."""

from __future__ import annotations

import re
from typing import BinaryIO

from onrecord.errors import UnsafeCapture

TOKEN_BYTES = 4 << 20
MENDED = "A half character or a number of more than 18 digits stands here: read as U+FFFD, or as unknown."
_TOKEN = re.compile(rb'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|[-+.0-9eE]++', re.DOTALL)
_LONG = re.compile(rb"-?[0-9]{19,}")
_HALF = re.compile(
    rb"(\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}", re.DOTALL
)


def mended(data: bytes) -> bytes:
    r"""JSON with 0 for each whole number that 63 bits may not hold, and U+FFFD for each escaped half character.

    >>> mended(rb'{"name": "1234567890123456789 \ud800", "id": 1234567890123456789}')
    b'{"name": "1234567890123456789 \\ufffd", "id": 0}'
    """
    return _TOKEN.sub(_mended_token, data)


def _mended_token(found: re.Match[bytes]) -> bytes:
    token = found[0]
    if found[1] is None:
        return b"0" if _LONG.fullmatch(token) else token
    return _HALF.sub(lambda half: half[1] or rb"\ufffd", token) if b"\\u" in token else token


class Mended:
    """A stream whose JSON is mended; a string or a number is never divided."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._rest = b""

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
                return mended(data[:whole])
        last, self._rest = self._rest, b""
        return mended(last)


def _whole(data: bytes) -> int:
    """Where the last value begins that may go on after these bytes."""
    end = 0
    for found in _TOKEN.finditer(data):
        end = found.start()
        if found.end() < len(data):
            end = len(data)
    return end if end or _TOKEN.match(data) else len(data)
