"""The whole members of a ZIP whose list of contents is missing, as when a download was cut off.

Each member begins with a header of its own (APPNOTE 4.3.7), so they can be read one after the other from the start.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_HEADER = struct.Struct("<4sHHHHHLLLHH")
_SIGN = b"PK\x03\x04"
_LOCKED, _SIZES_LATER, _UTF8 = 1, 8, 0x800
_STORED, _DEFLATED = 0, 8
_CHUNK = 1 << 16
_GAP = 1 << 12
"""At most so far behind a member its successor begins: what stands between is its sizes, written late."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a member says of itself."""

    name: str
    flags: int
    method: int
    checksum: int
    packed: int

    @property
    def can_be_read(self) -> bool:
        return not self.flags & _LOCKED and (
            self.method == _DEFLATED or (self.method == _STORED and not self.flags & _SIZES_LATER)
        )


class Member:
    """The content of one member, read as it is unpacked. After the end, ``whole`` says whether it was all there."""

    def __init__(self, stream: BinaryIO, header: Header) -> None:
        self.header = header
        self._stream = stream
        self._left = header.packed
        self._inflate = zlib.decompressobj(-15) if header.method == _DEFLATED else None
        self._checksum = 0
        self.whole = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes; nothing at the end, or where the file is cut or damaged."""
        data = self._stored(size) if self._inflate is None else self._inflated(self._inflate)
        self._checksum = zlib.crc32(data, self._checksum)
        if not data and self.whole and not self.header.flags & _SIZES_LATER:
            self.whole = self._checksum == self.header.checksum
        return data

    def _stored(self, size: int) -> bytes:
        data = self._stream.read(min(self._left, size if size > 0 else _CHUNK))
        self._left -= len(data)
        self.whole = self._left == 0
        return data

    def _inflated(self, inflate: zlib._Decompress) -> bytes:
        while not _ended(inflate):
            packed = inflate.unconsumed_tail or self._stream.read(_CHUNK)
            if not packed:
                return b""
            try:
                data = inflate.decompress(packed, _CHUNK)
            except zlib.error:
                return b""
            if _ended(inflate):
                self._stream.seek(-len(inflate.unused_data), 1)
                self.whole = True
            if data:
                return data
        return b""


def _ended(inflate: zlib._Decompress) -> bool:
    return inflate.eof


def salvaged(stream: BinaryIO) -> Iterator[Member]:
    """The members from the start on, as far as they can be read; read each before the next is asked for."""
    while (header := _next_header(stream)) is not None and header.can_be_read:
        member = Member(stream, header)
        yield member
        while member.read(_CHUNK):
            continue
        if not member.whole:
            return


def _next_header(stream: BinaryIO) -> Header | None:
    ahead = stream.read(_GAP)
    at = ahead.find(_SIGN)
    if at < 0:
        return None
    stream.seek(at - len(ahead), 1)
    raw = stream.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    _, _, flags, method, _, _, checksum, packed, _, name_size, extra_size = _HEADER.unpack(raw)
    name = stream.read(name_size).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    stream.read(extra_size)
    return Header(name, flags, method, checksum, packed)
